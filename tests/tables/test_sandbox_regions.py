from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_the_first_region_is_as_printed() -> None:
    found = ft.SandboxRegion.get("beijing")
    assert (found.name_zh, found.projects, found.share_pct) == ("北京", 22, Decimal(24))
    assert (found.period, found.period_end) == ("2021-06", date(2021, 6, 30))


def test_a_caveat_stands_in_both_languages() -> None:
    for region in ft.SandboxRegion.all():
        assert (region.caveat is None) is (region.caveat_zh is None)


def test_the_projects_of_every_region_are_as_printed() -> None:
    assert sorted(region.projects for region in ft.SandboxRegion.all()) == [
        *(5, 5, 7, 8, 9),
        *(9, 9, 16, 22),
    ]


BREAKS: dict[str, Change] = {
    "the named projects are those of the table of projects": put("beijing", "named_projects", 18),
    "no region has more named projects than projects": put("beijing", "named_projects", 23),
    "the regions and their projects are as many as the prose counts": put(
        "beijing", "projects", 21
    ),
    "the shares add up to 100 within their rounding": put("beijing", "share_pct", 34.0),
    "every share is its projects' share of all within rounding": put("beijing", "share_pct", 25.0),
    "a caveat is told in both languages": lambda rows: rows.assign(caveat_zh=None),
    "name_en is what `regions` calls it": put("beijing", "name_en", "x"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("sandbox_regions")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("sandbox_regions", BREAKS[statement])
