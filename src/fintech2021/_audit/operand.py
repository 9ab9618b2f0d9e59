"""What a claim is about: cells of datasets, as text and as the numbers that they can stand for."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from fintech2021._audit.interval import Interval, hedged, of_printed
from fintech2021._audit.relation import Operand
from fintech2021._core.rows import by_key
from fintech2021._evidence.places import places
from fintech2021.errors import RelationError, UnknownKeyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._evidence.places import Place

__all__ = ["Cell", "as_operand", "cells_of", "dataset_of"]


class Cell(NamedTuple):
    """A cell with a value, as an operand of a claim."""

    descriptor: Descriptor
    key: str
    column: Column
    row: Mapping[str, str]

    @property
    def text(self) -> str:
        """The value as text."""
        return self.row[self.column.name]

    @property
    def is_number(self) -> bool:
        """Whether the value is a number."""
        return self.column.is_number

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the number is printed; nowhere for a repaired one and for a year, a date's part."""
        if self.column.unit == "year" or self.descriptor.repair(self.key, self.column.name):
            return ()
        return places(self.descriptor).get((self.key, self.column.name), ())

    @property
    def qualifier(self) -> str:
        """The hedge that widens the number, or nothing."""
        return self.row.get("qualifier", "") if self.places else ""

    @property
    def interval(self) -> Interval:
        """All numbers that round to the printed one; a number that is not printed is itself."""
        if not self.places:
            return Interval.exact(Decimal(self.text))
        characters = "".join(place.printed for place in self.places)
        scale = self.places[0].scale
        whole = scale.copy_abs() == 1 and "." not in characters
        return of_printed(characters, scale, exact=self._is_counted and whole)

    @property
    def _is_counted(self) -> bool:
        return self.column.unit is None or bool({self.column.unit, self.row.get("unit")} & _COUNTED)


_COUNTED = frozenset({"count", "rank", "years", "days"})


def as_operand(cells: Iterable[Cell], *, hedges: bool) -> Operand:
    """Return cells as text and as the numbers that they can be, widened by the report's hedges."""
    known = list(cells)
    numbers = (cell for cell in known if cell.is_number)
    return Operand(
        [cell.text for cell in known],
        [hedged(cell.interval, cell.qualifier if hedges else "") for cell in numbers],
    )


def dataset_of(text: str) -> str:
    """Return the dataset that an operand names."""
    return text.partition("/")[0]


def cells_of(text: str, table: Callable[[str], Descriptor]) -> tuple[Cell, ...]:
    """Return the cells with a value that an operand names, in the order of rows.

    An operand is ``dataset/key/column``. The key ``*`` is every row, ``*[column=text]`` the rows
    with that text; several such conditions have commas between them. `table` gives the version of
    a dataset that is meant. Raises `RelationError` for what is no operand, and
    `UnknownDatasetError`, `UnknownKeyError` or `UnknownColumnError` for what does not exist.
    """
    written = _OPERAND.fullmatch(text)
    if written is None:
        raise RelationError(f"The operand {text!r} is not written dataset/key/column")
    descriptor = table(written["dataset"])
    column = descriptor.column(written["column"])
    cells = (Cell(descriptor, key, column, row) for key, row in _chosen(descriptor, written["key"]))
    return tuple(cell for cell in cells if cell.text)


_OPERAND = re.compile(r"(?P<dataset>[^/]+)/(?P<key>[^/]+)/(?P<column>[^/]+)")
_CONDITION = r"([^][,=]+)=([^][,=]*)"
_SELECTOR = re.compile(rf"\*(?:\[{_CONDITION}(?:,{_CONDITION})*\])?")


def _chosen(descriptor: Descriptor, key: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the rows that the key of an operand names: one, or those that have certain texts."""
    rows = by_key(descriptor)
    if key.startswith("*"):
        wanted = _wanted(descriptor, key)
        yield from (
            (name, row) for name, row in rows.items() if all(row[c] == text for c, text in wanted)
        )
    elif key in rows:
        yield key, rows[key]
    else:
        raise UnknownKeyError(f"row of {descriptor.name} with the key", key, rows)


def _wanted(descriptor: Descriptor, key: str) -> list[tuple[str, str]]:
    """Return the columns and the texts that a selector asks for."""
    if not _SELECTOR.fullmatch(key):
        raise RelationError(f"The selector {key!r} is not written *[column=text]")
    conditions = re.findall(_CONDITION, key)
    return [(descriptor.column(column).name, text) for column, text in conditions]
