"""Compare what is in a wheel: data with digests, packages with descriptors, citation with edition.

``python -m tools.checking.wheel WHEEL`` prints every fault and fails if there is one.
"""

from __future__ import annotations

import json
import sys
from email.parser import Parser
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from fintech2021._core.catalog import read_register
from tools.freezing.package import package, path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["citation_faults", "faults", "main", "size_faults"]

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
    for path, whole in _packages(wheel, held):
        named[path] = ""
        if whole is not None and path in held and json.loads(wheel.read(path)) != whole:
            yield f"not what the descriptors say: {path}"
    yield from (f"missing: {path}" for path in sorted(named.keys() - held))
    yield from (f"not in the register: {path}" for path in sorted(held - named.keys()))


def _packages(wheel: ZipFile, held: set[str]) -> Iterator[tuple[str, object]]:
    """Yield the path of every edition's package, and what the descriptors make of it."""
    listed = str(DATA / "editions.json")
    for name, edition in (json.loads(wheel.read(listed)) if listed in held else {}).items():
        paths = [
            str(DATA / f"{each}/{version}.json") for each, version in edition["datasets"].items()
        ]
        made = package(name, edition, _reader(wheel)) if held.issuperset(paths) else None
        yield str(DATA / path_of(name)), made


def _reader(wheel: ZipFile) -> Callable[[str, str], dict[str, Any]]:
    """Return what reads the descriptor of a version."""
    return lambda name, version: json.loads(wheel.read(str(DATA / f"{name}/{version}.json")))


def citation_faults(wheel: ZipFile) -> Iterator[str]:
    """Yield what the citation lacks: it names the release and the edition that the wheel has."""
    cited = [name for name in wheel.namelist() if name.endswith("/CITATION.cff")]
    (metadata,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    release = Parser().parsestr(wheel.read(metadata).decode("utf-8"))["Version"]
    *_, (edition, about) = json.loads(wheel.read(str(DATA / "editions.json"))).items()
    lines = wheel.read(cited[0]).decode("utf-8").splitlines() if cited else []
    wanted = [f"version: {release}", f'    edition: "{edition}"']
    if "published_on" in about:
        wanted.append(f"    date-published: {about['published_on']}")
    yield from (f"CITATION.cff has no line {line!r}" for line in wanted if line not in lines)


LIMIT = 2_000_000
"""How many bytes a wheel with every version may have: docs/size.md says what comes after."""


def size_faults(path: str) -> Iterator[str]:
    """Yield that a wheel is larger than it may be."""
    size = Path(path).stat().st_size
    if size > LIMIT:
        yield f"{size:,} bytes, more than {LIMIT:,}: docs/size.md says which versions move where"


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
        wrong = [*faults(wheel), *citation_faults(wheel), *size_faults(path)]
        print("\n".join(wrong) or f"{len(list(_registered(wheel)))} registered files are right")
    return len(wrong)


if __name__ == "__main__":
    raise SystemExit(min(main(sys.argv[1]), 1))
