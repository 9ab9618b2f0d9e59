"""`assert_matches` and `make`: what other people's tests hold a frame or a record against."""

from __future__ import annotations

from collections.abc import Callable
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
from fintech2021.testing import assert_matches, make

NAMES = catalog.datasets()


def ibis_table(name: str) -> Any:
    import ibis

    return ibis.memtable(ft.load(name, backend="pyarrow"))


MAKERS: dict[str, Callable[[str], Any]] = {
    "pandas": ft.load,
    "all texts": lambda name: ft.load(name).astype(object).map(_as_text).astype(object),
    "objects": lambda name: ft.load(name).astype(object),
    "polars": lambda name: ft.load(name, backend="polars"),
    "polars, lazy": lambda name: ft.load(name, backend="polars").lazy(),
    "pyarrow": lambda name: ft.load(name, backend="pyarrow"),
    "a stream": lambda name: ft.load(name, backend="pyarrow").to_reader(),
    "DuckDB": lambda name: duckdb.from_arrow(ft.load(name, backend="pyarrow")),
    "ibis": ibis_table,
    "nullable": lambda name: ft.load(name).convert_dtypes(),
    "of Arrow": lambda name: ft.load(name, backend="pyarrow").to_pandas(types_mapper=pd.ArrowDtype),
}


def _as_text(cell: Any) -> Any:
    if pd.isna(cell):
        return ""
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("name", NAMES)
def test_a_published_table_matches_itself_in_every_representation(name: str, kind: str) -> None:
    assert_matches(MAKERS[kind](name), name)


@pytest.mark.parametrize("name", NAMES)
def test_neither_the_order_of_rows_nor_that_of_columns_counts(name: str) -> None:
    frame = ft.load(name).sample(frac=1, random_state=1)
    assert_matches(frame[frame.columns[::-1]], name)


def test_the_version_is_the_one_that_is_asked_for() -> None:
    assert_matches(ft.load("banks", "1.0.0"), "banks", "1.0.0")
    with pytest.raises(AssertionError, match=r"is not policies 2\.0\.0"):
        assert_matches(ft.load("policies", "1.0.0"), "policies", version="2.0.0")
    with ft.pinned(policies="1.0.0"):
        assert_matches(ft.load("policies"), "policies")


def differs(frame: Any, name: str = "banks") -> list[str]:
    with pytest.raises(AssertionError) as told:
        assert_matches(frame, name)
    lines = str(told.value).splitlines()
    assert len(lines) <= 20
    return lines


def test_cells_rows_and_columns_that_differ_are_named() -> None:
    frame = ft.load_banks().rename(columns={"name_zh": "name"})
    frame.loc[0, "tech_staff"] = None
    frame.loc[1, "tech_staff_pct"] = 1.25
    frame = pd.concat([frame.drop(index=5), frame.iloc[[2]], frame.iloc[[3]].assign(bank_id="x")])
    banks = ft.load_banks()["bank_id"]
    assert differs(frame) == [
        f"The frame is not banks {ft.info('banks').version}: 2 columns, 3 rows, 2 cells differ.",
        "  the column name_zh is missing",
        "  the column name is not published",
        f"  the row {banks[5]} is missing",
        f"  the row {banks[2]} is there again",
        "  the row x is not published",
        f"  {banks[0]}, tech_staff: found nothing, published {ft.load_banks()['tech_staff'][0]}",
        f"  {banks[1]}, tech_staff_pct: found 1.25, "
        f"published {_said(ft.load_banks()['tech_staff_pct'][1])}",
    ]


def _said(cell: float) -> str:
    return "nothing" if np.isnan(cell) else str(cell)


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("tech_staff", 1.5, "found 1.5, published"),
        ("tech_staff", "many", "found 'many', published"),
        ("name_zh", "\x1b[31m红", r"found '\x1b[31m红', published"),
        ("name_zh", "长" * 200, "长…, published"),
        ("name_zh", 5, "found '5', published"),
    ],
)
def test_a_cell_that_stands_for_nothing_is_shown_as_it_is(
    column: str, cell: Any, said: str
) -> None:
    frame = ft.load_banks().astype(object)
    frame.loc[0, column] = cell
    (_, line) = differs(frame)
    assert said.replace("\\x1b", "x1b") in line.replace("\\\\x1b", "x1b").replace("\\x1b", "x1b")
    assert line.isprintable()


