from __future__ import annotations

import pandas as pd
import pytest

from fintech2021._records import rules


def parents(**pairs: str | None) -> pd.DataFrame:
    return pd.DataFrame({"id": list(pairs), "parent_id": list(pairs.values())})


@pytest.mark.parametrize(
    "frame",
    [
        parents(),
        parents(a=None),
        parents(a=None, b="a", c="b", d="a"),
        parents(a="elsewhere"),
    ],
)
def test_a_forest_has_no_loops(frame: pd.DataFrame) -> None:
    assert rules.has_no_loops(frame)


@pytest.mark.parametrize(
    "frame",
    [
        parents(a="a"),
        parents(a="b", b="a"),
        parents(a="b", b="c", c="b"),
        parents(a=None, b="c", c="d", d="b"),
    ],
)
def test_a_row_that_is_its_own_ancestor_is_a_loop(frame: pd.DataFrame) -> None:
    assert not rules.has_no_loops(frame)


def test_a_rule_holds_since_the_first_version_unless_it_says_otherwise() -> None:
    assert rules.Rule("it holds", lambda _frame, _tables: True).since == "1.0.0"
