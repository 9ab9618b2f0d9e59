from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fintech2021 as ft
from fintech2021._contracts import validate as validation
from fintech2021._core import catalog
from fintech2021._frames import pandas as pandas_frames

if TYPE_CHECKING:
    from collections.abc import Callable

    from fintech2021._core.names import DatasetName

DATASETS = catalog.datasets()
ORDER = "stands in the published order of columns"


def failures(frame: Any, name: DatasetName = "banks", **options: Any) -> ft.ValidationError:
    with pytest.raises(ft.ValidationError) as caught:
        ft.validate(frame, name, **options)
    assert list(caught.value.failures.columns) == ["row", "column", "rule", "value"]
    assert len(caught.value.failures) > 0
    return caught.value


def lines(error: ft.ValidationError) -> list[tuple[Any, ...]]:
    return list(error.failures.itertuples(index=False, name=None))


@pytest.mark.parametrize("name", DATASETS)
def test_every_published_frame_is_valid_and_comes_back_itself(name: DatasetName) -> None:
    frame = ft.load(name)
    assert ft.validate(frame, name) is frame
    pd.testing.assert_frame_equal(frame, ft.load(name))


@pytest.mark.parametrize("name", DATASETS)
def test_any_part_of_a_published_frame_is_valid_without_the_rules(name: DatasetName) -> None:
    part = ft.load(name).iloc[1::2]
    assert ft.validate(part, name, rules=False) is part


@pytest.mark.parametrize("name", DATASETS)
def test_every_published_version_is_valid_by_its_own_schema(name: DatasetName) -> None:
    for version in catalog.versions(name):
        ft.validate(ft.load(name, version), name, version)


@pytest.mark.parametrize("name", DATASETS)
def test_a_schema_validates_like_validate(name: DatasetName) -> None:
    ft.schema(name).validate(ft.load(name), lazy=True)
    assert len(ft.schema(name, rules=False).checks) <= len(ft.schema(name).checks)


def test_a_missing_column_is_one_failure() -> None:
    error = failures(ft.load_banks().drop(columns="tech_staff"), rules=False)
    assert lines(error) == [(None, "tech_staff", "is present", None)]


def test_an_unknown_column_is_one_failure() -> None:
    error = failures(ft.load_banks().assign(extra=1))
    assert lines(error) == [(None, "extra", "is a column of the dataset", None)]


def test_columns_in_another_order_are_named() -> None:
    frame = ft.load_banks()
    frame = frame[["name_en", "bank_id", *frame.columns[2:]]]
    assert {line[1:3] for line in lines(failures(frame))} == {
        ("name_en", ORDER),
        ("bank_id", ORDER),
    }


def test_a_column_of_another_type_is_one_failure() -> None:
    error = failures(ft.load_banks().astype({"fiscal_year": "int32"}))
    assert [line[1:3] for line in lines(error)] == [("fiscal_year", "has the dtype int64")]


def test_a_wrong_value_is_named_by_row_column_rule_and_value() -> None:
    frame = ft.load_banks()
    frame.loc[3, "tech_spend_revenue_pct"] = 101.5
    error = failures(frame, rules=False)
    assert lines(error) == [(3, "tech_spend_revenue_pct", "is at most 100", 101.5)]


def test_a_missing_value_is_named_by_row_and_column() -> None:
    frame = ft.load_banks()
    frame.loc[2, "name_zh"] = None
    assert lines(failures(frame)) == [(2, "name_zh", "is not missing", None)]


def test_a_value_outside_a_closed_list_is_named() -> None:
    frame = ft.load_banks()
    frame.loc[5, "bank_type"] = "foreign"
    error = failures(frame, rules=False)
    assert lines(error) == [(5, "bank_type", "is one of state_owned, joint_stock", "foreign")]


def test_a_bad_reference_is_named() -> None:
    frame = ft.load_banks()
    frame.loc[0, "bank_id"] = "no_such_bank"
    assert lines(failures(frame)) == [(0, "bank_id", "is a key of institutions", "no_such_bank")]


def test_every_row_of_a_duplicate_key_is_named() -> None:
    frame = ft.load_banks()
    frame.loc[1, "bank_id"] = "abc"
    assert lines(failures(frame)) == [
        (0, "bank_id", "is unique as a key", "abc"),
        (1, "bank_id", "is unique as a key", "abc"),
    ]


def test_a_broken_rule_is_a_failure_of_the_whole_table() -> None:
    error = failures(ft.load_banks().iloc[:17])
    assert "18 banks: 6 state-owned and 12 joint-stock" in error.failures["rule"].tolist()
    assert "the table: expected that 18 banks" in str(error)


