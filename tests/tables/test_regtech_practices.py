from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, statements, without


def test_the_first_practice_is_that_of_the_central_bank() -> None:
    first = ft.RegtechPractice.all()[0]
    assert (first.position, first.actor_zh) == (1, "中国人民银行")
    assert first.institution_ids == ("pboc",)
    assert (first.actor_group.label_zh, first.topics[0]) == ("政府部门与监管当局", "regtech")


BREAKS: dict[str, Change] = {
    "positions count from 1 without a gap": without("cbirc_east_warehouse"),
    "all four groups of actors occur": lambda rows: rows.assign(
        actor_group="government_and_regulators"
    ),
    "the measures are distinct": lambda rows: rows.assign(measure_en="x"),
    "the Chinese measures are distinct": lambda rows: rows.assign(measure_zh="x"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("regtech_practices")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("regtech_practices", BREAKS[statement])
