from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_a_number_word_is_held_with_its_date() -> None:
    found = ft.Enumeration.get("guangzhou_financial_plan_tasks")
    assert (found.count, found.period, found.region_id) == (12, "2021-09", "guangzhou")


def test_a_list_that_is_announced_twice_points_to_the_first_time() -> None:
    assert ft.Enumeration.get("cn_blockchain_clusters_restated").restates == (
        "cn_blockchain_clusters"
    )


BREAKS: dict[str, Change] = {
    "what restates points to a first statement of the same number": put(
        "cn_blockchain_clusters_restated", "count", 5
    ),
    "the titles are distinct in both languages": lambda rows: rows.assign(title_zh="列举"),
    "institutions are named only where the report attributes": put(
        "cn_open_banking_stages", "attributed_to", None
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("enumerations")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("enumerations", BREAKS[statement])