def test_every_failure_is_reported_at_once() -> None:
    frame = ft.load_banks().assign(extra=1).drop(columns="tech_staff")
    frame.loc[3, "tech_spend_revenue_pct"] = -1
    frame.loc[4, "name_en"] = " padded"
    found = [line[1] for line in lines(failures(frame, rules=False))]
    assert sorted(found) == ["extra", "name_en", "tech_spend_revenue_pct", "tech_staff"]


def test_a_failure_is_named_by_the_label_of_its_row() -> None:
    frame = ft.load_banks()
    frame.loc[7, "tech_spend_revenue_pct"] = -5
    frame.index = pd.Index([f"bank {n}" for n in range(18)])
    error = failures(frame, rules=False)
    assert lines(error) == [("bank 7", "tech_spend_revenue_pct", "is at least 0", -5.0)]


def test_rows_with_the_same_label_are_each_reported() -> None:
    twice = pd.concat([ft.load_banks(), ft.load_banks()])
    unique = [line for line in lines(failures(twice)) if line[2] == "is unique as a key"]
    assert len(unique) == 36


def test_the_message_is_for_reading() -> None:
    frame = ft.load_banks(version="1.0.0")
    frame.loc[3, "tech_spend_revenue_pct"] = 101.5
    assert str(failures(frame, version="1.0.0", rules=False)).splitlines() == [
        "The frame breaks the contract of banks 1.0.0 in 1 place:",
        "  row 3, tech_spend_revenue_pct 科技投入占营收比重: expected that it is at most 100, "
        "found 101.5",
    ]


def test_a_long_message_is_cut_but_the_failures_are_whole() -> None:
    error = failures(ft.load_institutions().assign(kind="x"), "institutions")
    assert len(error.failures) == len(ft.load_institutions())
    assert len(str(error).splitlines()) == 22
    assert "more: see the failures of this error." in str(error)


@pytest.mark.parametrize("thing", [None, 7, "banks", [], {}, ft.Bank, pd.Series([1])])
def test_what_is_no_frame_is_said_to_be_none(thing: object) -> None:
    error = failures(thing)
    assert f".{type(thing).__name__}, expected a pandas.DataFrame" in str(error)


@pytest.mark.parametrize("engine", ["spark", "", None, []])
def test_an_unknown_engine_names_the_known_ones(engine: Any) -> None:
    with pytest.raises(ft.UnknownBackendError, match="Known: pandas"):
        ft.schema("banks", engine=engine)


def test_an_unknown_version_has_no_schema() -> None:
    with pytest.raises(ft.UnknownVersionError):
        ft.schema("banks", "99.0.0")


def test_a_rule_holds_only_from_the_version_that_introduced_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from fintech2021._records.rules import Rule
    from fintech2021.tables import banks

    old, new = Rule("old", lambda *_: True), Rule("new", lambda *_: True, since="1.1.0")
    monkeypatch.setattr(banks, "RULES", (old, new))
    first = replace(ft.info("banks", "1.0.0"), versions=("1.0.0", "1.1.0"))
    assert validation.rules_of(first) == (old,)
    assert validation.rules_of(replace(first, version="1.1.0")) == (old, new)


def _with(column: str, values: Any, dtype: Any = object) -> pd.DataFrame:
    frame = ft.load_banks()
    return frame.assign(**{column: pd.Series([values] * len(frame), dtype=dtype)})


ODD: dict[str, Callable[[], pd.DataFrame]] = {
    "empty": pd.DataFrame,
    "no rows": lambda: ft.load_banks().head(0),
    "no rows, untyped": lambda: pd.DataFrame(columns=ft.load_banks().columns),
    "no columns": lambda: ft.load_banks()[[]],
    "numbers as labels": lambda: pd.DataFrame(np.zeros((2, 3))),
    "two levels of columns": lambda: pd.concat({"a": ft.load_banks()}, axis=1),
    "two levels of rows": lambda: pd.concat({"a": ft.load_banks().assign(tech_staff=-1)}),
    "a column twice": lambda: pd.concat([ft.load_banks(), ft.load_banks()[["bank_id"]]], axis=1),
    "every row twice": lambda: pd.concat([ft.load_banks(), ft.load_banks()]),
    "transposed": lambda: ft.load_banks().T,
    "a label that is missing": lambda: ft.load_banks().rename(columns={"bank_id": np.nan}),
    "a label that is a tuple": lambda: ft.load_banks().rename(columns={"bank_id": ("a", 1)}),
    "everything as objects": lambda: ft.load_banks().astype(object),
    "everything as text": lambda: ft.load_banks().astype(str),
    "everything as categories": lambda: ft.load_banks().astype("category"),
    "everything missing": lambda: ft.load_banks().map(lambda _: None),
    "lists in the key": lambda: _with("bank_id", [1, 2]),
    "dicts in the key": lambda: _with("bank_id", {"a": 1}),
    "arrays in a text": lambda: _with("name_en", np.array([1, 2])),
    "frames in a text": lambda: _with("name_en", pd.DataFrame({"a": [1]})),
    "bytes in the key": lambda: _with("bank_id", b"x"),
    "sets in a count": lambda: _with("tech_staff", {1}),
    "NA in a year": lambda: _with("fiscal_year", pd.NA, "Int64"),
    "NaT in a year": lambda: _with("fiscal_year", pd.NaT),
    "a huge number": lambda: _with("fiscal_year", 10**30),
    "complex numbers": lambda: _with("tech_spend_revenue_pct", 1j),
    "infinity": lambda: _with("tech_spend_revenue_pct", float("inf"), float),
    "a lone surrogate": lambda: _with("name_en", " \ud800"),
    "zoned times": lambda: _with("fiscal_year", pd.Timestamp("2020-01-01", tz="UTC")),
}


