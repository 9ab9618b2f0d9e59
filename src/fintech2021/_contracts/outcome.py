"""What a check found, the same for every engine."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from fintech2021._contracts.requirements import (
    IS_COLUMN,
    IS_ONCE,
    IS_ORDERED,
    IS_PRESENT,
    has_type,
)
from fintech2021._core.rows import key_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from fintech2021._contracts.requirements import Contract, Requirement
    from fintech2021._core.descriptor import Column

__all__ = [
    "Broken",
    "Count",
    "Failure",
    "Outcome",
    "Parents",
    "failure_of",
    "first",
    "plain",
    "structure",
]


class Failure(NamedTuple):
    """One broken rule in one place."""

    row: Any
    key: str | None
    column: str | None
    rule: str
    value: Any = None
    is_sentence: bool = False


class Count(NamedTuple):
    """How often one rule is broken."""

    column: str | None
    rule: str
    failures: int


class Outcome(NamedTuple):
    """What is broken, and how often each rule is."""

    counts: tuple[Count, ...]
    failures: tuple[Failure, ...]

    def __add__(self, other: object) -> Outcome:
        assert isinstance(other, Outcome)  # noqa: S101 - Ours only.
        return Outcome(self.counts + other.counts, self.failures + other.failures)


class Broken(NamedTuple):
    """A row that breaks a requirement: its label or number, and its cells by column."""

    row: Any
    cells: Mapping[str, Any]


class Parents(Protocol):
    """The tables to which columns refer."""

    def keys(self, dataset: str) -> tuple[str, ...]:
        """Return the keys of a table."""
        ...

    def beside(self, dataset: str) -> Any | None:
        """Return a frame whose first column is the keys, if the asking engine can take it."""
        ...


def structure(
    names: Sequence[Any],
    contract: Contract,
    wrong_type: Callable[[Column], str | None],
) -> tuple[list[Failure], set[str]]:
    """Return what is wrong with the columns, and the names of those whose cells can be looked at.

    Where a column is there twice, no cell is looked at: an engine cannot tell which is meant.
    """
    known = {column.name: column for column in contract.descriptor.columns}
    doubled = (
        {name for name in names if names.count(name) > 1} if len({*names}) < len(names) else set()
    )
    failures = [
        *(_of_column(name, IS_PRESENT) for name in known if name not in names),
        *(_of_column(name, IS_ONCE) for name in dict.fromkeys(names) if name in doubled),
        *(_of_column(name, IS_COLUMN) for name in dict.fromkeys(names) if name not in known),
        *(_of_column(name, IS_ORDERED) for name in _displaced(names, known)),
    ]
    if doubled:
        return failures, set()
    types = {name: wrong_type(known[name]) for name in known if name in names}
    wrong = {name: kind for name, kind in types.items() if kind is not None}
    failures += (
        Failure(None, None, name, has_type(known[name]), kind) for name, kind in wrong.items()
    )
    return failures, types.keys() - wrong.keys()


def _of_column(name: Any, rule: str) -> Failure:
    return Failure(None, None, str(name), rule)


def _displaced(names: Sequence[Any], known: Mapping[str, Column]) -> Iterator[str]:
    """Yield the known columns that stand in another order than the published one."""
    there = [name for name in dict.fromkeys(names) if name in known]
    ordered = [name for name in known if name in there]
    return (name for name, expected in zip(there, ordered, strict=True) if name != expected)


def failure_of(requirement: Requirement, broken: Broken, contract: Contract) -> Failure:
    """Return the failure of a row."""
    cells = broken.cells
    return Failure(
        broken.row,
        _key(cells, contract.key),
        requirement.column,
        requirement.rule,
        _value(requirement, cells),
        requirement.is_sentence,
    )


def _key(cells: Mapping[str, Any], key: tuple[str, ...]) -> str | None:
    parts = [plain(cells.get(part)) for part in key]
    if all(part is None for part in parts):
        return None
    return key_text(tuple("" if part is None else part for part in parts))


def _value(requirement: Requirement, cells: Mapping[str, Any]) -> Any:
    """Return the cell, or those of several columns as a text."""
    if len(requirement.columns) == 1:
        return plain(cells[requirement.columns[0]])
    named = ((name, plain(cells[name])) for name in requirement.columns)
    return ", ".join(f"{name}={'' if value is None else value}" for name, value in named)


def plain(value: Any) -> Any:
    """Return a cell as a plain value, the same for every engine, and nothing for a missing one."""
    if hasattr(value, "item") and getattr(value, "shape", None) == ():  # A scalar of numpy.
        value = value.item()
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return None
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - Not a number is no cell.
        return None
    if isinstance(value, datetime) and value.tzinfo is None and not _has_time(value):
        return date(value.year, value.month, value.day)
    return value


def _has_time(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second, moment.microsecond) != (0, 0, 0, 0)


def first(rows: Iterable[Broken], contract: Contract, limit: int | None) -> list[Broken]:
    """Return the first rows by key and by content: the same on every engine."""
    columns = (*contract.key, *(column.name for column in contract.descriptor.columns))

    def place(row: Broken) -> list[tuple[bool, Any]]:
        cells = [plain(row.cells.get(name)) for name in columns]
        return [(cell is None, "" if cell is None else cell) for cell in cells]

    try:
        return sorted(rows, key=place)[:limit]
    except TypeError:  # Cells of more than one type in one column: of pandas only.
        return sorted(rows, key=lambda row: str(place(row)))[:limit]
