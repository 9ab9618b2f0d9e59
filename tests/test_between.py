"""From frames to records and back, and the arguments with which others read our files."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import subprocess
import sys
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import fintech2021 as ft
from fintech2021._core import catalog

NAMES = catalog.datasets()
BACKENDS = ("pandas", "polars", "pyarrow")


def record_of(name: str) -> Any:
    return getattr(ft, ft.info(name).record)


def equal(left: Any, right: Any) -> bool:
    """Tell whether two frames of one library are the same, types included."""
    if isinstance(left, pd.DataFrame):
        pd.testing.assert_frame_equal(left, right)
        return True
    if isinstance(left, pl.DataFrame):
        return left.schema == right.schema and left.equals(right)
    return bool(left.equals(right))


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", NAMES)
def test_a_loaded_frame_makes_the_records_of_the_class_and_they_make_it_again(
    name: str, backend: str
) -> None:
    frame, record = ft.load(name, backend=backend), record_of(name)
    records = ft.to_records(frame, record)
    assert records == record.all()
    assert equal(ft.to_frame(records, backend), frame)


@pytest.mark.parametrize("name", NAMES)
def test_a_table_read_as_texts_only_makes_the_same_records(name: str) -> None:
    content = catalog.load_descriptor(name).content.decode()
    header, *rows = (line for line in _rows(content))
    texts = pd.DataFrame(rows, columns=header, dtype=object)
    records = ft.to_records(texts, record_of(name))
    assert records == record_of(name).all()
    # Nothing was a float on the way: the digits are those that are printed.
    assert [repr(item) for item in records] == [repr(item) for item in record_of(name).all()]


def _rows(content: str) -> list[list[str]]:
    import csv
    from io import StringIO

    return list(csv.reader(StringIO(content)))


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", NAMES)
def test_of_no_records_comes_an_empty_frame_of_the_same_types(name: str, backend: str) -> None:
    frame = ft.to_frame([], backend, record=record_of(name))
    expected: Any = ft.load(name, backend=backend)
    assert len(frame) == 0
    assert equal(frame, expected[:0] if backend != "pyarrow" else expected.slice(0, 0))
    assert ft.to_records(frame, record_of(name)) == ()


def test_a_made_frame_does_not_say_that_it_is_the_published_one() -> None:
    assert ft.to_frame(ft.Bank.all()).attrs == {}


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("tech_staff", 12.0, 12),
        ("tech_staff", np.int32(12), 12),
        ("tech_staff", "12", 12),
        ("tech_staff", pd.NA, None),
        ("tech_staff", float("nan"), None),
        ("tech_staff", pd.NaT, None),
        ("tech_staff", "", None),
        ("tech_staff_pct", 1.1, Decimal("1.1")),
        ("tech_staff_pct", np.float64(1.1), Decimal("1.1")),
        ("tech_staff_pct", 1, Decimal(1)),
        ("tech_staff_pct", "1.10", Decimal("1.10")),
        ("tech_staff_pct", Decimal("1.10"), Decimal("1.10")),
    ],
)
def test_a_cell_that_only_is_represented_otherwise_is_read(
    column: str, cell: Any, value: Any
) -> None:
    frame = ft.load_banks().astype(object)
    frame.loc[3, column] = cell
    assert repr(getattr(ft.to_records(frame, ft.Bank)[3], column)) == repr(value)


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("tech_staff", 1.5, "row 'third', tech_staff: found 1.5, expected a whole number"),
        ("tech_staff", "many", "found 'many', expected a whole number of 64 bits"),
        ("tech_staff", -1, "found -1, input should be greater than or equal to 0"),
        ("tech_staff_pct", float("inf"), "tech_staff_pct: found Decimal('Infinity'), input"),
        ("tech_staff_pct", True, "tech_staff_pct: found True, expected a finite number"),
        ("tech_staff_pct", "1,1", "found '1,1', expected a finite number"),
        ("bank_id", "No Slug", "bank_id: found 'No Slug', string should match pattern"),
        ("bank_id", None, "bank_id: found None, input should be a valid string"),
        ("bank_type", "tiny", "bank_type: found 'tiny', input should be 'state_owned' or"),
    ],
)
def test_a_cell_that_cannot_be_is_named_with_its_row_its_column_and_its_value(
    column: str, cell: Any, said: str
) -> None:
    frame = ft.load_banks().astype(object)
    frame.loc[2, column] = cell
    frame = frame.rename({2: "third"})
    with pytest.raises(ft.RecordError) as told:
        ft.to_records(frame, ft.Bank)
    assert said in str(told.value)
    assert (told.value.row, told.value.column) == ("third", column)
    assert repr(told.value.value).replace("Decimal('Infinity')", "inf") == repr(cell)
    assert "Traceback" not in str(told.value)


def test_every_fault_is_kept_and_the_first_ten_are_told() -> None:
    frame = ft.load_banks(backend="polars").with_columns(tech_staff=pl.lit(-1))
    with pytest.raises(ft.RecordError) as told:
        ft.to_records(frame, ft.Bank)
    assert [row for row, *_ in told.value.failures] == list(range(18))
    assert len(str(told.value).splitlines()) == 12
    assert "… and 8 more" in str(told.value)
    again = pickle.loads(pickle.dumps(told.value))  # noqa: S301 - Made in the line itself.
    assert again.failures == told.value.failures


def test_a_day_that_is_no_first_of_a_month_is_no_month() -> None:
    frame = ft.load_fintech_subsidiaries()
    frame.loc[0, "founded_month"] = pd.Timestamp("2015-11-17")
    with pytest.raises(ft.RecordError, match="expected a month: its first day, or YYYY-MM"):
        ft.to_records(frame, ft.FintechSubsidiary)


def test_a_day_that_python_has_not_is_named_and_no_traceback() -> None:
    frame = ft.load_virtual_banks()
    days = frame["opened_on"].to_numpy().copy()
    days[0] = np.datetime64("12000-01-01", "us")
    with pytest.raises(ft.RecordError, match="expected a day"):
        ft.to_records(frame.assign(opened_on=days), ft.VirtualBank)


def test_columns_may_stand_in_any_order_but_not_be_missing_twice_or_unknown() -> None:
    banks = ft.load_banks()
    assert ft.to_records(banks[banks.columns[::-1]], ft.Bank) == ft.Bank.all()
    with pytest.raises(ft.RecordError, match="name_zh: the column is missing"):
        ft.to_records(banks.drop(columns="name_zh"), ft.Bank)
    with pytest.raises(ft.RecordError, match="more: Bank has no such column: leave it out"):
        ft.to_records(banks.assign(more=1), ft.Bank)
    with pytest.raises(ft.RecordError, match="bank_id: the column is there twice"):
        ft.to_records(pd.concat([banks, banks[["bank_id"]]], axis=1), ft.Bank)


def test_whatever_streams_arrow_makes_records_and_what_is_no_frame_is_refused() -> None:
    class Stream:
        def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
            return ft.load_banks(backend="pyarrow").__arrow_c_stream__(requested_schema)

    assert ft.to_records(Stream(), ft.Bank) == ft.Bank.all()
    lazy: Any = ft.load_banks(backend="polars").lazy()
    for frame in ([{"bank_id": "icbc"}], "banks", None, pd.DataFrame, lazy):
        with pytest.raises(ft.ArgumentError, match=r"expected a pandas\.DataFrame"):
            ft.to_records(frame, ft.Bank)
    for record in (ft.Record, "banks", ft.BankType, ft.Bank.get("icbc")):
        with pytest.raises(ft.ArgumentError, match="expected the class of a dataset"):
            ft.to_records(ft.load_banks(), record)  # type: ignore[arg-type, type-var] # On purpose.


def test_records_of_one_class_make_a_frame_and_nothing_else_does() -> None:
    with pytest.raises(ft.ArgumentError, match="say their class"):
        ft.to_frame([])
    with pytest.raises(ft.ArgumentError, match="Among records of Bank is VirtualBank"):
        ft.to_frame([ft.Bank.get("icbc"), ft.VirtualBank.all()[0]])
    with pytest.raises(ft.ArgumentError, match="expected records of one class"):
        ft.to_frame(5)  # type: ignore[call-overload] # On purpose.
    with pytest.raises(ft.ArgumentError, match="expected the class of a dataset"):
        ft.to_frame(["icbc"])  # type: ignore[list-item] # On purpose.
    with pytest.raises(ft.UnknownBackendError, match="Did you mean 'polars'"):
        ft.to_frame(ft.Bank.all(), "polar")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("tech_staff", "many"),
        ("tech_staff", True),
        ("bank_id", None),
        ("name_en", "two\nlines"),
        ("tech_staff_pct", Decimal("NaN")),
    ],
)
def test_what_was_made_without_validation_is_refused(column: str, value: Any) -> None:
    bank = ft.Bank.model_construct(**{**dict(ft.Bank.get("icbc")), column: value})
    with pytest.raises(ft.RecordError) as told:
        ft.to_frame([ft.Bank.get("ccb"), bank])
    assert (told.value.row, told.value.column) == (1, column)


def test_a_frame_of_polars_makes_records_without_pandas() -> None:
    code = """
