from __future__ import annotations

from typing import Any

import pandas as pd
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


def test_every_tied_cell_is_filled() -> None:
    tied = [token for token in ft.SourceToken.all() if token.dataset]
    rows: dict[str, Any] = {}
    empty = []
    for token in tied:
        name: Any = token.dataset
        if name not in rows:
            keys = list(ft.info(name).primary_key)
            frame = ft.load(name)
            rows[name] = frame.set_index(frame[keys].astype(str).agg("|".join, axis=1))
        cell = rows[name].loc[token.key, token.column]
        if pd.isna(cell):
            empty.append((token.line, token.start))
    assert empty == []


def test_a_year_that_a_passage_only_speaks_of_is_no_date_of_a_fact() -> None:
    first = ft.SourceToken.get(18, 1)
    assert (first.token, first.kind.value, first.dataset) == ("2020", "passage", None)


BREAKS: dict[str, Change] = {
    "the text has 984 numeric tokens": lambda tokens: tokens.iloc[1:],
    "every value and every date is tied to a cell": lambda tokens: tokens.assign(kind="value"),
    "what is not tied has a reason": lambda tokens: tokens.assign(reason=None),
    "every column that is named exists in its dataset": lambda tokens: tokens.assign(
        column="no_such_column"
    ),
    "a value needs no reason": lambda tokens: tokens.assign(reason="x"),
    "values are tied to numbers, names to texts, dates to no number": lambda tokens: tokens.assign(
        kind="date"
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("source_tokens")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("source_tokens", BREAKS[statement])
