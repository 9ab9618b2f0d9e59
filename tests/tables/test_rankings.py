from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import fintech2021 as ft
from fintech2021.tables.rankings import RankingMeasure
from fintech2021.tables.vocabulary import PeriodBasis, Unit
from rule_breaking import Change, broken, put, statements


def test_beijing_leads_the_hub_cities() -> None:
    found = ft.Ranking.get("fintech_hub_cities_2021_beijing_overall_rank")
    assert (found.region_id, found.value, found.unit) == ("beijing", Decimal(1), Unit.RANK)


def test_a_count_is_not_a_rank() -> None:
    found = ft.Ranking.get("fintech_patent_top100_2021_beijing")
    assert (found.value, found.unit) == (Decimal(42), Unit.COUNT)


def test_first_places_are_places() -> None:
    first = {r.ranking_id for r in ft.Ranking.all() if r.unit is Unit.RANK and r.value == 1}
    assert len(first) == 7
    assert not first & {"gfci_29_shanghai_fintech_rank_change", "singapore_global_fintech_tier"}
    found = ft.Ranking.get("gfci_29_shanghai_fintech_rank_change")
    assert (found.measure, found.unit) == (RankingMeasure.RANK_CHANGE, Unit.RANKS)
    assert found.value == 1


def test_a_year_that_the_report_gives_to_something_else_is_assumed() -> None:
    found = ft.Ranking.get("hangzhou_attractive_city_years")
    assert (found.period, found.assumed_period, found.period_basis) == (
        None,
        "2021",
        PeriodBasis.SAME_PASSAGE,
    )
    assert found.assumed_period_end == date(2021, 12, 31)


BREAKS: dict[str, Change] = {
    "every row is about a place or an organisation": lambda rows: rows.assign(
        region_id=None, institution_id=None
    ),
    "ranks are whole numbers from 1": put("gfci_29_shanghai_fintech_rank", "value", 0.0),
    "places, changes of place, tiers and years each have their own unit": put(
        "singapore_global_fintech_tier", "unit", "rank"
    ),
    "a ranking says each thing once about a place or an organisation": put(
        "us_research_capability_rank", "metric", "digital_infrastructure_rank"
    ),
    "a period is printed, or assumed on a basis, never both": put(
        "us_fintech_unicorns", "period", "2021"
    ),
    "the titles are distinct": lambda rows: rows.assign(title_zh="x"),
    "a title names the place, in one language at least": lambda rows: rows.assign(
        region_id="london"
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("rankings")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("rankings", BREAKS[statement])
