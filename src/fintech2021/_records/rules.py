"""What holds of a table beyond its single cells: invariants and facts.

An *invariant* holds for any table of the shape, and for each part of one: its expression of a bad
row runs on every engine and names the rows. A *fact* holds for the table as it was published, of
which it says how many rows there are or what another table or the report's prose says of them: it
is a function over a pandas frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._records.expressions import Expression, any_of, col, duplicated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pandas as pd

    Tables = Callable[[str], pd.DataFrame]
    """Gives the published frame of another dataset by its name."""
    Cells = Sequence[tuple[Any, ...]]
    """The rows of a table, the cells of some columns each."""

__all__ = [
    "Fact",
    "Invariant",
    "Traced",
    "called_as",
    "cites_two",
    "distinct",
    "in_both_languages",
    "in_loops",
    "observed",
]


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


def in_both_languages(column: str, since: str = "1.0.0") -> Invariant:
    """Return the rule that a text in English has one in Chinese beside it, in ``…_zh``."""
    one, other = col(column), col(f"{column}_zh")
    bad = one.is_given() != other.is_given()
    return Invariant(f"a {column} is told in both languages", bad, since)


def distinct(what: str, *columns: str, since: str = "1.0.0") -> Invariant:
    """Return the rule that no two rows have the same text in any of some columns."""
    bad = any_of(duplicated(name) & col(name).is_given() for name in columns)
    return Invariant(f"{what} are distinct", bad, since)


def cites_two(since: str = "1.0.0") -> Invariant:
    """Return the rule that a row that rests on two pages names two."""
    bad = (col("evidence") == "two_pages") & ~col("source_ids").or_else("").contains(";")
    return Invariant("what rests on two pages cites two", bad, since)


def called_as(key: str, table: str, column: str = "name_en", since: str = "1.0.0") -> Fact:
    """Return the fact that a row has the name which another table has under its key."""

    def holds(rows: pd.DataFrame, tables: Tables) -> bool:
        others = tables(table)
        names = others.set_index(others.columns[0])[column]
        return bool((rows[key].map(names) == rows[column]).all())

    return Fact(f"{column} is what `{table}` calls it", holds, since)
