"""Private banks whose net profit of 2020 the report names.

Source: the paragraph on private banks' results, lines 1877 to 1882 of the report's text.
Limitations: 5 of the 19 private banks; the fourth and fifth tiers are not named there, and the
third is named roughly, which `tier_qualifier` says.

来源：报告正文第1877至1882行，关于民营银行经营业绩的段落。
局限：19家民营银行中仅列出5家；未点名第四、第五梯队的银行，第三梯队仅为大致划分，见`tier_qualifier`。
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from annotated_types import Ge, Le

from fintech2021._records.columns import NameEn, NameZh, Slug, Year, editorial, printed
from fintech2021._records.expressions import col
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, called_as, observed
from fintech2021.tables.vocabulary import HEDGES, Qualifier

__all__ = ["FACTS", "INVARIANTS", "PrivateBank"]


class PrivateBank(Record):
    """A private bank with its tier and net profit.

    民营银行及其所属梯队和净利润。
    """

    table: ClassVar = TableInfo(
        name="private_banks",
        key=("bank_id",),
        title_en="Net profit of private banks, 2020",
        title_zh="民营银行净利润（2020年）",
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
    """Chinese name as printed.

    报告所用的中文名称。
    """
    tier: Annotated[int, Ge(1), Le(5), printed("Tier", "梯队")]
    """Tier into which the report puts the bank, 1 the highest.

    报告划分的梯队，1为最高。
    """
    fiscal_year: Annotated[Year, printed("Fiscal year", "财年", unit="year")]
    """Year of the profit.

    净利润所属年份。
    """
    net_profit_cny: Annotated[int, printed("Net profit", "净利润", unit="CNY")]
    """Net profit in yuan.

    净利润，单位为元。
    """
    tier_qualifier: Annotated[
        Qualifier, editorial("Qualifier of the tier", "梯队限定", printed_as=HEDGES)
    ]
    """How the report hedges that the bank is of the tier.

    报告对该银行所属梯队所加的限定语。
    """


INVARIANTS = (
    Invariant(
        "the banks of a tier are hedged alike",
        col("tier_qualifier").least_over("tier") != col("tier_qualifier").greatest_over("tier"),
        since="1.1.0",
    ),
)
FACTS = (
    Fact(
        "no more banks are named than the prose counts",
        lambda banks, tables: len(banks) <= observed(tables, "cn_private_banks_2020_12"),
    ),
    Fact(
        "a bank of a higher tier earns more than every bank of a lower one",
        lambda banks, _: (
            banks.sort_values("net_profit_cny", ascending=False)["tier"].is_monotonic_increasing
        ),
    ),
    called_as("bank_id", "institutions"),
)
