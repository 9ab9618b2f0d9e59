from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_type_hints

import hypothesis
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

import fintech2021 as ft
from corpus import MAKE, Case, same
from drawing import drawn, plainest
from fintech2021._contracts import pandas as checks
from fintech2021._contracts.requirements import contract, keys_of
from fintech2021._contracts.rowwise import Rows
from fintech2021._core import catalog
from fintech2021.testing import strategies
from fintech2021.testing.faults import Odd, broken_case, faults_of, in_pandas
from fintech2021.testing.shapes import shape_of
from fintech2021.testing.strategies import broken_frames, frames, records, rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from fintech2021._core.descriptor import Column
    from fintech2021._core.names import DatasetName

DATASETS = catalog.datasets()
EVERY = pytest.mark.parametrize("name", DATASETS)
USUAL = (
    "observations",
    "regions",
    "sandbox_projects",
    "technology_parks",
    "virtual_bank_results",
    "virtual_banks",
)
SOME = pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=() if n in USUAL else pytest.mark.thorough) for n in DATASETS],
)
"""Every dataset, of which a usual run takes a few; `nox -s thorough` takes them all."""
FEW = 5
KINDS: dict[str, Any] = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.Table}
MOST = 500
"""How many frames a shrink may ask about: it asks about 5 to 220, in one to sixteen seconds."""


def tied_columns(name: str) -> set[str]:
    """Return the columns that rules tie to one another."""
    whole = contract(ft.info(name))
    said = (rule.columns for rule in whole.requirements if rule.is_sentence)
    traced = (rule.columns for rule in whole.traced)
    return {column for columns in (*said, *traced) for column in columns}


def record_of(name: str) -> type[ft.Record]:
    found: type[ft.Record] = getattr(ft, ft.info(name).record)
    return found


def kinds_of(name: str) -> set[str]:
    """Return what a dataset has that strategies treat by itself."""
    descriptor = ft.info(name)
    columns = descriptor.columns
    references = {"own" if c.references == name else "other" for c in columns if c.references}
    has = {
        "a key of several columns": len(descriptor.primary_key) > 1,
        "a rule that is traced": bool(contract(descriptor).traced),
        "a list of another table's keys": any(c.is_list and c.references for c in columns),
        "a list of an enum": any(c.is_list and c.enum for c in columns),
    }
    return {c.type for c in columns} | references | {kind for kind, is_so in has.items() if is_so}


def test_a_usual_run_takes_datasets_of_every_kind() -> None:
    assert set.union(*map(kinds_of, DATASETS)) == set.union(*map(kinds_of, USUAL))


@EVERY
@pytest.mark.parametrize("backend", ["pandas", "polars"])
def test_every_drawn_frame_is_valid(name: DatasetName, backend: str) -> None:
    for frame in drawn(frames(name, backend=backend), FEW):
        assert ft.validate(frame, name) is frame


@EVERY
def test_every_drawn_frame_of_an_old_version_is_valid_by_that_version(name: DatasetName) -> None:
    for version in catalog.versions(name)[:-1]:
        for frame in drawn(frames(name, version=version), 4):
            ft.validate(frame, name, version)


@SOME
def test_a_tall_frame_is_drawn_and_valid_on_every_engine(name: DatasetName) -> None:
    most = 14
    (held,) = drawn(frames(name, 8, most, backend="pyarrow"), 1)
    assert 8 <= len(held) <= most
    keys = held.select(list(ft.info(name).primary_key)).to_pylist()
    assert len({tuple(key.values()) for key in keys}) == len(held)
    case = Case(name, "none", held.replace_schema_metadata({"dataset": name}), {})
    for label, make in MAKE.items():
        assert same(make, case) == ([], []), label


@SOME
def test_every_drawn_row_is_a_row_of_a_valid_frame(name: DatasetName) -> None:
    shape = shape_of(ft.info(name))
    for row in drawn(rows(name), FEW):
        assert list(row) == [column.name for column in shape.descriptor.columns]
        above = [other for own in shape.own for other in shape.above(row[own])]
        ft.validate(in_pandas([*above, row], shape.descriptor), name, references=None)


