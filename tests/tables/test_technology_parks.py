from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, statements, without


def test_the_first_park_is_as_printed() -> None:
    found = ft.TechnologyPark.get("zhongguancun_big_data_park")
    assert (found.name_zh, found.region_id) == ("中关村大数据产业园", "beijing")
    assert (found.position, found.founded_month) == (1, None)


BREAKS: dict[str, Change] = {
    "positions of each kind count from 1 without a gap": without("zhongguancun_big_data_park"),
    "every blockchain park has a month, no big-data park has one": lambda parks: parks.assign(
        founded_month=None
    ),
    "the blockchain parks have as many different names as the prose counts parks": lambda parks: (
        parks.assign(name_zh="x")
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("technology_parks")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("technology_parks", BREAKS[statement])
