from __future__ import annotations

from datetime import date

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_the_approvals_of_two_banks_were_announced_in_december_2020() -> None:
    for key, parent in (("tuopu_bank", "cmb"), ("youhui_wanjia_bank", "psbc")):
        found = ft.DirectBank.get(key)
        assert (found.parent_id, found.event_period) == (parent, "2020-12")
        assert found.event is ft.DirectBankEvent.PREPARATION_APPROVAL_ANNOUNCED


def test_the_first_bank_has_only_a_year() -> None:
    found = ft.DirectBank.get("aibank")
    assert (found.name_zh, found.event_period) == ("百信银行", "2017")
    assert (found.event_period_start, found.event_period_end) == (
        date(2017, 1, 1),
        date(2017, 12, 31),
    )


BREAKS: dict[str, Change] = {
    "an approval has the parent that announced it": put("tuopu_bank", "parent_id", None),
    "a parent is the one in `institutions`": put("tuopu_bank", "parent_id", "psbc"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("direct_banks")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("direct_banks", BREAKS[statement])
