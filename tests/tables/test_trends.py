from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, statements, without


def test_the_first_and_the_last_trend_are_numbered() -> None:
    assert [trend.number for trend in ft.Trend.all()] == list(range(1, 11))
    assert "ethics" in ft.Trend.get(10).themes
    assert ft.Trend.get(7).topics[0] == "digital_currency"


def test_a_whole_number_is_a_key() -> None:
    assert ft.Trend.get(7) is ft.Trend.get("7")


BREAKS: dict[str, Change] = {
    "there are ten trends, numbered from 1": without(10),
    "the titles are distinct": lambda rows: rows.assign(title_en="x"),
    "no themes stand twice": lambda trends: trends.assign(themes="x"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("trends")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("trends", BREAKS[statement])
