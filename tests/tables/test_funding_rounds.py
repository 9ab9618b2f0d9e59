from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements, without


def test_a_round_in_dollars_is_in_dollars() -> None:
    found = ft.FundingRound.get("waterdrop_d_2020")
    assert (found.company_zh, found.stage_zh) == ("水滴公司", "D轮")
    assert found.stage is ft.FundingStage.SERIES_D
    assert (found.amount, found.currency) == (230_000_000, ft.Currency.USD)


def test_a_round_in_yuan_is_in_yuan() -> None:
    found = ft.FundingRound.get("nanyan_c_2020")
    assert (found.amount, found.currency) == (250_000_000, ft.Currency.CNY)


def test_only_one_round_was_announced_by_its_company() -> None:
    found = {row.round_id: row.confirmation.value for row in ft.FundingRound.all()}
    assert found == {
        "nanyan_b_plus_2020": "not_found",
        "nanyan_c_2020": "not_found",
        "waterdrop_d_2020": "announced",
        "waterdrop_strategic_2020": "reported",
    }


BREAKS: dict[str, Change] = {
    "an announced round has its day, a round without a page is one not found": put(
        "waterdrop_strategic_2020", "confirmation", "announced"
    ),
    "a company has as many rounds as places among the ten largest": without("nanyan_c_2020"),
    "every announcement falls in the year of the round": put("waterdrop_d_2020", "year", 2019),
    "no company has two rounds of the same stage in a year": put(
        "waterdrop_strategic_2020", "stage", "series_d"
    ),
    "a note is told in both languages": lambda rows: rows.assign(note_zh=None),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("funding_rounds")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("funding_rounds", BREAKS[statement])
