"""Every figure of the report that no other table holds.

Source: the prose of the whole report's text, quantities in Chinese words included.
Limitations: a figure that the report does not date has the period that its passage speaks about
(`errata` says which); a growth rate's period is the time that it measures; hedges stand in
`qualifier`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar

from fintech2021._records.columns import Period, Slug, Text, TitleEn, TitleZh, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule
from fintech2021.tables.vocabulary import HEDGES, Qualifier, Topic, Unit

__all__ = ["RULES", "Observation"]


class Observation(Record):
    """One figure of the report."""

    table: ClassVar = TableInfo(
        name="observations",
        key=("observation_id",),
        title_en="Observations: all other figures",
        title_zh="其他统计观察值",
    )

    observation_id: Annotated[Slug, editorial("Observation", "观察值标识")]
    """Identifier of the row."""
    indicator: Annotated[Slug, editorial("Indicator", "指标标识")]
    """What is measured, the same for the same thing at other times and places."""
    title_en: TitleEn
    """What is measured, in English."""
    title_zh: TitleZh
    """What is measured, in Chinese."""
    value: Annotated[Decimal, printed("Value", "数值", unit="unit of the row")]
    """The figure in base units; the lower end of a range; negative for a decline."""
    value_high: Annotated[
        Decimal | None,
        printed("Upper end", "数值上限", unit="unit of the row", missing="not a range"),
    ] = None
    """The upper end of a range."""
    unit: Annotated[Unit, editorial("Unit", "单位")]
    """Unit of the value."""
    qualifier: Annotated[Qualifier, editorial("Qualifier", "限定", printed_as=HEDGES)]
    """How the report hedges the figure."""
    is_forecast: Annotated[bool, editorial("Forecast", "是否预测")]
    """Whether the figure lay in the future for the report, or is called a forecast."""
    period: Annotated[Period, printed("Period", "时期", unit="period")]
    """ISO 8601 year, month, day or interval."""
    region_id: Annotated[
        Slug | None,
        editorial("Region", "地区标识", references="regions", missing="no place is meant"),
    ] = None
    """Place that the figure is about."""
    institution_id: Annotated[
        Slug | None,
        editorial("Institution", "机构标识", references="institutions", missing="none is meant"),
    ] = None
    """Organisation that the figure is about."""
    topic: Annotated[Topic, editorial("Topic", "主题")]
    """Part of the subject."""
    attributed_to: Annotated[
        Text | None, printed("Attributed to", "数据来源", missing="the report names nobody")
    ] = None
    """Who measured it, as the report says."""


RULES = (
    Rule(
        "a range's upper end lies above its lower end",
        lambda observations, _: (
            (observations["value_high"] > observations["value"]) | observations["value_high"].isna()
        ).all(),
    ),
    Rule(
        "what is only called a forecast is marked as one",
        lambda observations, _: observations.loc[
            observations["qualifier"] == "forecast", "is_forecast"
        ].all(),
    ),
    Rule(
        "shares lie between 0 and 100 percent",
        lambda observations, _: (
            observations.loc[
                (observations["unit"] == "percent")
                & observations["indicator"].str.endswith("_share"),
                "value",
            ]
            .between(0, 100)
            .all()
        ),
    ),
    Rule(
        "ranks and counts are whole numbers",
        lambda observations, _: (
            observations.loc[observations["unit"].isin(["rank", "count"]), "value"] % 1 == 0
        ).all(),
    ),
)
