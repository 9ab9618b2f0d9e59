"""Hold the rules of a dataset against tables that were changed to break them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import fintech2021 as ft
from fintech2021._contracts import validate as validation

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._core.names import DatasetName

__all__ = ["Change", "broken", "put", "statements", "without"]

Change = Callable[[Any], Any]
"""Makes a broken table out of a published one."""


def statements(name: DatasetName) -> set[str]:
    """Return what the rules of a dataset state."""
    return {rule.statement for rule in validation.rules_of(ft.info(name))}


def broken(name: DatasetName, change: Change) -> set[str]:
    """Return the statements that no longer hold once a published table is changed."""
    frame = change(ft.load(name))
    return {
        rule.statement
        for rule in validation.rules_of(ft.info(name))
        if not rule.holds(frame, ft.load)
    }


def put(key: object, column: str, value: Any) -> Change:
    """Put a value into one cell; the key is that of the first column."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        where = frame.iloc[:, 0] == key
        assert where.any(), key
        frame.loc[where, column] = value
        return frame

    return change


def without(key: object) -> Change:
    """Leave out one row."""
    return lambda frame: frame[frame.iloc[:, 0] != key]
