from __future__ import annotations

import os
import re
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
from fintech2021._contracts import requirements
from fintech2021._core import catalog

if TYPE_CHECKING:
    from collections.abc import Callable

    from fintech2021._core.names import DatasetName

DATASETS = catalog.datasets()
ORDER = "stands in the published order of columns"


def failures(frame: Any, name: DatasetName = "banks", **options: Any) -> ft.ValidationError:
    with pytest.raises(ft.ValidationError) as caught:
        ft.validate(frame, name, **options)
    assert list(caught.value.failures.columns) == [
        *("dataset", "row", "key", "column", "rule", "value", "message")
    ]
    assert len(caught.value.failures) > 0
    return caught.value


def lines(error: ft.ValidationError) -> list[tuple[Any, ...]]:
    frame = error.failures[["row", "column", "rule", "value"]]
    return list(frame.itertuples(index=False, name=None))


@pytest.mark.parametrize("name", DATASETS)
def test_every_published_frame_is_valid_and_comes_back_itself(name: DatasetName) -> None:
    frame = ft.load(name)
    assert ft.validate(frame, name, facts=True) is frame
    pd.testing.assert_frame_equal(frame, ft.load(name))


@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("start", [0, 1])
def test_an_invariant_holds_for_any_part_of_a_published_frame(
    name: DatasetName, start: int
) -> None:
    counts = ft.count_failures(ft.load(name).iloc[start::2], name)
    broken = set(counts.loc[counts["failures"] > 0, "rule"])
    pointing = {rule for rule in broken if rule.startswith("what restates points to")}
    own = f"is a key of {name}"
    assert broken <= {
        own,
        "only a group of sectors has members, more than one, each a sector of the table",
        *pointing,
    }


@pytest.mark.parametrize("name", DATASETS)
def test_every_published_version_is_valid_by_its_own_schema(name: DatasetName) -> None:
    for version in catalog.versions(name):
        ft.validate(ft.load(name, version), name, version, facts=True)


def test_a_missing_column_is_one_failure() -> None:
    error = failures(ft.load_banks().drop(columns="tech_staff"))
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
    assert [line[1:] for line in lines(error)] == [("fiscal_year", "has the type integer", "int32")]


def test_a_wrong_value_is_named_by_row_column_rule_and_value() -> None:
    frame = ft.load_banks()
    frame.loc[3, "tech_spend_revenue_pct"] = 101.5
    error = failures(frame)
    assert lines(error) == [(3, "tech_spend_revenue_pct", "is at most 100", 101.5)]


def test_a_missing_value_is_named_by_row_and_column() -> None:
    frame = ft.load_banks()
    frame.loc[2, "name_zh"] = None
    assert lines(failures(frame)) == [(2, "name_zh", "is not missing", None)]


def test_a_value_outside_a_closed_list_is_named() -> None:
    frame = ft.load_banks()
    frame.loc[5, "bank_type"] = "foreign"
    error = failures(frame)
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
    error = failures(ft.load_banks().iloc[:17], facts=True)
    assert "18 banks: 6 state-owned and 12 joint-stock" in error.failures["rule"].tolist()
    assert "the table: expected that 18 banks" in str(error)


def test_every_failure_is_reported_at_once() -> None:
    frame = ft.load_banks().assign(extra=1).drop(columns="tech_staff")
    frame.loc[3, "tech_spend_revenue_pct"] = -1
    frame.loc[4, "name_en"] = " padded"
    found = [line[1] for line in lines(failures(frame))]
    assert sorted(found) == ["extra", "name_en", "tech_spend_revenue_pct", "tech_staff"]


def test_a_failure_is_named_by_the_label_of_its_row() -> None:
    frame = ft.load_banks()
    frame.loc[7, "tech_spend_revenue_pct"] = -5
    frame.index = pd.Index([f"bank {n}" for n in range(18)])
    error = failures(frame)
    assert lines(error) == [("bank 7", "tech_spend_revenue_pct", "is at least 0", -5.0)]


def test_rows_with_the_same_label_are_each_reported() -> None:
    twice = pd.concat([ft.load_banks(), ft.load_banks()])
    unique = [
        line for line in lines(failures(twice, limit=None)) if line[2] == "is unique as a key"
    ]
    assert len(unique) == 36


