"""Expressions of rules on a few rows of plain values: no other library is needed.

What makes or mends single rows asks thousands of times, of a handful of rows each time; a frame
would cost more to build than to be asked. A missing cell is ``None`` and behaves as in SQL.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from operator import add, eq, ge, gt, le, lt, mod, mul, ne, sub
from typing import TYPE_CHECKING, Any

from fintech2021._contracts.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from fintech2021._records.expressions import Expression
    from fintech2021._records.rules import Traced

    Row = Mapping[str, Any]
    Cells = list[Any]

__all__ = ["Rows"]


class Rows:
    """A few rows, the column of their key, and what gives the keys of other tables."""

    def __init__(
        self, rows: Sequence[Row], key: str, keys: Callable[[str], Collection[str]]
    ) -> None:
        self._rows = rows
        self._key = key
        self._keys = keys

    def breaks(self, rule: Requirement | Traced) -> bool:
        """Tell whether a rule is broken, by whichever row."""
        if isinstance(rule, Requirement):
            return True in self(rule.bad)
        cells = [tuple(row[name] for name in rule.columns) for row in self._rows]
        return any(True for _ in rule.bad_rows(cells))

    def __call__(self, expression: Expression) -> Cells:
        """Return the values of an expression, one for each row."""
        name = expression.operation
        if name in _OF_VALUES:
            columns = map(self, expression.operands)
            return [_OF_VALUES[name](*cells) for cells in zip(*columns, strict=True)]
        if name in _OF_CELL:
            first, *others = expression.operands
            return [None if c is None else _OF_CELL[name](c, *others) for c in self(first)]
        made: Cells = getattr(self, f"_{name}")(*expression.operands)
        return made

    def _col(self, name: str) -> Cells:
        return [row[name] for row in self._rows]

    def _lit(self, value: Any) -> Cells:
        return [value] * len(self._rows)

    def _is_key(self, cell: Expression, dataset: str, is_list: bool) -> Cells:  # noqa: FBT001 - As an operand.
        keys = self._keys(dataset)
        return [
            None if c is None else all(item in keys for item in (c.split(";") if is_list else [c]))
            for c in self(cell)
        ]

    def _looked_up(self, cell: Expression, column: str) -> Cells:
        found = {row[self._key]: row[column] for row in reversed(self._rows)}
        return [None if c is None else found.get(c) for c in self(cell)]

    def _duplicated(self, *expressions: Expression) -> Cells:
        alike = [*zip(*map(self, expressions), strict=True)]
        return [alike.count(each) > 1 for each in alike]

    def _over(self, cell: Expression, what: str, *by: Expression) -> Cells:
        cells: Cells = self._lit(None)
        values = self(cell)
        for numbers in self._groups(by):
            made = _OVER[what]([values[number] for number in numbers])
            for number, value in zip(numbers, made, strict=True):
                cells[number] = value
        return cells

    def _groups(self, by: Sequence[Expression]) -> list[list[int]]:
        """Return the numbers of the rows that are alike in some expressions."""
        groups: dict[tuple[Any, ...], list[int]] = {}
        columns = [self(each) for each in by]
        for number in range(len(self._rows)):
            groups.setdefault(tuple(column[number] for column in columns), []).append(number)
        return [*groups.values()]

    def _previous(self, cell: Expression, by: tuple[str, ...], order: tuple[str, ...]) -> Cells:
        def place(number: int) -> list[Any]:
            return [_last_if_missing(self._rows[number][name]) for name in order]

        values, cells = self(cell), self._lit(None)
        groups: dict[tuple[Any, ...], list[int]] = {}
        for number in sorted(range(len(self._rows)), key=place):
            group = groups.setdefault(tuple(self._rows[number][name] for name in by), [])
            cells[number] = values[group[-1]] if group else None
            group.append(number)
        return cells

    def _total(self, cell: Expression) -> Cells:
        return self._lit(_sum(self(cell)))


def _last_if_missing(value: Any) -> tuple[bool, Any]:
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - Beside one with a time.
    return (value is None, "" if value is None else value)


def _given(values: Cells) -> Cells:
    return [value for value in values if value is not None]


def _sum(values: Cells) -> Any:
    given = _given(values)
    return math.fsum(given) if float in map(type, given) else sum(given)


def _extreme(choose: Callable[[Cells], Any]) -> Callable[[Cells], Cells]:
    def extreme(values: Cells) -> Cells:
        given = _given(values)
        return [choose(given) if given else None] * len(values)

    return extreme


def _ranks(values: Cells) -> Cells:
    ordered = sorted(_given(values))
    return [None if value is None else ordered.index(value) + 1 for value in values]


_OVER: Mapping[str, Callable[[Cells], Cells]] = {
    "sum": lambda values: [_sum(values)] * len(values),
    "min": _extreme(min),
    "max": _extreme(max),
    "rank": _ranks,
}
"""What is made of the values of a group."""


def _unless_missing(reckon: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda left, right: None if left is None or right is None else reckon(left, right)


def _compared(compare: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def comparison(left: Any, right: Any) -> Any:
        if left is None or right is None:
            return None
        if isinstance(left, date) and isinstance(right, date):
            return compare(_moment(left), _moment(right))
        return compare(left, right)

    return comparison


def _moment(day: date) -> datetime:
    """Return a day as a moment: Python compares it with no other."""
    return day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001 - Days have no zone.


def _and(left: Any, right: Any) -> Any:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _or(left: Any, right: Any) -> Any:
    if left is True or right is True:
        return True
    return None if left is None or right is None else False


_OF_VALUES: Mapping[str, Callable[..., Any]] = {
    **{each.__name__: _compared(each) for each in (lt, le, gt, ge, eq, ne)},
    **{each.__name__: _unless_missing(each) for each in (add, sub, mul, mod)},
    "and": _and,
    "or": _or,
    "not": lambda value: None if value is None else not value,
    "is_missing": lambda value: value is None,
    "or_else": lambda value, other: other if value is None else value,
    "where": lambda value, condition: value if condition is True else None,
}
"""What an operation makes of a value of each of its operands."""
_OF_CELL: Mapping[str, Callable[..., Any]] = {
    "is_in": lambda cell, values: cell in values,
    "matches": lambda cell, pattern: re.fullmatch(pattern, cell) is not None,
    "contains": lambda cell, pattern: re.search(pattern, cell) is not None,
    "is_infinite": math.isinf,
    "has_time": lambda cell: _moment(cell).time() != datetime.min.time(),
    "year": lambda cell: cell.year,
    "day": lambda cell: cell.day,
}
"""What an operation makes of a cell that is there, and of its other operands as they are."""
