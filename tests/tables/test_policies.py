from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_a_policy_has_its_printed_title_and_its_issuers() -> None:
    found = ft.Policy.get("blockchain_guiding_opinions")
    assert found.issuers == ("miit", "cac")
    assert (found.date, found.jurisdiction) == ("2021-06", "CN")


BREAKS: dict[str, Change] = {
    "no title stands twice": lambda policies: policies.assign(title_zh="x"),
    "no date lies after the report": put("blockchain_guiding_opinions", "date", "2023-01"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("policies")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("policies", BREAKS[statement])
