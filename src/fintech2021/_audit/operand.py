"""What a claim is about: cells of datasets, as text and as the numbers that they can stand for."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from fintech2021._audit.reading_rule import Figure, read_figure
from fintech2021._audit.relation import Operand
from fintech2021._core.naming import unknown_key
from fintech2021._core.rows import by_key
from fintech2021._evidence import reading
from fintech2021._evidence.places import places
from fintech2021.errors import RelationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from fintech2021._audit.interval import Interval
    from fintech2021._audit.reading_rule import ReadingRule
    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._evidence.places import Place

__all__ = ["Cell", "as_operand", "cells_of", "dataset_of"]


class Cell(NamedTuple):
    """A cell with a value, as an operand of a claim."""

    descriptor: Descriptor
    key: str
    column: Column
    row: Mapping[str, str]
    as_printed: bool = False
    """Whether what is printed is meant, even where this edition repairs it."""

    @property
    def name(self) -> str:
        """The operand that names this cell alone."""
        return f"{self.descriptor.name}/{self.key}/{self.column.name}{PRINTED * self.as_printed}"

    @property
    def text(self) -> str:
        """The value as text."""
        if not self.as_printed:
            return self.row[self.column.name]
        if not self.places:
            return ""
        return reading.read_cell(self.column, self.printed, self.places[0].scale)

    @property
    def is_number(self) -> bool:
        """Whether the value is a number."""
        return self.column.is_number

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the value is printed; nowhere for a repaired one and for a year, a date's part."""
        repaired = self.descriptor.repair(self.key, self.column.name) and not self.as_printed
        return () if repaired or self.column.unit == "year" else self.all_places

    @property
    def all_places(self) -> tuple[Place, ...]:
        """Every place that is cited for the cell."""
        return places(self.descriptor).get((self.key, self.column.name), ())

    @property
    def printed(self) -> str:
        """The characters as printed, joined over their places."""
        return "".join(place.printed for place in self.places)

    @property
    def qualifier(self) -> str:
        """The hedge that widens the number, or nothing."""
        own = self.row.get(f"{self.column.name}_qualifier", self.row.get("qualifier", ""))
        return own if self.places else ""

    def figure(self, rule: ReadingRule) -> Figure:
        """Return the figure that is printed; a number that is not printed is itself."""
        if not self.places:
            return Figure(Decimal(self.text), Decimal(0), Decimal(1))
        scale = self.places[0].scale
        whole = scale.copy_abs() == 1 and "." not in self.printed
        return read_figure(self.printed, scale, exact=whole and self._is_counted(rule))

    def interval(self, rule: ReadingRule, *, hedges: bool = True) -> Interval:
        """Return all numbers that the cell can stand for."""
        return rule.stands_for(self.figure(rule), self.qualifier if hedges else "")

    def _is_counted(self, rule: ReadingRule) -> bool:
        units = {self.column.unit, self.row.get("unit")}
        return self.column.unit is None or bool(units & rule.counted)


PRINTED = "@printed"
"""What follows the column in an operand that means the printed characters."""


def as_operand(cells: Iterable[Cell], rule: ReadingRule, *, hedges: bool) -> Operand:
    """Return cells as text and as the numbers that they can be, widened by the report's hedges."""
    known = list(cells)
    return Operand(
        [cell.text for cell in known],
        [cell.interval(rule, hedges=hedges) for cell in known if cell.is_number],
    )


def dataset_of(text: str) -> str:
    """Return the dataset that an operand names."""
    return text.partition("/")[0]


def cells_of(text: str, table: Callable[[str], Descriptor]) -> tuple[Cell, ...]:
    """Return the cells with a value that an operand names, in the order of rows.

    An operand is ``dataset/key/column``. The key ``*`` is every row, ``*[column=text]`` the rows
    with that text; several such conditions have commas between them. ``@printed`` after the column
    means the characters as printed, where the value is a repair of them. `table` gives the version
    of a dataset that is meant. Raises `RelationError` for what is no operand, and
    `UnknownDatasetError`, `UnknownKeyError` or `UnknownColumnError` for what does not exist.
    """
    written = _OPERAND.fullmatch(text)
    if written is None:
        raise RelationError(f"The operand {text!r} is not written dataset/key/column")
    descriptor = table(written["dataset"])
    column = descriptor.column(written["column"])
    as_printed = written["printed"] is not None
    cells = (
        Cell(descriptor, key, column, row, as_printed)
        for key, row in _chosen(descriptor, written["key"])
    )
    return tuple(cell for cell in cells if cell.text)


_OPERAND = re.compile(
    rf"(?P<dataset>[^/]+)/(?P<key>[^/]+)/(?P<column>[^/@]+)(?P<printed>{PRINTED})?"
)
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
        raise unknown_key(f"row of {descriptor.name} with the key", key, descriptor)


def _wanted(descriptor: Descriptor, key: str) -> list[tuple[str, str]]:
    """Return the columns and the texts that a selector asks for."""
    if not _SELECTOR.fullmatch(key):
        raise RelationError(f"The selector {key!r} is not written *[column=text]")
    conditions = re.findall(_CONDITION, key)
    return [(descriptor.column(column).name, text) for column, text in conditions]
