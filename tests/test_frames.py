from __future__ import annotations

import sys
import warnings
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import fintech2021 as ft
from fintech2021 import YearMonth
from fintech2021._core import catalog
from fintech2021._core.kinds import parse
from fintech2021._core.rows import read_table
from fintech2021._frames import engines
from fintech2021._frames import pandas as pandas_frames
from made_up import publish

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.machinery import ModuleSpec

    from fintech2021._core.descriptor import Descriptor
    from fintech2021._core.names import DatasetName

DATASETS = catalog.datasets()
TEXT = "object" if pd.__version__.startswith("2.") else "str"


class Types(NamedTuple):
    pandas: str
    pandas_optional: str
    polars: pl.datatypes.DataTypeClass
    arrow: pa.DataType


TYPES = {
    "string": Types(TEXT, TEXT, pl.String, pa.string()),
    "list": Types(TEXT, TEXT, pl.String, pa.string()),
    "integer": Types("int64", "Int64", pl.Int64, pa.int64()),
    "number": Types("float64", "float64", pl.Float64, pa.float64()),
    "boolean": Types("bool", "boolean", pl.Boolean, pa.bool_()),
    "date": Types("datetime64[us]", "datetime64[us]", pl.Date, pa.date32()),
    "yearmonth": Types("datetime64[us]", "datetime64[us]", pl.Date, pa.date32()),
}
SAMPLES = {
    "string": "NA",
    "list": "a;b",
    "integer": "9007199254740993",
    "number": "2.70",
    "boolean": "true",
    "date": "2020-03-24",
    "yearmonth": "2015-11",
}


def plain(text: str, kind: str) -> Any:
    """The value that a frame holds for a cell, as Python sees it."""
    value = parse(text, kind)
    if isinstance(value, YearMonth):
        return value.first_day()
    if isinstance(value, Decimal):
        return float(value)
    return text if kind == "list" and text else value


def expected(descriptor: Descriptor) -> list[tuple[Any, ...]]:
    kinds = [field.type for field in descriptor.columns]
    _, rows = read_table(descriptor.content)
    return [tuple(map(plain, row, kinds)) for row in rows]


