"""Private banks whose net profit of 2020 the report names.

Source: the paragraph on private banks' results, lines 1877 to 1882 of the report's text.
Limitations: 5 of the 19 private banks; the fourth and fifth tiers are not named there.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from annotated_types import Ge, Le

from fintech2021._records.columns import NameEn, NameZh, Slug, Year, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule, observed

__all__ = ["RULES", "PrivateBank"]


class PrivateBank(Record):
    """A private bank with its tier and net profit."""

    table: ClassVar = TableInfo(
        name="private_banks",
        key=("bank_id",),
        title_en="Net profit of private banks, 2020",
        title_zh="民营银行净利润",
    )

    bank_id: Annotated[Slug, editorial("Bank", "银行标识", references="institutions")]
    """Identifier of the bank."""
    name_en: NameEn
    """English name of the bank."""
    name_zh: NameZh
    """Chinese name as printed."""
    tier: Annotated[int, Ge(1), Le(5), printed("Tier", "梯队")]
    """Tier into which the report puts the bank, 1 the highest."""
    fiscal_year: Annotated[Year, printed("Fiscal year", "财年", unit="year")]
    """Year of the profit."""
    net_profit_cny: Annotated[int, printed("Net profit", "净利润", unit="CNY")]
    """Net profit in yuan."""


RULES = (
    Rule(
        "no more banks are named than the prose counts",
        lambda banks, tables: len(banks) <= observed(tables, "cn_private_banks_2020_12"),
    ),
    Rule(
        "a bank of a higher tier earns more than every bank of a lower one",
        lambda banks, _: (
            banks.sort_values("net_profit_cny", ascending=False)["tier"].is_monotonic_increasing
        ),
    ),
)
