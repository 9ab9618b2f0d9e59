from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_a_project_that_left_the_sandbox_has_its_days() -> None:
    found = ft.SandboxProject.get("beijing_1_aibank_inside")
    assert (found.region_id, found.batch) == ("beijing", 1)
    assert found.status is ft.SandboxStatus.EXITED
    assert (found.announced_on, found.exited_on) == (date(2020, 1, 14), date(2021, 9, 28))


def test_every_row_names_pages_that_it_rests_on() -> None:
    known = {source.source_id for source in ft.Source.all()}
    assert all(project.source_ids for project in ft.SandboxProject.all())
    assert all(known.issuperset(project.source_ids) for project in ft.SandboxProject.all())


BREAKS: dict[str, Change] = {
    "announcement, registration and exit follow one another": put(
        "beijing_1_aibank_inside", "registered_on", pd.Timestamp("2022-01-01")
    ),
    "no region has more projects in the count than the report prints": lambda projects: (
        projects.assign(region_id="guangzhou")
    ),
    "only exited projects have a day of exit": put(
        "beijing_1_aibank_inside", "status", "announced"
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("sandbox_projects")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("sandbox_projects", BREAKS[statement])
