"""Dated facts of the report that carry no figure.

Source: dates in the report's text that date something which no other table holds.
Limitations: a baseline is a year that a comparison starts from; coverage is the years that a
passage speaks about.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from fintech2021._records.columns import Period, Slug, TitleEn, TitleZh, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule
from fintech2021.tables.vocabulary import Topic

__all__ = ["RULES", "Event", "EventKind"]


class EventKind(StrEnum):
    """What a date stands for."""

    OCCURRED = "occurred"
    TAKES_EFFECT = "takes_effect"
    BASELINE = "baseline"
    TARGET = "target"
    COVERAGE = "coverage"
    OUTLOOK = "outlook"


class Event(Record):
    """A dated fact without a figure."""

    table: ClassVar = TableInfo(
        name="events", key=("event_id",), title_en="Dated facts without a figure", title_zh="事件"
    )

    event_id: Annotated[Slug, editorial("Event", "事件标识")]
    """Identifier of the row."""
    date: Annotated[Period, printed("Date", "日期", unit="period")]
    """ISO 8601 date or interval, as precise as printed."""
    title_en: TitleEn
    """What happened, in English."""
    title_zh: TitleZh
    """What happened, in Chinese."""
    kind: Annotated[EventKind, editorial("Kind", "类别")]
    """What the date stands for."""
    institution_id: Annotated[
        Slug | None, editorial("Institution", "机构标识", references="institutions")
    ] = None
    """Organisation concerned."""
    region_id: Annotated[Slug | None, editorial("Region", "地区标识", references="regions")] = None
    """Place concerned."""
    topic: Annotated[Topic, editorial("Topic", "主题")]
    """Part of the subject."""


RULES = (
    Rule(
        "an outlook or a target lies in 2020 or later",
        lambda events, _: (
            events.loc[events["kind"].isin(["outlook", "target"]), "date"]
            .str[:4]
            .astype(int)
            .ge(2020)
            .all()
        ),
    ),
)
