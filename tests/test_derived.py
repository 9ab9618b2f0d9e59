"""What follows from other cells follows from them: every derived cell, computed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.freezing import derive

import fintech2021 as ft
from fintech2021._core import catalog
from fintech2021._core.rows import by_key, read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fintech2021._core.descriptor import Descriptor
    from fintech2021._core.names import DatasetName

VERSIONS = [
    pytest.param(ft.info(name, version), id=f"{name} {version}")
    for name in catalog.datasets()
    for version in catalog.versions(name)
    if any(column.derivation for column in ft.info(name, version).columns)
]
DAYS = [
    (name, column.name)
    for name in catalog.datasets()
    for column in ft.info(name).columns
    if column.origin == "derived" and column.type == "date"
]
DATED = sorted({name for name, _ in DAYS})


def beside(descriptor: Descriptor) -> Callable[[str], Mapping[str, Mapping[str, str]]]:
    return lambda name: by_key(catalog.same_edition(descriptor, name))


@pytest.mark.parametrize("descriptor", VERSIONS)
def test_every_derived_cell_is_what_its_rule_gives(descriptor: Descriptor) -> None:
    names = [column.name for column in descriptor.columns if column.derivation]
    for row in read_rows(descriptor.content):
        found = derive.derived_cells(descriptor, row, beside(descriptor))
        assert found == {name: row[name] for name in names}


def test_there_are_derived_cells_to_compute() -> None:
    assert set(DATED) >= {
        "observations",
        "enumerations",
        "events",
        "funding_statistics",
        "open_banking_metrics",
        "policies",
        "rankings",
        "sandbox_regions",
        "sandbox_totals",
    }


@pytest.mark.parametrize("name", catalog.datasets())
def test_a_column_is_derived_if_it_has_a_rule_and_only_then(name: DatasetName) -> None:
    for version in catalog.versions(name):
        for column in ft.info(name, version).columns:
            assert (column.origin == "derived") is bool(column.derivation)


@pytest.mark.parametrize(("name", "column"), DAYS)
def test_a_derived_day_is_a_day_in_every_engine(name: DatasetName, column: str) -> None:
    texts = [row[column] for row in read_rows(ft.info(name).content)]
    frame = ft.load(name)
    assert pd.api.types.is_datetime64_dtype(frame[column])
    read = pd.to_datetime(pd.Series(texts).replace("", None))
    assert pd.to_datetime(frame[column]).tolist() == read.tolist()
    again = pd.to_datetime(frame[column].dt.strftime("%Y-%m-%d").fillna(""), format="%Y-%m-%d")
    assert again.tolist() == read.tolist()
    assert str(ft.load(name, backend="polars").schema[column]) == "Date"
    assert str(ft.load(name, backend="pyarrow").schema.field(column).type) == "date32[day]"


@pytest.mark.parametrize(("name", "column"), DAYS)
def test_sorting_by_a_derived_day_sorts(name: DatasetName, column: str) -> None:
    texts = [row[column] for row in read_rows(ft.info(name).content) if row[column]]
    sorted_ = ft.load(name).sort_values(column)[column].dropna()
    assert sorted_.is_monotonic_increasing
    assert sorted_.dt.strftime("%Y-%m-%d").tolist() == sorted(texts)


@pytest.mark.parametrize("name", DATED)
def test_no_span_ends_before_it_begins(name: DatasetName) -> None:
    frame = ft.load(name)
    ends = [str(column) for column in frame if str(column).endswith("_end")]
    assert ends
    for end in ends:
        start = f"{end.removesuffix('_end')}_start"
        assert frame[start].isna().equals(frame[end].isna())
        assert (frame[start].dropna() <= frame[end].dropna()).all()


def test_a_stock_has_the_last_day_and_a_flow_both() -> None:
    observations = ft.load("observations").merge(
        ft.load("indicators")[["indicator_id", "time_basis"]], on="indicator_id"
    )
    dated = observations[observations["period"].notna()]
    stocks = dated[dated["time_basis"] == "stock"]
    assert (stocks["period_start"] == stocks["period_end"]).all()
    years = dated[(dated["time_basis"] == "flow") & dated["period"].str.fullmatch("[0-9]{4}")]
    assert len(years) > 30
    assert (years["period_start"].dt.strftime("%m-%d") == "01-01").all()
    assert (years["period_end"].dt.strftime("%m-%d") == "12-31").all()


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2100-02", "2100-02-01", "2100-02-28"),
        ("2021-10-08", "2021-10-08", "2021-10-08"),
        ("2021-01/2021-09", "2021-01-01", "2021-09-30"),
        ("2019/2021-02", "2019-01-01", "2021-02-28"),
        ("2020-02-03/2021", "2020-02-03", "2021-12-31"),
    ],
)
def test_the_days_of_a_period(period: str, first: str, last: str) -> None:
    assert (derive.first_day(period), derive.last_day(period)) == (first, last)


@given(st.dates(pd.Timestamp("1900-01-01").date(), pd.Timestamp("2100-12-31").date()))
def test_a_day_lies_in_its_month_and_its_year(day: object) -> None:
    text = str(day)
    for period in (text, text[:7], text[:4], f"{text[:4]}/{text}"):
        assert derive.first_day(period) <= text <= derive.last_day(period)
    following = pd.Timestamp(derive.last_day(text[:7])) + pd.Timedelta(days=1)
    assert following.day == 1
