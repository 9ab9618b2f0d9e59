"""A row that was drawn cell by cell, made to keep the rules: as few cells change as can.

Nothing is written for a rule. Where cells break one, each of its columns is tried with other cells
until fewer rules are broken; where no single cell helps, those of a published row stand in. What
comes out is a function of what was drawn, so that what shrinks stays valid.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from fintech2021._contracts.patterns import ONE_LINE, portable
from fintech2021._contracts.requirements import Requirement
from fintech2021._contracts.rowwise import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fintech2021._core.descriptor import Column
    from fintech2021.testing.shapes import Row, Rule, Shape

__all__ = ["Mender"]

_STEPS = 20
"""So many cells of a row are changed at most."""
_PUBLISHED = 12
"""So many published cells of a column, and published rows, are tried."""
_DAY = timedelta(days=1)


class Mender:
    """Makes drawn rows of a dataset version keep its rules; full ones rather keep their cells."""

    def __init__(self, shape: Shape, *, full: bool = False) -> None:
        self._shape = shape
        self._full = full
        self._published = cache(self._published_of)
        self._touched = cache(self._touched_by)

    def fitted(self, rows: Sequence[Row], drawn: Row) -> Row | None:
        """Return a row that can stand beside others, or nothing where none is found."""
        row = self._shape.completed(drawn)
        broken = [*self._broken(rows, row, self._shape.ties)]
        for _ in range(_STEPS):
            if not broken:
                return row
            better = self._better(rows, row, broken)
            if better is None:
                return None
            row, broken = better
        return None

    def _broken(self, rows: Sequence[Row], row: Row, rules: Sequence[Rule]) -> Iterator[Rule]:
        alone, beside = self._asked([row]), self._asked([*rows, row])
        for rule in rules:
            if (alone if self._shape.is_of_one_row(rule) else beside).breaks(rule):
                yield rule

    def _asked(self, rows: Sequence[Row]) -> Rows:
        shape = self._shape
        keys = {row[shape.key] for row in rows}
        return Rows(
            rows,
            shape.key,
            lambda name: keys if name == shape.descriptor.name else shape.keys_of(name),
        )

    def _better(
        self, rows: Sequence[Row], row: Row, broken: list[Rule]
    ) -> tuple[Row, list[Rule]] | None:
        """Return the row with other cells, and what it still breaks: fewer rules."""
        for changes in self._changes(rows, row, broken[0]):
            touched = self._touched(frozenset(changes))
            first = [rule for rule in broken if rule in touched]
            changed = self._shape.completed({**row, **changes})
            others = (rule for rule in touched if rule not in first)
            still = [*islice(self._broken(rows, changed, (*first, *others)), len(first))]
            if len(still) < len(first):
                return changed, [*(rule for rule in broken if rule not in touched), *still]
        return None

    def _touched_by(self, names: frozenset[str]) -> list[Rule]:
        return [r for r in self._shape.ties if not names.isdisjoint(self._levers[r.columns])]

    @cached_property
    def _levers(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """The columns that can be changed for a rule, by its columns: what follows is not."""
        shape = self._shape

        def levers(names: tuple[str, ...]) -> Iterator[str]:
            for name in names:
                yield from shape.derived.get(name, (name,))

        return {r.columns: tuple(dict.fromkeys(levers(r.columns))) for r in shape.ties}

    def _changes(self, rows: Sequence[Row], row: Row, rule: Rule) -> Iterator[Row]:
        """Yield other cells for a row, one first, then those of a published row."""
        yield from self._copies(rows, row, rule)
        yield from self._apart(rows, row, rule)
        for name in self._levers[rule.columns]:
            for cell in dict.fromkeys(self._cells(rows, row, name, rule)):
                yield {name: cell}
        loose = self._component[rule.columns]
        for published in self._shape.published[:_PUBLISHED]:
            yield {name: published[name] for name in loose}

    def _copies(self, rows: Sequence[Row], row: Row, rule: Rule) -> Iterator[Row]:
        """Yield the cells of the row to which one refers, for a rule that looks them up."""
        if not isinstance(rule, Requirement) or not rule.bad.has({"looked_up"}):
            return
        own = self._shape.own
        names = [name for name in self._levers[rule.columns] if name not in own]
        for other in rows:
            if other[self._shape.key] in {row[name] for name in own}:
                yield {name: other[name] for name in names}

    def _apart(self, rows: Sequence[Row], row: Row, rule: Rule) -> Iterator[Row]:
        """Yield cells that no row has, for a rule that forbids the same in each of some columns."""
        names = _singly(rule)
        if len(names) > 1:
            own = (self._own(rows, row[name], self._shape.columns[name]) for name in names)
            for cells in zip(*own, strict=False):
                yield dict(zip(names, cells, strict=True))

    @cached_property
    def _component(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """The columns that rules tie to those of a rule, but for keys and what follows."""
        return {columns: self._tied_to({*columns}) for columns in self._levers}

    def _tied_to(self, names: set[str]) -> tuple[str, ...]:
        shape, before = self._shape, 0
        while before < len(names):
            before = len(names)
            names |= {n for levers in self._levers.values() if names & {*levers} for n in levers}
        return tuple(n for n in shape.columns if n in names & shape.tied and n not in shape.derived)

    def _cells(self, rows: Sequence[Row], row: Row, name: str, rule: Rule) -> Iterator[Any]:
        """Yield what is tried in a cell."""
        column = self._shape.columns[name]
        none = [] if column.required else [None]
        yield from () if self._full else none
        yield from self._beside(row, column, rule)
        yield from column.enum if column.type == "string" else ()
        yield from self._own(rows, row[name], column)
        yield from (each[name] for each in rows)
        yield from self._published(name)
        yield from none

    def _beside(self, row: Row, column: Column, rule: Rule) -> Iterator[Any]:
        """Yield numbers and days like those that the rule holds it against."""
        if not (column.is_number or column.type in {"date", "yearmonth"}):
            return
        if column.is_number:
            yield from filter(lambda number: _admits(column, number), (0, 1))
        for other in rule.columns:
            cell = row[other]
            step: Any = _DAY if isinstance(cell, date) else 1
            if self._shape.columns[other].type == column.type and cell is not None:
                yield from filter(
                    lambda near: _admits(column, near), (cell, cell - step, cell + step)
                )
            elif column.type == "integer" and isinstance(cell, date):
                yield from filter(lambda near: _admits(column, near), (cell.year,))

    def _own(self, rows: Sequence[Row], cell: Any, column: Column) -> Iterator[Any]:
        """Yield cells that no row has yet."""
        number, name = len(rows) + 1, column.name
        if column.name in self._shape.keys:
            yield from self._next_keys(cell, column, number)
        elif self._shape.is_own(column):
            yield from (row[self._shape.key] for row in rows)
        elif column.type == "integer":
            greatest = max((row[name] for row in rows if row[name] is not None), default=0)
            yield from filter(lambda near: _admits(column, near), (greatest + 1, greatest + 2))
        elif column.type == "boolean":
            yield from (False, True)
        elif (
            column.type == "string" and not column.enum and cell and name not in self._shape.periods
        ):
            yield from _numbered(cell, column, number)
        elif name in self._shape.periods and column.required:
            yield from (f"{2020 + more}" for more in range(number + 1))

    def _next_keys(self, cell: Any, column: Column, number: int) -> Iterator[str]:
        """Yield the keys that follow one, as many as there are rows, and one more."""
        keys = self._shape.keys[column.name]
        first = cell.split(";")[0] if cell else None
        place = keys.index(first) + 1 if first in keys else 0
        yield from islice((*keys[place:], *keys[:place]), number + 1)

    def _published_of(self, name: str) -> tuple[Any, ...]:
        cells = dict.fromkeys(row[name] for row in self._shape.published)
        column = self._shape.columns[name]
        if self._shape.is_own(column):
            return ()
        if name in self._shape.keys:
            known = {*self._shape.keys[name]}
            cells = {c: None for c in cells if c and known.issuperset(c.split(";"))}
        return tuple(islice((cell for cell in cells if cell is not None), _PUBLISHED))


def _singly(rule: Rule) -> tuple[str, ...]:
    """Return the columns of which a rule forbids that two rows have the same, each by itself."""
    if not isinstance(rule, Requirement):
        return ()
    parts = (part for part in rule.bad.walk() if part.operation == "duplicated")
    alone = (part.columns() for part in parts if len(part.operands) == 1)
    return tuple(name for names in alone for name in names)


def _admits(column: Column, number: Any) -> bool:
    if isinstance(number, date):
        return True
    low, high = column.minimum, column.maximum
    return (low is None or number >= low) and (high is None or number <= high)


def _numbered(text: str, column: Column, number: int) -> Iterator[str]:
    """Yield a text with a number behind it, as its pattern admits."""
    pattern = portable(column.pattern or ONE_LINE)
    for made in (f"{text}{number}", f"{text}_{number}", f"{text} {number}"):
        if re.fullmatch(pattern, made):
            yield made
