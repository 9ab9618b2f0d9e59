from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, statements

if TYPE_CHECKING:
    import pandas as pd


def test_which_loss_it_is_is_part_of_the_key() -> None:
    assert ft.VirtualBankResult.get("mox_bank", "2020", "loss_before_tax").value == 456_000_000
    assert ft.VirtualBankResult.get("za_bank", "2022", "net_loss").value == 498_500_000


def test_the_eight_together_are_an_institution_that_is_a_group() -> None:
    found = ft.VirtualBankResult.get("hk_virtual_banks", "2020-12-31", "deposits")
    assert found.value == 15_800_000_000
    assert (str(found.unit), str(found.evidence)) == ("HKD", "two_pages")
    assert ft.Institution.get(found.bank_id).kind == "group"


def test_a_stock_is_of_a_day_and_a_flow_of_a_span() -> None:
    stock = ft.VirtualBankResult.get("za_bank", "2021-04", "customers")
    assert stock.period_start == stock.period_end == date(2021, 4, 30)
    flow = ft.VirtualBankResult.get("za_bank", "2021-01/2021-06", "loss")
    assert (flow.period_start, flow.period_end) == (date(2021, 1, 1), date(2021, 6, 30))


def put(bank: str, period: str, measure: str, **cells: Any) -> Change:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        where = (
            (frame["bank_id"] == bank) & (frame["period"] == period) & (frame["measure"] == measure)
        )
        assert where.sum() == 1, (bank, period, measure)
        for column, value in cells.items():
            frame.loc[where, column] = value
        return frame

    return change


BREAKS: dict[str, Change] = {
    "every measure has its unit": put("za_bank", "2021-04", "customers", unit="HKD"),
    "losses and growth are flows, all else is a stock": put(
        "mox_bank", "2019", "loss", time_basis="stock"
    ),
    "every row is of a virtual bank or of the eight together": put(
        "mox_bank", "2019", "loss", bank_id="icbc"
    ),
    "banks together have no more than the eight": put(
        "za_bank", "2022-12-31", "deposits", value=29_000_000_000
    ),
    "deposits at the end of 2020 are those of `virtual_banks`": put(
        "mox_bank", "2020-12-31", "deposits", value=5_300_000_000
    ),
    "a note is told in both languages": lambda rows: rows.assign(note_zh=None),
    "what rests on two pages cites two": lambda rows: rows.assign(
        evidence="two_pages", source_ids="mingpao_2024_06_08"
    ),
    "a half-year's loss is smaller than that of its year": put(
        "airstar_bank", "2021-01/2021-06", "loss", value=244_000_000
    ),
    "a bank has 1 to 10 billion dollars of deposits and loses 0.1 to 0.6 billion, the eight "
    "have 15 to 50 and lose 2 to 5; customers and accounts are 100,000 to 2 million": put(
        "za_bank", "2021-04", "customers", value=3_000_000
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("virtual_bank_results")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("virtual_bank_results", BREAKS[statement])
