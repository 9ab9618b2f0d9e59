"""What a format has to say of itself, and the check of a file that is already there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from fintech2021._export.choice import Choice, Table

__all__ = ["Format", "begins_with", "per_table"]


class Format(NamedTuple):
    """One format: how it is written, and which files are of it."""

    shape: Literal["file", "folder", "tables"]
    """One file; a folder; or a file for each table, in a folder unless there is only one."""
    endings: tuple[str, ...]
    write: Callable[[Choice, Path], Iterator[str]]
    """Writes to a file or a folder, and yields what it has written."""
    is_one: Callable[[Path], bool]
    """Whether a file that is there is of this format, and where others may be meant, ours."""
    has_languages: bool = False
    takes_bom: bool = False


def per_table(
    encode: Callable[[Choice, Table], bytes], ending: str
) -> Callable[[Choice, Path], Iterator[str]]:
    """Return what writes a file for each table into a folder."""

    def write(choice: Choice, folder: Path) -> Iterator[str]:
        for table in choice.tables:
            (folder / f"{table.name}{ending}").write_bytes(encode(choice, table))
            yield table.name

    return write


def begins_with(*starts: bytes) -> Callable[[Path], bool]:
    """Return what tells whether a file begins with one of some bytes."""

    def is_one(path: Path) -> bool:
        with path.open("rb") as file:
            return file.read(max(map(len, starts))).startswith(starts)

    return is_one
