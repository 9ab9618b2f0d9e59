"""Strategies: records and tables that Hypothesis draws, always valid, or wrong in one way."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fintech2021 as ft
from fintech2021.testing import BrokenFrame, make_parents
from fintech2021.testing.strategies import broken_frames, frames, records
from spending import headline, is_sound, per_head


@given(bank=records(ft.Bank))
def test_a_headline_begins_with_the_name(bank: ft.Bank) -> None:
    assert headline(bank).startswith(bank.name_en)
    assert ft.to_records(ft.to_frame([bank]), ft.Bank) == (bank,)


@given(bank=st.from_type(ft.Bank))
def test_the_class_is_enough(bank: ft.Bank) -> None:
    assert isinstance(headline(bank), str)


@given(frame=frames("banks", max_rows=4))
def test_no_more_rows_come_out_than_go_in(frame: pd.DataFrame) -> None:
    assert len(per_head(frame)) <= len(frame) <= 4
    assert is_sound(frame)


@given(frame=frames("banks", min_rows=1, backend="polars"))
def test_what_is_drawn_is_valid_in_polars_too(frame: pl.DataFrame) -> None:
    assert ft.validate(frame, "banks", references=make_parents(frame, "banks")) is frame


@given(case=broken_frames("banks"))
def test_what_is_broken_is_refused_and_says_why(case: BrokenFrame) -> None:
    with pytest.raises(ft.ValidationError) as told:
        ft.validate(case.frame, "banks", references=case.references)
    assert case.rule in set(told.value.failures["rule"])
