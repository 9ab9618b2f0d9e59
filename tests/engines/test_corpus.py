"""The same tables through every engine: the same verdict, the same rows, the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

import fintech2021 as ft
from corpus import MAKE, Case, generated, same, spelled
from fintech2021._core import catalog
from fintech2021.testing import broken, make_frame, make_parents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fintech2021._core.names import DatasetName

DATASETS = catalog.datasets()
_USUAL = {"bank_technology", "banks", "fintech_subsidiaries", "regions", "sandbox_batches"}
EVERY = pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in _USUAL else pytest.mark.thorough) for name in DATASETS],
)
"""Every dataset, of which a usual run takes some; `nox -s engines` takes them all."""
GENERATED, TOGETHER = 3_000, 50
SAMPLE = range(0, GENERATED, 60)
"""The generated tables of a usual run; `nox -s engines` takes them all."""


def agreed(case: Case) -> tuple[list[Any], list[Any]]:
    """Return what every engine says: the same."""
    (label, make), *others = MAKE.items()
    first = same(make, case)
    for other, make in others:
        assert same(make, case) == first, f"{other} and {label}: {case.dataset}, {case.fault}"
    return first


def refused(cases: Iterable[Case]) -> None:
    """Hold that every engine refuses each case with the same failures."""
    for case in cases:
        failures, counts = agreed(case)
        assert failures, f"accepted: {case.dataset}, {case.fault}"
        assert sum(count for *_, count in counts) > 0


def valid(name: str, rows: int) -> Case:
    frame = make_frame(name, rows)
    held = make_frame(name, rows, backend="pyarrow").replace_schema_metadata({"dataset": name})
    return Case(name, "none", held, make_parents(frame, name))


def each_rule(name: DatasetName) -> dict[str, Case]:
    """Return a broken table for each rule of a dataset that a table of Arrow can break."""
    return {
        str(case): Case(
            name,
            case.rule,
            case.frame.replace_schema_metadata({"dataset": name}),
            dict(case.references),
        )
        for case in broken(name, backend="pyarrow")
        if case.rule != "is there once"
    }


@EVERY
def test_a_made_up_table_is_valid_everywhere(name: DatasetName) -> None:
    for rows in (0, 1, 7):
        assert agreed(valid(name, rows)) == ([], [])


@EVERY
def test_a_table_of_missing_cells_is_refused_everywhere(name: DatasetName) -> None:
    kinds = valid(name, 1).held.schema
    held = pa.table({f.name: pa.nulls(2, f.type) for f in kinds}, metadata={"dataset": name})
    refused([Case(name, "all missing", held, {})])


@EVERY
def test_some_rules_are_broken_the_same_everywhere(name: DatasetName) -> None:
    refused([*each_rule(name).values()][::15])


@pytest.mark.thorough
@pytest.mark.parametrize("name", DATASETS)
def test_each_rule_is_broken_the_same_everywhere(name: DatasetName) -> None:
    refused(each_rule(name).values())


@pytest.mark.parametrize("start", range(0, len(SAMPLE), 10))
def test_some_generated_tables_are_refused_everywhere(start: int) -> None:
    refused(generated(number) for number in SAMPLE[start : start + 10])


@pytest.mark.thorough
@pytest.mark.parametrize("start", range(0, GENERATED, TOGETHER))
def test_every_generated_table_is_refused_everywhere(start: int) -> None:
    refused(generated(number) for number in range(start, start + TOGETHER))


@EVERY
def test_other_spellings_are_named_and_mended_everywhere(name: DatasetName) -> None:
    case = spelled(name)
    for label, make in MAKE.items():
        mended = ft.validate(make(case.held), name, references=case.parents, coerce=True)
        assert ft.validate(mended, name, references=case.parents) is not None, label
    failures, _ = agreed(case)
    assert {line[3].partition(" type ")[0] for line in failures} <= {"has the"}
