from __future__ import annotations

from decimal import Decimal

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_the_third_and_the_tenth_insurer_are_as_printed() -> None:
    third, tenth = ft.InternetLifeInsurer.get("ccb_life"), ft.InternetLifeInsurer.all()[-1]
    assert (third.rank, third.premium_cny) == (3, 22_190_000_000)
    assert third.market_share_pct == Decimal("10.5")
    assert (tenth.rank, tenth.insurer_id) == (10, "hongkang_life")


BREAKS: dict[str, Change] = {
    "ranks 1 to 10 follow the premiums downwards": put("ccb_life", "rank", 4),
    "every share is the premium's share of the market that the prose prints": put(
        "ccb_life", "market_share_pct", 10.7
    ),
    "the shares add up to those of the top three, five and ten in the prose": put(
        "ccb_life", "market_share_pct", 11.5
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("internet_life_insurers")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("internet_life_insurers", BREAKS[statement])
