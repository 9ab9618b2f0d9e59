"""The page about the size of a wheel: what each part takes, and old versions in other forms.

``python -m tools.writing.size_page WHEEL`` writes it of a built wheel. A test measures the files of
the package and compares within a tolerance: zlib and xz differ a little by their version.
"""

from __future__ import annotations

import json
import lzma
import sys
import tarfile
import zlib
from collections import Counter
from functools import partial
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

from tools.writing.markdown import renewed, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

__all__ = ["PAGE", "File", "alternatives", "main", "of_package", "of_wheel", "parts", "with_sizes"]

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "size.md"
START, END = "<!-- sizes -->", "<!-- /sizes -->"
_NAME = "fintech2021"
_DATA = PurePosixPath(_NAME, "data")
_AROUND = 30 + 46
"""What a zip says of a file besides its name, twice, and its bytes."""

NEWEST = "data of the newest edition"
OLD = "older versions of data"
_ENDS = {".provenance.csv": "places in the source", ".json": "descriptions", ".csv": "values"}


class File(NamedTuple):
    """A file of a wheel: its name there and its bytes."""

    name: PurePosixPath
    content: bytes

    @property
    def packed(self) -> int:
        """What it takes in a wheel, with what the wheel says of it."""
        return len(_deflated(self.content)) + _AROUND + 2 * len(str(self.name))


def of_package() -> list[File]:
    """Return the files of the package as a wheel has them."""
    source = ROOT / "src"
    return [
        File(PurePosixPath(path.relative_to(source).as_posix()), path.read_bytes())
        for path in sorted((source / _NAME).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]


def of_wheel(path: Path) -> list[File]:
    """Return the files of a built wheel."""
    with ZipFile(path) as wheel:
        return [File(PurePosixPath(name), wheel.read(name)) for name in wheel.namelist()]


def parts(files: Iterable[File]) -> dict[str, int]:
    """Return the bytes that each part takes, in the order of the page."""
    listed = list(files)
    sizes: Counter[str] = Counter()
    for each in listed:
        sizes[_part(each.name, _newest(listed))] += each.packed
    return dict(sorted(sizes.items(), key=lambda part: -part[1]))


def _newest(files: Iterable[File]) -> Mapping[str, str]:
    """Return which version of each dataset the newest edition has."""
    content = next(each.content for each in files if each.name == _DATA / "editions.json")
    *_, edition = json.loads(content).values()
    versions: Mapping[str, str] = edition["datasets"]
    return versions


def _part(name: PurePosixPath, newest: Mapping[str, str]) -> str:
    if name.parts[0] != _NAME:
        return "metadata, licences, this README"
    if "charts" in name.parts and name.suffix != ".py":
        return "font of the pictures, with its licence"
    if not name.is_relative_to(_DATA):
        return "code"
    if name.parent == _DATA:
        return "editions as Data Packages" if "datapackage" in name.name else "register and lists"
    version, kind = _version(name)
    age = NEWEST if newest.get(name.parent.name) == version else OLD
    return f"{age}: {kind}"


def _version(name: PurePosixPath) -> tuple[str, str]:
    """Return the version that a file of data is of, and what it says of it."""
    end = next(end for end in _ENDS if name.name.endswith(end))
    return name.name.removesuffix(end), _ENDS[end]


def alternatives(files: Iterable[File]) -> dict[str, int]:
    """Return what older versions take today, and would take in other forms."""
    listed = list(files)
    newest = _newest(listed)
    old = [each for each in listed if _part(each.name, newest).startswith(OLD)]
    rest = [each for each in listed if _part(each.name, newest).startswith(NEWEST)]
    whole = len(_packed_tar([*rest, *old], _xz))
    return {
        "as they are: each file deflated by the wheel": sum(each.packed for each in old),
        "each file as `.xz`": sum(
            len(_xz(each.content)) + _AROUND + 2 * len(str(each.name)) for each in old
        ),
        "one `.tar.gz`": len(_packed_tar(old, _deflated)),
        "one `.tar.xz`": len(_packed_tar(old, _xz)),
        "one `.tar.xz` with the newest, beyond what those take": whole
        - len(_packed_tar(rest, _xz)),
    }


def _packed_tar(files: Iterable[File], packed: Callable[[bytes], bytes]) -> bytes:
    made = BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for each in sorted(files):
            member = tarfile.TarInfo(str(each.name))
            member.size = len(each.content)
            archive.addfile(member, BytesIO(each.content))
    return packed(made.getvalue())


_xz = partial(lzma.compress, preset=9 | lzma.PRESET_EXTREME)


def _deflated(content: bytes) -> bytes:
    """Return bytes as a wheel packs them."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def with_sizes(text: str, files: Iterable[File]) -> str:
    """Return the page with what was measured."""
    return renewed(text, START, END, "\n".join(_told(list(files))))


def _told(files: Sequence[File]) -> Iterator[str]:
    measured = parts(files)
    total = sum(measured.values())
    yield f"\nA wheel takes **{total / 1e6:.2f} MB**, unpacked {_unpacked(files):.1f} MB.\n"
    yield table(("Part", "KB", "%"), (_line(*part, total) for part in measured.items()))
    yield "\n## Older versions in other forms\n"
    yield table(("Form", "KB"), ((form, _kb(size)) for form, size in alternatives(files).items()))
    yield f"\nOne older version takes {_each(files):.1f} KB on average, of {_count(files)}.\n"


def _count(files: Sequence[File]) -> int:
    """Return how many older versions there are."""
    newest = _newest(files)
    return sum(_part(each.name, newest) == f"{OLD}: values" for each in files)


def _each(files: Sequence[File]) -> float:
    return next(iter(alternatives(files).values())) / 1000 / _count(files)


def _unpacked(files: Iterable[File]) -> float:
    return sum(len(each.content) for each in files) / 1e6


def _line(part: str, size: int, total: int) -> tuple[str, str, str]:
    return part, _kb(size), f"{100 * size / total:.0f}"


def _kb(size: int) -> str:
    return f"{size / 1000:.0f}"


def main() -> None:
    """Write the page of the wheel that is named."""
    files = of_wheel(Path(sys.argv[1]))
    PAGE.write_text(with_sizes(PAGE.read_text("utf-8"), files), "utf-8")
    sys.stdout.write(f"{sum(parts(files).values()):,} bytes\n")


if __name__ == "__main__":
    main()
