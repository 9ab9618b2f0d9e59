"""The three largest property insurers by internet premiums, first half of 2021.

Source: the sentence on the three leaders, lines 2090 to 2094 of the report's text.
Limitations: shares are rounded to whole percents; premiums are not printed.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from annotated_types import Ge

from fintech2021._records.columns import NameEn, NameZh, Percent, Period, Slug, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule

__all__ = ["RULES", "InternetPropertyInsurer"]


class InternetPropertyInsurer(Record):
    """A property insurer in the top three by internet premiums."""

    table: ClassVar = TableInfo(
        name="internet_property_insurers",
        key=("insurer_id",),
        order=("rank",),
        title_en="Top three property insurers by internet premiums, first half of 2021",
        title_zh="互联网财产险保费前三公司",
    )

    insurer_id: Annotated[Slug, editorial("Insurer", "公司标识", references="institutions")]
    """Identifier of the insurer."""
    name_en: NameEn
    """English name of the insurer."""
    name_zh: NameZh
    """Chinese name as printed."""
    rank: Annotated[int, Ge(1), editorial("Rank", "排名", unit="rank")]
    """Place, taken from the order of the names."""
    period: Annotated[Period, printed("Period", "时期", unit="period")]
    """ISO 8601 interval of the premiums."""
    market_share_pct: Annotated[Percent, printed("Market share", "市场占有率", unit="percent")]
    """Share of all internet property premiums."""


RULES = (
    Rule(
        "ranks 1 to 3 follow the shares downwards",
        lambda insurers, _: (
            insurers["rank"].tolist() == [1, 2, 3]
            and insurers["market_share_pct"].is_monotonic_decreasing
        ),
    ),
)
