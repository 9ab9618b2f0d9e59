"""Fixtures: a fresh frame of each dataset, its records, and any version or backend."""

from __future__ import annotations

from typing import assert_type

import pandas as pd
import polars as pl

import fintech2021 as ft
from fintech2021.testing import LoadFixture, RecordsFixture, assert_matches
from spending import headline, per_head


def test_spending_per_head_is_of_the_banks_that_state_both(fintech2021_banks: pd.DataFrame) -> None:
    stated = fintech2021_banks[["tech_spend_cny", "tech_staff"]].notna().all(axis=1)
    assert per_head(fintech2021_banks)["bank_id"].tolist() == (
        fintech2021_banks.loc[stated, "bank_id"].tolist()
    )


def test_a_frame_is_fresh_whatever_another_test_did_to_its_own(
    fintech2021_banks: pd.DataFrame, fintech2021_load: LoadFixture
) -> None:
    fintech2021_banks["tech_staff"] = 0
    assert fintech2021_load("banks")["tech_staff"].max() > 30_000


def test_every_bank_has_a_headline(fintech2021_records: RecordsFixture) -> None:
    banks = fintech2021_records("banks")
    assert_type(banks, tuple[ft.Bank, ...])
    assert all(bank.name_en in headline(bank) for bank in banks)


def test_what_is_written_and_read_back_is_the_published_table(
    fintech2021_load: LoadFixture,
) -> None:
    banks = fintech2021_load("banks", backend="polars")
    assert_type(banks, pl.DataFrame)
    text = banks.sort("name_en").write_csv()
    read = pl.read_csv(text.encode(), **ft.read_options("banks", "polars"))
    assert_matches(read, "banks")
    assert ft.to_records(read.sort("bank_id"), ft.Bank) == ft.Bank.all()
