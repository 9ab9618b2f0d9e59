from __future__ import annotations

import pytest

import fintech2021 as ft
from fintech2021.tables.indicators import Measure
from fintech2021.tables.vocabulary import TimeBasis, Topic, Unit
from rule_breaking import Change, broken, put, statements


def test_an_indicator_says_what_its_figures_are() -> None:
    found = ft.Indicator.get("npl_ratio")
    assert (found.measure, found.time_basis, found.unit) == (
        Measure.SHARE,
        TimeBasis.STOCK,
        Unit.PERCENT,
    )
    assert found.topics == (Topic.BANKING, Topic.RISK)


def test_the_sizes_of_markets_are_named_alike() -> None:
    titles = {row.indicator_id: row.title_en for row in ft.Indicator.all()}
    assert {name for name, title in titles.items() if title.endswith("market size")} == {
        name for name in titles if name.endswith("_market_size")
    }


def test_there_are_fewer_indicators_than_figures() -> None:
    assert len(ft.Indicator.all()) < 200 < len(ft.Observation.all())


BREAKS: dict[str, Change] = {
    "the unit fits the measure": put("npl_ratio", "unit", "count"),
    "titles and definitions are distinct in both languages": lambda rows: rows.assign(
        definition_zh="同一句"
    ),
    "an indicator has one to four topics, none twice": put("npl_ratio", "topics", "risk;risk"),
    "every indicator has an observation": put("npl_ratio", "indicator_id", "unused"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("indicators")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("indicators", BREAKS[statement])