@pytest.mark.parametrize("name", NAMES)
def test_every_single_changed_cell_is_found(name: str) -> None:
    frame = ft.load(name).astype(object)
    for number, column in enumerate(frame.columns):
        if column in ft.info(name).primary_key:
            continue
        row = number % len(frame)
        changed = frame.copy()
        changed.loc[row, column] = "something else"
        assert f", {column}: found 'something else', published" in differs(changed, name)[1]


def test_of_many_differences_twenty_lines_are_told() -> None:
    frame = ft.load_observations(backend="polars").with_columns(
        name_zh=pl.lit("x"), value=pl.lit(0.5)
    )
    lines = differs(frame, "observations")
    assert len(lines) == 20
    assert lines[-1].startswith("  … and ")
    told = ft.load_observations()
    cells = int((told["value"] != 0.5).sum())
    assert f"1 column, {cells} cells differ" in lines[0]


def test_a_key_that_is_missing_leaves_the_columns_to_tell() -> None:
    frame = ft.load_banks().drop(columns="bank_id")
    assert differs(frame)[1:] == ["  the column bank_id is missing"]
    assert "there twice" in differs(pd.concat([ft.load_banks()] * 2, axis=1))[1]
    assert differs(ft.load_banks()[:0])[1:19] == [
        f"  the row {bank} is missing" for bank in ft.load_banks()["bank_id"]
    ]


def test_lists_may_be_lists() -> None:
    frame = ft.load_virtual_banks()
    split = frame["features"].str.split(";")
    assert_matches(frame.assign(features=split), "virtual_banks")
    assert_matches(pa.Table.from_pandas(frame.assign(features=split)), "virtual_banks")


def test_what_is_no_frame_is_refused() -> None:
    for given in (5, "banks", None, [{"bank_id": "x"}], pd.DataFrame):
        with pytest.raises(TypeError, match="What was given for banks is no frame"):
            assert_matches(given, "banks")
    with pytest.raises(ft.UnknownDatasetError, match="Did you mean 'banks'"):
        assert_matches(ft.load_banks(), "bank")


@pytest.mark.parametrize("name", NAMES)
def test_one_valid_record_of_every_class_can_be_made(name: str) -> None:
    record = getattr(ft, ft.info(name).record)
    made = make(record)
    assert made == record.all()[0]
    assert made is not record.all()[0]
    key = ft.info(name).primary_key
    other = make(record, **{part: getattr(record.all()[1], part) for part in key})
    assert other != made
    assert type(other) is record


def test_an_override_stands_and_the_rest_is_packaged() -> None:
    bank = make(ft.Bank, tech_spend_cny=5, tech_staff_pct=1.5, bank_type="joint_stock")
    assert (bank.tech_spend_cny, bank.tech_staff_pct) == (5, Decimal("1.5"))
    assert bank.bank_type is ft.BankType.JOINT_STOCK
    assert bank.name_zh == ft.Bank.all()[0].name_zh


def test_a_value_that_cannot_be_is_named_with_its_column() -> None:
    with pytest.raises(ft.RecordError) as told:
        make(ft.Bank, tech_staff=-1, bank_type="tiny")
    assert str(told.value).splitlines()[0] == "That makes no Bank:"
    assert {column: value for _, column, value, _ in told.value.failures} == {
        "tech_staff": -1,
        "bank_type": "tiny",
    }
    with pytest.raises(ft.UnknownColumnError, match="Did you mean 'tech_staff_pct'"):
        make(ft.Bank, tech_staff_ct=1)
    for given in (ft.Record, "banks", 5):
        with pytest.raises(TypeError, match="expected the class of a dataset"):
            make(given)  # type: ignore[arg-type] # On purpose.


def test_no_pin_changes_what_is_made() -> None:
    pinned_by_nothing = make(ft.Policy)
    with ft.pinned("2026.1"):
        assert make(ft.Policy) == pinned_by_nothing
