from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_the_third_and_the_tenth_insurer_are_as_printed() -> None:
    third, tenth = ft.InternetLifeInsurer.get("ccb_life"), ft.InternetLifeInsurer.all()[-1]
    assert (third.rank, third.premium_volume_cny) == (3, 22_190_000_000)
    assert third.market_share_pct == Decimal("10.5")
    assert (tenth.rank, tenth.insurer_id) == (10, "hongkang_life")


def test_two_of_the_ten_are_health_insurers() -> None:
    insurers = ft.load_internet_life_insurers()
    health = insurers.loc[insurers["insurer_type"] == "health", "insurer_id"]
    assert health.tolist() == ["picc_health", "ping_an_health"]


def test_the_premiums_are_those_of_a_whole_year() -> None:
    found = ft.InternetLifeInsurer.get("ccb_life")
    assert found.period == "2020"
    assert (found.period_start, found.period_end) == (date(2020, 1, 1), date(2020, 12, 31))


def test_the_first_version_keeps_its_rules() -> None:
    frame = ft.load_internet_life_insurers(version="1.0.0")
    ft.validate(frame, "internet_life_insurers", version="1.0.0")


BREAKS: dict[str, Change] = {
    "ranks 1 to 10 follow the premiums downwards": put("ccb_life", "rank", 4),
    "two of the ten are health insurers, and their names say so": put(
        "picc_health", "insurer_type", "life"
    ),
    "every share is the premium's share of the market that the prose prints": put(
        "ccb_life", "market_share_pct", 10.7
    ),
    "the shares add up to those of the top three, five and ten in the prose": put(
        "ccb_life", "market_share_pct", 11.5
    ),
    "name_en is what `institutions` calls it": put("ccb_life", "name_en", "x"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("internet_life_insurers")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("internet_life_insurers", BREAKS[statement])
