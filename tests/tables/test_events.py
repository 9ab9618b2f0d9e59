from __future__ import annotations

from datetime import date

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_a_target_has_its_year() -> None:
    found = ft.Event.get("ceb_smart_everbright_2025")
    assert (found.date, found.institution_id) == ("2025", "ceb_technology")
    assert (found.date_start, found.date_end) == (date(2025, 1, 1), date(2025, 12, 31))


def test_base_years_are_no_events() -> None:
    kinds = {event.kind.value for event in ft.Event.all()}
    assert kinds == {"occurred", "since", "takes_effect", "target"}
    assert not [event for event in ft.Event.all() if "_base_" in event.event_id]


BREAKS: dict[str, Change] = {
    "a target lies in 2020 or later": put("ceb_smart_everbright_2025", "date", "2019"),
    "the titles are distinct in both languages": lambda rows: rows.assign(title_zh="事件"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("events")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("events", BREAKS[statement])
