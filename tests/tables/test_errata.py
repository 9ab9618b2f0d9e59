from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_an_erratum_says_what_is_wrong_and_whose_fault_it_is() -> None:
    found = ft.Erratum.get("clustar_latency")
    assert (found.line, found.printed) == (1547, "延迟降低300%")
    assert found.kind is ft.ErratumKind.CONTRADICTION
    assert found.origin is ft.ErratumOrigin.REPORT
    assert ft.Erratum.get("vertical_headings").origin is ft.ErratumOrigin.EXTRACTION


def test_every_erratum_is_told_in_two_languages() -> None:
    for erratum in ft.Erratum.all():
        for english, chinese in (
            (erratum.reading_en, erratum.reading_zh),
            (erratum.reason_en, erratum.reason_zh),
        ):
            assert english != chinese, erratum.erratum_id
        assert any("\u4e00" <= character <= "\u9fff" for character in erratum.reason_zh)


def test_what_was_no_fault_is_not_listed() -> None:
    assert "internet_insurance_two_dates" not in {item.erratum_id for item in ft.Erratum.all()}


def test_the_repaired_year_does_not_claim_that_the_data_hold_the_misprint() -> None:
    found = ft.Erratum.get("dajia_year_2121")
    assert "repaired" in found.reading_en
    assert ft.source("observations", "dajia_smart_badges_in_use", "period").value == "2021-09"


BREAKS: dict[str, Change] = {
    "every failing claim has an erratum": put("public_cloud_segments", "claim_ids", None),
    "a contradiction that claims test is one that not all of them let hold": put(
        "data_centre_spending_share", "kind", "contradiction"
    ),
    "no claim about an inexact figure fails": put("public_cloud_segments", "kind", "inexact"),
    "the reasons are distinct": lambda rows: rows.assign(reason_zh="x"),
    "the passages are distinct": lambda rows: rows.assign(printed="x"),
    "a claim names a row of its erratum, or stands within ten lines of it": put(
        "clustar_latency", "claim_ids", "public_cloud_segments"
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("errata")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("errata", BREAKS[statement])
