from __future__ import annotations

from decimal import Decimal

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_the_stakes_in_mox_are_the_whole() -> None:
    stakes = [
        each.stake_pct
        for each in ft.Shareholding.all()
        if (each.bank_id, each.time) == ("mox_bank", "founding") and each.stake_pct is not None
    ]
    assert sum(stakes) == 100


def test_a_later_stake_stands_beside_the_first() -> None:
    holder = ("mox_bank", "standard_chartered_hong_kong")
    assert ft.Shareholding.get(*holder, "founding").stake_pct == Decimal("65.1")
    assert ft.Shareholding.get(*holder, "later").stake_pct == Decimal("65.98")


def test_who_stands_behind_a_holder_is_told_from_the_holder() -> None:
    bank = "ping_an_oneconnect_bank"
    assert ft.Shareholding.get(bank, "oneconnect", "founding").holding is ft.Holding.DIRECT
    assert ft.Shareholding.get(bank, "ping_an", "founding").holding is ft.Holding.ULTIMATE


BREAKS: dict[str, Change] = {
    "the stakes in a bank at one time are no more than the whole": put(
        "airstar_bank", "stake_pct", 60.0
    ),
    "every virtual bank has holders, and no other bank has": put("ant_bank", "bank_id", "icbc"),
    "a direct holder has a stake, and no other has": put("ant_bank", "stake_pct", None),
    "a note is told in both languages": lambda rows: rows.assign(note_zh=None),
    "the founders' stakes make up the whole where no partner without one is named": put(
        "ant_bank", "stake_pct", 99.0
    ),
    "who is no direct holder is one whom the report prints, Perfect Ridge apart": put(
        "fusion_bank", "holder_id", "ant_group"
    ),
    "what is told of later times is told of direct holders": lambda rows: rows.assign(time="later"),
    "who is told of later held at the founding, Lufax apart": put("za_bank", "time", "later"),
    "the shareholders that the report prints are founders, but for Airstar, Mox and WeLab": put(
        "livi_bank", "time", "later"
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("shareholdings")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("shareholdings", BREAKS[statement])
