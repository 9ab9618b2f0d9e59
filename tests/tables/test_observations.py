from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

import fintech2021 as ft
from fintech2021.tables.vocabulary import Modality, PeriodBasis, Unit
from rule_breaking import Change, broken, put, statements

if TYPE_CHECKING:
    import pandas as pd


def test_a_figure_is_as_printed() -> None:
    found = ft.Observation.get("hk_virtual_banks_deposits_2020_12")
    assert (found.value, found.unit) == (Decimal(15_800_000_000), Unit.HKD)
    assert (found.qualifier, found.period) == (ft.Qualifier.ABOUT, "2020-12")


def test_what_lies_ahead_is_told_from_facts() -> None:
    def modality(key: str) -> Modality:
        return ft.Observation.get(key).modality

    assert modality("cn_ai_core_industry_size_2025") is Modality.FORECAST
    assert modality("cn_ai_core_industry_size_2021") is Modality.ACTUAL
    assert modality("korea_crypto_capital_gains_tax_rate_2022") is Modality.TARGET


def test_an_undated_figure_has_at_most_a_guess() -> None:
    found = ft.Observation.get("cn_credit_rating_agencies")
    assert (found.period, found.period_start) == (None, None)
    assert (found.assumed_period, found.period_basis) == ("2021", PeriodBasis.REPORT)


def test_a_year_and_its_last_month_are_one_day_for_a_stock() -> None:
    assets = ft.Observation.get("cn_supply_chain_assets_2020")
    insurers = ft.Observation.get("cn_internet_insurers_2020_12")
    assert (assets.period, insurers.period) == ("2020", "2020-12")
    assert assets.period_start == assets.period_end == insurers.period_start == date(2020, 12, 31)


def test_a_change_names_its_base() -> None:
    found = ft.Observation.get("cn_mobile_internet_users_increase_2021_h1")
    assert (found.period, found.assumed_period, found.base_period) == (None, "2021-06", "2020-12")
    assert found.base_period_start == found.base_period_end == date(2020, 12, 31)


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    return ft.load("observations")


def _keys(frame: pd.DataFrame) -> set[str]:
    return set(frame["observation_id"])


def test_bad_loans_by_type_of_bank(figures: pd.DataFrame) -> None:
    found = figures[figures["indicator_id"] == "npl_ratio"].set_index("segment")["value"]
    assert found.to_dict() == {"commercial_banks": 1.84, "private_banks": 1.27}


def test_market_sizes_of_2021_by_technology(figures: pd.DataFrame) -> None:
    sizes = figures["indicator_id"].str.endswith("_market_size")
    of_2021 = figures["period_end"] == "2021-12-31"
    found = figures[sizes & of_2021]["indicator_id"].value_counts()
    assert found.to_dict() == {
        "ai_market_size": 4,
        "big_data_market_size": 1,
        "biometrics_market_size": 1,
        "blockchain_market_size": 1,
        "cloud_market_size": 1,
        "iot_market_size": 1,
    }


def test_technology_spending_by_kind_of_institution(figures: pd.DataFrame) -> None:
    found = figures[figures["indicator_id"] == "technology_spending"]
    assert set(found["segment"]) == {"banks", "state_owned_banks", "insurers"}


def test_property_premiums_by_channel(figures: pd.DataFrame) -> None:
    found = figures[figures["dimension"] == "channel"].pivot_table(
        index="segment", columns="measure", values="value"
    )
    assert found.shape == (3, 3)
    assert found.loc["own_platforms"].to_dict() == {
        "change": -2.0,
        "level": 10_400_000_000.0,
        "share": 22.0,
    }


def test_everything_on_a_subject(figures: pd.DataFrame) -> None:
    topics = figures["topics"].str.split(";")
    payment = _keys(figures[topics.map(lambda found: "payment" in found)])
    assert {"cn_rural_online_payments_non_banks_2020", "cn_cross_border_payment_2021"} <= payment
    ai = figures[topics.map(lambda found: "ai" in found)]
    assert {"china", "eu", "us"} <= set(ai["region_id"].dropna())


def test_the_state_at_the_end_of_2020(figures: pd.DataFrame) -> None:
    found = figures[(figures["period_start"] == "2020-12-31")]
    assert set(found["period"]) == {"2020", "2020-12"}
    assert "cn_private_banks_assets_2020_12" in _keys(found)


def test_what_the_report_dates_without_restatements(figures: pd.DataFrame) -> None:
    found = figures[figures["period"].notna() & figures["restates"].isna()]
    assert "cn_internet_life_insurers_2020_12" in _keys(found)
    assert not found["observation_id"].str.endswith("_restated").any()


def test_world_ranks_of_china(figures: pd.DataFrame) -> None:
    found = figures[(figures["unit"] == "rank") & (figures["region_id"] == "china")]
    assert found.set_index("indicator_id")["value"].to_dict() == {
        "ai_papers_world_rank": 2.0,
        "ai_patent_applications_world_rank": 1.0,
        "blockchain_related_market_growth_world_rank": 1.0,
    }


BREAKS: dict[str, Change] = {
    "a range's upper end lies above its lower end": put(
        "cn_ai_core_cagr_2021_2025", "value_high", 23.0
    ),
    "ranks and counts are whole numbers": put("cn_blockchain_parks_to_date", "value", 45.5),
    "shares lie between 0 and 100 percent": put(
        "hk_virtual_banks_deposit_share_2020_12", "value", 101.0
    ),
    "no two rows give the same of the same thing, time and state, unless one restates": (
        put("cn_internet_users_2021_06_restated", "restates", None)
    ),
    "a period is printed or assumed, never both, and an assumed one has its basis": put(
        "cn_credit_rating_agencies", "period", "2021"
    ),
    "a segment has its dimension, and belongs to one only": put(
        "cn_private_banks_npl_ratio_2020", "dimension", None
    ),
    "a segment occurs twice, or beside its whole or another part": put(
        "cn_regional_banks_digital_transformation_share_2020", "segment", "lonely"
    ),
    "what restates points to a first statement about the same thing": put(
        "clustar_power_change_restated", "restates", "clustar_speedup"
    ),
    "only what is reckoned from a base has a base period": put(
        "cn_blockchain_parks_to_date", "base_period", "2020"
    ),
    "institutions are named only where the report attributes": put(
        "cn_insurers_tech_spend_2020", "attributed_to", None
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("observations")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("observations", BREAKS[statement])
