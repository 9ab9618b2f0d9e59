"""The same tables through every engine: the same verdict, the same rows, the same words."""

from __future__ import annotations

from itertools import cycle
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


def agreed(case: Case, among: Iterable[str] = MAKE) -> tuple[list[Any], list[Any]]:
    """Return what every engine says: the same."""
    first = same(MAKE["pandas"], case)
    for engine in set(among) - {"pandas"}:
        told = same(MAKE[engine], case)
        assert told == first, f"{engine} and pandas: {case.dataset}, {case.fault}"
    return first


def refused(cases: Iterable[Case], *, in_turn: bool = False) -> None:
    """Hold that engines refuse each case with the same failures: all of them, or two in turn."""
    turn = cycle(MAKE)
    for case in cases:
        failures, counts = agreed(case, [next(turn)] if in_turn else MAKE)
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
    cases = [*each_rule(name).values()]
    refused(cases[::12])
    refused(cases, in_turn=True)


@pytest.mark.parametrize("start", range(0, len(SAMPLE), 10))
def test_some_generated_tables_are_refused_everywhere(start: int) -> None:
    refused(generated(number) for number in SAMPLE[start : start + 10])


@pytest.mark.thorough
@pytest.mark.parametrize("start", range(0, GENERATED, TOGETHER))
def test_every_generated_table_is_refused_everywhere(start: int) -> None:
    numbers = range(start, start + TOGETHER)
    refused(map(generated, numbers[::10]))
    refused(map(generated, numbers), in_turn=True)


@EVERY
def test_other_spellings_are_named_and_mended_everywhere(name: DatasetName) -> None:
    case = spelled(name)
    for label, make in MAKE.items():
        mended = ft.validate(make(case.held), name, references=case.parents, coerce=True)
        assert ft.validate(mended, name, references=case.parents) is not None, label
    failures, _ = agreed(case)
    assert {line[3].partition(" type ")[0] for line in failures} <= {"has the"}
