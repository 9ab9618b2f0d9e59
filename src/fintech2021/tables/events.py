"""Dated facts of the report that carry no figure.

Source: dates in the report's text that date something which no other table holds.
Limitations: base years of growth rates stand with them in `observations` and
`funding_statistics`; years of which a passage only speaks are no events; a month
without a year is read as 2021, the report's year.

来源：报告正文中的日期，且所述事项未收入其他表。
局限：增速的基期随增速收录于 `observations` 和 `funding_statistics`；仅作叙述背景的年份不是事件；
只写月份的日期按报告所属的2021年理解。
"""

from __future__ import annotations

from datetime import date as calendar_date
from typing import Annotated, ClassVar

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import (
    Period,
    Slug,
    TitleEn,
    TitleZh,
    derived,
    editorial,
    first_day,
    last_day,
    printed,
)
from fintech2021._records.expressions import duplicated
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant
from fintech2021.tables.vocabulary import Topic

__all__ = ["FACTS", "INVARIANTS", "Event", "EventKind"]


class EventKind(ClosedList):
    """What a date stands for."""

    OCCURRED = "occurred", "happened then", "当期发生"
    SINCE = "since", "holds from then on", "自此开始"
    TAKES_EFFECT = "takes_effect", "takes effect then", "自此施行"
    TARGET = "target", "is to be reached then", "目标时间"


class Event(Record):
    """A dated fact without a figure.

    一项有日期而无数值的事实。
    """

    table: ClassVar = TableInfo(
        name="events", key=("event_id",), title_en="Dated facts without a figure", title_zh="事件"
    )

    event_id: Annotated[Slug, editorial("Event", "事件标识")]
    """Identifier of the row.

    该行的标识。
    """
    date: Annotated[Period, printed("Date", "日期", unit="period")]
    """ISO 8601 date or interval, as precise as printed.

    日期或区间（ISO 8601），精度与原文一致。
    """
    date_start: Annotated[calendar_date, derived("First day", "起始日", rule=first_day("date"))]
    """First day of the date.

    日期所涵盖的第一天。
    """
    date_end: Annotated[calendar_date, derived("Last day", "截止日", rule=last_day("date"))]
    """Last day of the date.

    日期所涵盖的最后一天。
    """
    title_en: TitleEn
    """What happened, in English.

    事件内容（英文）。
    """
    title_zh: TitleZh
    """What happened, in Chinese.

    事件内容（中文）。
    """
    kind: Annotated[EventKind, editorial("Kind", "类别")]
    """What the date stands for.

    日期的含义。
    """
    institution_id: Annotated[
        Slug | None,
        editorial(
            "Institution",
            "机构标识",
            references="institutions",
            missing=("none is meant", "不涉及机构"),
        ),
    ] = None
    """Organisation concerned.

    所涉机构。
    """
    region_id: Annotated[
        Slug | None,
        editorial(
            "Region", "地区标识", references="regions", missing=("no place is meant", "不涉及地区")
        ),
    ] = None
    """Place concerned.

    所涉地区。
    """
    topics: Annotated[tuple[Topic, ...], editorial("Topics", "主题")]
    """What it is about, the main subject first.

    所涉主题，主要主题在前。
    """


INVARIANTS = (
    Invariant(
        "the titles are distinct in both languages",
        duplicated("title_en") | duplicated("title_zh"),
        since="2.0.0",
    ),
)
FACTS = (
    Fact(
        "a target lies in 2020 or later",
        lambda events, _: (
            events.loc[events["kind"].isin(["outlook", "target"]), "date"]
            .str[:4]
            .astype(int)
            .ge(2020)
            .all()
        ),
    ),
)