def test_the_message_is_for_reading() -> None:
    frame = ft.load_banks()
    frame.loc[3, "tech_spend_revenue_pct"] = 101.5
    assert str(failures(frame)).splitlines() == [
        f"The frame breaks the contract of banks {ft.info('banks').version} in 1 place:",
        f"  row 3, {frame['bank_id'][3]}, tech_spend_revenue_pct 科技投入占营收比重: expected that "
        "it is at most 100, found 101.5",
    ]


def test_a_long_message_is_cut_and_the_counts_are_whole() -> None:
    error = failures(ft.load_institutions().assign(kind="x"), "institutions", limit=30)
    height = len(ft.load_institutions())
    assert len(error.failures) == 30
    assert error.counts["failures"].tolist() == [height]
    assert len(str(error).splitlines()) == 22
    assert f"… and {height - 20} more: see the failures of this error." in str(error)
    assert (
        len(failures(ft.load_institutions().assign(kind="x"), "institutions", limit=None).failures)
        == height
    )


@pytest.mark.parametrize("thing", [None, 7, "banks", [], {}, ft.Bank, pd.Series([1])])
def test_what_is_no_frame_is_said_to_be_none(thing: object) -> None:
    error = failures(thing)
    assert f"{type(thing).__name__}, expected a pandas.DataFrame, or a frame of polars" in str(
        error
    )
    assert "builtins" not in str(error)


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
    from fintech2021._records.rules import Fact
    from fintech2021.tables import banks

    old, new = Fact("old", lambda *_: True), Fact("new", lambda *_: True, since="1.1.0")
    monkeypatch.setattr(banks, "FACTS", (old, new))
    first = replace(ft.info("banks", "1.0.0"), versions=("1.0.0", "1.1.0"))
    assert requirements.facts_of(first) == (old,)
    assert requirements.facts_of(replace(first, version="1.1.0")) == (old, new)


def _with(column: str, values: Any, dtype: Any = object) -> pd.DataFrame:
    frame = ft.load_banks()
    return frame.assign(**{column: pd.Series([values] * len(frame), dtype=dtype)})


