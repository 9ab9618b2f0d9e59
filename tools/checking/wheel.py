"""Compare the data files in a wheel with the digests that the register and the descriptors name.

``python -m tools.checking.wheel WHEEL`` prints every fault and fails if there is one.
"""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from fintech2021._core.catalog import read_register

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["faults", "main"]

DATA = PurePosixPath("fintech2021/data")
INDEXES = ("register.csv", "editions.json", "superseded.csv")


def faults(wheel: ZipFile) -> Iterator[str]:
    """Yield what is missing, damaged or unknown among the data files of a wheel."""
    held = {name for name in wheel.namelist() if PurePosixPath(name).is_relative_to(DATA)}
    named = dict.fromkeys((str(DATA / name) for name in INDEXES), "")
    for path, digest in _registered(wheel):
        named[path] = digest
        if path in held and sha256(wheel.read(path)).hexdigest() != digest:
            yield f"damaged: {path}, expected SHA-256 {digest}"
    yield from (f"missing: {path}" for path in sorted(named.keys() - held))
    yield from (f"not in the register: {path}" for path in sorted(held - named.keys()))


def _registered(wheel: ZipFile) -> Iterator[tuple[str, str]]:
    """Yield path and digest of every file that the register or one of its descriptors names."""
    register = read_register(wheel.read(str(DATA / "register.csv")))
    for (name, version), digest in register.items():
        descriptor = str(DATA / name / f"{version}.json")
        yield descriptor, digest
        if descriptor in wheel.namelist():
            yield from _described(DATA / name, json.loads(wheel.read(descriptor)))


def _described(folder: PurePosixPath, document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for part in (document, document["provenance"]):
        yield str(folder / part["path"]), part["hash"].removeprefix("sha256:")


def main(path: str) -> int:
    """Print the faults of a wheel, or how many files are right; return the number of faults."""
    with ZipFile(path) as wheel:
        wrong = list(faults(wheel))
        print("\n".join(wrong) or f"{len(list(_registered(wheel)))} registered files are right")
    return len(wrong)


if __name__ == "__main__":
    raise SystemExit(min(main(sys.argv[1]), 1))
