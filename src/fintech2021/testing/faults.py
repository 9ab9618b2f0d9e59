"""What is done to valid rows to break one rule, and that one alone.

Nothing is written for a rule: other cells are tried until it is broken, and with it no other. Where
none of them does it, the made-up frame of `fintech2021.testing.broken` stands in.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._contracts.requirements import IS_ONCE, Requirement, traced
from fintech2021._contracts.rowwise import Rows
from fintech2021._core.deferred import Deferred
from fintech2021.testing.breaking import BrokenFrame, case_of, changes_of_columns
from fintech2021.testing.frames import cells_as

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd

    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021.testing.shapes import Row, Rule, Shape

    Changed = tuple[int, Row]
    """The number of a row, and other cells for it."""
else:
    pd = Deferred("pandas")

__all__ = ["Fault", "Odd", "broken_case", "faults_of", "in_pandas"]

_MOST_TRIED = 1_500
_REPAIRED = 4
_PUBLISHED = 20
_TEXTS = ("no_such_key", "Not a slug")


class Fault(NamedTuple):
    """Something that can be wrong: with the columns, or with cells that break a rule."""

    column: str | None
    said: str
    change: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    rule: Rule | None = None
    number: int = 0
    """Of the rule among those of its contract."""

    def __repr__(self) -> str:
        return self.said if self.column is None else f"{self.column}: {self.said}"


class Odd(NamedTuple):
    """What was drawn to make a wrong cell of: how far beyond a bound, and what is no mark."""

    more: int
    space: str


def faults_of(shape: Shape, backend: str) -> tuple[Fault, ...]:
    """Return everything that can be wrong with a frame of a backend."""
    of_columns = (Fault(*each) for each in changes_of_columns(shape.descriptor))
    rules: tuple[Rule, ...] = (*shape.contract.requirements, *shape.contract.traced)
    of_cells = (
        Fault(_said(rule).column, _said(rule).rule, rule=rule, number=number)
        for number, rule in enumerate(rules)
    )
    return tuple(fault for fault in (*of_columns, *of_cells) if _can_be(fault, backend))


def _can_be(fault: Fault, backend: str) -> bool:
    if backend == "polars" and fault.said == IS_ONCE:
        return False
    return backend == "pandas" or fault.said != "has no time of day"


def _said(rule: Rule) -> Requirement:
    return rule if isinstance(rule, Requirement) else traced(rule)


def broken_case(shape: Shape, fault: Fault, rows: Sequence[Row], odd: Odd) -> BrokenFrame:
    """Return valid rows with a fault as a pandas frame, or the made-up frame that has it."""
    descriptor = shape.descriptor
    if fault.change is not None:
        return _case(shape, fault, fault.change(in_pandas(rows, descriptor)))
    broken = _Breaker(shape).broken(rows, fault.rule, odd) if fault.rule else None
    case = _case_of_rows(shape, fault, in_pandas(broken, descriptor)) if broken else None
    if case is None or (case.also and _is_easier_elsewhere(shape, fault)):
        return case_of(descriptor, fault.number)
    return case


def _is_easier_elsewhere(shape: Shape, fault: Fault) -> bool:
    """Tell whether a table beside the frame lets it break one rule alone: with a key like none."""
    return fault.column in shape.keys and fault.said.startswith("matches ")


def _case(
    shape: Shape,
    fault: Fault,
    frame: pd.DataFrame,
    keys: tuple[str | None, ...] = (),
    also: tuple[str, ...] = (),
) -> BrokenFrame:
    name, version = shape.descriptor.name, shape.descriptor.version
    return BrokenFrame(name, version, fault.said, fault.column, keys, also, frame, {})


def _case_of_rows(shape: Shape, fault: Fault, frame: pd.DataFrame) -> BrokenFrame | None:
    """Return a frame with what a check tells of it, or nothing where it tells of no such fault."""
    from fintech2021._contracts import pandas as checks

    asked = (fault.column, fault.said)
    found = checks.check(frame, shape.contract, lambda name: [*shape.keys_of(name)], None)
    broken = {count[:2] for count in found.counts if count.failures}
    if asked not in broken:
        return None
    told = (f.key for f in found.failures if (f.column, f.rule) == asked)
    keys = () if fault.column is None else tuple(told)
    return _case(shape, fault, frame, keys, tuple(sorted(rule for _, rule in broken - {asked})))


def in_pandas(rows: Sequence[Row], descriptor: Descriptor) -> pd.DataFrame:
    """Return rows as a pandas frame, in exact types or in those that can be missing."""
    return pd.DataFrame(
        {c.name: cells_as([row[c.name] for row in rows], c) for c in descriptor.columns}
    )


class _Breaker:
    """Breaks single rules of a dataset version in valid rows."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._rules: tuple[Rule, ...] = (*shape.contract.requirements, *shape.contract.traced)

    def broken(self, rows: Sequence[Row], rule: Rule, odd: Odd) -> list[Row] | None:
        """Return rows that break one rule, and as few others as can be, or nothing."""
        nearly: list[tuple[int, Changed]] = []
        for changed in islice(self._candidates(rows, rule, odd), _MOST_TRIED):
            made = _with(rows, changed)
            if self._breaks(made, changed, rule):
                others = self._others(made, changed, rule)
                if not others:
                    return made
                nearly.append((len(others), changed))
        nearly.sort(key=lambda each: each[0])
        likely = [changed for _, changed in nearly[:_REPAIRED]]
        repaired = (self._repaired(rows, changed, rule, odd) for changed in likely)
        second = _with(rows, likely[0]) if likely else None
        return next((made for made in repaired if made is not None), second)

    def _candidates(self, rows: Sequence[Row], rule: Rule, odd: Odd) -> Iterator[Changed]:
        yield from self._copies(rows, rule)
        yield from self._changes(rows, rule, odd)

    def _repaired(
        self, rows: Sequence[Row], changed: Changed, rule: Rule, odd: Odd
    ) -> list[Row] | None:
        """Return rows with one more cell changed, of those that other broken rules name."""
        number, cells = changed
        others = self._others(_with(rows, changed), changed, rule)
        names = dict.fromkeys(name for other in others for name in other.columns)
        for name in names:
            for cell in self._pool(rows, self._shape.columns[name], odd):
                again = (number, {name: cell, **cells})
                made = _with(rows, again)
                if self._breaks(made, again, rule) and not self._others(made, again, rule):
                    return made
        return None

    def _breaks(self, made: list[Row], changed: Changed, rule: Rule) -> bool:
        is_alone = self._shape.is_of_one_row(rule)
        return self._asked([made[changed[0]]] if is_alone else made).breaks(rule)

    def _others(self, made: list[Row], changed: Changed, rule: Rule) -> list[Rule]:
        touched = (r for r in self._rules if r is not rule and self._touches(changed[1], r))
        return [other for other in touched if self._breaks(made, changed, other)]

    def _touches(self, cells: Row, rule: Rule) -> bool:
        names = _said(rule).needs(self._shape.contract)
        return not cells.keys().isdisjoint(names)

    def _asked(self, rows: Sequence[Row]) -> Rows:
        shape = self._shape
        keys = {row[shape.key] for row in rows} - {None}
        own = shape.descriptor.name
        return Rows(rows, shape.key, lambda name: keys if name == own else shape.keys_of(name))

    def _copies(self, rows: Sequence[Row], rule: Rule) -> Iterator[Changed]:
        """Yield the cells of another row, for a rule that looks at several."""
        if self._shape.is_of_one_row(rule):
            return
        loose = tuple(name for name in rule.columns if name not in self._shape.contract.key)
        for names in filter(None, dict.fromkeys((rule.columns, loose))):
            for number in range(1, len(rows)):
                yield number, {name: rows[0][name] for name in names}

    def _changes(self, rows: Sequence[Row], rule: Rule, odd: Odd) -> Iterator[Changed]:
        for name in rule.columns:
            for cell in self._pool(rows, self._shape.columns[name], odd):
                for number in range(len(rows))[::-1]:
                    yield number, {name: cell}

    def _pool(self, rows: Sequence[Row], column: Column, odd: Odd) -> list[Any]:
        """Return what is tried in a cell."""
        shape, name = self._shape, column.name
        there = [row[name] for row in rows]
        own = [row[shape.key] for row in rows] if name in shape.own else []
        published = [row[name] for row in shape.published[:_PUBLISHED]]
        tried = _odd(column, next((cell for cell in there if cell is not None), None), odd)
        known = [cell for cell in published if cell is not None]
        return list(dict.fromkeys([None, *tried, *column.enum, *own, *there, *known]))


