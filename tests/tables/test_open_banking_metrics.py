from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements, without


def test_metrics_of_one_bank_are_as_printed() -> None:
    assert ft.OpenBankingMetric.get("bocom", "api_interfaces").value == 633
    assert ft.OpenBankingMetric.get("ceb", "output_platforms_growth").value == Decimal("38.55")


def test_a_state_has_one_day_and_an_addition_a_year() -> None:
    state = ft.OpenBankingMetric.get("ceb", "output_platforms")
    assert (state.period_start, state.period_end) == (date(2020, 12, 31), date(2020, 12, 31))
    added = ft.OpenBankingMetric.get("ceb", "output_platforms_added")
    assert (added.period_start, added.period_end) == (date(2020, 1, 1), date(2020, 12, 31))


def test_a_key_has_two_parts() -> None:
    assert ft.info("open_banking_metrics").primary_key == ("bank_id", "metric")
    found = ft.source("open_banking_metrics", ("abc", "standard_service_categories"), "value")
    assert (found.key, found.value) == ("abc|standard_service_categories", 4)


BREAKS: dict[str, Change] = {
    "eleven banks report": without("abc"),
    "units are counts, percents and multiples": put("abc", "unit", "CNY"),
    "Everbright's growth follows from its level and its increase": (
        lambda metrics: metrics.assign(value=metrics["value"] + 1)
    ),
    "every figure is of a point or a span of time": put("abc", "time_basis", "none"),
    "a period is printed, or assumed on a basis, never both": put("spdb", "period", "2020"),
    "the base lies before the period": put("ceb", "period_end", pd.Timestamp("2019-01-31")),
    "the titles are distinct": lambda rows: rows.assign(title_en="x"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("open_banking_metrics")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("open_banking_metrics", BREAKS[statement])
