"""The ten largest insurers of life and health by internet premium volume in 2020.

Source: the ranked table, lines 2007 to 2067 of the report's text.
Limitations: ten insurers; the rest of the market is not in the table.

来源：报告文本第 2007 至 2067 行的排名表。
局限：仅列前十家，其余公司不在表中。
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

from annotated_types import Ge

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import (
    Count,
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
from fintech2021._records.rules import Fact, Invariant, called_as, observed

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "InsurerType", "InternetLifeInsurer"]


class InsurerType(ClosedList):
    """What an insurer of persons mainly insures, by its name.

    按名称区分的人身险公司类型。
    """

    LIFE = "life", "Life insurer", "寿险公司"
    HEALTH = "health", "Health insurer", "健康险公司"


class InternetLifeInsurer(Record):
    """An insurer of life or health in the top ten by internet premium volume.

    互联网人身险规模保费前十的公司。
    """

    table: ClassVar = TableInfo(
        name="internet_life_insurers",
        key=("insurer_id",),
        order=("rank",),
        title_en="Top ten life and health insurers by internet premium volume, 2020",
        title_zh="2020年互联网人身险规模保费前十公司",
        caveats=(
            (
                "The figures are premium volume: all that policyholders pay, before investment "
                "contracts are taken out. They are not premium income and do not compare with "
                "the premium income of property insurers.",
                "表中数字为规模保费，即保户缴纳的全部金额，未剔除投资类合同部分；"
                "不是保费收入，不能与财产险的保费收入直接比较。",
            ),
            (
                "Insurance of persons includes health and accident insurance: two of the ten "
                "are health insurers.",
                "人身险包括寿险、健康险和意外险，前十家中有两家健康险公司。",
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
    insurer_type: Annotated[InsurerType, editorial("Type", "公司类型")]
    """Whether it is a life or a health insurer, by its name.

    按名称判断为寿险公司或健康险公司。
    """
    rank: Annotated[int, Ge(1), printed("Rank", "排名", unit="rank")]
    """Place in the table, 1 the largest.

    表中名次，1 为最大。
    """
    period: Annotated[Period, printed("Period", "时期", unit="period")]
    """Year of the premiums, from the caption of the table.

    保费所属年度，取自表题。
    """
    period_start: Annotated[date, derived("First day", "起始日", rule=first_day("period"))]
    """First day of the period.

    时期的第一天。
    """
    period_end: Annotated[date, derived("Last day", "截止日", rule=last_day("period"))]
    """Last day of the period.

    时期的最后一天。
    """
    premium_volume_cny: Annotated[Count, printed("Premium volume", "规模保费", unit="CNY")]
    """Premium volume through the internet in yuan, before investment contracts are taken out.

    互联网渠道规模保费，未剔除投资类合同，单位为元。
    """
    market_share_pct: Annotated[Percent, printed("Market share", "市场占比", unit="percent")]
    """Share of the internet premium volume of all insurers of persons.

    占全部人身险公司互联网规模保费的比重。
    """


def _volumes(insurers: pd.DataFrame) -> pd.Series[int]:
    """Return the premium volumes, which version 1.0.0 called premiums."""
    name = "premium_volume_cny" if "premium_volume_cny" in insurers else "premium_cny"
    return insurers[name]


def _shares_follow(insurers: pd.DataFrame, tables: Tables) -> bool:
    total = observed(tables, "cn_internet_life_insurance_premiums_2020")
    shares = _volumes(insurers) / total * 100
    return bool((shares - insurers["market_share_pct"]).abs().max() <= _ROUNDING)


def _leaders_follow(insurers: pd.DataFrame, tables: Tables) -> bool:
    shares = insurers["market_share_pct"].cumsum()
    return all(
        abs(shares.iloc[size - 1] - observed(tables, _LEADERS.format(size))) <= size * _ROUNDING
        for size in (3, 5, 10)
    )


_ROUNDING = 0.06
_LEADERS = "cn_internet_life_insurance_top{}_share_2020"


INVARIANTS: tuple[Invariant, ...] = ()
FACTS = (
    Fact(
        "ranks 1 to 10 follow the premiums downwards",
        lambda insurers, _: (
            insurers["rank"].tolist() == list(range(1, 11))
            and _volumes(insurers).is_monotonic_decreasing
        ),
    ),
    Fact(
        "two of the ten are health insurers, and their names say so",
        lambda insurers, _: (
            insurers["name_zh"].str.contains("健康").eq(insurers["insurer_type"] == "health").all()
        ),
        since="2.0.0",
    ),
    Fact("every share is the premium's share of the market that the prose prints", _shares_follow),
    Fact("the shares add up to those of the top three, five and ten in the prose", _leaders_follow),
    called_as("insurer_id", "institutions"),
)
