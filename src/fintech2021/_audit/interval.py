"""Interval arithmetic in exact decimals: what a printed number can stand for, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from itertools import product
from typing import TYPE_CHECKING

from fintech2021._evidence import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["WHOLE", "Interval", "hedged", "of_printed", "total"]

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


def of_printed(characters: str, scale: Decimal, *, exact: bool) -> Interval:
    """Return all numbers that round to the printed one, in its scale.

    ``238.19`` is [238.185, 238.195]. An exact number, such as a count printed in full or a number
    in Chinese words, is itself alone.
    """
    number = reading.read_number(characters)
    if number is None:
        raise ValueError(f"{characters!r} is no number")
    text = reading.read_text(characters).removesuffix("%")
    if exact or not text[-1].isascii():
        return Interval.exact(number).scaled(scale)
    half = Decimal((0, (5,), -len(text.partition(".")[2]) - 1))
    return (Interval.exact(number) + Interval(half.copy_negate(), half)).scaled(scale)


_TWENTIETH = Decimal("0.05")
_TENTH = Decimal("0.1")


def hedged(interval: Interval, qualifier: str) -> Interval:
    """Return what a figure can be when the report hedges it.

    ``about`` widens it by 5 % either way; ``over`` and ``at_least`` have no upper end, ``under`` no
    lower one; ``nearly`` reaches 10 % further down. Any other word changes nothing.
    """
    size = Interval.exact(max(interval.low.copy_abs(), interval.high.copy_abs()))
    if qualifier == "about":
        slack = size.scaled(_TWENTIETH).high
        return interval + Interval(slack.copy_negate(), slack)
    if qualifier in {"over", "at_least"}:
        return Interval(interval.low, _INFINITY)
    if qualifier == "under":
        return Interval(-_INFINITY, interval.high)
    if qualifier == "nearly":
        return interval + Interval(size.scaled(_TENTH).high.copy_negate(), _ZERO)
    return interval
