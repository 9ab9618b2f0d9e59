"""Places and figures in rankings, indices and lists that the report cites.

Source: passages that cite a ranking, throughout the report's text.
Limitations: a publication that the report does not name is called "Unnamed ..."; the year in a
publication's title is its edition, and only the assumed period of its figures; ranks that stand
outside any ranking are in `observations`.

来源：报告全文中引用榜单、指数和名录的段落。
局限：报告未列名的榜单以“Unnamed …”指称；榜单名称中的年份为版次，仅作数值的推定时期；
榜单之外的名次见`observations`。
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import (
    Period,
    Slug,
    Text,
    derived,
    editorial,
    first_day,
    last_day,
    printed,
)
from fintech2021._records.expressions import any_of, col, duplicated
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, distinct
from fintech2021.tables.vocabulary import HEDGES, PeriodBasis, Qualifier, Topic, Unit

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "Ranking", "RankingMeasure"]


class RankingMeasure(ClosedList):
    """What a figure of a ranking says."""

    RANK = "rank", "Place", "名次"
    RANK_CHANGE = "rank_change", "Places gained since the last edition", "较上期上升的名次"
    TIER = "tier", "Tier", "梯队"
    CONSECUTIVE_YEARS = "consecutive_years", "Years in a row", "连续年数"
    COUNT = "count", "Number listed", "入榜数量"
    SHARE = "share", "Share of those listed", "入榜占比"
    AMOUNT = "amount", "Amount of money", "金额"


UNITS = {"rank": "rank", "rank_change": "ranks", "tier": "tier", "consecutive_years": "years"}
"""The unit of each measure that has one of its own."""


class Ranking(Record):
    """One figure or place in a ranking that the report cites.

    报告所引榜单中的一个名次或数值。
    """

    table: ClassVar = TableInfo(
        name="rankings",
        key=("ranking_id",),
        title_en="Places in rankings and indices",
        title_zh="榜单与指数",
    )

    ranking_id: Annotated[Slug, editorial("Ranking", "榜单条目标识")]
    """Identifier of the row.

    条目的标识。
    """
    publication_zh: Annotated[
        Text | None,
        printed("Publication", "榜单名称", missing=("the report names none", "报告未列名")),
    ] = None
    """Publication as printed.

    原文所印的榜单名称。
    """
    publication_en: Annotated[Text, editorial("Publication, English", "榜单英文名称")]
    """Publication in English.

    榜单的英文名称。
    """
    publisher: Annotated[
        Text | None,
        editorial("Publisher", "发布机构", missing=("not stated in the report", "报告未说明")),
    ] = None
    """Who publishes it.

    榜单的发布机构（英文）。
    """
    edition: Annotated[
        Text | None,
        printed("Edition", "版次", missing=("not stated in the report", "报告未说明")),
    ] = None
    """Number or year of the edition.

    榜单的期数或年份。
    """
    region_id: Annotated[Slug | None, editorial("Region", "地区标识", references="regions")] = None
    """Place that the figure is about.

    数值所指的地区。
    """
    institution_id: Annotated[
        Slug | None, editorial("Institution", "机构标识", references="institutions")
    ] = None
    """Organisation that the figure is about.

    数值所指的机构。
    """
    subject: Annotated[Text, editorial("Subject", "对象")]
    """What is ranked.

    参评对象（英文）。
    """
    metric: Annotated[Slug, editorial("Metric", "指标标识")]
    """Which figure of the ranking.

    榜单中的哪一项指标。
    """
    title_en: Annotated[Text, editorial("Title", "英文标题")]
    """The figure in English words.

    该数值的英文说明。
    """
    title_zh: Annotated[Text, editorial("Chinese title", "中文标题")]
    """The figure in Chinese words.

    该数值的中文说明。
    """
    measure: Annotated[RankingMeasure, editorial("Measure", "度量")]
    """Whether it is a place, a change of place, a tier, a number of years, a count, a share or an
    amount.

    属于名次、名次变动、梯队、连续年数、数量、占比还是金额。
    """
    value: Annotated[Decimal, printed("Value", "数值", unit="unit of the row")]
    """The figure, in the row's unit.

    数值，单位见本行。
    """
    unit: Annotated[Unit, editorial("Unit", "单位")]
    """Unit of the value: only places have the unit `rank`.

    数值的单位；只有名次以`rank`为单位。
    """
    qualifier: Annotated[Qualifier, editorial("Qualifier", "限定", printed_as=HEDGES)]
    """How the report hedges the figure.

    报告对数值所加的限定词。
    """
    period: Annotated[
        Period | None,
        printed(
            "Period",
            "时期",
            unit="period",
            missing=("the report gives no date for it", "报告未注明"),
        ),
    ] = None
    """ISO 8601 period of the figure, where the report says it of the figure itself.

    数值所属时期，仅在报告就该数值注明时填写。
    """
    period_start: Annotated[
        date | None,
        derived(
            "First day",
            "起始日",
            rule=first_day("period"),
            missing=("no period is printed", "报告未注明时期"),
        ),
    ] = None
    """First day of the period.

    时期的第一天。
    """
    period_end: Annotated[
        date | None,
        derived(
            "Last day",
            "截止日",
            rule=last_day("period"),
            missing=("no period is printed", "报告未注明时期"),
        ),
    ] = None
    """Last day of the period.

    时期的最后一天。
    """
    assumed_period: Annotated[
        Period | None,
        editorial(
            "Assumed period",
            "推定时期",
            unit="period",
            missing=("a period is printed, or none can be argued", "报告已注明，或无从推定"),
        ),
    ] = None
    """Best guess where the report does not date the figure.

    报告未注明时期时的推定。
    """
    assumed_period_start: Annotated[
        date | None,
        derived(
            "Assumed, first day",
            "推定起始日",
            rule=first_day("assumed_period"),
            missing=("no period is assumed", "未作推定"),
        ),
    ] = None
    """First day of the assumed period.

    推定时期的第一天。
    """
    assumed_period_end: Annotated[
        date | None,
        derived(
            "Assumed, last day",
            "推定截止日",
            rule=last_day("assumed_period"),
            missing=("no period is assumed", "未作推定"),
        ),
    ] = None
    """Last day of the assumed period.

    推定时期的最后一天。
    """
    period_basis: Annotated[
        PeriodBasis | None,
        editorial("Basis", "推定依据", missing=("no period is assumed", "未作推定")),
    ] = None
    """What the assumed period rests on.

    推定时期的依据。
    """
    topics: Annotated[tuple[Topic, ...], editorial("Topics", "主题")]
    """What it is about, the main subject first.

    所涉主题，主要主题在前。
    """


def _titles_name_the_place(rankings: pd.DataFrame, tables: Tables) -> bool:
    regions = tables("regions").set_index("region_id")
    placed = rankings.dropna(subset="region_id")
    return all(
        regions["name_en"][region] in english or regions["name_zh"][region] in chinese
        for region, english, chinese in zip(
            placed["region_id"], placed["title_en"], placed["title_zh"], strict=True
        )
    )


INVARIANTS = (
    Invariant(
        "every row is about a place or an organisation",
        col("region_id").is_missing() & col("institution_id").is_missing(),
    ),
    Invariant(
        "ranks are whole numbers from 1",
        (col("unit") == "rank") & ((col("value") < 1) | (col("value") % 1 != 0)),
    ),
    Invariant(
        "places, changes of place, tiers and years each have their own unit",
        any_of(
            (col("measure") == measure) != (col("unit") == unit) for measure, unit in UNITS.items()
        ),
        since="2.0.0",
    ),
    Invariant(
        "a ranking says each thing once about a place or an organisation",
        duplicated("publication_en", "edition", "region_id", "institution_id", "metric"),
    ),
    Invariant(
        "a period is printed, or assumed on a basis, never both",
        (col("period").is_given() & col("assumed_period").is_given())
        | (col("assumed_period").is_given() != col("period_basis").is_given()),
        since="2.0.0",
    ),
    distinct("the titles", "title_en", "title_zh"),
)
FACTS = (Fact("a title names the place, in one language at least", _titles_name_the_place),)