@SOME
def test_every_drawn_record_is_of_its_class(name: DatasetName) -> None:
    record = record_of(name)
    for each in drawn(st.from_type(record), FEW):
        assert type(each) is record
        assert record.model_validate(each.model_dump()) == each


class Pair(BaseModel):
    bank: ft.Bank
    region: ft.Region


@dataclass
class Deal:
    bank: ft.Bank
    price: int


@given(st.builds(Pair), st.builds(Deal), st.from_type(list[ft.Trend]))
def test_a_type_with_a_record_in_it_is_resolved(pair: Pair, deal: Deal, trends: Any) -> None:
    assert isinstance(pair.bank, ft.Bank)
    assert isinstance(pair.region, ft.Region)
    assert isinstance(deal.bank, ft.Bank)
    assert all(isinstance(trend, ft.Trend) for trend in trends)


def test_a_strategy_for_records_needs_the_class_of_a_dataset() -> None:
    for odd in (ft.Record, int, "banks", None):
        with pytest.raises(ft.UnknownDatasetError, match=r"for instance Bank\."):
            records(odd)  # type: ignore[arg-type, type-var] # On purpose.


@pytest.mark.parametrize("backend", KINDS)
def test_a_drawn_frame_has_the_types_that_load_gives(backend: str) -> None:
    published = ft.load("virtual_banks", backend=backend)
    for frame in drawn(frames("virtual_banks", 1, backend=backend), 3):
        assert type(frame) is KINDS[backend]
        if backend == "pandas":
            pd.testing.assert_series_equal(frame.dtypes, published.dtypes)
        else:
            assert frame.schema == published.schema


@SOME
def test_what_may_be_missing_is_missing_and_is_there(name: DatasetName) -> None:
    every = drawn(rows(name), 120)
    tied = tied_columns(name)
    for column in ft.info(name).columns:
        # What a rule ties to other cells may go with one of them when that is mended.
        if column.origin == "derived" or (not column.required and column.name in tied):
            continue
        there = [row[column.name] for row in every if row[column.name] is not None]
        assert len({*there}) > 1, column.name
        assert column.required == (len(there) == len(every)), column.name


def test_texts_are_of_many_scripts_and_lists_of_enums_of_all_members() -> None:
    every = drawn(rows("virtual_banks"), 100)
    chinese = "".join(row["name_zh"] or "" for row in every)
    assert re.search("[\u4e00-\u9fa5]", chinese)
    assert not all(row["name_en"].isascii() for row in every)
    features = {item for row in every for item in row["features"].split(";")}
    assert len(features) > len(ft.VirtualBankFeature) // 2


def test_what_follows_from_other_cells_follows_from_them() -> None:
    indicators = {each.indicator_id: each for each in ft.Indicator.all()}
    for row in drawn(records(ft.Observation), 40):
        indicator = indicators[row.indicator_id]
        assert (row.title_zh, row.unit) == (indicator.title_zh, indicator.unit)
        assert (row.period is None) is (row.period_end is None)
        if row.period is not None and row.period_end is not None:
            assert str(row.period_end).startswith(row.period.split("/")[-1][:4])


def test_rows_refer_to_rows_of_the_same_frame() -> None:
    for name, column in (("regions", "parent_id"), ("observations", "restates")):
        assert any(frame[column].notna().any() for frame in drawn(frames(name, 2), 60)), name


def test_numbers_are_drawn_up_to_their_bounds() -> None:
    shares = [row["tech_staff_pct"] for row in drawn(rows("banks"), 200)]
    given = [share for share in shares if share is not None]
    assert min(given) < 1
    assert max(given) > 90


