"""The ten largest life insurers by internet premiums in 2020.

Source: the ranked table, lines 2007 to 2067 of the report's text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from annotated_types import Ge

from fintech2021._records.columns import (
    Count,
    NameEn,
    NameZh,
    Percent,
    Slug,
    Year,
    editorial,
    printed,
)
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule, observed

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["RULES", "InternetLifeInsurer"]


class InternetLifeInsurer(Record):
    """A life insurer in the top ten by internet premiums."""

    table: ClassVar = TableInfo(
        name="internet_life_insurers",
        key=("insurer_id",),
        order=("rank",),
        title_en="Top ten life insurers by internet premiums, 2020",
        title_zh="互联网人身险保费前十公司",
    )

    insurer_id: Annotated[Slug, editorial("Insurer", "公司标识", references="institutions")]
    """Identifier of the insurer."""
    name_en: NameEn
    """English name of the insurer."""
    name_zh: NameZh
    """Chinese name as printed."""
    rank: Annotated[int, Ge(1), printed("Rank", "排名", unit="rank")]
    """Place in the table, 1 the largest."""
    year: Annotated[Year, printed("Year", "年份", unit="year")]
    """Year of the premiums."""
    premium_cny: Annotated[Count, printed("Premiums", "规模保费", unit="CNY")]
    """Premiums through the internet in yuan."""
    market_share_pct: Annotated[Percent, printed("Market share", "市场占比", unit="percent")]
    """Share of all internet life premiums."""


def _shares_follow(insurers: pd.DataFrame, tables: Tables) -> bool:
    total = observed(tables, "cn_internet_life_insurance_premiums_2020")
    shares = insurers["premium_cny"] / total * 100
    return bool((shares - insurers["market_share_pct"]).abs().max() <= _ROUNDING)


def _leaders_follow(insurers: pd.DataFrame, tables: Tables) -> bool:
    shares = insurers["market_share_pct"].cumsum()
    return all(
        abs(shares.iloc[size - 1] - observed(tables, _LEADERS.format(size))) <= size * _ROUNDING
        for size in (3, 5, 10)
    )


_ROUNDING = 0.06
_LEADERS = "cn_internet_life_insurance_top{}_share_2020"


RULES = (
    Rule(
        "ranks 1 to 10 follow the premiums downwards",
        lambda insurers, _: (
            insurers["rank"].tolist() == list(range(1, 11))
            and insurers["premium_cny"].is_monotonic_decreasing
        ),
    ),
    Rule("every share is the premium's share of the market that the prose prints", _shares_follow),
    Rule("the shares add up to those of the top three, five and ten in the prose", _leaders_follow),
)
