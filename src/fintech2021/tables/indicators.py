"""What the observations measure: one row for the same thing at all times and places.

Source: written for this library; the figures stand in `observations`.
Limitations: one unit an indicator, so that a market stated in dollars and one in yuan are two.

来源：由本库编写；数值见 `observations`。
局限：每个指标只用一种单位，因此以美元与以人民币表示的市场规模为两个指标。
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import Slug, Text, TitleEn, TitleZh, editorial
from fintech2021._records.expressions import any_of, col, duplicated
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant
from fintech2021.tables.vocabulary import TimeBasis, Topic, Unit

__all__ = ["FACTS", "INVARIANTS", "Indicator", "Measure"]


class Measure(ClosedList):
    """Kinds of measurement."""

    LEVEL = "level", "level", "水平值"
    SHARE = "share", "share of a whole", "占比"
    GROWTH = "growth", "growth rate", "增速"
    COMPOUND_GROWTH = "compound_growth", "compound annual growth rate", "复合年均增速"
    RANK = "rank", "place in an order", "位次"
    CHANGE = "change", "change", "变动量"
    MULTIPLE = "multiple", "multiple of something else", "倍数"
    SCORE = "score", "score", "得分"
    DURATION = "duration", "length of time", "时长"


_MAX_TOPICS = 4
_UNITS = {
    "share": {"percent"},
    "growth": {"percent"},
    "compound_growth": {"percent"},
    "rank": {"rank", "tier"},
    "change": {"percentage_points", "count"},
    "multiple": {"multiple"},
    "score": {"score"},
    "duration": {"years", "days"},
}


class Indicator(Record):
    """Something that the report measures.

    报告所衡量的一项指标。
    """

    table: ClassVar = TableInfo(
        name="indicators",
        key=("indicator_id",),
        title_en="Indicators",
        title_zh="指标",
    )

    indicator_id: Annotated[Slug, editorial("Indicator", "指标标识")]
    """Identifier that observations refer to; the size of a market ends in ``_market_size``.

    观察值所引用的标识；市场规模类指标以 ``_market_size`` 结尾。
    """
    title_en: TitleEn
    """What is measured, in English, without time and place.

    指标的英文名称，不含时间与地区。
    """
    title_zh: TitleZh
    """What is measured, in Chinese, without time and place.

    指标的中文名称，不含时间与地区。
    """
    definition_en: Annotated[Text, editorial("Definition", "英文定义")]
    """What the figures stand for, in English.

    指标含义（英文）。
    """
    definition_zh: Annotated[Text, editorial("Chinese definition", "中文定义")]
    """What the figures stand for, in Chinese.

    指标含义（中文）。
    """
    measure: Annotated[Measure, editorial("Measure", "度量类型")]
    """Kind of measurement.

    度量的类型。
    """
    time_basis: Annotated[TimeBasis, editorial("Time basis", "时点或时期")]
    """Whether a figure is of a point in time, whose day is the last of its period, or of a span.

    数值属于时点（以时期最后一日为准）还是时期。
    """
    unit: Annotated[Unit, editorial("Unit", "单位")]
    """Unit of all its figures.

    该指标全部数值的单位。
    """
    topics: Annotated[tuple[Topic, ...], editorial("Topics", "主题")]
    """What it is about, the main subject first.

    所涉主题，主要主题在前。
    """


INVARIANTS = (
    Invariant(
        "the unit fits the measure",
        any_of(
            (col("measure") == measure) & ~col("unit").is_in(units)
            for measure, units in _UNITS.items()
        ),
    ),
    Invariant(
        "titles and definitions are distinct in both languages",
        any_of(map(duplicated, ("title_en", "title_zh", "definition_en", "definition_zh"))),
    ),
    Invariant(
        "an indicator has one to four topics, none twice",
        col("topics").contains(";.*" * _MAX_TOPICS)
        | any_of(
            col("topics").contains(f"(?:^|;){topic}(?:;.*)?;{topic}(?:;|$)") for topic in Topic
        ),
    ),
)
FACTS = (
    Fact(
        "every indicator has an observation",
        lambda indicators, tables: (
            indicators["indicator_id"].isin(tables("observations")["indicator_id"]).all()
        ),
    ),
)
