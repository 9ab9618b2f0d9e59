"""The ten trends of the report's outlook.

Source: the headings of the last part, lines 3283 to 3543 of the report's text.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from annotated_types import Ge

from fintech2021._records.columns import Slugs, Text, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule

__all__ = ["RULES", "Trend"]


class Trend(Record):
    """A trend of the outlook."""

    table: ClassVar = TableInfo(
        name="trends", key=("number",), title_en="Trends of the outlook", title_zh="发展趋势"
    )

    number: Annotated[int, Ge(1), printed("Number", "序号")]
    """Number of the trend."""
    title_en: Annotated[Text, editorial("English title", "英文标题")]
    """Title in English."""
    title_zh: Annotated[Text, printed("Title", "标题")]
    """Title as its heading prints it."""
    themes: Annotated[Slugs, editorial("Themes", "主题词")]
    """What the trend is about."""


RULES = (
    Rule(
        "there are ten trends, numbered from 1",
        lambda trends, _: trends["number"].tolist() == list(range(1, 11)),
    ),
)
