"""One indicator over time: the figures of the observations as a tidy series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fintech2021._core.deferred import Deferred
from fintech2021._core.naming import names_in
from fintech2021._frames.engines import frame
from fintech2021._given import plain
from fintech2021._versions import pins
from fintech2021.errors import UnknownColumnError, UnknownKeyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
else:
    pd = Deferred("pandas")

__all__ = ["series"]

_LINE = ["segment", "region_id", "institution_id"]
"""What has to be the same for figures of one indicator to be points of one line."""
_COLUMNS = ["period", "start", "end", "value", "value_high", "unit", "qualifier", "modality"]
_COLUMNS += ["dated_by", *_LINE, "observation_id"]
_LISTED = ["indicator_id", "title_en", "title_zh", "unit", "points", "first", "last"]


def series(
    indicator: str | None = None,
    *,
    segment: str | None = None,
    region: str | None = None,
    institution: str | None = None,
) -> pd.DataFrame:
    """Return the figures of one indicator in the order of time, or list what has a series.

    They are those of the dataset ``observations``. A figure that the report states again is left
    out, and so is one without any time. Pins around the call choose the version.

    Parameters
    ----------
    indicator
        A key of the dataset ``indicators``; by default the indicators are listed that have two
        points or more of the same segment, region and institution.
    segment
        Keeps the figures of one part, such as ``"property"``.
    region
        Keeps the figures about one place: a key of ``regions``.
    institution
        Keeps the figures about one organisation: a key of ``institutions``.

    Returns
    -------
    pandas.DataFrame
        Of an indicator: ``period`` (a text, ISO 8601), ``start`` and ``end`` (its first and last
        day; of a stock, both are the last), ``value``, ``value_high`` (where the report prints a
        range), ``unit``, ``qualifier`` (the hedge), ``modality`` (``actual``, ``forecast`` or
        ``target``), ``dated_by`` (``report`` where it dates this very figure, or else what the
        assumed period rests on), ``segment``, ``region_id``, ``institution_id`` and
        ``observation_id``. Rows stand in the order of segment, region, institution and ``start``;
        what is of no segment, region or institution comes first.

        Without one: ``indicator_id``, ``title_en``, ``title_zh`` and ``unit``, and of its longest
        line ``points`` (how many times it has), ``first`` and ``last`` (the first and the last
        day).

    Raises
    ------
    UnknownKeyError
        When there is no such indicator, or when it has no figure of that segment, region or
        institution.
    UnknownColumnError
        When the observations that are pinned are older than the indicators.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> size = ft.series("bank_it_market_size")
    >>> size[["period", "value", "unit", "modality"]].values.tolist()
    [['2020', 38460000000.0, 'CNY', 'actual'], ['2025', 118120000000.0, 'CNY', 'forecast']]
    >>> ft.series("internet_insurance_penetration", segment="property")["value"].tolist()
    [6.4, 5.9, 6.4]
    >>> "biometrics_market_size" in set(ft.series()["indicator_id"])
    True
    """
    indicator = plain(indicator)
    asked = {"segment": segment, "region_id": region, "institution_id": institution}
    rows = _only(_observations(), "indicator_id", indicator)
    for column, wanted in asked.items():
        rows = _only(rows, column, plain(wanted), of=indicator)
    points = rows[rows["restates"].isna() & rows["period"].notna()]
    if indicator is None:
        return _listed(points)
    ordered = points.sort_values([*_LINE, "start", "end"], na_position="first")
    return ordered[_COLUMNS].reset_index(drop=True)


def _observations() -> pd.DataFrame:
    """Return the observations, each with its time, be it printed or assumed."""
    descriptor = pins.requested("observations")
    names = [column.name for column in descriptor.columns]
    if "indicator_id" not in names:
        raise UnknownColumnError(
            f"column of observations {descriptor.version}", "indicator_id", names, hint=_TOO_OLD
        )
    rows: pd.DataFrame = frame(descriptor, "pandas")
    printed = rows["period"].notna()
    return rows.assign(
        period=rows["period"].fillna(rows["assumed_period"]),
        start=rows["period_start"].fillna(rows["assumed_period_start"]),
        end=rows["period_end"].fillna(rows["assumed_period_end"]),
        dated_by=rows["period_basis"].mask(printed, "report"),
    )


_TOO_OLD = (
    "Series begin with observations 3.0.0; inside older pins, ft.pinned(observations='~=3.0') "
    "asks for them."
)


def _only(
    rows: pd.DataFrame, column: str, wanted: str | None, *, of: str | None = None
) -> pd.DataFrame:
    """Return the rows that have a value in a column, or all rows if none is wanted."""
    if wanted is None:
        return rows
    known = sorted(rows[column].dropna().unique())
    if not isinstance(wanted, str) or wanted not in known:
        kind = column.removesuffix("_id")
        named = f"row of {of} with the {kind}" if of else kind
        raise UnknownKeyError(named, wanted, known, hint="" if of else _LISTS, names=_names(column))
    return rows[rows[column] == wanted]


def _names(column: str) -> Mapping[str, Iterable[str]]:
    descriptor = pins.requested("observations")
    return names_in(descriptor, descriptor.column(column))


_LISTS = "ft.series() lists the indicators that have two points or more."


def _listed(points: pd.DataFrame) -> pd.DataFrame:
    """Return one row per indicator that has a line of two points or more: its longest one."""
    lines = points.groupby(["indicator_id", *_LINE], dropna=False, as_index=False).agg(
        title_en=("title_en", "first"),
        title_zh=("title_zh", "first"),
        unit=("unit", "first"),
        points=("period", "nunique"),
        first=("start", "min"),
        last=("end", "max"),
    )
    longest = (
        lines[lines["points"] > 1]
        .sort_values("points", ascending=False, kind="stable")
        .drop_duplicates("indicator_id")
        .sort_values("indicator_id")
    )
    return longest[_LISTED].reset_index(drop=True)
