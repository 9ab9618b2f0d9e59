"""Columns whose rows differ in origin: the evidence of a row decides."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tools.freezing.describe import untold

import fintech2021 as ft
from fintech2021._core.origin import origin_of

SPENDING = ft.info("bank_technology")


def faults(**changes: Any) -> list[str]:
    """Say what is untold of a table by row, once columns are changed, or left out for ``None``."""
    columns = tuple(
        column._replace(**changes.get(column.name, {}))
        for column in SPENDING.columns
        if changes.get(column.name, {}) is not None
    )
    return list(untold(replace(SPENDING, columns=columns)))


def test_a_column_by_row_needs_the_evidence_of_every_row() -> None:
    assert faults() == []
    (fault,) = faults(evidence=None)
    assert fault.startswith("a column is by row, but no closed list evidence says what every row")
    assert faults(evidence={"required": False}) == [fault]
    assert faults(evidence={"enum": ()}) == [fault]


def test_rows_that_rest_on_pages_need_a_column_for_them() -> None:
    (fault,) = faults(source_ids=None)
    assert fault == "pages can be the evidence of a row, but there is no column source_ids"


def test_a_column_by_row_makes_the_report_and_pages_sources_as_its_rows_can_rest_on_them() -> None:
    assert len(SPENDING.sources) == len(ft.info("virtual_banks").sources) == 2
    assert ft.info("regions").sources == ft.info("banks").sources


@pytest.mark.parametrize(
    ("evidence", "origin"),
    [("report", "printed"), ("editorial", "editorial"), ("one_page", "public")],
)
def test_the_evidence_of_the_row_is_the_origin_of_the_cell(evidence: str, origin: str) -> None:
    row = {"evidence": evidence}
    assert origin_of(SPENDING.column("tech_spend_cny"), row) == origin
    assert origin_of(SPENDING.column("name_en"), row) == "derived"
