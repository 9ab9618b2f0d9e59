from __future__ import annotations

from datetime import date

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_the_first_distributors_are_as_printed() -> None:
    found = [p for p in ft.FundAdvisoryPilot.all() if p.approved_on == date(2019, 12, 13)]
    assert {pilot.name_zh for pilot in found} == {"蚂蚁基金", "腾安基金", "盈米基金"}
    assert {pilot.group_institutions for pilot in found} == {3}


def test_the_first_group_has_five_fund_managers() -> None:
    found = [p for p in ft.FundAdvisoryPilot.all() if p.approved_on == date(2019, 10, 25)]
    assert [pilot.group_institutions for pilot in found] == [5] * 5


BREAKS: dict[str, Change] = {
    "every group has as many institutions as the table prints": put(
        "ant_fund", "group_institutions", 4
    ),
    "the institutions are as many in all, and of each kind, as the prose counts": put(
        "ant_fund", "pilot_type", "bank"
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("fund_advisory_pilots")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("fund_advisory_pilots", BREAKS[statement])
