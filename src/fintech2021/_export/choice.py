"""What is handed on: which tables, in which language, and what they refer to among themselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._core import catalog
from fintech2021._core.kinds import parse
from fintech2021._core.rows import read_table
from fintech2021._explore.citation_styles import STYLES
from fintech2021._explore.cited import edition_in_force, of_edition
from fintech2021._frames.engines import spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fintech2021._core.catalog import Edition
    from fintech2021._core.descriptor import Column, Descriptor, License

__all__ = ["LANGUAGES", "Choice", "Table", "chosen", "label"]

LANGUAGES = ("en", "zh")
"""The languages of titles and labels."""


class Table(NamedTuple):
    """A dataset version as it is handed on: with the names of its columns, or titles and labels."""

    descriptor: Descriptor
    language: str | None
    references: tuple[Column, ...]
    """The columns whose cells are keys of a table that is handed on too."""

    @property
    def name(self) -> str:
        """The name of the dataset."""
        return self.descriptor.name

    @property
    def headings(self) -> list[str]:
        """What stands above the columns."""
        return [heading(column, self.language) for column in self.descriptor.columns]

    def columns(self) -> Iterator[tuple[Column, list[str]]]:
        """Yield every column with its cells as texts, labelled where a language is asked for."""
        for column, cells in spelled(self.descriptor, read_table(self.descriptor.content)[1]):
            labels = label(column, self.language)
            yield column, [_labelled(cell, labels) for cell in cells]

    def values(self) -> Iterator[tuple[Column, list[Any]]]:
        """Yield every column with its values as records hold them."""
        for column, cells in self.columns():
            yield column, [parse(cell, column.type) for cell in cells]


def heading(column: Column, language: str | None) -> str:
    """Return the title of a column in a language, or its name."""
    return {"en": column.title_en, "zh": column.title_zh}.get(language or "", column.name)


def label(column: Column, language: str | None) -> Mapping[str, str]:
    """Return the labels of a closed list in a language, none if it has none."""
    return {"en": column.labels_en, "zh": column.labels}.get(language or "", {})


def _labelled(cell: str, labels: Mapping[str, str]) -> str:
    return ";".join(labels.get(item, item) for item in cell.split(";")) if labels else cell


@dataclass(frozen=True)
class Choice:
    """The tables of one export, and the edition that they are of."""

    tables: tuple[Table, ...]
    edition: Edition
    bom: bool = False

    @cached_property
    def by_dependence(self) -> tuple[Table, ...]:
        """The tables, each after those that it refers to."""
        named = {table.name: table for table in self.tables}
        beneath = {
            table.name: {str(column.references) for column in table.references} - {table.name}
            for table in self.tables
        }
        return tuple(named[name] for name in TopologicalSorter(beneath).static_order())

    @property
    def licences(self) -> tuple[License, ...]:
        """What allows the use; of versions before 2026.3 only later ones of the table say it."""
        tables = (table.descriptor for table in self.tables)
        of_each = (it.licenses or catalog.load_descriptor(it.name).licenses for it in tables)
        return tuple(dict.fromkeys(each for licences in of_each for each in licences))

    @property
    def year(self) -> int:
        """The year of the edition."""
        return int((self.edition.published_on or self.edition.name)[:4])

    def citation(self, style: str) -> str:
        """Return how to cite what is handed on."""
        used = (table.descriptor for table in self.tables)
        return STYLES[style](of_edition(self.edition, used))


def chosen(descriptors: Iterable[Descriptor], language: str | None, *, bom: bool = False) -> Choice:
    """Return the choice of these versions."""
    listed = list(descriptors)
    keys = {each.name: _keys(each) for each in listed}
    tables = (Table(each, language, tuple(_references(each, keys))) for each in listed)
    return Choice(tuple(tables), edition_in_force(), bom)


def _keys(descriptor: Descriptor) -> Mapping[str, frozenset[str]]:
    """Return the cells of every column, by its name."""
    rows = read_table(descriptor.content)[1]
    return {column.name: frozenset(cells) for column, cells in spelled(descriptor, rows)}


def _references(
    descriptor: Descriptor, keys: Mapping[str, Mapping[str, frozenset[str]]]
) -> Iterator[Column]:
    """Yield the columns that keep their reference: versions of one edition do, mixed ones may not.

    A database would refuse the rows, and a reader of the package would complain of them.
    """
    for column in descriptor.columns:
        there = keys.get(str(column.references), {}).get(str(column.referenced_key), frozenset())
        if there and keys[descriptor.name][column.name] <= there | {""}:
            yield column
