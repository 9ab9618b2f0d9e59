"""What each column of a dataset has to keep, as data: no engine is asked here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fintech2021._core import catalog
from fintech2021._core.rows import by_key
from fintech2021._versions import pins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fintech2021._core.descriptor import Column, Descriptor

__all__ = ["Bound", "Listed", "Matches", "OneLine", "Requirement", "Typed", "requirements"]


class Typed(NamedTuple):
    """Every cell is a value of the column's type."""

    type: str

    @property
    def rule(self) -> str:
        """What is required, to be read after «it»."""
        return _SAID[self.type]


_DAY = "is a day"
_SAID = {
    "integer": "is a whole number",
    "number": "is a number",
    "boolean": "is true or false",
    "date": _DAY,
    "yearmonth": _DAY,
}


class Bound(NamedTuple):
    """Every number lies on one side of a limit, or on it."""

    limit: float
    is_lower: bool

    @property
    def rule(self) -> str:
        """What is required, to be read after «it»."""
        return f"is at {'least' if self.is_lower else 'most'} {self.limit}"


class Listed(NamedTuple):
    """Every text, or item of a list, is one of some."""

    values: frozenset[str]
    rule: str
    """What is required, to be read after «it»."""


class Matches(NamedTuple):
    """Every text, or item of a list, matches a pattern."""

    pattern: str

    @property
    def rule(self) -> str:
        """What is required, to be read after «it»."""
        return f"matches {self.pattern}"


class OneLine(NamedTuple):
    """Every text is one line without white space at its ends."""

    rule: str = "is one line without outer white space"
    """What is required, to be read after «it»."""


Requirement = Typed | Bound | Listed | Matches | OneLine


def requirements(column: Column, descriptor: Descriptor) -> Iterator[Requirement]:
    """Yield what a column of a dataset version has to keep, besides its dtype."""
    if column.type in _SAID:
        yield Typed(column.type)
    if column.minimum is not None:
        yield Bound(column.minimum, is_lower=True)
    if column.maximum is not None:
        yield Bound(column.maximum, is_lower=False)
    if column.enum:
        yield Listed(frozenset(column.enum), f"is one of {', '.join(column.enum)}")
    elif column.pattern is not None:
        yield Matches(column.pattern)
    elif column.type in {"string", "list"}:
        yield OneLine()
    if column.references not in {None, descriptor.name}:
        target = catalog.same_edition(descriptor, str(column.references), pins.edition())
        first = target.primary_key[0]
        keys = frozenset(row[first] for row in by_key(target).values())
        yield Listed(keys, f"is a key of {column.references}")