ODD: dict[str, Callable[[], pd.DataFrame]] = {
    "empty": pd.DataFrame,
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
# Before pandas 3 texts are objects: a column of them has its type.
COLUMN_NAMES = st.sampled_from(
    [column.name for column in ft.info("banks").columns if column.type != "string"]
)


@settings(max_examples=60)
@given(st.data(), st.lists(COLUMN_NAMES, unique=True, max_size=4), st.integers(0, 4))
def test_no_mixture_of_cells_gives_any_other_error(
    data: st.DataObject, names: list[str], height: int
) -> None:
    frame = ft.load_banks().head(height)
    for name in names:
        column = data.draw(st.lists(CELLS, min_size=len(frame), max_size=len(frame)))
        frame[name] = pd.Series(column, dtype=object, index=frame.index)
    if names:
        failures(frame)


def test_a_table_without_rows_keeps_the_contract_and_not_the_facts() -> None:
    empty = ft.load_banks().head(0)
    assert ft.validate(empty, "banks") is empty
    assert "there are 18 rows" in failures(empty, facts=True).failures["rule"].tolist()


def test_rules_are_deprecated_and_say_what_replaces_them() -> None:
    part = ft.load_banks().head(3)
    with pytest.warns(DeprecationWarning, match="facts=True checks what holds of the published"):
        assert ft.validate(part, "banks", rules=False) is part
    with (
        pytest.warns(DeprecationWarning, match="rules="),
        pytest.raises(ft.ValidationError, match="18 banks"),
    ):
        ft.validate(part, "banks", rules=True)


def test_a_growing_table_is_held_against_its_own_parents() -> None:
    mine = ft.load_banks().head(2).assign(bank_id=["my_bank", "icbc"])
    assert lines(failures(mine)) == [(0, "bank_id", "is a key of institutions", "my_bank")]
    parents = pd.DataFrame({"institution_id": ["my_bank", "icbc"]})
    assert ft.validate(mine, "banks", references={"institutions": parents}) is mine
    assert ft.validate(mine, "banks", references=False) is mine


def test_parents_have_their_column_of_keys() -> None:
    with pytest.raises(ft.UnknownColumnError, match="institution_id"):
        ft.validate(ft.load_banks(), "banks", references={"institutions": ft.load_regions()})


def test_a_reference_that_there_is_not_is_refused() -> None:
    with pytest.raises(ft.UnknownColumnError, match="reference of banks to 'regions'"):
        ft.validate(ft.load_banks(), "banks", references={"regions": ft.load_regions()})
    with pytest.raises(ft.ArgumentError, match="expected a mapping of frames"):
        ft.validate(ft.load_banks(), "banks", references=True)  # type: ignore[arg-type] # On purpose.


def test_counts_are_of_every_rule_that_could_be_asked() -> None:
    frame = ft.load_banks()
    frame.loc[[1, 2], "tech_staff_pct"] = 101.5
    counts = ft.count_failures(frame, "banks")
    assert list(counts.columns) == ["dataset", "column", "rule", "failures"]
    broken = counts[counts["failures"] > 0]
    assert broken.to_dict("records") == [
        {"dataset": "banks", "column": "tech_staff_pct", "rule": "is at most 100", "failures": 2}
    ]
    assert len(counts) > 15
    missing = ft.count_failures(frame.drop(columns="tech_staff_pct"), "banks")
    assert (
        "is at most 100" not in missing.loc[missing["column"] == "tech_staff_pct", "rule"].tolist()
    )


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
    named = found.loc[found["column"] == "tech_staff_pct", ["row", "rule", "value"]]
    assert [tuple(line) for line in named.itertuples(index=False)] == [
        (None, "has the type number", "object"),
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
            ft.validate(ft.load(name), name, facts=True)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"limit": -1}, "limit is -1, expected a number of rows"),
        ({"limit": 1.5}, "limit is 1.5, expected"),
        ({"limit": True}, "limit is True, expected"),
        ({"coerce": "other"}, "coerce is 'other', expected True, False or 'drop'"),
        ({"coerce": None}, "coerce is None, expected"),
        ({"facts": "yes"}, "facts is 'yes', expected True or False"),
        ({"facts": np.array([1, 2])}, "expected True or False"),
    ],
)
def test_an_option_that_is_none_is_refused(options: Any, told: str) -> None:
    with pytest.raises(ft.ArgumentError, match=re.escape(told)):
        ft.validate(ft.load_banks(), "banks", **options)


def test_rules_given_as_an_array_are_no_reason_to_fail() -> None:
    with pytest.warns(DeprecationWarning, match="facts=True"):
        assert len(ft.validate(ft.load_banks(), "banks", rules=np.array([1, 2]))) == 18  # type: ignore[arg-type]


def test_a_table_is_no_parent_of_its_own() -> None:
    regions = ft.load_regions()
    with pytest.raises(ft.UnknownColumnError, match="reference of regions to"):
        ft.validate(regions, "regions", references={"regions": regions})


@pytest.mark.parametrize(
    ("parents", "told"),
    [
        (pd.DataFrame([["a", "b"]], columns=["institution_id"] * 2), "is there twice"),
        (pd.DataFrame({"institution_id": [["a"]]}), "cells that are no keys"),
    ],
)
def test_a_parent_with_odd_keys_is_refused(parents: pd.DataFrame, told: str) -> None:
    with pytest.raises(ft.ArgumentError, match=told):
        ft.validate(ft.load_banks(), "banks", references={"institutions": parents})


@pytest.mark.parametrize("kind", ["float64", "int64", "str"])
def test_flags_are_read_as_others_write_them(kind: str) -> None:
    policies = ft.load_policies()
    name = next(column.name for column in ft.info("policies").columns if column.type == "boolean")
    told: dict[str, dict[Any, Any]] = {
        "float64": {True: 1.0, False: 0.0},
        "int64": {True: 1, False: 0},
        "str": {True: "True", False: "False"},
    }
    spelled = policies[name].astype(object).map(told[kind], na_action="ignore")
    frame = policies.assign(**{name: spelled})
    pd.testing.assert_frame_equal(ft.validate(frame, "policies", coerce=True), policies)