@pytest.mark.skipif(
    hypothesis.__version_info__ < (6, 150), reason="older versions shrink longer, and less"
)
@SOME
def test_the_plainest_frame_of_a_kind_is_found_soon_and_is_short(name: DatasetName) -> None:
    columns = [c for c in ft.info(name).columns if not c.derivation]
    apart = {*ft.info(name).primary_key, *tied_columns(name)}  # They follow from other cells.
    number = next((c for c in columns if c.is_number and c.name not in apart), None)
    text = next((c for c in columns if c.name.endswith("_zh") and c.type == "string"), None)
    least = 3 if number is None or number.maximum == 3 else (number.minimum or 0) + 3

    seen: list[int] = []

    def is_such(frame: pd.DataFrame) -> bool:
        seen.append(len(frame))
        is_long = text is None or (frame[text.name].str.len() >= 2).fillna(value=False).any()
        return bool(is_long and (number is None or (frame[number.name] >= least).any()))

    frame = plainest(frames(name, 1), is_such)
    assert len(seen) < MOST
    assert len(frame) <= 2
    if number is not None:
        assert frame[number.name].max() <= max(least, number.minimum or 0)
    if text is not None:
        assert frame[text.name].str.len().max() == 2
    loose = [c for c in columns if _is_text(c) and (text is None or c.name != text.name)]
    assert all(frame[c.name].dropna().str.len().max() <= 2 for c in loose if c.required)


def _is_text(column: Column) -> bool:
    return column.type == "string" and column.pattern == r"^\S(?:.*\S)?$" and not column.enum


@pytest.mark.parametrize("name", USUAL)
def test_some_faults_are_refused_with_the_rule_that_they_name(name: DatasetName) -> None:
    refused(name, 9)


@pytest.mark.thorough
@EVERY
def test_every_fault_is_refused_with_the_rule_that_it_names(name: DatasetName) -> None:
    refused(name, 1)


def refused(name: str, step: int) -> None:
    """Hold that faults are refused: each, or one of so many."""
    shape = shape_of(ft.info(name))
    (made,) = drawn(strategies._several(shape, 3, 3), 1)
    faults = faults_of(shape, "pandas")
    assert len(faults) > len(shape.contract.requirements)
    for number, fault in enumerate(faults[::step]):
        case = broken_case(shape, fault, made, Odd(1 + number, "\u3000"))
        assert (case.column, case.rule) == (fault.column, fault.said)
        with pytest.raises(ft.ValidationError) as caught:
            ft.validate(case.frame, name, references=case.references, limit=None)
        failures = caught.value.failures
        assert set(failures["rule"]) == {case.rule, *case.also}, str(case)
        keys = failures.loc[failures["rule"] == case.rule, "key"]
        assert {*case.keys} <= {*keys, None}, str(case)


@SOME
def test_drawn_broken_frames_are_refused_everywhere(name: DatasetName) -> None:
    for case in drawn(broken_frames(name, backend="pyarrow"), 2):
        held = case.frame.replace_schema_metadata({"dataset": name})
        told = {}
        for label, make in MAKE.items():
            told[label] = same(make, Case(name, case.rule, held, dict(case.references)))
        first = told["pandas"]
        assert case.rule in {line[-2] for line in first[1]}, str(case)
        assert all(each == first for each in told.values()), str(case)


@pytest.mark.parametrize("backend", ["pandas", "polars"])
def test_a_broken_frame_is_of_the_backend(backend: str) -> None:
    every = drawn(broken_frames("virtual_banks", backend=backend), 40)
    assert len({str(case) for case in every}) > 10
    for case in every:
        assert isinstance(case.frame, KINDS[backend])
        assert (case.dataset, case.version) == ("virtual_banks", ft.info("virtual_banks").version)
        with pytest.raises(ft.ValidationError) as caught:
            ft.validate(case.frame, "virtual_banks", references=case.references)
        assert case.rule in set(caught.value.failures["rule"])


