from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_a_target_has_its_year() -> None:
    found = ft.Event.get("ceb_smart_everbright_2025")
    assert (found.date, found.institution_id) == ("2025", "ceb_technology")


BREAKS: dict[str, Change] = {
    "an outlook or a target lies in 2020 or later": put(
        "ceb_smart_everbright_2025", "date", "2019"
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("events")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("events", BREAKS[statement])
