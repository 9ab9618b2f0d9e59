from __future__ import annotations

from decimal import Decimal

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements, without


def test_the_largest_spender_is_as_the_report_prints_it() -> None:
    bank = ft.Bank.get("icbc")
    assert bank.name_zh == "工商银行"
    assert bank.bank_type is ft.BankType.STATE_OWNED
    assert bank.tech_spend_cny == 23_819_000_000
    assert bank.tech_spend_revenue_pct == Decimal("2.70")
    assert bank.tech_spend_growth_pct == Decimal("46.13")
    assert (bank.tech_staff, bank.tech_staff_pct) == (35400, Decimal("8.10"))


def test_a_type_has_a_label_in_each_language() -> None:
    kind = ft.Bank.get("icbc").bank_type
    assert (kind.label_en, kind.label_zh) == ("State-owned large bank", "国有大型银行")


def test_a_dash_is_missing() -> None:
    bank = ft.Bank.get("czb")
    assert bank.name_zh == "浙商银行"
    assert (bank.tech_spend_cny, bank.tech_spend_revenue_pct) == (None, None)
    assert (bank.tech_staff, bank.tech_staff_pct) == (1800, Decimal("11.25"))


def test_a_fraction_of_a_hundred_million_is_exact() -> None:
    assert ft.Bank.get("cbhb").tech_spend_cny == 560_000_000


BREAKS: dict[str, Change] = {
    "18 banks: 6 state-owned and 12 joint-stock": without("cmb"),
    "the six state-owned banks' spending adds up to the 95.686 billion yuan of the prose": put(
        "icbc", "tech_spend_cny", 23_819_000_001
    ),
    "spending divided by its share of revenue gives 10 to 1,000 billion yuan": put(
        "icbc", "tech_spend_revenue_pct", 0.27
    ),
    "technology staff divided by its share gives 5,000 to 600,000 employees": put(
        "icbc", "tech_staff", 354
    ),
    "name_en is what `institutions` calls it": put("icbc", "name_en", "x"),
    "the type of a bank is its kind in `institutions`": put("icbc", "bank_type", "joint_stock"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("banks")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("banks", BREAKS[statement])
