"""Interval arithmetic in exact decimals: what a printed number can stand for, and what follows."""

from __future__ import annotations

from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["WHOLE", "Interval", "of_period", "total"]

_DOWN = Context(prec=50, rounding=ROUND_FLOOR, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])
_UP = Context(prec=50, rounding=ROUND_CEILING, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])
_INFINITY = Decimal("Infinity")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from ``low`` to ``high``, both included; an end can be infinite.

    Every operation contains the result for any two points of its operands: lower ends are rounded
    down and upper ends up.
    """

    low: Decimal
    high: Decimal

    @classmethod
    def exact(cls, number: Decimal | int) -> Interval:
        """Return the interval of one number."""
        return cls(Decimal(number), Decimal(number))

    def __add__(self, other: Interval) -> Interval:
        return Interval(_DOWN.add(self.low, other.low), _UP.add(self.high, other.high))

    def __neg__(self) -> Interval:
        # The sign alone: `-x` would round to the precision of the caller's decimal context.
        return Interval(self.high.copy_negate(), self.low.copy_negate())

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        return _corners(self, other, lambda context, a, b: context.multiply(a, b))

    def __truediv__(self, other: Interval) -> Interval:
        if other.low <= 0 <= other.high:
            return WHOLE
        return _corners(self, other, lambda context, a, b: context.divide(a, b))

    def __pow__(self, other: Interval) -> Interval:
        """Return the powers of a positive base."""
        if self.low <= 0:
            return WHOLE
        powers = _corners(self, other, lambda context, a, b: context.power(a, b))
        return Interval(_DOWN.next_minus(powers.low), _UP.next_plus(powers.high))

    def scaled(self, factor: Decimal) -> Interval:
        """Return the interval times a number."""
        return self * Interval.exact(factor)

    def hull(self, other: Interval) -> Interval:
        """Return the smallest interval that has all numbers of both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def meets(self, other: Interval) -> bool:
        """Tell whether the two have a number in common."""
        return self.low <= other.high and other.low <= self.high


WHOLE = Interval(-_INFINITY, _INFINITY)
"""All numbers: what a division by an interval around zero can give."""


def _corners(
    one: Interval, other: Interval, operation: Callable[[Context, Decimal, Decimal], Decimal]
) -> Interval:
    """Apply an operation that is monotone in each operand to all pairs of ends."""
    pairs = list(product((one.low, one.high), (other.low, other.high)))
    return Interval(
        min(_defined(operation(_DOWN, *pair)) for pair in pairs),
        max(_defined(operation(_UP, *pair)) for pair in pairs),
    )


def _defined(number: Decimal) -> Decimal:
    """Zero times infinity is zero here: the zero is exact, the infinite end is only a bound."""
    return _ZERO if number.is_nan() else number


def total(intervals: Iterable[Interval]) -> Interval:
    """Return the sum of intervals."""
    return sum(intervals, start=Interval.exact(0))


def of_period(period: str) -> Interval:
    """Return an ISO 8601 day, month, year or ``start/end`` interval as a time in years.

    It reaches from the first moment of the first day to the last one of the last day: 2021 is
    [2021, 2022].
    """
    start, _, end = period.partition("/")
    first, last = start.split("-"), (end or start).split("-")
    month = int(last[1]) if last[1:] else 12
    day = int(last[2]) if last[2:] else monthrange(int(last[0]), month)[1]
    begin = date(int(first[0]), *(int(part) for part in (*first[1:], "1", "1")[:2]))
    return Interval(_moment(begin, 1).low, _moment(date(int(last[0]), month, day), 0).high)


def _moment(day: date, before: int) -> Interval:
    """Return the end of a day, or its beginning if the day itself is left out before it."""
    passed = Interval.exact(day.timetuple().tm_yday - before)
    return Interval.exact(day.year) + passed / Interval.exact(365 + isleap(day.year))
