from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, statements


def test_the_first_token_is_an_era_not_a_value() -> None:
    first = ft.SourceToken.get(2, 6)
    assert (first.token, first.dataset) == ("4.0", None)


def test_every_token_stands_in_the_text(source_lines: list[str]) -> None:
    assert [
        token
        for token in ft.SourceToken.all()
        if not source_lines[token.line - 1].startswith(token.token, token.start)
    ] == []


BREAKS: dict[str, Change] = {
    "the text has 984 numeric tokens": lambda tokens: tokens.iloc[1:],
    "every value and every date is tied to a cell": lambda tokens: tokens.assign(kind="value"),
    "what is not tied has a reason": lambda tokens: tokens.assign(reason=None),
    "every column that is named exists in its dataset": lambda tokens: tokens.assign(
        column="no_such_column"
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("source_tokens")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("source_tokens", BREAKS[statement])