@SOME
def test_rows_are_judged_as_frames_are(name: DatasetName) -> None:
    shape = shape_of(ft.info(name))
    held = contract(shape.descriptor)
    rules: list[Any] = [*held.requirements, *held.traced]

    def keys(other: str) -> Any:
        return {row[shape.key] for row in mixed} if other == name else shape.keys_of(other)

    for number, made in enumerate(drawn(strategies._several(shape, 3, 5), 6)):
        turned = {c: made[(place + number) % len(made)][c] for place, c in enumerate(shape.columns)}
        mixed = [*made[1:], turned, {**made[0], **dict.fromkeys([*shape.columns][number::3])}]
        asked = Rows(mixed, shape.key, keys)
        told = checks.check(
            in_pandas(mixed, shape.descriptor), held, lambda o: keys_of(shape.descriptor, o), 0
        )
        broken = {count.rule for count in told.counts if count.failures}
        said = {
            rule.rule if hasattr(rule, "rule") else rule.statement
            for rule in rules
            if asked.breaks(rule)
        }
        assert said == broken


def test_what_no_frame_can_have_is_refused_at_once() -> None:
    for odd in (-1, 1.5, True, "3", None):
        with pytest.raises(ft.ArgumentError, match="min_rows is"):
            frames("banks", odd)  # type: ignore[arg-type] # On purpose.
    with pytest.raises(ft.ArgumentError, match=r"max_rows is 2, expected a whole number from 3 on"):
        frames("banks", 3, 2)
    with pytest.raises(ft.ArgumentError, match=r"one of \d+ published keys"):
        frames("banks", 1_000)
    with pytest.raises(ft.UnknownDatasetError):
        frames("bank")
    with pytest.raises(ft.UnknownDatasetError):
        rows("bank")
    with pytest.raises(ft.UnknownBackendError):
        frames("banks", backend="spark")
    with pytest.raises(ft.UnknownBackendError):
        broken_frames("banks", backend="spark")


def test_a_frame_of_the_pinned_edition_refers_to_its_tables() -> None:
    with ft.pinned("2026.1"):
        for frame in drawn(frames("banks"), 5):
            ft.validate(frame, "banks")


@pytest.mark.parametrize("function", [records, rows, frames, broken_frames])
def test_annotations_can_be_asked_for(function: Callable[..., Any]) -> None:
    assert "return" in get_type_hints(function)


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return done.stdout


def test_importing_the_kit_imports_no_hypothesis_and_strategies_no_table() -> None:
    code = """
import sys, fintech2021 as ft, fintech2021.testing
assert "hypothesis" not in sys.modules
from fintech2021.testing.strategies import records
print([name for name in sys.modules if name.startswith("fintech2021.tables.")])
from hypothesis import given, settings, strategies as st
@settings(database=None)
@given(st.from_type(ft.Bank), records(ft.Trend))
def test(bank, trend): assert isinstance(bank, ft.Bank)
test()
print({"pandas", "numpy"} & {*sys.modules})
"""
    assert run(code) == "[]\nset()\n"


def test_a_class_that_was_there_before_is_resolved_too() -> None:
    code = """
import fintech2021 as ft
ft.Bank
import fintech2021.testing.strategies
from hypothesis import given, settings, strategies as st
@settings(database=None)
@given(st.from_type(ft.Bank))
def test(bank): assert isinstance(bank, ft.Bank)
test()
"""
    assert run(code) == ""


def test_without_hypothesis_the_message_says_what_to_install() -> None:
    code = """
import sys; sys.modules["hypothesis"] = None
try: import fintech2021.testing.strategies
except ImportError as error: print(type(error).__name__, error)
"""
    assert run(code) == (
        "MissingDependencyError fintech2021.testing.strategies needs hypothesis, which is not "
        "installed. Install it with: pip install 'fintech2021[strategies]'\n"
    )


def test_a_drawn_record_holds_what_records_hold() -> None:
    (bank,) = drawn(records(ft.VirtualBank).filter(lambda bank: bank.deposit_share_pct), 1)
    assert type(bank.deposit_share_pct) is Decimal
    assert isinstance(bank.features[0], ft.VirtualBankFeature)
    (company,) = drawn(records(ft.FintechSubsidiary), 1)
    assert isinstance(company.founded_month, ft.YearMonth)