def _with(rows: Sequence[Row], changed: Changed) -> list[Row]:
    number, cells = changed
    return [{**row, **cells} if place == number else row for place, row in enumerate(rows)]


def _odd(column: Column, cell: Any, odd: Odd) -> Iterator[Any]:
    """Yield cells that a column does not admit, or that others may not stand beside."""
    match column.type:
        case "integer" | "number":
            yield from _numbers(column, odd.more)
        case "boolean":
            yield from (True, False)
        case "date" | "yearmonth":
            yield from _days(cell or date(2020, 1, 1), odd.more)
        case _:
            yield from _texts(column, cell or "0", odd.space)


def _numbers(column: Column, more: int) -> Iterator[Any]:
    kind = int if column.type == "integer" else float
    if column.minimum is not None:
        yield kind(column.minimum) - more
    if column.maximum is not None:
        yield kind(column.maximum) + more
    if kind is float:
        yield from (float("inf"), 0.5)
    yield from map(kind, (0, 1, 101, -1, more))


def _days(day: date, more: int) -> Iterator[date]:
    yield datetime(day.year, day.month, day.day, 1 + more % 23)  # noqa: DTZ001 - Days have no zone.
    yield day.replace(day=2 + more % 27)
    yield from (day - timedelta(days=more % 10_000), day + timedelta(days=more % 10_000))
    yield from (date(1900, 1, 1), date(2100, 1, 1))


def _texts(column: Column, cell: str, space: str) -> Iterator[str]:
    first, *_ = cell.split(";")
    yield from (f"{cell}{space}", f"{space}{cell}", *_TEXTS, "")
    if column.is_list:
        yield from (f"{first};{first}", f"{first};;{first}", ";".join(column.enum[:6]) or first)
