from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

import fintech2021 as ft

if TYPE_CHECKING:
    from fintech2021._core.names import DatasetName
from rule_breaking import Change, broken, put, statements


def test_an_erratum_names_the_cell_and_the_characters() -> None:
    found = ft.Erratum.get("ai_core_cagr")
    assert (found.dataset, found.key, found.column) == (
        "observations",
        "cn_ai_core_cagr_2021_2025",
        "value",
    )
    assert (found.line, found.kind) == (880, ft.ErratumKind.CONTRADICTION)


def test_every_cell_that_is_named_exists() -> None:
    for erratum in ft.Erratum.all():
        if erratum.dataset and erratum.key and erratum.column:
            dataset = cast("DatasetName", erratum.dataset)
            assert ft.source(dataset, erratum.key, erratum.column).key == erratum.key


BREAKS: dict[str, Change] = {
    "every column that is named exists in its dataset": put(
        "ai_core_cagr", "column", "no_such_column"
    ),
    "a column or a key stands only with a dataset": put("ai_core_cagr", "dataset", None),
    "every failing claim has an erratum": put("public_cloud_segments", "claim_ids", None),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("errata")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("errata", BREAKS[statement])
