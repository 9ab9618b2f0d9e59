"""Technology companies that banks have founded.

Source: the table of 16 bank-owned technology companies, lines 1835 to 1867 of the report's text.
Limitations: the report counts companies founded up to November 2021; registered capital as
printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._core.yearmonth import YearMonth
from fintech2021._records.columns import Count, NameEn, NameZh, Slug, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule, observed

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["RULES", "FintechSubsidiary"]


class FintechSubsidiary(Record):
    """A bank's technology company."""

    table: ClassVar = TableInfo(
        name="fintech_subsidiaries",
        key=("subsidiary_id",),
        title_en="Technology companies of banks",
        title_zh="银行系科技公司",
    )

    subsidiary_id: Annotated[Slug, editorial("Subsidiary", "子公司标识", references="institutions")]
    """Identifier of the company."""
    name_en: NameEn
    """English name of the company."""
    name_zh: NameZh
    """Chinese name as printed."""
    parent_id: Annotated[Slug, editorial("Parent bank", "母行", references="institutions")]
    """Bank that founded the company."""
    founded_month: Annotated[YearMonth, printed("Founded", "成立时间")]
    """Month of foundation."""
    region_id: Annotated[Slug, editorial("Place of registration", "注册地", references="regions")]
    """Place where the company is registered."""
    registered_capital_cny: Annotated[Count, printed("Registered capital", "注册资本", unit="CNY")]
    """Registered capital in yuan."""


_COUNTS = {
    "state_owned_bank": "cn_bank_fintech_subsidiaries_state_owned_2021_11",
    "joint_stock_bank": "cn_bank_fintech_subsidiaries_joint_stock_2021_11",
    "city_bank": "cn_bank_fintech_subsidiaries_city_banks_2021_11",
    "rural_bank": "cn_bank_fintech_subsidiaries_rural_unions_2021_11",
}


def _parents_by_kind(subsidiaries: pd.DataFrame, tables: Tables) -> bool:
    kinds = tables("institutions").set_index("institution_id")["kind"]
    found = subsidiaries["parent_id"].map(kinds).value_counts().to_dict()
    return found == {kind: observed(tables, count) for kind, count in _COUNTS.items()}


RULES = (
    Rule(
        "the parents are as many state-owned, joint-stock, city and rural banks as printed",
        _parents_by_kind,
    ),
)
