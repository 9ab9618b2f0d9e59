"""Places and figures in rankings, indices and lists that the report cites.

Source: passages that cite a ranking, throughout the report's text.
Limitations: a publication that the report does not name is called "Unnamed ..."; ranks that stand
outside any ranking are in `observations`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar

from fintech2021._records.columns import Period, Slug, Text, TitleEn, TitleZh, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule
from fintech2021.tables.vocabulary import HEDGES, Qualifier, Unit

__all__ = ["RULES", "Ranking"]


class Ranking(Record):
    """One figure or place in a ranking that the report cites."""

    table: ClassVar = TableInfo(
        name="rankings",
        key=("ranking_id",),
        title_en="Places in rankings and indices",
        title_zh="榜单与指数",
    )

    ranking_id: Annotated[Slug, editorial("Ranking", "榜单条目标识")]
    """Identifier of the row."""
    publication_zh: Annotated[
        Text | None, printed("Publication", "榜单名称", missing="the report names none")
    ] = None
    """Publication as printed."""
    publication_en: Annotated[Text, editorial("Publication, English", "榜单英文名称")]
    """Publication in English."""
    publisher: Annotated[
        Text | None, editorial("Publisher", "发布机构", missing="not stated in the report")
    ] = None
    """Who publishes it."""
    edition: Annotated[
        Text | None, editorial("Edition", "版次", missing="not stated in the report")
    ] = None
    """Number or year of the edition."""
    region_id: Annotated[Slug | None, editorial("Region", "地区标识", references="regions")] = None
    """Place that the figure is about."""
    institution_id: Annotated[
        Slug | None, editorial("Institution", "机构标识", references="institutions")
    ] = None
    """Organisation that the figure is about."""
    subject: Annotated[Text, editorial("Subject", "对象")]
    """What is ranked."""
    metric: Annotated[Slug, editorial("Metric", "指标标识")]
    """Which figure of the ranking."""
    title_en: TitleEn
    """The figure in English words."""
    title_zh: TitleZh
    """The figure in Chinese words."""
    value: Annotated[Decimal, printed("Value", "数值", unit="unit of the row")]
    """The figure, in the row's unit."""
    unit: Annotated[Unit, editorial("Unit", "单位")]
    """Unit of the value."""
    qualifier: Annotated[Qualifier, editorial("Qualifier", "限定", printed_as=HEDGES)]
    """How the report hedges the figure."""
    period: Annotated[Period | None, printed("Period", "时期", unit="period")] = None
    """ISO 8601 period of the figure."""


RULES = (
    Rule(
        "every row is about a place or an organisation",
        lambda rankings, _: rankings[["region_id", "institution_id"]].notna().any(axis=1).all(),
    ),
    Rule(
        "ranks are whole numbers from 1",
        lambda rankings, _: (
            rankings.loc[rankings["unit"] == "rank", "value"]
            .map(lambda rank: rank >= 1 and rank == int(rank))
            .all()
        ),
    ),
)
