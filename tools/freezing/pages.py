"""What holds between the tables and the pages that they cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fintech2021._core.origin import origin_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fintech2021._core.descriptor import Descriptor

    Table = tuple[Descriptor, Mapping[str, Mapping[str, str]]]
    """A version of a dataset, and its rows by their keys."""

__all__ = ["page_faults"]

SOURCES = "sources"
CITED = "source_ids"
FILE = "file"
"""What `sources` says of the report's own text, which every table rests on."""


def page_faults(tables: Iterable[Table]) -> Iterator[str]:
    """Yield every public date that no cited page can know of, and every page that no row cites."""
    every = {descriptor.name: (descriptor, rows) for descriptor, rows in tables}
    if SOURCES not in every:
        return
    pages = every[SOURCES][1]
    cited: set[str] = set()
    for descriptor, rows in every.values():
        for key, row in rows.items():
            ids = [page for page in row.get(CITED, "").split(";") if page]
            cited.update(ids)
            yield from (
                f"{descriptor.name} {descriptor.version}: {key}: {fault}"
                for fault in _too_young(descriptor, row, [pages[page] for page in ids])
            )
    for page in sorted(pages.keys() - cited):
        if pages[page].get("form") != FILE:
            yield f"{SOURCES}: no row of any dataset cites {page}"


def _too_young(
    descriptor: Descriptor, row: Mapping[str, str], pages: list[Mapping[str, str]]
) -> Iterator[str]:
    """Yield the public days of a row that are later than every dated page that it cites.

    A page can tell of nothing that came after it. A row that cites dated pages has to cite one that
    is young enough, whatever undated ones stand beside.
    """
    dates = [page["published_on"] for page in pages if page["published_on"]]
    if not dates:
        return
    for column in descriptor.columns:
        day = row[column.name]
        if origin_of(column, row) == "public" and column.type == "date" and day > max(dates):
            yield (
                f"{column.name} is {day}, but no dated page of the row is younger than {max(dates)}"
            )