def pandas_value(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


@pytest.mark.parametrize("name", DATASETS)
def test_pandas_columns_have_exactly_the_types_of_the_descriptor(name: DatasetName) -> None:
    frame = ft.load(name)
    assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == {
        field.name: TYPES[field.type].pandas
        if field.required
        else TYPES[field.type].pandas_optional
        for field in catalog.load_descriptor(name).columns
    }


@pytest.mark.parametrize("name", DATASETS)
def test_polars_columns_have_exactly_the_types_of_the_descriptor(name: DatasetName) -> None:
    frame = ft.load(name, backend="polars")
    assert dict(frame.schema) == {
        field.name: TYPES[field.type].polars for field in catalog.load_descriptor(name).columns
    }


@pytest.mark.parametrize("name", DATASETS)
def test_arrow_columns_have_exactly_the_types_of_the_descriptor(name: DatasetName) -> None:
    table = ft.load(name, backend="pyarrow")
    assert table.schema.equals(
        pa.schema(
            {field.name: TYPES[field.type].arrow for field in catalog.load_descriptor(name).columns}
        )
    )


@pytest.mark.parametrize("name", DATASETS)
def test_pandas_holds_every_cell_of_the_file(name: DatasetName) -> None:
    frame = ft.load(name)
    rows = [tuple(map(pandas_value, row)) for row in frame.itertuples(index=False, name=None)]
    assert rows == expected(catalog.load_descriptor(name))


@pytest.mark.parametrize("name", DATASETS)
def test_polars_holds_every_cell_of_the_file(name: DatasetName) -> None:
    frame = ft.load(name, backend="polars")
    assert frame.rows() == expected(catalog.load_descriptor(name))


@pytest.mark.parametrize("name", DATASETS)
def test_arrow_holds_every_cell_of_the_file(name: DatasetName) -> None:
    table = ft.load(name, backend="pyarrow")
    rows = list(zip(*(column.to_pylist() for column in table.columns), strict=True))
    assert rows == expected(catalog.load_descriptor(name))


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_every_type_of_column_can_be_loaded(
    backend: str,
    required: bool,  # noqa: FBT001 - pytest names it.
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [tuple(SAMPLES.values()), *([()] if required else [("",) * len(SAMPLES)])]
    made = publish(
        monkeypatch,
        {kind: kind for kind in SAMPLES},
        [row for row in rows if row],
        key=("string",),
        required=tuple(SAMPLES) if required else (),
    )
    frame = engines.frame(made, backend)
    columns = frame.to_pydict() if backend == "pyarrow" else {k: list(frame[k]) for k in SAMPLES}
    assert [pandas_value(values[0]) for values in columns.values()] == [
        "NA",
        "a;b",
        9007199254740993,
        2.7,
        True,
        date(2020, 3, 24),
        date(2015, 11, 1),
    ]
    assert required or all(pd.isna(values[1]) for values in columns.values())


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
@pytest.mark.parametrize("text", ["NA", "N/A", "nan", "NaN", "null", "None", "-", "#N/A", "NaT"])
def test_a_text_that_looks_missing_is_a_value(
    text: str, backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = publish(monkeypatch, {"id": "string", "names": "list"}, [(text, text)])
    frame = engines.frame(made, backend)
    for column in ("id", "names"):
        values = frame[column].to_pylist() if backend == "pyarrow" else list(frame[column])
        assert values == [text]


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_whole_numbers_beyond_the_precision_of_floats_are_exact(
    backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = publish(
        monkeypatch, {"id": "string", "n": "integer"}, [("a", "9007199254740993"), ("b", "")]
    )
    frame = engines.frame(made, backend)
    assert int(str(frame["n"][0])) == 9007199254740993


def test_a_pandas_frame_says_what_it_was_made_from() -> None:
    banks = catalog.load_descriptor("banks")
    assert ft.load_banks().attrs == {
        "fintech2021": {
            "dataset": "banks",
            "version": banks.version,
            "sha256": banks.sha256,
            "edition": catalog.default_edition().name,
            "pin": None,
        }
    }


def _add_at(array: Any) -> None:
    np.add.at(array, 0, 1)


def _write_flag(frame: pd.DataFrame) -> None:
    values = frame["tech_spend_revenue_pct"].to_numpy()
    values.setflags(write=True)
    values[0] = 99


def _rename_in_place(frame: pd.DataFrame) -> None:
    frame.rename(columns={"bank_id": "x"}, inplace=True)  # noqa: PD002 - the very thing tried.


def _sort_in_place(frame: pd.DataFrame) -> None:
    frame.sort_values("name_zh", inplace=True)  # noqa: PD002 - the very thing tried.


MUTATIONS: dict[str, Callable[[pd.DataFrame], object]] = {
    "set a cell": lambda f: f.__setitem__("bank_id", "x"),
    "loc": lambda f: f.loc.__setitem__((0, "bank_id"), "x"),
    "iloc": lambda f: f.iloc.__setitem__((0, 0), "x"),
    "at": lambda f: f.at.__setitem__((0, "fiscal_year"), 1),
    "delete a column": lambda f: f.__delitem__("bank_id"),
    "insert a column": lambda f: f.insert(0, "new", 1),
    "pop": lambda f: f.pop("bank_id"),
    "values of Int64": lambda f: f["tech_staff"].values.__setitem__(0, 9),  # noqa: PD011
    "array of Int64": lambda f: f["tech_staff"].array.__setitem__(0, 9),
    "array of float64": lambda f: f["tech_spend_revenue_pct"].array.__setitem__(0, 9.0),
    "array of int64": lambda f: f["fiscal_year"].array.__setitem__(0, 9),
    "array of text": lambda f: f["name_en"].array.__setitem__(0, "x"),
    "data behind Int64": lambda f: f["tech_staff"].array._data.__setitem__(0, 9),
    "mask behind Int64": lambda f: f["tech_staff"].array._mask.__setitem__(0, True),  # noqa: FBT003
    "add.at on float64": lambda f: _add_at(f["tech_spend_revenue_pct"].to_numpy()),
    "add.at on int64": lambda f: _add_at(f["fiscal_year"].to_numpy()),
    "add.at on the row labels": lambda f: _add_at(f.index.to_numpy()),
    "make writable": _write_flag,
    "array of the column labels": lambda f: getattr(f.columns, "_values").__setitem__(0, "x"),  # noqa: B009 - untyped.
    "name of the row labels": lambda f: setattr(f.index, "name", "x"),
    "name of the column labels": lambda f: setattr(f.columns, "name", "x"),
    "column labels": lambda f: setattr(f, "columns", range(len(f.columns))),
    "row labels": lambda f: setattr(f, "index", range(1, len(f) + 1)),
    "rename in place": _rename_in_place,
    "sort in place": _sort_in_place,
    "attrs": lambda f: f.attrs.__setitem__("x", 1),
    "attrs, nested": lambda f: f.attrs["fintech2021"].__setitem__("version", "9"),
    "flags": lambda f: setattr(f.flags, "allows_duplicate_labels", False),
}


@pytest.mark.parametrize("mutate", MUTATIONS.values(), ids=MUTATIONS.keys())
def test_nothing_done_to_a_frame_is_seen_by_the_next_caller(
    mutate: Callable[[pd.DataFrame], object],
) -> None:
    before = ft.load_banks()
    _try(mutate, ft.load_banks())
    after = ft.load_banks()
    pd.testing.assert_frame_equal(before, after)
    assert list(before.index) == after.index.to_numpy().tolist() == list(range(len(after)))
    assert before.attrs == after.attrs
    assert before.flags == after.flags


def _try(mutate: Callable[[pd.DataFrame], object], frame: pd.DataFrame) -> None:
    try:
        with warnings.catch_warnings(action="ignore"):
            mutate(frame)
    except ValueError as refused:
        assert "read-only" in str(refused)  # noqa: PT017 - refusing is one of two good outcomes.


def test_nothing_done_to_a_column_of_days_is_seen_by_the_next_caller() -> None:
    before = ft.load_virtual_banks()
    ft.load_virtual_banks()["opened_on"].array._ndarray[0] = np.datetime64("1999-01-01")
    _try(
        lambda frame: np.subtract.at(frame["opened_on"].to_numpy(), 0, np.timedelta64(1, "D")),
        ft.load_virtual_banks(),
    )
    pd.testing.assert_frame_equal(before, ft.load_virtual_banks())


def test_nothing_done_to_a_column_of_flags_is_seen_by_the_next_caller() -> None:
    before = ft.load_sandbox_projects()
    _try(
        lambda frame: np.logical_not.at(frame["in_report_count"].to_numpy(), 0),
        ft.load_sandbox_projects(),
    )
    pd.testing.assert_frame_equal(before, ft.load_sandbox_projects())


@pytest.mark.parametrize("backend", ["panda", "", None, 7, [], "duckdb", "Pandas"])
def test_an_unknown_backend_names_the_known_ones(backend: Any) -> None:
    with pytest.raises(ft.UnknownBackendError, match="Known: pandas, polars, pyarrow"):
        engines.frame(catalog.load_descriptor("banks"), backend)


class Blocker:
    """Makes one library look as if it were not installed."""

    def __init__(self, blocked: str) -> None:
        self.blocked = blocked

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        del path, target
        if name.partition(".")[0] == self.blocked:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


@pytest.mark.parametrize("library", ["polars", "pyarrow"])
def test_a_backend_that_is_not_installed_says_what_to_install(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "meta_path", [Blocker(library), *sys.meta_path])
    monkeypatch.delitem(sys.modules, library)
    with pytest.raises(ft.MissingDependencyError) as caught:
        engines.frame(catalog.load_descriptor("banks"), library)
    assert f'backend="{library}" needs {library}' in str(caught.value)
    assert f"pip install 'fintech2021[{library}]'" in str(caught.value)


def test_text_columns_are_object_columns_before_pandas_3(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pd, "__version__", "2.2.3")
    monkeypatch.setattr(pandas_frames, "text_dtype", pandas_frames.text_dtype.__wrapped__)
    made = publish(monkeypatch, {"id": "string", "note": "string"}, [("a", ""), ("b", "c")])
    frame = engines.frame(made, "pandas")
    assert [str(dtype) for dtype in frame.dtypes] == ["object", "object"]
    assert frame["note"].isna().tolist() == [True, False]
