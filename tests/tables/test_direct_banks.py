from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_the_two_new_banks_were_approved_in_december_2020() -> None:
    for key, parent in (("tuopu_bank", "cmb"), ("youhui_wanjia_bank", "psbc")):
        found = ft.DirectBank.get(key)
        assert (found.parent_id, found.event_month) == (parent, ft.YearMonth(2020, 12))


def test_the_first_bank_has_only_a_year() -> None:
    found = ft.DirectBank.get("aibank")
    assert (found.name_zh, found.event_period, found.event_month) == ("百信银行", "2017", None)


BREAKS: dict[str, Change] = {
    "a month agrees with the period": put("tuopu_bank", "event_period", "2020-11"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("direct_banks")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("direct_banks", BREAKS[statement])
