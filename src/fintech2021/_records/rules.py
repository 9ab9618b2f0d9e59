"""What must hold across the rows of a table, or between tables: statements with a check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    Tables = Callable[[str], pd.DataFrame]
    """Gives the published frame of another dataset by its name."""

__all__ = ["Rule", "has_no_loops", "observed"]


class Rule(NamedTuple):
    """A statement about a whole table, and the function whose truth tells whether it holds."""

    statement: str
    holds: Callable[[pd.DataFrame, Tables], Any]
    since: str = "1.0.0"


def has_no_loops(frame: pd.DataFrame) -> bool:
    """Tell whether no row of a table with a ``parent_id`` is its own ancestor."""
    parents = dict(zip(frame.iloc[:, 0], frame["parent_id"], strict=True))
    return not any(_returns(start, parents) for start in parents)


def _returns(start: str, parents: Mapping[str, str]) -> bool:
    current = parents[start]
    for _ in parents:
        if current == start or current not in parents:
            return bool(current == start)
        current = parents[current]
    return True


def observed(tables: Tables, observation: str) -> float:
    """Return a figure of the prose: the value of an observation."""
    values = tables("observations").set_index("observation_id")["value"]
    return float(values[observation])
