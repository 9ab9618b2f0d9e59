from __future__ import annotations

from decimal import Decimal

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements, without


def test_a_claim_that_fails_has_both_sides_and_their_distance() -> None:
    found = ft.Verdict.get("public_cloud_segments")
    assert found.verdict is ft.VerdictKind.FAILS
    printed = Decimal(127_650_000_000), Decimal(127_750_000_000)
    computed = Decimal(127_150_000_000), Decimal(127_450_000_000)
    assert (found.printed_low, found.printed_high) == printed
    assert (found.computed_low, found.computed_high) == computed
    assert found.distance == Decimal(200_000_000)


def test_an_unbounded_end_is_missing() -> None:
    assert ft.Verdict.get("e_cny_scenarios_restated").printed_high is None


BREAKS: dict[str, Change] = {
    "every claim has a verdict": without("public_cloud_segments"),
    "more than 85 percent of the claims hold": lambda verdicts: verdicts.assign(verdict="fails"),
    "only what fails is at a distance": put("public_cloud_segments", "verdict", "holds"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("verdicts")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("verdicts", BREAKS[statement])
