"""The object of a dataset, read by every engine without our knowing it."""

from __future__ import annotations

import html.parser
import pickle
import subprocess
import sys
from typing import Any

import duckdb
import ibis
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import fintech2021 as ft
from fintech2021._core import catalog

DATASETS = catalog.datasets()


def by_its_name(data: ft.Dataset) -> pa.Table:
    assert data is not None  # DuckDB looks for the name where it is called.
    relation: Any = duckdb.sql("from data")
    return relation.to_arrow_table()


READERS = {
    "pyarrow": pa.table,
    "a stream of batches": lambda data: pa.RecordBatchReader.from_stream(data).read_all(),
    "polars": lambda data: pl.DataFrame(data).to_arrow(),
    "polars, lazy": lambda data: pl.LazyFrame(data).collect().to_arrow(),
    "duckdb": by_its_name,
    "duckdb, from_arrow": lambda data: duckdb.from_arrow(data).to_arrow_table(),
    "narwhals": lambda data: nw.from_arrow(data, backend="polars").to_arrow(),
    "narwhals on pyarrow": lambda data: nw.from_arrow(data, backend="pyarrow").to_arrow(),
    "ibis": lambda data: ibis.memtable(data).to_pyarrow(),
}


POLARS = tuple(int(part) for part in pl.__version__.split(".")[:2])


@pytest.mark.filterwarnings("ignore:fetch_arrow_table")
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", DATASETS)
def test_every_engine_reads_every_cell(name: str, reader: str) -> None:
    if reader.startswith("polars") and POLARS < (1, 3):
        pytest.skip("polars reads streams since 1.3")
    data = ft.dataset(name)
    read = READERS[reader](data)
    assert read.to_pylist() == ft.load(name, backend="pyarrow").to_pylist()
    assert read.column_names == [*data.columns]


@pytest.mark.skipif(not hasattr(pd.DataFrame, "from_arrow"), reason="pandas 3 reads streams")
@pytest.mark.parametrize("name", DATASETS)
def test_pandas_reads_every_cell(name: str) -> None:
    frames: Any = pd.DataFrame
    read = frames.from_arrow(ft.dataset(name))
    told = ft.load(name, backend="pyarrow").to_pandas()
    pd.testing.assert_frame_equal(read, told, check_dtype=False)


def test_duckdb_finds_it_by_the_name_of_the_variable() -> None:
    banks = ft.dataset("banks")
    found: Any = duckdb.sql("from banks select count(*), sum(tech_spend_cny)")
    assert found.fetchall() == [(banks.rows, int(ft.load_banks()["tech_spend_cny"].sum()))]


def test_validate_takes_it() -> None:
    assert ft.validate(ft.dataset("banks"), "banks") is not None


@pytest.mark.parametrize("name", DATASETS)
def test_it_says_what_the_descriptor_says(name: str) -> None:
    data, told = ft.dataset(name), ft.info(name)
    assert (data.name, data.version, data.rows) == (told.name, told.version, told.rows)
    assert data.columns == tuple(column.name for column in told.columns)
    assert len(data) == told.rows
    assert data.info == told


@pytest.mark.parametrize("name", DATASETS)
def test_its_frames_are_those_of_load(name: str) -> None:
    data = ft.dataset(name)
    pd.testing.assert_frame_equal(data.to_pandas(), ft.load(name))
    assert data.to_pandas().attrs == ft.load(name).attrs
    assert data.to_polars().equals(ft.load(name, backend="polars"))
    assert data.to_arrow().equals(ft.load(name, backend="pyarrow"))
    assert len(data.records()) == data.rows


def test_every_frame_is_the_callers_own() -> None:
    data = ft.dataset("banks")
    mine = data.to_pandas()
    mine.loc[0, "bank_id"] = "x"
    assert data.to_pandas().loc[0, "bank_id"] == "abc"


def test_it_keeps_its_version_when_the_pin_has_ended() -> None:
    with ft.pinned("2026.1"):
        data = ft.dataset("observations")
    assert (data.version, data.info.edition) == ("1.0.0", "2026.1")
    assert data.to_pandas().attrs["fintech2021"]["pin"] == "pinned('2026.1')"
    with ft.pinned("2026.2"):
        assert data.to_arrow().num_rows == data.rows


def test_records_are_of_its_version_whatever_is_pinned() -> None:
    old = ft.dataset("banks", "1.0.0")
    told = ft.Bank.all(version="1.0.0")
    with ft.pinned("2026.3"):
        assert old.records() == told


def test_records_of_an_old_version_that_do_not_fit_say_so() -> None:
    with pytest.raises(ft.RecordVersionError, match="Load that version as a frame"):
        ft.dataset("observations", "1.0.0").records()


def test_it_is_equal_to_itself_in_another_process() -> None:
    data = ft.dataset("banks")
    assert pickle.loads(pickle.dumps(data)) == data  # noqa: S301 - It is our own.
    assert len({data, ft.dataset("banks"), ft.dataset("banks", "1.0.0")}) == 2


@pytest.mark.parametrize("name", DATASETS)
def test_what_it_shows_is_short(name: str) -> None:
    assert len(repr(ft.dataset(name))) < 200
    assert "\n" not in repr(ft.dataset(name))


class _Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.counts: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert {name for name, _ in attrs} <= {"title"}
        self.open.append(tag)
        self.counts[tag] = self.counts.get(tag, 0) + 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", DATASETS)
def test_a_notebook_shows_titles_and_a_few_rows(name: str) -> None:
    data, tags = ft.dataset(name), _Tags()
    shown = data._repr_html_()
    tags.feed(shown)
    assert tags.open == []
    assert tags.counts["th"] == len(data.columns)
    assert tags.counts["td"] == len(data.columns) * min(5, data.rows)
    assert data.info.title_zh in shown
    assert len(shown) < 12_000


@pytest.mark.parametrize("given", ["bank", "BANKS", 3, None, ""])
def test_an_unknown_name_is_said(given: Any) -> None:
    with pytest.raises(ft.UnknownDatasetError, match="There is no dataset"):
        ft.dataset(given)


def test_without_pyarrow_the_stream_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ft.MissingDependencyError, match=r"fintech2021\[pyarrow\]"):
        ft.dataset("banks").__arrow_c_stream__()


@pytest.mark.slow
def test_making_one_imports_no_other_library() -> None:
    script = (
        "import sys, fintech2021 as ft; banks = ft.dataset('banks')"
        "; banks._repr_html_(), repr(banks)"
        "; assert not {'pandas', 'polars', 'pyarrow', 'pydantic', 'numpy'} & sys.modules.keys()"
        "; banks.records(); assert 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
