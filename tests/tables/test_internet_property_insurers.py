from __future__ import annotations

from datetime import date

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_the_three_insurers_are_as_printed() -> None:
    insurers = ft.InternetPropertyInsurer.all()
    assert [insurer.name_zh for insurer in insurers] == ["众安保险", "泰康在线", "人保财险"]
    assert [insurer.market_share_pct for insurer in insurers] == [21, 12, 11]


def test_the_shares_are_those_of_half_a_year() -> None:
    found = ft.InternetPropertyInsurer.get("zhongan")
    assert (found.period_start, found.period_end) == (date(2021, 1, 1), date(2021, 6, 30))


BREAKS: dict[str, Change] = {
    "ranks 1 to 3 follow the shares downwards": put("zhongan", "market_share_pct", 11.5),
    "name_en is what `institutions` calls it": put("zhongan", "name_en", "x"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("internet_property_insurers")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("internet_property_insurers", BREAKS[statement])
