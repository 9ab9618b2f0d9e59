"""The ten trends of the report's outlook.

Source: the headings of the last part, lines 3283 to 3543 of the report's text.

来源：报告最后一部分的标题，原文第3283行至第3543行。
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from annotated_types import Ge

from fintech2021._records.columns import Slugs, Text, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, distinct
from fintech2021.tables.vocabulary import Topic

__all__ = ["FACTS", "INVARIANTS", "Trend"]


class Trend(Record):
    """A trend of the outlook.

    展望部分的一个趋势。
    """

    table: ClassVar = TableInfo(
        name="trends", key=("number",), title_en="Trends of the outlook", title_zh="发展趋势"
    )

    number: Annotated[int, Ge(1), printed("Number", "序号")]
    """Number of the trend.

    趋势的序号。
    """
    title_en: Annotated[Text, editorial("English title", "英文标题")]
    """Title in English.

    英文标题。
    """
    title_zh: Annotated[Text, printed("Title", "标题")]
    """Title as its heading prints it.

    原文所印标题。
    """
    themes: Annotated[Slugs, editorial("Themes", "主题词")]
    """What the trend is about, in free words.

    趋势的主题词，不限词表。
    """
    topics: Annotated[tuple[Topic, ...], editorial("Topics", "主题")]
    """What it is about in the topics common to all tables, the main subject first; since 1.1.0.

    按各表通用词表标注的主题，主要主题在前；自1.1.0版起。
    """


INVARIANTS = (distinct("the titles", "title_en", "title_zh"),)
FACTS = (
    Fact(
        "there are ten trends, numbered from 1",
        lambda trends, _: trends["number"].tolist() == list(range(1, 11)),
    ),
    Fact("no themes stand twice", lambda trends, _: trends["themes"].is_unique),
)
