"""Hold the rules of a dataset against tables that were changed to break them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import fintech2021 as ft
from fintech2021._contracts import pandas as checks
from fintech2021._contracts.requirements import contract, facts_of, keys_of
from fintech2021._core import catalog

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._core.names import DatasetName

__all__ = ["Change", "broken", "put", "statements", "without"]

Change = Callable[[Any], Any]
"""Makes a broken table out of a published one."""


def statements(name: DatasetName) -> set[str]:
    """Return what the invariants and the facts of a dataset state."""
    spelled = contract(ft.info(name))
    of_rows = {rule.rule for rule in spelled.requirements if rule.is_sentence}
    traced = {rule.statement for rule in spelled.traced}
    return of_rows | traced | {fact.statement for fact in facts_of(spelled.descriptor)}


def broken(name: DatasetName, change: Change) -> set[str]:
    """Return the statements that no longer hold once a published table is changed."""
    frame = change(ft.load(name))
    descriptor = ft.info(name)
    found = checks.check(frame, contract(descriptor), lambda other: keys_of(descriptor, other), 10)
    assert found.counts, "the frame was looked at"
    told = {count.rule for count in found.counts if count.failures}

    def published(other: str) -> pd.DataFrame:
        return ft.load(other, catalog.same_edition(descriptor, other).version)

    return told | {f.statement for f in facts_of(descriptor) if not f.holds(frame, published)}


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
