"""What holds of a table beyond its single cells: invariants and facts.

An *invariant* holds for any table of the shape, and for each part of one: its expression of a bad
row runs on every engine and names the rows. A *fact* holds for the table as it was published, of
which it says how many rows there are or what another table or the report's prose says of them: it
is a function over a pandas frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pandas as pd

    from fintech2021._records.expressions import Expression

    Tables = Callable[[str], pd.DataFrame]
    """Gives the published frame of another dataset by its name."""
    Cells = Sequence[tuple[Any, ...]]
    """The rows of a table, the cells of some columns each."""

__all__ = ["Fact", "Invariant", "Traced", "in_loops", "observed"]


class Invariant(NamedTuple):
    """A statement, and the expression that is true of a row that breaks it.

    Where the expression is one value for the whole table, the statement is about the whole.
    """

    statement: str
    bad: Expression
    since: str = "1.0.0"


class Traced(NamedTuple):
    """A statement that no expression of a row says: some columns of the rows are fetched.

    Its function returns the numbers of the rows that break it.
    """

    statement: str
    columns: tuple[str, ...]
    bad_rows: Callable[[Cells], Iterable[int]]
    since: str = "1.0.0"


class Fact(NamedTuple):
    """A statement about a published table, and the function that tells whether it holds."""

    statement: str
    holds: Callable[[pd.DataFrame, Tables], Any]
    since: str = "1.0.0"


def in_loops(rows: Cells) -> list[int]:
    """Return the numbers of the rows that are their own ancestors; a row is its key and parent."""
    parents: dict[str, str] = {key: parent for key, parent in rows if key is not None}
    looped = _looped(parents)
    return [number for number, (key, _) in enumerate(rows) if key in looped]


def _looped(parents: dict[str, str]) -> set[str]:
    """Return the keys on loops: each is walked once."""
    seen: set[str] = set()
    looped: set[str] = set()
    for start in parents:
        path = _path(start, parents, seen)
        end = parents.get(path[-1]) if path else None
        if end in path:
            looped.update(path[path.index(end) :])
    return looped


def _path(start: str, parents: dict[str, str], seen: set[str]) -> list[str]:
    """Return the way upwards from a key as far as nobody has gone before."""
    path: list[str] = []
    current: str | None = start
    while current in parents and current not in seen:
        seen.add(current)
        path.append(current)
        current = parents[current]
    return path


def observed(tables: Tables, observation: str) -> float:
    """Return a figure of the prose: the value of an observation."""
    values = tables("observations").set_index("observation_id")["value"]
    return float(values[observation])
