from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements

CELLS = {(item.dataset, item.key, item.column, item.erratum_id) for item in ft.ErratumCell.all()}


def test_an_erratum_is_linked_to_every_cell_with_the_same_printed_characters() -> None:
    dated = {
        item.institution_id
        for item in ft.FundAdvisoryPilot.all()
        if str(item.approved_on) == "2020-02-09"
    }
    linked = {
        key
        for dataset, key, column, erratum in CELLS
        if (dataset, column, erratum)
        == ("fund_advisory_pilots", "approved_on", "fund_pilot_february_day")
    }
    assert len(dated) == 10
    assert linked == dated


def test_every_dash_of_the_bank_table_is_linked() -> None:
    dashes = {
        (bank.bank_id, column)
        for bank in ft.Bank.all()
        for column in (
            "tech_spend_cny",
            "tech_spend_revenue_pct",
            "tech_spend_growth_pct",
            "tech_staff",
            "tech_staff_pct",
        )
        if getattr(bank, column) is None
    }
    assert len(dashes) == 11
    assert {
        (key, column) for _, key, column, erratum in CELLS if erratum == "bank_table_dashes"
    } == dashes


def test_every_repair_is_linked_to_its_cell() -> None:
    for name in ft.catalog()["name"]:
        for repair in ft.info(name).repairs:
            assert (name, repair.key, repair.column, repair.erratum_id) in CELLS


NEAR = "a printed row is near a line that its erratum names, unless that is of many places"

BREAKS: dict[str, Change] = {
    "every cell that is named exists": put("ai_core_cagr", "column", "no_such_column"),
    NEAR: lambda cells: cells.assign(erratum_id="clustar_latency"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("erratum_cells")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("erratum_cells", BREAKS[statement])


@pytest.mark.parametrize(
    ("column", "value"), [("dataset", "no_such_dataset"), ("key", "no_such_row")]
)
def test_a_row_or_a_dataset_that_is_not_there_is_noticed(column: str, value: str) -> None:
    change = put("ai_core_cagr", column, value)
    assert "every cell that is named exists" in broken("erratum_cells", change)
