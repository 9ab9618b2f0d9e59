from __future__ import annotations

from decimal import Decimal

import pytest

import fintech2021 as ft
from fintech2021.tables.vocabulary import Unit
from rule_breaking import Change, broken, put, statements


def test_beijing_leads_the_hub_cities() -> None:
    found = ft.Ranking.get("fintech_hub_cities_2021_beijing_overall_rank")
    assert (found.region_id, found.value, found.unit) == ("beijing", Decimal(1), Unit.RANK)


def test_a_count_is_not_a_rank() -> None:
    found = ft.Ranking.get("fintech_patent_top100_2021_beijing")
    assert (found.value, found.unit) == (Decimal(42), Unit.COUNT)


BREAKS: dict[str, Change] = {
    "every row is about a place or an organisation": lambda rows: rows.assign(
        region_id=None, institution_id=None
    ),
    "ranks are whole numbers from 1": put("gfci_29_shanghai_fintech_rank", "value", 0.0),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("rankings")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("rankings", BREAKS[statement])
