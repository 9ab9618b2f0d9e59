from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_the_totals_are_those_that_pages_count() -> None:
    whole = [each.projects for each in ft.SandboxTotal.all() if each.region_id == "china"]
    assert sorted(whole) == [49, 60, 70, 74, 80, 86, 90, 119]


def test_a_month_is_read_as_its_last_day() -> None:
    found = ft.SandboxTotal.get("2021-01", "china")
    assert str(found.period_start) == str(found.period_end) == "2021-01-31"


def test_the_split_of_june_is_the_reports_own() -> None:
    printed = {each.region_id: each.projects for each in ft.SandboxRegion.all()}
    counted = {
        each.region_id: each.projects
        for each in ft.SandboxTotal.all()
        if each.period == "2021-06" and each.region_id != "china"
    }
    assert counted == printed


BREAKS: dict[str, Change] = {
    "the regions add up to the whole wherever they are given": put("2021-03-04", "projects", 86),
    "no count falls over time": put("2020-08-24", "projects", 1000),
    "no total is smaller than the batches announced by then": put("2020-08-14", "projects", 48),
    "a note is told in both languages": lambda rows: rows.assign(note_zh=None),
    "services and products together are the projects, and are told together": put(
        "2020-08-24", "financial_services", 36
    ),
    "every region but the whole is one of `sandbox_regions`": lambda totals: totals.replace(
        {"region_id": {"xiongan": "tianjin"}}
    ),
    "at the end of June 2021 the regions have what the report prints": put(
        "2021-06", "projects", 5
    ),
    "no region but Guangzhou has fewer projects than the batches announced by then": put(
        "2021-01-01", "projects", 4
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("sandbox_totals")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("sandbox_totals", BREAKS[statement])
