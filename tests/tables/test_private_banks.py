from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_the_two_largest_profits_are_as_printed() -> None:
    webank, mybank = ft.PrivateBank.get("webank"), ft.PrivateBank.get("mybank")
    assert (webank.name_zh, webank.tier, webank.net_profit_cny) == ("微众银行", 1, 4_957_000_000)
    assert (mybank.name_zh, mybank.tier, mybank.net_profit_cny) == ("网商银行", 2, 1_286_000_000)


def test_the_third_tier_is_as_printed() -> None:
    third = [bank for bank in ft.PrivateBank.all() if bank.tier == 3]
    assert {bank.name_zh: bank.net_profit_cny for bank in third} == {
        "新网银行": 706_000_000,
        "苏宁银行": 427_000_000,
        "三湘银行": 367_000_000,
    }


def test_only_the_third_tier_is_hedged() -> None:
    assert {bank.tier for bank in ft.PrivateBank.all() if bank.tier_qualifier != "exact"} == {3}


BREAKS: dict[str, Change] = {
    "the banks of a tier are hedged alike": put("xwbank", "tier_qualifier", "exact"),
    "no more banks are named than the prose counts": lambda banks: banks.loc[banks.index.repeat(4)],
    "a bank of a higher tier earns more than every bank of a lower one": put(
        "webank", "net_profit_cny", 1
    ),
    "name_en is what `institutions` calls it": put("webank", "name_en", "x"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("private_banks")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("private_banks", BREAKS[statement])
