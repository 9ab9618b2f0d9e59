from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_the_first_licence_rests_on_an_official_page() -> None:
    found = ft.CreditBureau.get("baihang_credit")
    assert (found.licensed_on, found.licence_evidence) == (date(2018, 2, 22), "official")
    assert found.application_accepted_on is None


def test_the_third_was_licensed_after_the_report() -> None:
    found = ft.CreditBureau.get("qiantang_credit")
    assert (found.application_accepted_on, found.licensed_on) == (
        date(2021, 11, 26),
        date(2024, 11, 11),
    )


BREAKS: dict[str, Change] = {
    "no licence was given before its application was accepted": put(
        "pudao_credit", "application_accepted_on", pd.Timestamp("2021-01-01")
    ),
    "by 2021 as many are licensed as the report counts": put(
        "qiantang_credit", "licensed_on", pd.Timestamp("2021-12-01")
    ),
    "a row rests on no more than the weakest of its days": put(
        "pudao_credit", "evidence", "official"
    ),
    "a note is told in both languages": lambda rows: rows.assign(note_zh=None),
    "what rests on two pages cites two": lambda rows: rows.assign(
        evidence="two_pages", source_ids="scmp_copy_2024_11"
    ),
    "all have the same registered capital": put(
        "pudao_credit", "registered_capital_cny", 100_000_000
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("credit_bureaus")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("credit_bureaus", BREAKS[statement])
