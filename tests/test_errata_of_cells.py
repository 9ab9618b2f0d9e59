"""What `source` says about the errata of a cell, in every edition."""

from __future__ import annotations

import pytest

import fintech2021 as ft

SHARED = {
    ("fund_advisory_pilots", "icbc", "approved_on"): "fund_pilot_february_day",
    ("fund_advisory_pilots", "cmb", "approved_on"): "fund_pilot_february_day",
    ("fund_advisory_pilots", "pab", "approved_on"): "fund_pilot_february_day",
    ("fund_advisory_pilots", "cicc", "approved_on"): "fund_pilot_february_day",
    ("fund_advisory_pilots", "guolian_securities", "approved_on"): "fund_pilot_february_day",
    ("sandbox_regions", "guangzhou", "projects"): "sandbox_hangzhou_guangzhou",
    ("sandbox_regions", "hangzhou", "projects"): "sandbox_hangzhou_guangzhou",
    ("funding_statistics", "cn_insurtech_top_10_amount_2020", "value"): "insurtech_top_ten_share",
    ("funding_statistics", "cn_insurtech_top_10_amount_2020", "qualifier"): "one_hedge_for_a_row",
    ("funding_statistics", "world_fintech_europe_share_of_deals_2021", "value"): (
        "one_figure_for_two"
    ),
    ("funding_statistics", "world_fintech_europe_share_of_deals_2021", "period"): (
        "north_america_deals_period"
    ),
    ("funding_statistics", "world_fintech_asia_share_of_deals_2021", "period"): (
        "north_america_deals_period"
    ),
    ("funding_statistics", "cn_fintech_payment_deals_2021_q1_q3", "assumed_period"): (
        "period_of_the_neighbour"
    ),
    ("funding_statistics", "cn_fintech_blockchain_deals_2021_q1_q3", "period"): (
        "period_of_the_neighbour"
    ),
    ("funding_statistics", "cn_fintech_series_a_deals_2021_q1_q3", "period"): (
        "period_of_the_neighbour"
    ),
    ("open_banking_metrics", "cgb|api_interfaces_growth", "value"): "cgb_growth_by_times",
    ("open_banking_metrics", "cgb|daily_transactions_growth", "value"): "cgb_growth_by_times",
    ("private_banks", "suning_bank", "tier"): "private_banks_third_tier",
    ("private_banks", "sanxiang_bank", "tier"): "private_banks_third_tier",
    ("observations", "cn_internet_insurers_2020_12", "value"): "internet_insurers_134",
    ("observations", "cn_ai_base_layer_share_2021", "value"): "ai_totals_disagree",
    ("observations", "dajia_smart_badges_in_use", "period"): "dajia_year_2121",
    ("observations", "cn_fund_advisory_pilot_duration", "value"): "fund_pilot_two_years",
    ("fintech_subsidiaries", "ceb_technology", "bank_id"): "subsidiaries_bank_or_group",
    **{
        ("banks", bank, column): "bank_table_dashes"
        for bank, columns in {
            "psbc": ("tech_staff", "tech_staff_pct"),
            "hxb": ("tech_staff", "tech_staff_pct"),
            "czb": ("tech_spend_cny", "tech_spend_revenue_pct", "tech_spend_growth_pct"),
            **dict.fromkeys(("cmbc", "cgb", "hfb", "cbhb"), ("tech_spend_growth_pct",)),
        }.items()
        for column in columns
    },
}
"""One erratum of each cell that shares its printed characters, or its fault, with others."""


@pytest.mark.parametrize(("cell", "erratum"), SHARED.items())
def test_a_cell_shows_its_erratum(cell: tuple[str, str, str], erratum: str) -> None:
    found = ft.source(*cell)
    assert erratum in found.errata
    assert f"see erratum {erratum}" in str(found)


def test_every_link_is_shown() -> None:
    for link in ft.ErratumCell.all():
        assert link.erratum_id in ft.source(link.dataset, link.key, link.column).errata


def test_a_cell_without_a_doubt_has_no_erratum() -> None:
    found = ft.source("banks", "icbc", "tech_spend_cny")
    assert found.errata == ()
    assert "erratum" not in str(found)


def test_an_empty_cell_that_nothing_prints_shows_its_erratum_too() -> None:
    found = ft.source("fund_advisory_pilots", "abc_ca_fund", "approved_on")
    assert (found.value, found.places) == (None, ())
    assert str(found).splitlines()[1:] == [
        "  printed: not a value that the report prints",
        "  see erratum fund_pilot_supplement",
    ]


@pytest.mark.parametrize("edition", ["2026.1", "2026.2"])
def test_an_older_edition_answers_as_it_did(edition: str) -> None:
    with ft.pinned(edition):
        assert _of("fund_advisory_pilots", "icbc", "approved_on") == ("fund_pilot_february_day",)
        assert _of("fund_advisory_pilots", "cmb", "approved_on") == ()
        assert _of("banks", "czb", "tech_spend_cny") == ("bank_table_dashes",)
        assert _of("banks", "psbc", "tech_staff") == ()
        assert _of("case_studies", "clustar_privacy_computing_platform", "project_zh") == (
            "clustar_bank_unnamed",
            "missing_verbs",
        )
        assert _of("observations", "cn_ai_core_cagr_2021_2025", "value") == ("ai_core_cagr",)


def test_an_older_version_is_held_against_the_errata_of_its_edition() -> None:
    cell = ("observations", "dajia_smart_badges_in_use", "period")
    found = ft.source(*cell, version="1.0.0")
    assert (found.value, found.errata) == ("2121-09", ("dajia_year_2121",))
    assert ft.source("policies", "internet_insurance_measures", "date", version="1.0.0").errata == (
        "internet_insurance_two_dates",
    )


def test_pinned_errata_are_obeyed() -> None:
    with ft.pinned(errata="1.1.0"):
        assert _of("banks", "czb", "tech_spend_cny") == ("bank_table_dashes",)
        assert _of("banks", "psbc", "tech_staff") == ()


def _of(name: str, key: str, column: str) -> tuple[str, ...]:
    return ft.source(name, key, column).errata
