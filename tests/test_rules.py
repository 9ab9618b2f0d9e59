from __future__ import annotations

import pytest

from fintech2021._records import rules

Pairs = list[tuple[str, str | None]]


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [("a", None)],
        [("a", None), ("b", "a"), ("c", "b"), ("d", "a")],
        [("a", "elsewhere")],
    ],
)
def test_a_forest_has_no_loops(pairs: Pairs) -> None:
    assert rules.in_loops(pairs) == []


@pytest.mark.parametrize(
    ("pairs", "looped"),
    [
        ([("a", "a")], [0]),
        ([("a", "b"), ("b", "a")], [0, 1]),
        ([("a", "b"), ("b", "c"), ("c", "b")], [1, 2]),
        ([("a", None), ("b", "c"), ("c", "d"), ("d", "b")], [1, 2, 3]),
        ([("a", "b"), ("c", "c"), ("b", None), ("d", "e"), ("e", "d")], [1, 3, 4]),
    ],
)
def test_the_rows_of_a_loop_are_named_and_not_those_that_lead_to_it(
    pairs: Pairs, looped: list[int]
) -> None:
    assert rules.in_loops(pairs) == looped


def test_a_way_of_a_hundred_thousand_steps_is_walked_at_once() -> None:
    long: Pairs = [(str(n), str(n + 1)) for n in range(100_000)]
    assert rules.in_loops(long) == []
    assert len(rules.in_loops([*long, ("100000", "0")])) == 100_001


def test_a_rule_holds_since_the_first_version_unless_it_says_otherwise() -> None:
    assert rules.Fact("it holds", lambda _frame, _tables: True).since == "1.0.0"
