"""What a rule says of a row, as data: engines make their own expressions of it.

A rule is written once and runs on pandas without any other library, and on every engine through
narwhals. A function over a frame could not: pandas and narwhals give a missing cell other answers,
and a module of a table may import neither.

An expression is missing where a cell that it needs is missing, as in SQL, and a rule is broken only
where its expression is true.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["AGGREGATES", "WINDOWS", "Expression", "any_of", "col", "duplicated", "is_above", "lit"]

WINDOWS = frozenset({"duplicated", "over", "previous"})
"""Operations that look at other rows: an engine works them out before it adds up."""
AGGREGATES = frozenset({"total"})
"""Operations that give one value for the whole table."""


@dataclass(frozen=True, eq=False, slots=True)
class Expression:
    """An operation and what it takes: expressions, or plain values."""

    operation: str
    operands: tuple[Any, ...]

    def __add__(self, other: object) -> Expression:
        return _of("add", self, other)

    def __sub__(self, other: object) -> Expression:
        return _of("sub", self, other)

    def __mul__(self, other: object) -> Expression:
        return _of("mul", self, other)

    def __mod__(self, other: object) -> Expression:
        return _of("mod", self, other)

    def __lt__(self, other: object) -> Expression:
        return _of("lt", self, other)

    def __le__(self, other: object) -> Expression:
        return _of("le", self, other)

    def __gt__(self, other: object) -> Expression:
        return _of("gt", self, other)

    def __ge__(self, other: object) -> Expression:
        return _of("ge", self, other)

    def __eq__(self, other: object) -> Expression:  # type: ignore[override] # As in every library of frames.
        return _of("eq", self, other)

    def __ne__(self, other: object) -> Expression:  # type: ignore[override] # As above.
        return _of("ne", self, other)

    __hash__ = None  # type: ignore[assignment] # Nor are they keys of anything.

    def __and__(self, other: Expression) -> Expression:
        return _of("and", self, other)

    def __or__(self, other: Expression) -> Expression:
        return _of("or", self, other)

    def __invert__(self) -> Expression:
        return Expression("not", (self,))

    def is_missing(self) -> Expression:
        """Tell whether there is no value; not a number is none."""
        return Expression("is_missing", (self,))

    def is_given(self) -> Expression:
        """Tell whether there is a value."""
        return ~self.is_missing()

    def is_in(self, values: Iterable[Any]) -> Expression:
        """Tell whether the value is one of some."""
        return Expression("is_in", (self, tuple(values)))

    def contains(self, pattern: str) -> Expression:
        """Tell whether a portable pattern is somewhere in the text."""
        return Expression("contains", (self, pattern))

    def or_else(self, other: object) -> Expression:
        """Return the value, and where there is none the other one."""
        return _of("or_else", self, other)

    def year(self) -> Expression:
        """Return the year of a day."""
        return Expression("year", (self,))

    def day(self) -> Expression:
        """Return the day of the month."""
        return Expression("day", (self,))

    def sum_over(self, *by: str | Expression) -> Expression:
        """Return the sum over the rows that are alike in some columns, missing ones alike too."""
        return Expression("over", (self, "sum", *map(_column, by)))

    def least_over(self, *by: str | Expression) -> Expression:
        """Return the least value of the rows that are alike in some columns."""
        return Expression("over", (self, "min", *map(_column, by)))

    def greatest_over(self, *by: str | Expression) -> Expression:
        """Return the greatest value of the rows that are alike in some columns."""
        return Expression("over", (self, "max", *map(_column, by)))

    def rank_over(self, *by: str | Expression) -> Expression:
        """Return the place from 1 among the rows that are alike in some columns."""
        return Expression("over", (self, "rank", *map(_column, by)))

    def previous(self, *by: str, order: tuple[str, ...]) -> Expression:
        """Return the value of the row before in an order, among those alike in some columns."""
        return Expression("previous", (self, by, order))

    def total(self) -> Expression:
        """Return the sum over the table."""
        return Expression("total", (self,))

    def looked_up(self, column: str) -> Expression:
        """Return the cell of a column in the row of the same table whose key is this value."""
        return Expression("looked_up", (self, column))

    def where(self, condition: Expression) -> Expression:
        """Return the value where a condition is true, nothing elsewhere."""
        return Expression("where", (self, condition))

    def walk(self) -> Iterator[Expression]:
        """Yield the expression and every one in it."""
        yield self
        for operand in self.operands:
            if isinstance(operand, Expression):
                yield from operand.walk()

    def has(self, operations: Iterable[str]) -> bool:
        """Tell whether one of some operations is in it."""
        return any(part.operation in operations for part in self.walk())

    def columns(self) -> tuple[str, ...]:
        """Return the columns that it needs, each once, as they come."""
        return tuple(dict.fromkeys(name for part in self.walk() for name in _own_columns(part)))


def _own_columns(part: Expression) -> Iterator[str]:
    """Yield the columns that an operation names itself."""
    match part.operation, part.operands:
        case "col", (name,):
            yield name
        case "previous", (_, by, order):
            yield from (*by, *order)
        case "looked_up", (_, column):
            yield column


def _of(operation: str, *operands: object) -> Expression:
    return Expression(operation, tuple(map(lit, operands)))


def lit(value: object) -> Expression:
    """Return a value as an expression; an expression is one."""
    return value if isinstance(value, Expression) else Expression("lit", (value,))


def col(name: str) -> Expression:
    """Return the value of a column."""
    return Expression("col", (name,))


def duplicated(*columns: str | Expression) -> Expression:
    """Tell whether another row has the same in every one of some columns; missing is alike."""
    return Expression("duplicated", tuple(map(_column, columns)))


def _column(item: str | Expression) -> Expression:
    return col(item) if isinstance(item, str) else item


def any_of(conditions: Iterable[Expression]) -> Expression:
    """Tell whether one of some conditions is true."""
    first, *others = conditions
    for condition in others:
        first |= condition
    return first


def is_above(one: Expression, other: Expression, numbers: Mapping[str, int]) -> Expression:
    """Tell whether the first of two texts has the greater number."""
    above = {
        name: [each for each in numbers if numbers[each] > number]
        for name, number in numbers.items()
    }
    return any_of(
        (other == name) & one.is_in(greater) for name, greater in above.items() if greater
    )
