from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import fintech2021 as ft
from fintech2021 import testing
from fintech2021._contracts.requirements import contract
from fintech2021._core import catalog
from fintech2021.testing import broken, make_frame, make_parents

if TYPE_CHECKING:
    from fintech2021._core.names import DatasetName

DATASETS = catalog.datasets()
EVERY = pytest.mark.parametrize("name", DATASETS)
USUAL = {"bank_technology", "banks", "fintech_subsidiaries", "regions", "sandbox_batches", "trends"}
SOME = pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in USUAL else pytest.mark.thorough) for name in DATASETS],
)
"""Every dataset, of which a usual run takes some; `nox -s thorough` takes them all."""
BACKENDS = pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])


@EVERY
def test_a_made_up_frame_of_any_height_is_valid(name: DatasetName) -> None:
    height = ft.info(name).rows
    for rows in (0, 1, height // 2, height + 1, 3 * height + height // 3):
        frame = make_frame(name, rows, seed=rows)
        assert len(frame) == rows
        assert ft.validate(frame, name, references=make_parents(frame, name)) is frame


@EVERY
def test_a_made_up_frame_of_an_old_version_is_valid_by_that_version(name: DatasetName) -> None:
    for version in catalog.versions(name)[:-1]:
        frame = make_frame(name, 40, version=version)
        parents = make_parents(frame, name, version=version)
        ft.validate(frame, name, version, references=parents)


@EVERY
def test_the_parents_of_a_made_up_frame_are_valid(name: DatasetName) -> None:
    for parent, frame in make_parents(make_frame(name, 50), name).items():
        ft.validate(frame, parent)


@EVERY
def test_no_key_of_a_made_up_frame_is_a_published_one(name: DatasetName) -> None:
    def keys(frame: pd.DataFrame) -> set[tuple[Any, ...]]:
        cells = frame[list(ft.info(name).primary_key)].astype(object)
        return set(cells.itertuples(index=False, name=None))

    if name == "trends":  # Its keys are numbers.
        pytest.skip("numbers are no names")
    assert keys(make_frame(name, 20)).isdisjoint(keys(ft.load(name)))


@pytest.mark.parametrize("name", ["banks", "observations", "virtual_banks"])
@BACKENDS
def test_a_made_up_frame_has_the_types_that_load_gives(name: DatasetName, backend: str) -> None:
    frame, published = make_frame(name, 30, backend=backend), ft.load(name, backend=backend)
    if backend == "pandas":
        pd.testing.assert_series_equal(frame.dtypes, published.dtypes)
    else:
        assert frame.schema == published.schema
    assert type(frame) is type(published)
    parents = make_parents(frame, name)
    assert all(type(parent) is type(published) for parent in parents.values())
    ft.validate(frame, name, references=parents)


def test_equal_seeds_give_equal_frames_and_others_others() -> None:
    pd.testing.assert_frame_equal(make_frame("banks", 30, seed=5), make_frame("banks", 30, seed=5))
    assert not make_frame("banks", 30, seed=5).equals(make_frame("banks", 30, seed=6))


def test_where_every_key_is_published_no_table_is_made() -> None:
    assert make_parents(ft.load_banks(), "banks") == {}


def test_a_cell_that_may_be_missing_sometimes_is() -> None:
    frame = make_frame("banks", 200)
    can = [column.name for column in ft.info("banks").columns if not column.required]
    assert all(0 < frame[name].isna().sum() < 200 for name in can)


@pytest.mark.parametrize("rows", [-1, 1.5, True, "3", None])
def test_what_is_no_number_of_rows_is_refused(rows: Any) -> None:
    with pytest.raises(ft.ArgumentError, match="rows is"):
        make_frame("banks", rows)


@pytest.mark.parametrize("seed", [-1, 1.5, True, "a", None])
def test_what_is_no_seed_is_refused(seed: Any) -> None:
    with pytest.raises(ft.ArgumentError, match="seed is"):
        make_frame("banks", seed=seed)


def test_other_words_are_refused_with_those_that_are_known() -> None:
    with pytest.raises(ft.UnknownBackendError, match="Known: pandas"):
        make_frame("banks", backend="spark")
    with pytest.raises(ft.UnknownBackendError, match="Known: pandas"):
        broken("banks", backend="spark")
    with pytest.raises(ft.UnknownDatasetError):
        make_frame("bank")
    with pytest.raises(ft.ArgumentError, match="no frame: int"):
        make_parents(7, "banks")
    with pytest.raises(ft.ArgumentError, match="no column 'bank_id', by which banks refers"):
        make_parents(ft.load_trends(), "banks")
    with pytest.raises(AttributeError, match="nothing"):
        _ = testing.nothing


def test_a_million_banks_take_seconds() -> None:
    assert len(make_frame("banks", 100_000)) == 100_000


@SOME
def test_each_rule_has_a_frame_that_breaks_it_and_is_refused_for_that(name: DatasetName) -> None:
    cases = broken(name)
    descriptor = ft.info(name)
    said = contract(descriptor)
    told = {(case.column, case.rule) for case in cases}
    assert told >= {(r.column, r.rule) for r in said.requirements}
    assert {case.rule for case in cases} >= {rule.statement for rule in said.traced}
    assert len(told) == len(cases)
    for case in cases:
        with pytest.raises(ft.ValidationError) as caught:
            ft.validate(case.frame, name, references=case.references, limit=None)
        failures = caught.value.failures
        named = failures[failures["rule"] == case.rule]
        assert set(failures["rule"]) == {case.rule, *case.also}, str(case)
        assert case.column in {*named["column"], None}
        assert [key for key in named["key"] if key] == [key for key in case.keys if key]
    # Mostly a frame breaks one rule alone.
    assert sum(bool(case.also) for case in cases) <= max(len(cases) // 20, 2)


@pytest.mark.parametrize("name", ["banks", "fintech_subsidiaries"])
@pytest.mark.parametrize("backend", ["polars", "pyarrow"])
def test_broken_frames_are_there_for_other_backends(name: DatasetName, backend: str) -> None:
    kinds = {"polars": pl.DataFrame, "pyarrow": pa.Table}
    cases = broken(name, backend=backend)
    assert not any(case.rule == "has no time of day" for case in cases)
    for case in cases:
        assert isinstance(case.frame, kinds[backend])
        with pytest.raises(ft.ValidationError) as caught:
            ft.validate(case.frame, name, references=case.references)
        assert case.rule in set(caught.value.failures["rule"])


def test_each_call_gives_fresh_frames() -> None:
    first, again = broken("banks")[0], broken("banks")[0]
    assert first.frame is not again.frame
    assert str(first) == "banks.bank_id: is present"


def test_frames_are_made_without_pytest_and_the_plugin_imports_no_pandas() -> None:
    code = (
        "import sys; sys.modules['pytest'] = None\n"
        "from fintech2021.testing import make_frame\n"
        "print(len(make_frame('banks', 3)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "3\n"
    code = (
        "import sys, fintech2021.testing\nprint({'pandas', 'numpy', 'pydantic'} & {*sys.modules})\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "set()\n"
