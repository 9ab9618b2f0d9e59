from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tools.freezing.cross_checks import cell_of, meets, public_interval

import fintech2021 as ft
from fintech2021._core.rows import by_key
from rule_breaking import Change, broken, statements

if TYPE_CHECKING:
    import pandas as pd

CHECKS = by_key(ft.info("cross_checks"))
EVERY = pytest.mark.parametrize("key", CHECKS)
NAMES = {"shareholders", "stage_zh"}


def check(*key: str) -> ft.CrossCheck:
    return ft.CrossCheck.get(*key)


@EVERY
def test_the_verdict_is_what_the_intervals_give(key: str) -> None:
    row = CHECKS[key]
    judged = meets(row)
    assert (judged is None) == (row["column"] in NAMES)
    if judged is not None:
        assert judged == (row["verdict"] == "agrees")


@EVERY
def test_the_printed_value_is_that_of_the_cell_which_is_printed(key: str) -> None:
    row = CHECKS[key]
    assert row["printed_value"] == cell_of(row).text
    assert ft.source(row["dataset"], row["key"], row["column"]).places


@pytest.mark.parametrize("key", [key for key, row in CHECKS.items() if row["figures"]])
def test_the_public_value_follows_from_the_figures_of_the_pages(key: str) -> None:
    row = CHECKS[key]
    ends, value = (
        public_interval({**row, "public_qualifier": "exact"}),
        Decimal(row["public_value"]),
    )
    assert ends.low <= value <= ends.high


@pytest.mark.parametrize(
    ("bank", "column", "printed", "public", "verdict"),
    [
        ("pab", "tech_spend_cny", "4682000000", "7210000000", "differs"),
        ("citic_bank", "tech_spend_cny", "7000000000", "6926000000", "differs"),
        ("citic_bank", "tech_spend_revenue_pct", "3.59", "3.56", "differs"),
        ("citic_bank", "tech_spend_growth_pct", "24", "24.43", "agrees"),
        ("ceb", "tech_spend_growth_pct", "52.29", "51.29", "differs"),
        ("icbc", "tech_spend_growth_pct", "46.13", "45.47", "differs"),
        ("bocom", "tech_spend_revenue_pct", "2.85", "3.53", "other_scope"),
        ("cmb", "tech_spend_cny", "11912000000", "11912000000", "agrees"),
    ],
)
def test_the_report_is_held_against_the_banks_own_figures(
    bank: str, column: str, printed: str, public: str, verdict: str
) -> None:
    found = check("banks", bank, column)
    assert (found.printed_value, found.public_value, found.verdict) == (printed, public, verdict)
    assert found.difference == Decimal(printed) - Decimal(public)


def test_a_whole_per_cent_covers_what_rounds_to_it() -> None:
    row = CHECKS["banks|citic_bank|tech_spend_growth_pct"]
    assert meets({**row, "figures": "24.49"})
    assert not meets({**row, "figures": "24.61"})


def test_days_agree_as_far_as_pages_give_them() -> None:
    assert check("virtual_banks", "za_bank", "opened_on").difference == 0
    assert check("virtual_banks", "welab_bank", "opened_on").public_value == "2020-07"
    row = CHECKS["virtual_banks|welab_bank|opened_on"]
    assert not meets({**row, "public_value": "2020-08"})
    bounded = CHECKS["virtual_banks|ant_bank|opened_on"]
    assert bounded["public_qualifier"] == "under"
    assert not meets({**bounded, "public_value": "2020-09-27"})


def test_every_bank_of_the_six_has_its_amount_checked() -> None:
    checked = {row.key for row in ft.CrossCheck.all() if row.column == "tech_spend_cny"}
    assert {bank.bank_id for bank in ft.Bank.all() if bank.bank_type == "state_owned"} <= checked


def set_cell(key: tuple[str, str, str], column: str, value: Any) -> Change:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        parts = zip(("dataset", "key", "column"), key, strict=True)
        where = frame["dataset"].notna()
        for name, part in parts:
            where &= frame[name] == part
        assert where.sum() == 1, key
        frame.loc[where, column] = value
        return frame

    return change


CELL = ("banks", "icbc", "tech_spend_growth_pct")
BREAKS: dict[str, Change] = {
    "every cell that is named exists in a printed column": set_cell(CELL, "column", "name_en"),
    "what differs, or is of another scope, has a reading in both languages": set_cell(
        CELL, "reading_zh", None
    ),
    "several figures are joined by a relation": set_cell(CELL, "relation", None),
    "figures have a scale and a unit, and dates and names have neither": set_cell(
        CELL, "unit", None
    ),
    "a reading is told in both languages": set_cell(CELL, "reading", None),
    "what rests on two pages cites two": lambda rows: rows.assign(
        evidence="two_pages", source_ids="chyxx_865768"
    ),
    "every printed value is that of its cell": set_cell(CELL, "printed_value", "46.31"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("cross_checks")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("cross_checks", BREAKS[statement])