@pytest.mark.parametrize("make", ODD.values(), ids=ODD.keys())
def test_an_odd_frame_is_an_ordinary_validation_error(make: Callable[[], pd.DataFrame]) -> None:
    error = failures(make())
    assert str(error).startswith("The frame breaks the contract of banks")


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=3),
    st.binary(max_size=2),
    st.dates(),
    st.decimals(allow_nan=False),
    st.just(pd.NA),
    st.just(pd.NaT),
    st.lists(st.integers(), max_size=2),
)
COLUMN_NAMES = st.sampled_from([*pandas_frames.frame(catalog.load_descriptor("banks")).columns])


@settings(max_examples=60)
@given(st.data(), st.lists(COLUMN_NAMES, unique=True, max_size=4), st.integers(0, 4))
def test_no_mixture_of_cells_gives_any_other_error(
    data: st.DataObject, names: list[str], height: int
) -> None:
    frame = ft.load_banks().head(height)
    for name in names:
        column = data.draw(st.lists(CELLS, min_size=len(frame), max_size=len(frame)))
        frame[name] = pd.Series(column, dtype=object, index=frame.index)
    failures(frame)


LABELS = st.one_of(st.none(), st.integers(), st.text(max_size=3), st.dates(), st.tuples(st.text()))


@settings(max_examples=40)
@given(st.lists(LABELS, min_size=3, max_size=3))
def test_no_labels_of_columns_give_any_other_error(labels: list[Any]) -> None:
    frame = ft.load_banks().iloc[:, :3]
    frame.columns = pd.Index(labels, dtype=object)
    failures(frame)


@settings(max_examples=30)
@given(st.integers(0, 17), COLUMN_NAMES)
def test_a_text_of_white_space_is_found_wherever_it_stands(row: int, column: str) -> None:
    frame = ft.load_banks().astype({column: object})
    frame.loc[row, column] = "\n"
    assert column in failures(frame).failures["column"].tolist()


@pytest.mark.parametrize(
    ("switch", "value"),
    [("PANDERA_VALIDATION_ENABLED", "False"), ("PANDERA_VALIDATION_DEPTH", "SCHEMA_ONLY")],
)
def test_no_environment_variable_makes_a_bad_frame_pass(switch: str, value: str) -> None:
    code = """
import fintech2021 as ft
banks = ft.load_banks()
banks.loc[0, "bank_type"] = "no such type"
try:
    ft.validate(banks, "banks")
except ft.ValidationError:
    print("refused")
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, switch: value},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "refused\n"


def test_a_cell_of_another_type_is_named_beside_the_type_of_its_column() -> None:
    frame = ft.load_banks().astype({"tech_staff_pct": object})
    frame.loc[0, "tech_staff_pct"] = "many"
    frame.loc[1, "tech_staff_pct"] = -5
    found = failures(frame).failures
    named = found[found["column"] == "tech_staff_pct"].drop(columns="column")
    assert [tuple(line) for line in named.itertuples(index=False)] == [
        (None, "has the dtype float64", None),
        (0, "is a number", "many"),
        (1, "is at least 0", -5),
    ]


@pytest.mark.parametrize(
    ("name", "column", "cell", "rule"),
    [
        ("banks", "tech_staff", 1.5, "is a whole number"),
        ("sandbox_projects", "in_report_count", "yes", "is true or false"),
        ("virtual_banks", "opened_on", "2020-13-01", "is a day"),
        ("fintech_subsidiaries", "founded_month", 201801, "is a day"),
    ],
)
def test_every_type_says_what_a_cell_should_be(
    name: DatasetName, column: str, cell: object, rule: str
) -> None:
    frame = ft.load(name).astype({column: object})
    frame[column] = [cell, *frame[column][1:]]
    found = failures(frame, name).failures
    assert (0, rule) in list(zip(found["row"], found["rule"], strict=True))


@pytest.mark.parametrize("edition", catalog.editions())
def test_what_an_edition_published_is_valid_under_its_pins(edition: str) -> None:
    with ft.pinned(edition):
        for name in catalog.editions()[edition].datasets:
            ft.validate(ft.load(name), name)
