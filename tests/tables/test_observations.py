from __future__ import annotations

from decimal import Decimal

import pytest

import fintech2021 as ft
from fintech2021.tables.vocabulary import Unit
from rule_breaking import Change, broken, put, statements


def test_a_figure_is_as_printed() -> None:
    found = ft.Observation.get("hk_virtual_banks_deposits_2020_12")
    assert (found.value, found.unit) == (Decimal(15_800_000_000), Unit.HKD)
    assert (found.qualifier, found.period) == (ft.Qualifier.ABOUT, "2020-12")


def test_a_forecast_is_marked_as_one() -> None:
    assert ft.Observation.get("cn_ai_core_industry_size_2025").is_forecast
    assert not ft.Observation.get("cn_ai_core_industry_size_2021").is_forecast


BREAKS: dict[str, Change] = {
    "a range's upper end lies above its lower end": put(
        "cn_ai_core_cagr_2021_2025", "value_high", 23.0
    ),
    "what is only called a forecast is marked as one": lambda rows: rows.assign(
        qualifier="forecast", is_forecast=False
    ),
    "shares lie between 0 and 100 percent": put(
        "hk_virtual_banks_deposit_share_2020_12", "value", 101.0
    ),
    "ranks and counts are whole numbers": put("cn_blockchain_parks_to_date", "value", 45.5),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("observations")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("observations", BREAKS[statement])
