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


def test_type_and_batch_stand_where_the_table_prints_them() -> None:
    (kind,) = ft.source("fund_advisory_pilots", "cmb", "pilot_type").places
    (batch,) = ft.source("fund_advisory_pilots", "cmb", "batch").places
    assert (kind.line, kind.printed) == (2366, "银行")
    assert (batch.line, batch.printed) == (2357, "第一批")


def test_the_doubtful_february_day_is_kept_as_printed() -> None:
    found = [p for p in ft.FundAdvisoryPilot.all() if p.approved_on == date(2020, 2, 9)]
    assert len(found) == 10
    assert any("29 February" in caveat for caveat in ft.info("fund_advisory_pilots").caveats)


def test_one_row_of_each_group_adds_up_to_all_institutions() -> None:
    pilots = ft.load_fund_advisory_pilots()
    groups = pilots.drop_duplicates(["batch", "approved_on", "pilot_type"])
    assert groups["group_institutions"].sum() == len(pilots) == 60
    assert pilots["group_institutions"].sum() == 424


def test_a_page_names_the_first_eleven() -> None:
    named = [p.institution_id for p in ft.FundAdvisoryPilot.all() if p.source_ids]
    assert len(named) == 11
    assert {"icbc", "cmb", "pab", "ant_fund"} <= set(named)


BREAKS: dict[str, Change] = {
    "every group has as many institutions as the table prints": put(
        "ant_fund", "group_institutions", 4
    ),
    "the institutions are as many in all, and of each kind, as the prose counts": put(
        "ant_fund", "pilot_type", "bank"
    ),
    "name_en is what `institutions` calls it": put("ant_fund", "name_en", "x"),
    "pages are cited for the first batch, securities firms apart": put(
        "ant_fund", "source_ids", None
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("fund_advisory_pilots")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("fund_advisory_pilots", BREAKS[statement])
