from __future__ import annotations

from decimal import Decimal

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_a_statistic_of_the_funding_page_is_as_printed() -> None:
    found = ft.FundingStatistic.get("cn_fintech_series_d_2021_q1_q3")
    assert (found.deals, found.amount, found.currency) == (10, 8_350_000_000, ft.Currency.CNY)
    assert (found.period, found.dimension) == ("2021-01/2021-09", ft.FundingDimension.STAGE)


def test_a_hedged_share_says_how_it_is_hedged() -> None:
    found = ft.FundingStatistic.get("cn_insurtech_after_series_c_2020")
    assert (found.share_pct, found.qualifier) == (Decimal(80), ft.Qualifier.OVER)
    assert found.share_of is ft.ShareBase.AMOUNT


BREAKS: dict[str, Change] = {
    "a currency stands with every amount, and only there": put(
        "cn_ai_total_2020", "currency", None
    ),
    "a base stands only with a share": put("cn_ai_total_2020", "share_of", "deals"),
    "every row has a figure": put("cn_blockchain_total_2021", "deals", None),
    "the ten largest insurtech financings stay within the year's total": put(
        "cn_insurtech_top_companies_2020", "amount", 4_000_000_000
    ),
    "a total has no category, every other row has one": put("cn_ai_total_2020", "category", "all"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("funding_statistics")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("funding_statistics", BREAKS[statement])