import sys, json
import fintech2021 as ft
made = ft.to_records(ft.load("banks", backend="polars"), ft.Bank)
back = ft.to_frame(made, "polars")
print(json.dumps([len(made), back.height, sorted({"pandas", "pandera"} & set(sys.modules))]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [18, 18, []]


@pytest.mark.parametrize("name", NAMES)
def test_pandas_reads_our_files_with_its_options(name: str) -> None:
    with ft.data_dir() as folder:
        file = folder / name / f"{ft.info(name).version}.csv"
        frame = pd.read_csv(file, **ft.read_options(name, "pandas"))
    expected = ft.load(name)
    if pd.__version__.startswith("2."):
        frame = ft.validate(frame, name, coerce=True)
    # Where pandas saw no day, it takes the days for ones of seconds.
    empty = expected.columns[expected.isna().all()]
    pd.testing.assert_frame_equal(frame.astype(expected.dtypes[empty].to_dict()), expected)


@pytest.mark.parametrize("name", NAMES)
def test_polars_reads_our_files_with_its_options(name: str) -> None:
    with ft.data_dir() as folder:
        file = folder / name / f"{ft.info(name).version}.csv"
        frame = pl.read_csv(file, **ft.read_options(name, "polars"))
    if "yearmonth" in {column.type for column in ft.info(name).columns}:
        frame = ft.validate(frame, name, coerce=True)
    assert equal(frame, ft.load(name, backend="polars"))


@pytest.mark.parametrize("name", NAMES)
def test_duckdb_reads_our_files_with_its_options(name: str) -> None:
    with ft.data_dir() as folder:
        file = folder / name / f"{ft.info(name).version}.csv"
        read = duckdb.read_csv(str(file), **ft.read_options(name, "duckdb")).to_arrow_table()
    assert equal(
        read.cast(ft.load(name, backend="pyarrow").schema), ft.load(name, backend="pyarrow")
    )
    assert [_exact(kind) for kind in read.schema.types] == [
        _exact(kind) for kind in ft.load(name, backend="pyarrow").schema.types
    ]


def _exact(kind: pa.DataType) -> str:
    return str(kind).removeprefix("large_")


@pytest.mark.parametrize("library", ["pandas", "polars", "duckdb"])
def test_a_file_of_the_same_shape_is_read_in_its_types(library: str, tmp_path: Any) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        "name_zh,bank_id,name_en,bank_type,fiscal_year,tech_spend_cny,tech_spend_revenue_pct,"
        "tech_spend_growth_pct,tech_staff,tech_staff_pct\n"
        '"银,行",na,NA,state_owned,2020,,0.1,,,\nnull,b,"a ""b""",,2021,9007199254740993,,1,3,\n',
        "utf-8",
    )
    options = ft.read_options("banks", library)
    match library:
        case "pandas":
            rows = pd.read_csv(file, **options).astype(object).to_dict("records")
        case "polars":
            rows = pl.read_csv(file, **options).to_dicts()
        case _:
            rows = duckdb.read_csv(str(file), **options).to_arrow_table().to_pylist()
    first, second = ({k: None if pd.isna(v) else v for k, v in row.items()} for row in rows)
    assert (first["name_en"], first["bank_id"], first["name_zh"]) == ("NA", "na", "银,行")
    assert (first["tech_spend_cny"], first["tech_staff"]) == (None, None)
    assert (second["name_zh"], second["tech_spend_cny"]) == ("null", 9007199254740993)
    assert (second["bank_type"], second["name_en"]) == (None, 'a "b"')


@pytest.mark.parametrize("version", ["2.2.3", "3.0.1", "3.1.1"])
def test_pandas_is_told_to_read_numbers_exactly_where_it_would_not(
    version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pd, "__version__", version)
    options = ft.read_options("banks", "pandas")
    assert options.get("float_precision") == (None if version == "3.1.1" else "round_trip")


def test_months_have_a_format_of_their_own() -> None:
    assert ft.read_options("technology_parks", "duckdb")["date_format"] == "%Y-%m"
    assert ft.read_options("virtual_banks", "duckdb")["date_format"] == "%Y-%m-%d"
    options = ft.read_options("fintech_subsidiaries", "pandas")
    assert options["date_format"] == {"founded_month": "%Y-%m"}


def test_other_readers_versions_and_datasets_are_refused_with_what_exists() -> None:
    with pytest.raises(ft.UnknownBackendError, match="Did you mean 'pandas'"):
        ft.read_options("banks", "panda")
    with pytest.raises(ft.UnknownVersionError):
        ft.read_options("banks", "pandas", "9.0.0")
    with pytest.raises(ft.UnknownDatasetError, match="Did you mean 'banks'"):
        ft.read_options("bank", "duckdb")


def test_the_options_are_those_of_the_columns_of_the_version() -> None:
    old = catalog.load_descriptor("policies", {"": "1.0.0"})
    assert "date" in {column.name for column in old.columns}
    asked = ft.read_options("policies", "polars", "1.0.0")["schema_overrides"]
    assert list(asked) == [column.name for column in old.columns]


def test_a_record_keeps_a_day_as_a_day() -> None:
    made = ft.to_records(ft.load_virtual_banks(), ft.VirtualBank)
    assert {type(bank.opened_on) for bank in made} == {dt.date}
