from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements

if TYPE_CHECKING:
    import pandas as pd


def test_every_figure_has_a_hedge_of_its_own() -> None:
    kinds = ("amount", "share_of_amount")
    services, largest = (
        [ft.FundingStatistic.get(f"cn_{name}".format(kind)).qualifier for kind in kinds]
        for name in ("fintech_enterprise_services_{}_2021_q1_q3", "insurtech_top_10_{}_2020")
    )
    assert services == [ft.Qualifier.EXACT, ft.Qualifier.ABOUT]
    assert largest == [ft.Qualifier.ABOUT, ft.Qualifier.EXACT]


def test_the_slices_of_chinese_fintech_are_one_filter_each() -> None:
    found = ft.load("funding_statistics").query("region_id == 'china' and industry == 'fintech'")
    by_sector, by_stage = (found[found["dimension"] == name] for name in ("sector", "stage"))
    assert _figures(by_sector) == {
        ("blockchain", "deals"): 25,
        ("enterprise_services", "deals"): 70,
        ("enterprise_services", "amount"): 12_200_000_000,
        ("enterprise_services", "share_of_amount"): 40,
        ("payment", "deals"): 25,
        ("payment", "amount"): 5_100_000_000,
        ("payment", "share_of_amount"): 16,
    }
    assert _figures(by_stage) == {
        ("series_a", "deals"): 55,
        ("series_d", "deals"): 10,
        ("series_d", "amount"): 8_350_000_000,
    }
    for part in (by_sector, by_stage):
        assert set(part["period"].fillna(part["assumed_period"])) == {"2021-01/2021-09"}


def _figures(statistics: pd.DataFrame) -> dict[tuple[str, str], float]:
    return dict(statistics.set_index(["category", "measure"])["value"])


def test_a_group_of_sectors_stands_apart_from_the_sectors() -> None:
    (group,) = (row for row in ft.FundingStatistic.all() if row.members)
    assert group.dimension is ft.FundingDimension.SECTOR_GROUP
    assert group.measure is ft.FundingMeasure.SHARE_OF_DEALS
    assert group.value == 55
    assert [member.label_en for member in group.members or ()] == [
        *("enterprise services", "payment", "blockchain"),
    ]


def test_a_state_is_of_the_last_day_of_its_period() -> None:
    found = ft.FundingStatistic.get("cn_insurtech_after_series_c_share_of_amount_2020")
    assert (found.period, found.time_basis) == ("2020-12", ft.FundingTimeBasis.STOCK)
    assert found.period_start == found.period_end == date(2020, 12, 31)
    assert (found.value, found.qualifier) == (Decimal(80), ft.Qualifier.OVER)


def test_a_figure_that_the_report_does_not_date_has_an_assumed_period() -> None:
    found = ft.FundingStatistic.get("cn_fintech_series_d_amount_2021_q1_q3")
    assert (found.period, found.period_start) == (None, None)
    assert found.assumed_period == "2021-01/2021-09"
    assert (found.assumed_period_start, found.assumed_period_end) == (
        date(2021, 1, 1),
        date(2021, 9, 30),
    )
    assert found.period_basis is ft.PeriodBasis.SAME_PASSAGE


@pytest.mark.parametrize(
    ("key", "value", "unit"),
    [
        ("uk_fintech_amount_2021_h1", "6200000000", "USD"),
        ("cn_ai_amount_growth_2020", "17.53", "percent"),
        ("cn_internet_amount_growth_2020", "10.37", "percent"),
        ("cn_insurtech_top_10_smallest_deal_2020", "14000000", "USD"),
        ("cn_cloud_native_companies_2020_2021", "33", "count"),
        ("cn_fintech_amount_high_years_2018", "6", "years"),
    ],
)
def test_a_figure_of_the_prose_is_as_printed(key: str, value: str, unit: str) -> None:
    found = ft.FundingStatistic.get(key)
    assert (found.value, found.unit) == (Decimal(value), unit)


def test_a_growth_has_the_base_that_is_printed() -> None:
    assert ft.FundingStatistic.get("cn_internet_amount_growth_2020").base_period == "2019"
    assert ft.FundingStatistic.get("cn_ai_amount_growth_2020").base_period is None


BREAKS: dict[str, Change] = {
    "no two rows give the same measure of the same thing and time": put(
        "cn_fintech_payment_deals_2021_q1_q3", "category", "blockchain"
    ),
    "a period is printed or assumed, never both, and an assumed one has its basis": put(
        "cn_ai_deals_2020", "assumed_period", "2020"
    ),
    "the unit fits the measure": put("cn_ai_deals_2020", "unit", "CNY"),
    "the shares of one whole come to no more than 100": put(
        "cn_fintech_payment_share_of_amount_2021_q1_q3", "value", 60.5
    ),
    "only a group of sectors has members, more than one, each a sector of the table": put(
        "cn_fintech_three_sectors_share_of_deals_2021_q1_q3", "members", "payment;series_a"
    ),
    "only a growth has a base period": put("cn_ai_deals_2020", "base_period", "2019"),
    "the titles are distinct in both languages": put(
        "cn_ai_deals_2020", "title_zh", "2020年中国人工智能产业融资额"
    ),
    "the ten largest insurtech financings stay within the year's total": put(
        "cn_insurtech_top_10_amount_2020", "value", 4_000_000_000
    ),
    "a total has no category, every other row has one": put(
        "cn_ai_deals_2020", "category", "payment"
    ),
    "a title names the place, in one language at least": lambda rows: rows.assign(
        region_id="london"
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("funding_statistics")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("funding_statistics", BREAKS[statement])
