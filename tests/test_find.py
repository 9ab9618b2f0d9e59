"""Finding where something stands, in words of either language."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from tools.writing.hanzi import opencc_of

import fintech2021 as ft
from fintech2021._core import catalog
from fintech2021._core.rows import by_key
from fintech2021._explore import terms
from odd import ODD

if TYPE_CHECKING:
    from fintech2021._core.descriptor import Column

FIRST = ["dataset", "key", "column"]


def places(*arguments: Any, **more: Any) -> list[tuple[str, str | None, str | None]]:
    frame = ft.find(*arguments, **more)
    cells = frame[FIRST].astype(object).where(frame[FIRST].notna(), None)
    return list(cells.itertuples(index=False, name=None))


@pytest.mark.parametrize(
    "text",
    [
        "registered capital",
        "Registered_Capital",
        "注册资本",
        "註冊資本",
        "ＲＥＧＩＳＴＥＲＥＤ capital",
    ],
)
def test_the_tables_that_hold_a_column_come_first(text: str) -> None:
    assert places(text, limit=2) == [
        ("credit_bureaus", None, "registered_capital_cny"),
        ("fintech_subsidiaries", None, "registered_capital_cny"),
    ]


@pytest.mark.parametrize("script", ["en", "zh", "zh_hant"])
def test_every_column_is_found_by_its_title_in_both_scripts(script: str) -> None:
    def title(column: Column) -> str:
        if script == "en":
            return column.title_en
        return opencc_of("s2t").convert(column.title_zh) if script == "zh_hant" else column.title_zh

    for name in ("banks", "virtual_banks", "funding_rounds", "sandbox_projects"):
        for column in catalog.load_descriptor(name).columns:
            found = ft.find(title(column), dataset=name, limit=None)
            assert column.name in set(found.loc[found["key"].isna(), "column"])


def test_a_cell_is_found_by_words_of_its_row_and_of_its_column() -> None:
    found = ft.find("ICBC technology spending 2020", dataset="banks").iloc[0]
    assert (found["key"], found["column"], found["value"]) == (
        "icbc",
        "tech_spend_cny",
        "23819000000",
    )
    assert (found["unit"], found["period"], found["line"]) == ("CNY", "2020", 1641)
    assert found["found_in"] == "cell"


@pytest.mark.parametrize("text", ["工商银行科技投入", "工商銀行 科技投入", "ICBC 科技投入"])
def test_chinese_words_need_no_space_between_them(text: str) -> None:
    assert ("banks", "icbc", "tech_spend_cny") in places(text)


def test_a_row_of_a_table_with_one_figure_is_told_by_its_figure() -> None:
    found = ft.find("bank it market size", dataset="observations")
    assert set(found["column"]) == {"value"}
    assert found.loc[found["period"] == "2020", ["value", "unit", "line"]].to_numpy().tolist()[
        0
    ] == [
        "38460000000",
        "CNY",
        1589,
    ]


def test_the_unit_is_that_of_the_row_where_the_column_has_none() -> None:
    units = set(ft.find(topic="digital_currency", dataset="observations", limit=None)["unit"])
    assert {"CNY", "count"} <= units
    assert "unit of the row" not in units


def test_a_value_of_a_closed_list_is_found_by_its_label_in_both_languages() -> None:
    for text in ("国有大型银行", "large state-owned"):
        found = ft.find(text, dataset="banks")
        label = found[found["found_in"] == "label"].iloc[0]
        assert (label["column"], label["value"]) == ("bank_type", "state_owned")


def test_a_name_that_only_an_id_stands_for_is_found() -> None:
    assert "name_zh" not in {column.name for column in ft.info("shareholdings").columns}
    for text in ("众安银行", "眾安銀行", "ZA Bank"):
        found = ft.find(text, dataset="shareholdings", limit=None)
        assert set(found.loc[found["key"].str.startswith("za_bank|"), "column"]) == {"bank_id"}


def test_a_near_miss_is_found_with_a_lower_score() -> None:
    right, wrong = ft.find("registered capital", limit=1), ft.find("registred captial", limit=1)
    assert right[FIRST].equals(wrong[FIRST])
    assert wrong["score"].item() < right["score"].item() == 1
    assert places("注册资金", limit=1) == places("注册资本", limit=1)


def test_the_score_falls_from_row_to_row() -> None:
    for text in ("bank", "保险", "market size"):
        scores = ft.find(text, limit=None)["score"]
        assert scores.is_monotonic_decreasing
        assert scores.between(0, 1).all()


def test_tables_about_cells_of_others_come_after_those() -> None:
    found = ft.find("icbc", limit=None)
    first = found.drop_duplicates("dataset")["dataset"].tolist()
    assert first.index("banks") < first.index("erratum_cells")
    assert places("监管沙箱", limit=1)[0][0] != "errata"


def test_what_is_found_nowhere_gives_an_empty_frame_of_the_same_kind() -> None:
    nothing, something = ft.find("qqqzzz"), ft.find("bank")
    assert nothing.empty
    assert list(nothing.columns) == list(something.columns)
    assert nothing.dtypes.equals(something.dtypes)


@pytest.mark.parametrize("region", ["shenzhen", "深圳", "Shenzhen", "ＳＨＥＮＺＨＥＮ"])
def test_a_region_is_named_by_its_key_or_by_a_name(region: str) -> None:
    found = ft.find(region=region, limit=None)
    assert {"fintech_subsidiaries", "observations", "sandbox_regions"} <= set(found["dataset"])
    for name, key in found[["dataset", "key"]].itertuples(index=False):
        cells = by_key(ft.info(name))[key].values()
        assert any("shenzhen" in cell.split(";") for cell in cells)


def test_an_institution_has_its_figures_in_many_tables() -> None:
    found = ft.find(institution="工商銀行", limit=None)
    assert {"bank_technology", "banks", "open_banking_metrics"} & set(found["dataset"])
    assert ("banks", "icbc", "tech_staff") in places(institution="ICBC", limit=None)


@pytest.mark.parametrize("topic", ["ai", "AI", "人工智能", ft.Topic.AI])
def test_a_topic_keeps_the_rows_about_it(topic: str) -> None:
    found = ft.find(topic=topic, dataset="observations", limit=None)
    rows = ft.load("observations").set_index("observation_id")["topics"].str.split(";")
    assert set(found["key"]) == {key for key, topics in rows.items() if "ai" in topics}


def test_filters_and_words_narrow_one_another() -> None:
    found = ft.find("科技投入", institution="工商银行", limit=None)
    assert set(found["column"]) >= {"tech_spend_cny"}
    assert all(
        key.split("|")[0] == "icbc" for key in found.loc[found["column"] == "tech_spend_cny", "key"]
    )
    sandbox = ft.find("sandbox", region="shenzhen", limit=None)
    assert {"sandbox_batches", "sandbox_regions", "sandbox_totals"} <= set(sandbox["dataset"])


def test_a_dataset_alone_lists_its_columns() -> None:
    assert ft.find(dataset="trends")["column"].tolist() == [
        c.name for c in ft.info("trends").columns
    ]


def test_pins_choose_what_is_searched() -> None:
    assert "cross_checks" in set(ft.find("公开网页", limit=None)["dataset"])
    with ft.pinned("2026.1"):
        assert set(ft.find("bank", limit=None)["dataset"]) <= set(ft.catalog()["name"])
        assert places("科技投入", limit=1)[0][0] == "banks"


@pytest.mark.parametrize(
    ("filters", "kind", "meant"),
    [
        ({"region": "Shenzen"}, ft.UnknownKeyError, "'shenzhen'"),
        ({"institution": "工商銀"}, ft.UnknownKeyError, "'icbc'"),
        ({"topic": "人工智慧"}, ft.UnknownNameError, "'ai'"),
        ({"dataset": "BANKS"}, ft.UnknownDatasetError, "'banks'"),
    ],
)
def test_a_filter_that_nothing_has_names_what_is_meant(
    filters: dict[str, str], kind: type[ft.UnknownNameError], meant: str
) -> None:
    with pytest.raises(kind, match=r"Did you mean .*") as caught:
        ft.find(**filters)  # type: ignore[arg-type] # Texts, all of them.
    assert meant in str(caught.value)


def test_editions_without_topics_say_so() -> None:
    with ft.pinned("2026.1"), pytest.raises(ft.UnknownNameError, match="have no topics"):
        ft.find(topic="ai")


@pytest.mark.parametrize("text", [None, "", "  ", "…"])
def test_nothing_to_look_for_is_refused(text: str | None) -> None:
    with pytest.raises(TypeError, match="There is nothing to look for in"):
        ft.find(text)


@pytest.mark.parametrize("limit", [-1, 1.5, "3", True])
def test_a_limit_that_is_no_number_of_places_is_refused(limit: Any) -> None:
    with pytest.raises(ValueError, match="expected a number from 0 on, or None for all"):
        ft.find("bank", limit=limit)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["text", "topic", "region", "institution", "dataset"])
def test_what_is_odd_is_refused_or_found_nowhere(name: str, odd: str) -> None:
    said: object = None
    try:
        found = ft.find(**{name: ODD[odd]})
    except (ft.Fintech2021Error, TypeError) as error:
        said = error
    if said is None:
        assert isinstance(found, pd.DataFrame)
    assert len(str(said)) < 2000
    assert type(pickle.loads(pickle.dumps(said))) is type(said)  # noqa: S301 - Made just here.


def test_many_and_long_words_are_cut() -> None:
    assert len(terms.words_of(" ".join(map(str, range(1000))))) <= 12
    assert ft.find("x" * 10**6).empty


ICBC_SPENDING = ("banks", "icbc", "tech_spend_cny")


@pytest.mark.parametrize(
    "number",
    [
        "23819000000",
        "23,819,000,000",
        "２３，８１９，０００，０００",
        "238.19",
        "238.190",
        "238.19亿",
        "238.19亿元",
        "238.19 亿元",
    ],
)
def test_a_number_is_found_as_the_table_or_the_report_has_it(number: str) -> None:
    assert ICBC_SPENDING in places(number, limit=2)


@pytest.mark.parametrize("number", ["38.19", "238", "23819", "819,000,000", "238.19万元"])
def test_a_part_of_a_number_or_another_size_of_it_is_not_that_number(number: str) -> None:
    assert ICBC_SPENDING not in places(number, limit=None)


@pytest.mark.parametrize("share", ["2.7", "2.70", "2.70%"])
def test_zeros_at_the_end_of_decimals_do_not_matter(share: str) -> None:
    assert ("banks", "icbc", "tech_spend_revenue_pct") in places(share)


def test_a_day_is_found_as_the_report_prints_it() -> None:
    assert ("direct_banks", "tuopu_bank", "event_period") in places("2020年12月", limit=None)
    assert ("fintech_subsidiaries", "abc_fintech", "founded_month") in places("2020.7", limit=None)


@pytest.mark.parametrize(
    ("apart", "together"),
    [("Shen Zhen", "shenzhen"), ("Bei Jing", "beijing"), ("Hong Kong", "hongkong")],
)
def test_a_space_in_a_name_does_not_matter(apart: str, together: str) -> None:
    found = places(apart, limit=None)
    assert found
    assert found == places(together, limit=None)


def test_two_numbers_are_not_one() -> None:
    assert places("3 8", limit=None) != places("38", limit=None)


@pytest.mark.parametrize("text", ["icbc 238.19", "238.19 工商银行", "工商银行238.19"])
def test_a_number_beside_a_name_leads_to_the_cell_with_the_number(text: str) -> None:
    assert ICBC_SPENDING in places(text)
