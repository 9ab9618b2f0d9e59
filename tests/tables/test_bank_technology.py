from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

import fintech2021 as ft
from fintech2021.tables.bank_technology import SIX, TOTALS
from rule_breaking import Change, broken, statements

SUMS, FOLLOWS, NEEDED, ACROSS, BANKS, FIGURE, EVIDENCE = (
    "the six large banks add up to the published totals: 716.76, 956.86, 1074.93 and 1165.49 "
    "hundred million yuan for 2019 to 2022",
    "each growth follows from the two amounts within rounding, unless a cross-check "
    "contradicts it or an amount that it rests on, or the scope changed",
    "no growth that a cross-check excuses follows from the two amounts after all",
    "no growth is measured across a change of scope",
    "what rests on the report is what `banks` has",
    "every row has a figure",
    "an amount says what it rests on, which is no weaker than what its row rests on",
)


def put(bank: str, year: int, **cells: Any) -> Change:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        where = (frame["bank_id"] == bank) & (frame["fiscal_year"] == year)
        assert where.sum() == 1, (bank, year)
        for column, value in cells.items():
            frame.loc[where, column] = value
        return frame

    return change


def test_the_years_around_the_report_are_those_of_the_pages() -> None:
    found = [ft.BankTechnology.get("icbc", year).tech_spend_cny for year in TOTALS]
    assert found == [16_374_000_000, 23_819_000_000, 25_987_000_000, 26_224_000_000]
    first = ft.BankTechnology.get("cmb", 2018)
    assert (first.tech_spend_cny, first.evidence) == (6_502_000_000, ft.RowEvidence.ONE_PAGE)


def test_the_year_of_the_report_has_its_place_and_names_no_page() -> None:
    found = ft.source("bank_technology", ("icbc", 2020), "tech_spend_cny")
    assert (found.origin, found.line, found.printed, found.source_ids) == (
        "printed",
        1641,
        "238.19",
        (),
    )


def test_another_year_names_its_pages_and_has_no_place() -> None:
    found = ft.source("bank_technology", ("icbc", 2019), "tech_spend_cny")
    assert (found.origin, found.places) == ("public", ())
    assert found.source_ids[:2] == ("chyxx_865768", "chinabankingnews_2020_05_25")
    assert "public: not a value that the report prints; pages: chyxx_865768" in str(found)


def test_the_report_prints_2020_and_no_other_year() -> None:
    assert {row.fiscal_year for row in ft.BankTechnology.all() if row.evidence == "report"} == {
        2020
    }


def test_what_stands_on_one_page_only_says_so_and_the_amount_for_itself() -> None:
    found = ft.BankTechnology.get("icbc", 2022)
    assert (found.evidence, found.spend_evidence) == ("one_page", "two_pages")


def test_a_changed_scope_is_marked_and_keeps_the_banks_own_growth() -> None:
    found = ft.BankTechnology.get("bocom", 2021)
    assert (found.scope, found.tech_spend_growth_pct) == ("new_measure", Decimal("23.6"))


def test_a_reader_of_citic_2020_is_told_of_the_other_figures() -> None:
    assert "6.926 billion" in (ft.BankTechnology.get("citic_bank", 2020).note or "")


@pytest.mark.parametrize("year", TOTALS)
@pytest.mark.parametrize("bank", SIX)
def test_a_changed_digit_of_a_large_bank_breaks_the_sums(bank: str, year: int) -> None:
    spent = ft.BankTechnology.get(bank, year).tech_spend_cny
    assert spent is not None
    assert SUMS in broken("bank_technology", put(bank, year, tech_spend_cny=spent + 1_000_000))


STEADY = "the revenue that spending and its share imply changes by less than a fifth a year"

BREAKS: dict[str, Change] = {
    SUMS: put("bocom", 2019, tech_spend_cny=5_054_000_000),
    FOLLOWS: put("cib", 2021, tech_spend_growth_pct=30.98),
    NEEDED: put("icbc", 2020, tech_spend_growth_pct=45.47),
    ACROSS: put("bocom", 2021, tech_spend_growth_pct=52.87),
    BANKS: put("cmb", 2020, tech_spend_revenue_pct=4.54),
    FIGURE: put("hfb", 2021, tech_spend_revenue_pct=None, tech_spend_growth_pct=None),
    EVIDENCE: put("icbc", 2022, evidence="official"),
    "a note is told in both languages": lambda rows: rows.assign(note_zh=None),
    "what rests on two pages cites two": lambda rows: rows.assign(
        evidence="two_pages", source_ids="chyxx_865768"
    ),
    STEADY: lambda banks: banks.assign(
        tech_spend_revenue_pct=banks["tech_spend_revenue_pct"] * (banks["fiscal_year"] - 2015)
    ),
    "all years are those around the report, 2018 to 2022": put("cmb", 2021, fiscal_year=2051),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("bank_technology")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("bank_technology", BREAKS[statement])


@pytest.mark.parametrize(
    ("bank", "year", "growth"),
    [("abc", 2020, 43.11), ("cmb", 2021, 11.55), ("icbc", 2021, 9.2), ("pab", 2022, -6.18)],
)
def test_a_growth_that_is_off_by_more_than_rounding_is_noticed(
    bank: str, year: int, growth: float
) -> None:
    assert FOLLOWS in broken("bank_technology", put(bank, year, tech_spend_growth_pct=growth))


@pytest.mark.parametrize(
    ("bank", "year", "growth"),
    [("citic_bank", 2021, 7.67), ("pab", 2021, 57.69), ("icbc", 2020, 45.47)],
)
def test_an_exception_that_is_not_needed_is_noticed(bank: str, year: int, growth: float) -> None:
    assert NEEDED in broken("bank_technology", put(bank, year, tech_spend_growth_pct=growth))
