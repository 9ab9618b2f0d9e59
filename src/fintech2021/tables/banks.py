"""National banks: technology spending and technology staff in fiscal 2020.

Source: the table of 18 national banks, lines 1632 to 1677 of the report's text.
Limitations: five kinds of figure, one year; a dash in the report is a missing value here.

来源：报告正文第1632至1677行，18家全国性银行的表格。
局限：五类指标，仅一年数据；原文为“-”的，此处为空值。
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import (
    Count,
    NameEn,
    NameZh,
    Percent,
    Slug,
    Year,
    editorial,
    printed,
)
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, called_as, observed

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "Bank", "BankType"]

_DASH = ('printed as "-"', "原文为“-”")


class BankType(ClosedList):
    """The report's two groups of national banks."""

    STATE_OWNED = "state_owned", "State-owned large bank", "国有大型银行"
    JOINT_STOCK = "joint_stock", "National joint-stock bank", "全国性股份制银行"


class Bank(Record):
    """A national bank with its technology spending and staff in fiscal 2020.

    全国性银行2020财年的科技投入与科技人员。
    """

    table: ClassVar = TableInfo(
        name="banks",
        key=("bank_id",),
        title_en="Technology spending and staff of national banks, 2020",
        title_zh="全国性银行科技投入与科技人员（2020年）",
    )

    bank_id: Annotated[Slug, editorial("Bank", "银行标识", references="institutions")]
    """Identifier of the bank.

    银行的标识。
    """
    name_en: NameEn
    """English name of the bank.

    银行的英文名称。
    """
    name_zh: NameZh
    """Short Chinese name as the table prints it.

    报告表格所用的中文简称。
    """
    bank_type: Annotated[BankType, editorial("Bank type", "银行类型")]
    """State-owned large bank or national joint-stock bank.

    国有大型银行或全国性股份制银行。
    """
    fiscal_year: Annotated[Year, printed("Fiscal year", "财年", unit="year")]
    """Year that all figures of the row describe.

    该行各项数字所属的年份。
    """
    tech_spend_cny: Annotated[
        Count | None, printed("Technology spending", "科技投入", unit="CNY", missing=_DASH)
    ] = None
    """Spending on technology in yuan.

    科技投入，单位为元。
    """
    tech_spend_revenue_pct: Annotated[
        Percent | None,
        printed(
            "Spending as share of revenue", "科技投入占营收比重", unit="percent", missing=_DASH
        ),
    ] = None
    """Technology spending as a percentage of operating revenue.

    科技投入占营业收入的百分比。
    """
    tech_spend_growth_pct: Annotated[
        Decimal | None, printed("Growth of spending", "科技投入增速", unit="percent", missing=_DASH)
    ] = None
    """Growth of technology spending over the year before, in percent.

    科技投入同比增速（百分比）。
    """
    tech_staff: Annotated[
        Count | None, printed("Technology staff", "科技人数", unit="count", missing=_DASH)
    ] = None
    """Number of people who work in technology.

    从事科技工作的人数。
    """
    tech_staff_pct: Annotated[
        Percent | None,
        printed("Technology staff share", "科技人数占比", unit="percent", missing=_DASH),
    ] = None
    """Technology staff as a percentage of all staff.

    科技人员占全体员工的百分比。
    """


def _state_owned_spending_adds_up(banks: pd.DataFrame, tables: Tables) -> bool:
    total = banks.loc[banks["bank_type"] == "state_owned", "tech_spend_cny"].sum()
    return float(total) == observed(tables, "cn_large_state_owned_banks_tech_spend_2020")


def _implied_revenue_is_plausible(banks: pd.DataFrame, _tables: Tables) -> bool:
    revenue = (banks["tech_spend_cny"] / banks["tech_spend_revenue_pct"] * 100).dropna()
    return bool(revenue.between(10_000_000_000, 1_000_000_000_000).all())


def _implied_workforce_is_plausible(banks: pd.DataFrame, _tables: Tables) -> bool:
    workforce = (banks["tech_staff"] / banks["tech_staff_pct"] * 100).dropna()
    return bool(workforce.between(5_000, 600_000).all())


def _types_are_kinds(banks: pd.DataFrame, tables: Tables) -> bool:
    kinds = tables("institutions").set_index("institution_id")["kind"]
    return bool((banks["bank_id"].map(kinds) == banks["bank_type"] + "_bank").all())


INVARIANTS: tuple[Invariant, ...] = ()
FACTS = (
    Fact(
        "18 banks: 6 state-owned and 12 joint-stock",
        lambda banks, _: (
            banks["bank_type"].value_counts().to_dict() == {"state_owned": 6, "joint_stock": 12}
        ),
    ),
    Fact(
        "the six state-owned banks' spending adds up to the 95.686 billion yuan of the prose",
        _state_owned_spending_adds_up,
    ),
    Fact(
        "spending divided by its share of revenue gives 10 to 1,000 billion yuan",
        _implied_revenue_is_plausible,
    ),
    Fact(
        "technology staff divided by its share gives 5,000 to 600,000 employees",
        _implied_workforce_is_plausible,
    ),
    called_as("bank_id", "institutions"),
    Fact("the type of a bank is its kind in `institutions`", _types_are_kinds),
)
