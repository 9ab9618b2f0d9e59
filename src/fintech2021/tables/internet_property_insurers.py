"""The three largest property insurers by internet premiums, first half of 2021.

Source: the sentence on the three leaders, lines 2090 to 2094 of the report's text.
Limitations: shares are rounded to whole percents; premiums are not printed.

来源：报告文本第 2090 至 2094 行关于前三名的句子。
局限：占有率取整到百分点；报告未给出各家保费金额。
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from annotated_types import Ge

from fintech2021._records.columns import (
    NameEn,
    NameZh,
    Percent,
    Period,
    Slug,
    derived,
    editorial,
    first_day,
    last_day,
    printed,
)
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, called_as

__all__ = ["FACTS", "INVARIANTS", "InternetPropertyInsurer"]


class InternetPropertyInsurer(Record):
    """A property insurer in the top three by internet premiums.

    互联网财产险保费前三的公司。
    """

    table: ClassVar = TableInfo(
        name="internet_property_insurers",
        key=("insurer_id",),
        order=("rank",),
        title_en="Top three property insurers by internet premiums, first half of 2021",
        title_zh="2021年上半年互联网财产险保费前三公司",
        caveats=(
            (
                "Shares are of premium income; the ten life insurers of the sister table are "
                "ranked by premium volume, for a whole year.",
                "占有率按保费收入计算；人身险前十表按全年规模保费排名，两表口径不同。",
            ),
        ),
    )

    insurer_id: Annotated[Slug, editorial("Insurer", "公司标识", references="institutions")]
    """Identifier of the insurer.

    公司的标识。
    """
    name_en: NameEn
    """English name of the insurer.

    公司的英文名称。
    """
    name_zh: NameZh
    """Chinese name as printed.

    报告所印的中文名称。
    """
    rank: Annotated[int, Ge(1), editorial("Rank", "排名", unit="rank")]
    """Place, taken from the order of the names.

    名次，取自公司在句中的先后。
    """
    period: Annotated[Period, printed("Period", "时期", unit="period")]
    """ISO 8601 interval of the premiums.

    保费所属时期（ISO 8601 区间）。
    """
    period_start: Annotated[date, derived("First day", "起始日", rule=first_day("period"))]
    """First day of the period.

    时期的第一天。
    """
    period_end: Annotated[date, derived("Last day", "截止日", rule=last_day("period"))]
    """Last day of the period.

    时期的最后一天。
    """
    market_share_pct: Annotated[Percent, printed("Market share", "市场占有率", unit="percent")]
    """Share of the internet premiums of all property insurers.

    占全部公司互联网财产险保费的比重。
    """


INVARIANTS: tuple[Invariant, ...] = ()
FACTS = (
    Fact(
        "ranks 1 to 3 follow the shares downwards",
        lambda insurers, _: (
            insurers["rank"].tolist() == [1, 2, 3]
            and insurers["market_share_pct"].is_monotonic_decreasing
        ),
    ),
    called_as("insurer_id", "institutions"),
)
