"""One indicator over time."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest

import fintech2021 as ft

NAMES = ft.load_indicators()["indicator_id"]
LINE = ["segment", "region_id", "institution_id"]


def test_a_series_has_these_columns() -> None:
    assert list(ft.series("bank_it_market_size")) == [
        "period",
        "start",
        "end",
        "value",
        "value_high",
        "unit",
        "qualifier",
        "modality",
        "dated_by",
        "segment",
        "region_id",
        "institution_id",
        "observation_id",
    ]


def test_a_series_stands_in_the_order_of_time() -> None:
    assets = ft.series("supply_chain_assets")
    assert assets["period"].tolist() == ["2016", "2020", "2021"]
    assert assets["modality"].tolist() == ["actual", "actual", "forecast"]
    assert assets.index.tolist() == [0, 1, 2]


def test_the_whole_comes_before_its_parts() -> None:
    segments = ft.series("internet_insurance_penetration")["segment"]
    assert segments.fillna("").tolist() == ["", "", "property", "property", "property"]


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_every_series_is_in_order(name: str) -> None:
    found = ft.series(name)
    assert found[["period", "start", "end", "dated_by"]].notna().all(axis=None)
    ordered = found.sort_values([*LINE, "start"], na_position="first", kind="stable")
    assert ordered.index.tolist() == found.index.tolist()


def test_a_stock_has_one_day_and_a_flow_its_first_and_last() -> None:
    stock, flow = ft.series("supply_chain_assets").iloc[0], ft.series("biometrics_market_size")
    assert stock["start"] == stock["end"] == pd.Timestamp("2016-12-31")
    assert flow.loc[0, "start"] == pd.Timestamp("2016-01-01")
    assert flow.loc[0, "end"] == pd.Timestamp("2016-12-31")


def test_restatements_and_figures_without_a_time_are_left_out_and_nothing_else() -> None:
    observations = ft.load_observations().set_index("observation_id")
    shown = pd.concat([ft.series(name) for name in NAMES])["observation_id"]
    left_out = observations.drop(shown)
    timeless = left_out["period"].isna() & left_out["assumed_period"].isna()
    assert (left_out["restates"].notna() | timeless).all()
    assert observations.loc[shown, "restates"].isna().all()
    assert left_out["restates"].notna().any()
    assert timeless.any()


def test_what_the_report_does_not_date_says_what_its_time_rests_on() -> None:
    observations = ft.load_observations().set_index("observation_id")
    for name in ("blockchain_parks", "bank_digital_capability_score", "bank_it_market_size"):
        for row in ft.series(name).itertuples():
            cell = observations.loc[str(row.observation_id)]
            printed = not pd.isna(cell["period"])
            assert row.dated_by == ("report" if printed else cell["period_basis"])
            assert row.period == (cell["period"] if printed else cell["assumed_period"])


def test_the_upper_end_of_a_range_is_kept() -> None:
    found = ft.series("data_space_cloud_investment", region="eu")
    assert (found["value"].tolist(), found["value_high"].tolist()) == ([4e9], [6e9])


def test_keywords_keep_one_segment_region_or_institution() -> None:
    assert set(ft.series("technology_spending", segment="insurers")["segment"]) == {"insurers"}
    assert set(ft.series("ai_company_city_share", region="shenzhen")["region_id"]) == {"shenzhen"}
    company = ft.series("company_valuation", institution="ant_group")
    assert set(company["institution_id"]) == {"ant_group"}


def test_without_a_name_what_has_two_points_or_more_is_listed() -> None:
    listed = ft.series()
    assert list(listed) == [
        "indicator_id",
        "title_en",
        "title_zh",
        "unit",
        "points",
        "first",
        "last",
    ]
    several = [
        name
        for name in NAMES
        if ft.series(name).groupby(LINE, dropna=False)["period"].nunique().gt(1).any()
    ]
    assert listed["indicator_id"].tolist() == sorted(several)


def test_the_list_tells_of_the_longest_line() -> None:
    listed = ft.series().set_index("indicator_id")
    row = listed.loc["internet_insurance_penetration"]
    line = ft.series("internet_insurance_penetration", segment="property")
    assert row["points"] == len(line) == 3
    assert (row["first"], row["last"]) == (line["start"].min(), line["end"].max())
    assert row["unit"] == "percent"


def test_the_list_can_be_of_one_region() -> None:
    assert ft.series(region="qianhai")["indicator_id"].tolist() == ["cooperation_zone_area"]
    assert ft.series(institution="beyondsoft").empty


def test_an_unknown_indicator_is_met_with_close_matches_and_where_they_are_listed() -> None:
    with pytest.raises(ft.UnknownKeyError, match="Did you mean 'bank_it_market_size'") as caught:
        ft.series("bank_it_markets_size")
    assert "ft.series() lists" in str(caught.value)
    assert caught.value.known == tuple(sorted(NAMES))


@pytest.mark.parametrize(
    ("keywords", "message"),
    [
        ({"segment": "bank"}, "no row of technology_spending with the segment 'bank'. Did you"),
        ({"region": "chna"}, "no row of technology_spending with the region 'chna'. Did you mean"),
        ({"institution": "icbc"}, "no row of technology_spending with the institution 'icbc'."),
    ],
)
def test_a_keyword_that_keeps_nothing_is_an_error(keywords: dict[str, str], message: str) -> None:
    with pytest.raises(ft.UnknownKeyError, match=message):
        ft.series("technology_spending", **keywords)


def test_an_unknown_region_of_the_list_is_an_error_too() -> None:
    with pytest.raises(ft.UnknownKeyError, match=r"no region 'qianhay'\. Did you mean"):
        ft.series(region="qianhay")


@pytest.mark.parametrize("name", [None, "bank_it_market_size"])
@pytest.mark.parametrize("edition", ["2026.1", "2026.2"])
def test_an_edition_without_indicators_says_so(edition: str, name: str | None) -> None:
    with (
        ft.pinned(edition),
        pytest.raises(ft.UnknownColumnError, match=r"Series begin with observations 3\.0\.0"),
    ):
        ft.series(name)


def test_pins_choose_the_version_and_the_frame_says_which() -> None:
    with ft.pinned("2026.2"), ft.pinned(observations="3.0.0"):
        found = ft.series("bank_it_market_size")
    assert found.attrs["fintech2021"]["version"] == "3.0.0"


def test_what_is_done_to_a_series_is_not_seen_by_the_next() -> None:
    found = ft.series("bank_it_market_size")
    found["value"] = 0
    assert ft.series("bank_it_market_size")["value"].gt(0).all()


def test_asking_for_the_function_imports_no_pandas() -> None:
    code = "import fintech2021 as ft, sys; ft.series; print('pandas' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout == "False\n"
