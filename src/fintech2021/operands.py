"""What a claim is about: cells of datasets, as text and as the numbers that they can stand for."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from . import pins, provenance
from .errors import RelationError, UnknownKeyError
from .intervals import Interval, hedged, of_printed
from .relations import Operand

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .descriptors import Descriptor, Field
    from .provenance import Place

__all__ = ["Cell", "cells_of", "read_operand"]


class Cell(NamedTuple):
    """A cell with a value, as an operand of a claim."""

    descriptor: Descriptor
    key: str
    field: Field
    row: Mapping[str, str]

    @property
    def text(self) -> str:
        """The value as text."""
        return self.row[self.field.name]

    @property
    def is_number(self) -> bool:
        """Whether the value is a number."""
        return self.field.is_number

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the number is printed; nowhere for a repaired one and for a year, a date's part."""
        if self.field.unit == "year" or self.descriptor.repair(self.key, self.field.name):
            return ()
        return provenance.places(self.descriptor).get((self.key, self.field.name), ())

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
        whole = abs(scale) == 1 and "." not in characters
        return of_printed(characters, scale, exact=self._is_counted and whole)

    @property
    def _is_counted(self) -> bool:
        return self.field.unit is None or bool({self.field.unit, self.row.get("unit")} & _COUNTED)


_COUNTED = frozenset({"count", "rank", "years", "days"})


def read_operand(text: str, hedges: bool) -> Operand:  # noqa: FBT001
    """Return the cells that an operand names, as text and as the numbers that they can be.

    Raises `RelationError` for what is no operand, and `UnknownDatasetError`, `UnknownKeyError` or
    `UnknownColumnError` for what does not exist.
    """
    cells = cells_of(text)
    numbers = (cell for cell in cells if cell.is_number)
    return Operand(
        [cell.text for cell in cells],
        [hedged(cell.interval, cell.qualifier if hedges else "") for cell in numbers],
    )


def cells_of(text: str) -> tuple[Cell, ...]:
    """Return the cells with a value that an operand names, in the order of rows; raises likewise.

    An operand is ``dataset/key/column``. The key ``*`` is every row, ``*[column=text]`` the rows
    with that text; several such conditions have commas between them.
    """
    written = _OPERAND.fullmatch(text)
    if written is None:
        raise RelationError(f"The operand {text!r} is not written dataset/key/column")
    descriptor = pins.descriptor(written["dataset"])
    field = descriptor.field(written["column"])
    cells = (Cell(descriptor, key, field, row) for key, row in _chosen(descriptor, written["key"]))
    return tuple(cell for cell in cells if cell.text)


_OPERAND = re.compile(r"(?P<dataset>[^/]+)/(?P<key>[^/]+)/(?P<column>[^/]+)")
_CONDITION = r"([^][,=]+)=([^][,=]*)"
_SELECTOR = re.compile(rf"\*(?:\[{_CONDITION}(?:,{_CONDITION})*\])?")


def _chosen(descriptor: Descriptor, key: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the rows that the key of an operand names: one, or those that have certain texts."""
    rows = provenance.rows(descriptor)
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
    return [(descriptor.field(column).name, text) for column, text in conditions]
