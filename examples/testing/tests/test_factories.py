"""Factories: one record, tables of any size, and tables that are wrong in one way."""

from __future__ import annotations

from typing import assert_type

import pandas as pd
import pytest

import fintech2021 as ft
from fintech2021.testing import BrokenFrame, assert_matches, broken, make, make_frame, make_parents
from spending import headline, is_sound, per_head


@pytest.mark.parametrize(
    ("cny", "said"),
    [(None, "does not say"), (5, "0.00 hundred million"), (23_819_000_000, "238.19 hundred")],
)
def test_a_headline_says_what_is_spent(cny: int | None, said: str) -> None:
    bank = make(ft.Bank, tech_spend_cny=cny)
    assert_type(bank, ft.Bank)
    assert said in headline(bank)


def test_a_record_that_cannot_be_is_refused_at_once() -> None:
    with pytest.raises(ft.RecordError, match="tech_staff: found -1"):
        make(ft.Bank, tech_staff=-1)


@pytest.mark.parametrize("rows", [0, 1, 10_000])
def test_the_figures_hold_for_tables_of_any_size(rows: int) -> None:
    frame = make_frame("banks", rows=rows, seed=1)
    assert_type(frame, pd.DataFrame)
    assert len(per_head(frame)) <= rows
    assert is_sound(frame)
    ft.validate(frame, "banks", references=make_parents(frame, "banks"))


OURS = [
    case
    for case in broken("banks")
    if case.rule in {"is unique as a key", "is at most 100"}
    and case.column in {"bank_id", "tech_spend_revenue_pct"}
]


@pytest.mark.parametrize("case", OURS, ids=str)
def test_our_check_notices_what_is_wrong(case: BrokenFrame) -> None:
    assert not is_sound(case.frame)


def test_records_make_a_frame_and_a_frame_records() -> None:
    banks = [make(ft.Bank), make(ft.Bank, bank_id="bocom", tech_spend_cny=5)]
    frame = ft.to_frame(banks)
    assert_type(frame, pd.DataFrame)
    assert ft.to_records(frame, ft.Bank) == tuple(banks)


def test_a_difference_can_be_read() -> None:
    frame = ft.load_banks()
    frame.loc[frame["bank_id"] == "icbc", "tech_staff"] = 7
    with pytest.raises(AssertionError, match="icbc, tech_staff: found 7, published 35400"):
        assert_matches(frame, "banks")
