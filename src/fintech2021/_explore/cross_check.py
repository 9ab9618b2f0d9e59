"""Whether the report agrees with the world: its printed cells beside independent public figures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fintech2021._core.deferred import Deferred
from fintech2021._core.names import DatasetName
from fintech2021._frames.pandas import frame
from fintech2021._versions import pins

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = Deferred("pandas")

__all__ = ["cross_check"]

_ORDER = ("differs", "other_scope", "agrees")
"""What a reader wants to see first."""


def cross_check(dataset: DatasetName | str | None = None) -> pd.DataFrame:
    """Return the printed cells for which public figures were found, those that differ first.

    Parameters
    ----------
    dataset
        Keeps the cells of one dataset.

    Returns
    -------
    pandas.DataFrame
        The rows of the dataset ``cross_checks``: ``dataset``, ``key`` and ``column`` of the cell,
        ``printed_value`` and ``public_value`` (texts, in ``unit``), ``difference`` (printed less
        public), ``verdict`` (``differs``, ``other_scope`` or ``agrees``; judged as the audit
        judges, by what rounds to a figure), ``evidence``, ``source_ids`` and a ``reading`` in
        English and Chinese; its other columns say how the public value was worked out. The counts
        of each verdict stand in ``attrs["fintech2021"]["counts"]``.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    PinError
        When an edition or lock file is pinned that has no cross-checks.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> checks = ft.cross_check("banks")
    >>> checks.loc[checks["key"] == "citic_bank", "verdict"].tolist()
    ['differs', 'differs', 'agrees', 'agrees']
    """
    checks = pins.needed("cross_checks")
    rows: pd.DataFrame = frame(checks)
    if dataset is not None:
        rows = rows[rows["dataset"] == pins.requested(dataset).name]
    order = rows["verdict"].map(_ORDER.index)
    found = rows.iloc[order.argsort(kind="stable")].reset_index(drop=True)
    counts = Counter(found["verdict"])
    found.attrs["fintech2021"] |= {"counts": {verdict: counts[verdict] for verdict in _ORDER}}
    return found
