"""What a format has to say of itself, and the check of a file that is already there."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from fintech2021._core import catalog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from fintech2021._export.choice import Choice, Table

__all__ = ["Format", "are_headings", "per_table"]


class Format(NamedTuple):
    """One format: how it is written, and which files are of it."""

    shape: Literal["file", "folder", "tables"]
    """One file; a folder; or a file for each table, in a folder unless there is only one."""
    endings: tuple[str, ...]
    write: Callable[[Choice, Path], Iterator[str]]
    """Writes to a file or a folder, and yields what it has written."""
    is_one: Callable[[Path], bool]
    """Whether a file that is there was written from here, or could have been."""
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


def are_headings(names: Iterable[str]) -> bool:
    """Tell whether some texts are names or titles of columns, of any table and version."""
    given = {*names}
    return bool(given) and given <= _headings()


@cache
def _headings() -> frozenset[str]:
    every = (
        catalog.load_descriptor(name, {"all versions": version})
        for name in catalog.datasets()
        for version in catalog.versions(name)
    )
    columns = (column for descriptor in every for column in descriptor.columns)
    return frozenset(text for it in columns for text in (it.name, it.title_en, it.title_zh))
