"""How many items the report announces where it begins or sums up a list.

Source: the number words of lists in the report's text ("two zones", "five features").
Limitations: the items themselves are not held; a list that is announced without a number is
missing; a month without a year is read as 2021, the report's year.

来源：报告正文中各处列举所用的数目（如“两区”“五大特色”）。
局限：不收录所列各项本身；未写明数目的列举不在其中；只写月份的日期按报告所属的2021年理解。
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from fintech2021._records.columns import (
    Count,
    Period,
    Slug,
    Slugs,
    Text,
    TitleEn,
    TitleZh,
    derived,
    editorial,
    first_day,
    last_day,
    printed,
)
from fintech2021._records.expressions import col, duplicated
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant
from fintech2021.tables.vocabulary import Topic

__all__ = ["FACTS", "INVARIANTS", "Enumeration"]

_UNDATED = ("the report gives no date for it", "报告未注明时间")
_NOBODY = ("the report names nobody", "报告未注明出处")


class Enumeration(Record):
    """A number of items that a passage announces.

    一段文字所称的列举项数。
    """

    table: ClassVar = TableInfo(
        name="enumerations",
        key=("enumeration_id",),
        title_en="Enumerations: announced numbers of items",
        title_zh="列举项数",
    )

    enumeration_id: Annotated[Slug, editorial("Enumeration", "列举标识")]
    """Identifier of the row.

    该行的标识。
    """
    title_en: TitleEn
    """What is listed, in English.

    所列举的内容（英文）。
    """
    title_zh: TitleZh
    """What is listed, in Chinese.

    所列举的内容（中文）。
    """
    count: Annotated[Count, printed("Count", "项数", unit="count")]
    """How many items the passage announces.

    原文所称的项数。
    """
    period: Annotated[Period | None, printed("Period", "时期", unit="period", missing=_UNDATED)] = (
        None
    )
    """ISO 8601 year, month or day, where the report states it of this list.

    时期（ISO 8601），仅在报告就该列举注明时填写。
    """
    period_start: Annotated[
        date | None, derived("First day", "起始日", rule=first_day("period"), missing=_UNDATED)
    ] = None
    """First day of the period.

    时期的第一天。
    """
    period_end: Annotated[
        date | None, derived("Last day", "截止日", rule=last_day("period"), missing=_UNDATED)
    ] = None
    """Last day of the period.

    时期的最后一天。
    """
    region_id: Annotated[
        Slug | None,
        editorial(
            "Region", "地区标识", references="regions", missing=("no place is meant", "不涉及地区")
        ),
    ] = None
    """Place that the list is about.

    列举所涉地区。
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
    """Organisation that the list is about.

    列举所涉机构。
    """
    topics: Annotated[tuple[Topic, ...], editorial("Topics", "主题")]
    """What it is about, the main subject first.

    所涉主题，主要主题在前。
    """
    restates: Annotated[
        Slug | None,
        editorial(
            "Restates",
            "再述",
            references="enumerations",
            missing=("the first statement", "首次表述"),
        ),
    ] = None
    """The first statement of the same number, where this one says it again.

    若为再次表述，指向同一数目的首次表述。
    """
    attributed_to: Annotated[Text | None, printed("Attributed to", "数据来源", missing=_NOBODY)] = (
        None
    )
    """Who said so, as the report names them.

    报告注明的出处。
    """
    attributed_to_ids: Annotated[
        Slugs | None,
        editorial(
            "Attributed to, institutions",
            "来源机构标识",
            references="institutions",
            missing=("nobody is named, or no institution", "未注明出处或出处不是机构"),
        ),
    ] = None
    """The institutions that are named.

    所注明的机构。
    """


INVARIANTS = (
    Invariant(
        "what restates points to a first statement of the same number",
        col("restates").is_given()
        & (
            col("restates").looked_up("restates").is_given()
            | (col("restates").looked_up("count").or_else(-1) != col("count"))
        ),
    ),
    Invariant(
        "the titles are distinct in both languages",
        duplicated("title_en") | duplicated("title_zh"),
    ),
    Invariant(
        "institutions are named only where the report attributes",
        col("attributed_to_ids").is_given() & col("attributed_to").is_missing(),
    ),
)
FACTS: tuple[Fact, ...] = ()
