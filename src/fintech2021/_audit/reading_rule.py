"""What a printed figure can stand for: the rule by which it is read, in each of its revisions.

A version of the claims names the revision by which it is judged, so that the verdicts on an old
edition stay what they were. Revision 1 is that of the claims 1.0.0.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from fintech2021._audit.interval import Interval
from fintech2021._evidence import reading
from fintech2021.errors import RelationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["READING_RULES", "Figure", "ReadingRule", "read_figure"]


class Figure(NamedTuple):
    """A figure as it is printed."""

    number: Decimal
    half: Decimal
    """Half a unit of its last digit; zero for a number that is not rounded."""
    scale: Decimal

    @property
    def rounding(self) -> Interval:
        """How far what rounds to the number can be from it."""
        return Interval(self.half.copy_negate(), self.half)


def read_figure(characters: str, scale: Decimal, *, exact: bool) -> Figure:
    """Return the figure that the characters state; a number in Chinese words is never rounded."""
    number = reading.read_number(characters)
    if number is None:
        raise ValueError(f"{characters!r} is no number")
    text = reading.read_text(characters)
    if exact or not text[-1].isascii():
        return Figure(number, Decimal(0), scale)
    return Figure(number, Decimal((0, (5,), -len(text.partition(".")[2]) - 1)), scale)


_ANY = Decimal("Infinity")
_NONE = Decimal(0)
_REACH: Mapping[str, tuple[Decimal, Decimal]] = {
    "": (_NONE, _NONE),
    "exact": (_NONE, _NONE),
    "forecast": (_NONE, _NONE),  # Of editions before 2026.3: no hedge.
    "about": (Decimal("0.05"), Decimal("0.05")),
    "nearly": (Decimal("0.1"), _NONE),
    "over": (_NONE, _ANY),
    "at_least": (_NONE, _ANY),
    "under": (_ANY, _NONE),
}
"""How far a hedged figure reaches down and up, as a share of its size."""


def _widened(interval: Interval, hedge: str, size: Decimal) -> Interval:
    """Return an interval with what a hedge adds to it; raises `RelationError` for no hedge."""
    if hedge not in _REACH:
        raise RelationError(f"{hedge!r} is no hedge; known are {', '.join(filter(None, _REACH))}")
    below, above = (
        reach if reach.is_infinite() else Interval.exact(size).scaled(reach).high
        for reach in _REACH[hedge]
    )
    return interval + Interval(below.copy_negate(), above)


def _rounded_then_hedged(figure: Figure, hedge: str) -> Interval:
    """Revision 1: the share is one of the end of the rounded interval that is farther from zero."""
    rounded = (Interval.exact(figure.number) + figure.rounding).scaled(figure.scale)
    size = max(rounded.low.copy_abs(), rounded.high.copy_abs())
    return _widened(rounded, hedge, size)


def _hedged_or_rounded(figure: Figure, hedge: str) -> Interval:
    """Revision 2: what rounds to the printed number, and what the hedge admits of that number."""
    printed = Interval.exact(figure.number)
    hedged, rounded = _widened(printed, hedge, figure.number.copy_abs()), printed + figure.rounding
    return hedged.hull(rounded).scaled(figure.scale)


class ReadingRule(NamedTuple):
    """A revision of the rule."""

    revision: int
    counted: frozenset[str]
    """The units of which a number printed in full is not rounded."""
    stands_for: Callable[[Figure, str], Interval]
    """Return all numbers for which a figure with a hedge can stand."""


READING_RULES: Mapping[int, ReadingRule] = {
    1: ReadingRule(1, frozenset({"count", "rank", "years", "days"}), _rounded_then_hedged),
    2: ReadingRule(
        2,
        frozenset({"count", "rank", "ranks", "tier", "score", "years", "days"}),
        _hedged_or_rounded,
    ),
}
"""Every revision by its number."""
