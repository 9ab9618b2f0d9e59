"""Aggregates of deals and money raised, by period, region, stage and sector.

Source: the passages on funding throughout the report's text.
Limitations: figures of different counters and definitions stand side by side; a row holds what
one statement says about one category.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from fintech2021._records.columns import (
    Count,
    Percent,
    Period,
    Slug,
    TitleEn,
    TitleZh,
    editorial,
    printed,
)
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule
from fintech2021.tables.vocabulary import HEDGES, Currency, Industry, Qualifier

__all__ = ["RULES", "FundingDimension", "FundingStatistic", "ShareBase"]


class FundingDimension(StrEnum):
    """What an aggregate is broken down by."""

    TOTAL = "total"
    STAGE = "stage"
    SECTOR = "sector"
    REGION = "region"
    TOP_COMPANIES = "top_companies"


class ShareBase(StrEnum):
    """What a share is a share of."""

    DEALS = "deals"
    AMOUNT = "amount"


class FundingStatistic(Record):
    """An aggregate of deals or of money raised."""

    table: ClassVar = TableInfo(
        name="funding_statistics",
        key=("statistic_id",),
        title_en="Funding statistics",
        title_zh="投融资统计",
    )

    statistic_id: Annotated[Slug, editorial("Statistic", "统计标识")]
    """Identifier of the row."""
    title_en: TitleEn
    """What is counted, in English."""
    title_zh: TitleZh
    """What is counted, in Chinese."""
    region_id: Annotated[Slug, editorial("Region", "地区标识", references="regions")]
    """Where the companies are."""
    industry: Annotated[Industry, editorial("Industry", "行业")]
    """Industry of the companies."""
    period: Annotated[Period, printed("Period", "时期", unit="period")]
    """ISO 8601 year, month or interval of the deals."""
    dimension: Annotated[FundingDimension, editorial("Dimension", "维度")]
    """What the aggregate is broken down by."""
    category: Annotated[
        Slug | None, editorial("Category", "类别", missing="the row is a total")
    ] = None
    """The stage, sector, region or group that the row describes."""
    deals: Annotated[Count | None, printed("Deals", "笔数", unit="count")] = None
    """Number of deals."""
    amount: Annotated[Count | None, printed("Amount", "金额", unit="currency of the row")] = None
    """Money raised, in units of the row's currency."""
    currency: Annotated[
        Currency | None, editorial("Currency", "货币", missing="no amount is given")
    ] = None
    """ISO 4217 code of the amount's currency."""
    share_pct: Annotated[Percent | None, printed("Share", "占比", unit="percent")] = None
    """Share of the total, in percent."""
    share_of: Annotated[
        ShareBase | None,
        editorial("Share of", "占比基准", missing="no share is given, or its base is not said"),
    ] = None
    """Whether the share is one of deals or of money."""
    qualifier: Annotated[Qualifier, editorial("Qualifier", "限定", printed_as=HEDGES)]
    """How the report hedges the row's figure."""


RULES = (
    Rule(
        "a currency stands with every amount, and only there",
        lambda statistics, _: statistics["amount"].notna().eq(statistics["currency"].notna()).all(),
    ),
    Rule(
        "a base stands only with a share",
        lambda statistics, _: (
            statistics.loc[statistics["share_of"].notna(), "share_pct"].notna().all()
        ),
    ),
    Rule(
        "every row has a figure",
        lambda statistics, _: (
            statistics[["deals", "amount", "share_pct"]].notna().any(axis=1).all()
        ),
    ),
    Rule(
        "the ten largest insurtech financings stay within the year's total",
        lambda statistics, _: (
            statistics.query("industry == 'insurtech' and dimension == 'top_companies'")[
                "amount"
            ].max()
            <= statistics.query("industry == 'insurtech' and dimension == 'total'")["amount"].max()
        ),
    ),
    Rule(
        "a total has no category, every other row has one",
        lambda statistics, _: (
            statistics["category"].isna().eq(statistics["dimension"] == "total").all()
        ),
    ),
)
