"""Frames for people: titles, labels and names in one language, money in a readable unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet

import fintech2021 as ft
from fintech2021._core import catalog
from fintech2021._core.naming import called
from fintech2021._explore.units import Scale, is_missing, is_numeric, scale_of, scaled
from odd import ODD

if TYPE_CHECKING:
    from pathlib import Path

EVERY = [(name, version) for name in catalog.datasets() for version in catalog.versions(name)]
LANGUAGES = pytest.mark.parametrize("lang", ["en", "zh"])
ENGINES = pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])


def as_rows(frame: Any) -> list[dict[str, Any]]:
    if isinstance(frame, pl.DataFrame):
        return frame.to_dicts()
    if isinstance(frame, pa.Table):
        return list(frame.to_pylist())
    return [
        {name: None if is_missing(cell) else cell for name, cell in row.items()}
        for row in frame.to_dict("records")
    ]


@LANGUAGES
@pytest.mark.parametrize(("name", "version"), EVERY)
@pytest.mark.parametrize("units", [False, True])
def test_every_table_can_be_labelled_and_keeps_its_rows(
    name: str, version: str, lang: Any, *, units: bool
) -> None:
    frame = ft.load(name, version)
    before = frame.copy()
    made = ft.labelled(frame, lang, units=units)
    assert len(made) == len(frame)
    assert made.columns.is_unique
    assert not set(made.columns) & {c.name for c in ft.info(name, version).columns}
    pd.testing.assert_frame_equal(frame, before)


@LANGUAGES
@pytest.mark.parametrize("name", catalog.datasets())
def test_every_engine_says_the_same(name: str, lang: Any) -> None:
    frames = [ft.load(name, backend=backend) for backend in ("pandas", "polars", "pyarrow")]
    one, two, three = (as_rows(ft.labelled(frame, lang, units=True, name=name)) for frame in frames)
    assert two == three
    dated = [
        {key: cell.date() if isinstance(cell, pd.Timestamp) else cell for key, cell in row.items()}
        for row in one
    ]
    assert dated == two


@ENGINES
def test_the_engine_of_the_frame_stays(backend: str) -> None:
    frame = ft.load("banks", backend=backend)
    assert type(ft.labelled(frame, "zh", name="banks")) is type(frame)


def test_titles_labels_and_names_come_in_chinese() -> None:
    made = ft.labelled(ft.load_banks(), "zh").set_index("中文名称")
    assert list(made.loc["工商银行", ["银行", "银行类型", "科技投入"]]) == [
        "工商银行",
        "国有大型银行",
        23819000000,
    ]
    assert "英文名称" not in made.columns


def test_titles_labels_and_names_come_in_english() -> None:
    made = ft.labelled(ft.load_banks(), "en").set_index("English name")
    row = made.loc["Industrial and Commercial Bank of China"]
    assert row["Bank"] == row.name
    assert row["Bank type"] == "State-owned large bank"


def test_ids_of_institutions_regions_and_indicators_get_their_names() -> None:
    made = ft.labelled(ft.load_observations(), "zh")
    for title, table in (("机构", "institutions"), ("地区", "regions"), ("指标", "indicators")):
        known = set(called(ft.info(table), "zh").values())
        assert set(made[title].dropna()) <= known


def test_lists_are_told_item_by_item() -> None:
    made = ft.labelled(ft.load_observations(), "zh")
    assert "绿色金融；普惠金融" in set(made["主题"])
    assert "green finance; inclusive finance" in set(
        ft.labelled(ft.load_observations(), "en")["Topics"]
    )


def test_money_is_told_in_a_unit_that_people_read() -> None:
    banks = ft.load_banks()
    for lang, title, divisor in (
        ("zh", "科技投入（亿元）", 10**8),
        ("en", "Technology spending (billion yuan)", 10**9),
    ):
        made = ft.labelled(banks, lang, units=True)  # type: ignore[arg-type] # Both are languages.
        expected = banks["tech_spend_cny"].astype("Float64") / divisor
        assert made[title].astype("Float64").equals(expected.rename(title))
    assert "科技投入占营收比重（%）" in ft.labelled(banks, "zh", units=True)


def test_where_every_row_has_a_unit_each_row_is_told_in_one() -> None:
    rounds = ft.load_funding_rounds().set_index("round_id", drop=False)
    made = ft.labelled(rounds, "zh", units=True)
    assert list(made.loc["waterdrop_d_2020", ["融资金额", "货币"]]) == [2.3, "亿美元"]
    observations = ft.labelled(ft.load_observations(), "en", units=True)
    size = observations[observations["Observation"] == "cn_bank_it_solutions_market_size_2020"]
    assert size[["Value", "Unit"]].to_numpy().tolist() == [[38.46, "billion yuan"]]
    shares = observations[observations["Unit"] == "percent"]["Value"]
    assert shares.max() <= 10_000


@LANGUAGES
@pytest.mark.parametrize("version", catalog.versions("observations"))
def test_a_scaled_value_never_stands_beside_the_unit_that_it_had(lang: Any, version: str) -> None:
    frame = ft.load("observations", version)
    made = ft.labelled(frame, lang, units=True)
    value, unit = (
        next(c for c in made.columns if c in titles)
        for titles in ({"Value", "数值", "值"}, {"Unit", "单位"})
    )
    moved = made[value] != frame["value"].astype("float64")
    told = made.loc[moved, unit]
    assert len(told)
    assert told.str.contains("亿|万|illion").all()


def test_rows_that_cannot_be_scaled_leave_all_units_alone() -> None:
    frame = ft.load_funding_rounds().astype({"amount": "object"})
    frame.loc[0, "amount"] = "much"
    made = ft.labelled(frame, "zh", units=True)
    assert made["融资金额"].tolist() == frame["amount"].tolist()
    assert not made["货币"].str.contains("亿").any()


def test_without_units_no_number_moves() -> None:
    assert ft.labelled(ft.load_banks(), "zh")["科技投入"].equals(
        ft.load_banks()["tech_spend_cny"].rename("科技投入")
    )


@ENGINES
def test_rows_and_columns_of_ones_own_stay(backend: str) -> None:
    banks = ft.load_banks()
    mine = banks.iloc[[0]].assign(bank_id="my_bank", bank_type="mine", name_zh=None)
    both = pd.concat([banks, mine], ignore_index=True).assign(mine=1.5, 银行="x")
    engines: dict[str, Any] = {
        "pandas": pd.DataFrame,
        "polars": pl.from_pandas,
        "pyarrow": pa.Table.from_pandas,
    }
    frame = engines[backend](both)
    made = ft.labelled(frame, "zh", units=True, name="banks")
    last = as_rows(made)[-1]
    assert (last["银行 [bank_id]"], last["银行"], last["mine"]) == ("my_bank", "x", 1.5)
    assert (last["银行类型"], last["中文名称"]) == ("mine", None)
    assert as_rows(made)[0]["银行 [bank_id]"] == "农业银行"


def test_values_of_other_kinds_stay_what_they_are() -> None:
    frame = ft.load_banks().astype({"bank_type": "object", "bank_id": "object"})
    frame.loc[0, "bank_type"] = 7
    frame["bank_id"] = [("a", "b") if n == 1 else cell for n, cell in enumerate(frame["bank_id"])]
    made = ft.labelled(frame, "zh", units=True)
    assert made.loc[0, "银行类型"] == 7
    assert made.loc[1, "银行"] == ("a", "b")


def test_a_part_of_a_table_is_enough() -> None:
    part = ft.load_banks()[["name_en", "tech_spend_cny"]]
    assert list(ft.labelled(part, "zh").columns) == ["英文名称", "科技投入"]
    assert list(ft.labelled(part[[]], "zh").columns) == []
    assert ft.labelled(part.iloc[:0], "zh", units=True).empty


def test_doubled_and_odd_names_of_columns_stay() -> None:
    frame = ft.load_banks()
    frame = pd.concat([frame, frame[["tech_staff"]]], axis=1)
    frame[7] = 1
    made = ft.labelled(frame, "zh")
    assert list(made.columns[-2:]) == ["科技人数 [tech_staff]", 7]


def test_the_index_and_the_order_of_rows_stay() -> None:
    frame = ft.load_banks().set_index("name_zh", drop=False).sort_values("tech_spend_cny")
    assert ft.labelled(frame, "zh").index.equals(frame.index)


def test_an_older_version_is_labelled_by_its_own_titles() -> None:
    frame = ft.load("policies", "1.0.0")
    assert set(ft.labelled(frame, "zh").columns) <= {
        column.title_zh for column in ft.info("policies", "1.0.0").columns
    }


@pytest.mark.parametrize("writer", ["pandas", "pyarrow"])
def test_a_frame_that_comes_from_parquet_knows_what_it_is(writer: str, tmp_path: Path) -> None:
    path = tmp_path / "banks.parquet"
    if writer == "pandas":
        ft.load_banks().to_parquet(path)
    else:
        parquet.write_table(ft.load_banks(backend="pyarrow"), path)
    if writer == "pandas" and int(pd.__version__.split(".")[0]) < 3:
        pytest.skip("pandas writes attrs into Parquet since 3")
    assert "银行类型" in ft.labelled(parquet.read_table(path), "zh").column_names


def test_what_other_tools_write_into_attrs_is_no_matter() -> None:
    for said in (None, 7, {"dataset": None}, {"dataset": "banks", "version": "99.0.0"}):
        frame = ft.load_banks()
        frame.attrs["fintech2021"] = said
        assert "银行类型" in ft.labelled(frame, "zh", name="banks")


def test_a_frame_that_does_not_say_what_it_is_has_to_be_named() -> None:
    with pytest.raises(ft.UnknownDatasetError, match='for instance name="banks"'):
        ft.labelled(ft.load_banks(backend="polars"), "zh")
    with pytest.raises(ft.UnknownDatasetError, match="Did you mean 'banks'"):
        ft.labelled(ft.load_banks(backend="polars"), "zh", name="BANKS")


@pytest.mark.parametrize(("asked", "meant"), [("Chinese", "zh"), ("中文", "zh"), ("EN", "en")])
def test_another_language_is_refused_and_the_one_that_is_meant_named(
    asked: Any, meant: str
) -> None:
    with pytest.raises(ft.UnknownNameError, match=f"Did you mean '{meant}'"):
        ft.labelled(ft.load_banks(), asked)


@pytest.mark.parametrize("odd", ODD)
def test_what_is_odd_is_refused_in_few_words(odd: str) -> None:
    for call in (
        lambda: ft.labelled(ODD[odd]),
        lambda: ft.labelled(ft.load_banks(), ODD[odd]),
        lambda: ft.labelled(ft.load_banks(), name=ODD[odd]),
    ):
        try:
            call()
        except (ft.Fintech2021Error, TypeError) as error:
            said = str(error)
        assert len(said) < 2000


@pytest.mark.parametrize(
    ("values", "lang", "expected"),
    [
        ([1, 2, 3], "zh", Scale(1, "元")),
        ([10_000, 20_000], "zh", Scale(10**4, "万元")),
        ([5 * 10**12], "zh", Scale(10**12, "万亿元")),
        ([10**9, 10**3, 10**9], "en", Scale(10**9, "billion yuan")),
        ([], "en", Scale(1, "yuan")),
        ([None, float("nan"), pd.NA], "en", Scale(1, "yuan")),
        ([-(10**6)], "en", Scale(10**6, "million yuan")),
    ],
)
def test_the_unit_is_the_greatest_that_the_middle_one_has(
    values: list[object], lang: str, expected: Scale
) -> None:
    assert scale_of(values, "CNY", lang) == expected


def test_what_is_no_number_is_not_scaled() -> None:
    assert scaled("x", Scale(10, "")) == "x"
    assert not any(map(is_numeric, (True, "1", None)))
    assert not is_numeric(float("nan"))
    assert is_missing(pd.NaT)
