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


def test_no_day_is_younger_than_every_dated_page_of_its_row() -> None:
    published = {source.source_id: source.published_on for source in ft.Source.all()}
    for project in ft.SandboxProject.all():
        pages = [day for day in map(published.get, project.source_ids) if day]
        days = (project.announced_on, project.registered_on, project.exited_on)
        assert all(day <= max(pages) for day in days if day), project.project_id


def test_a_branch_is_its_bank_however_it_is_spelled() -> None:
    spellings = {
        applicant
        for project in ft.SandboxProject.all()
        if "abc" in (project.institution_ids or ())
        for applicant in project.applicants
        if "农业银行" in applicant
    }
    assert len(spellings) == 6


def test_a_region_that_is_only_inferred_is_assumed() -> None:
    found = ft.SandboxProject.get("beijing_3_lianjiedai")
    assert (found.region_id, found.batch) == (None, None)
    assert (found.assumed_region_id, found.assumed_batch) == ("beijing", 3)
    assumed = [each for each in ft.SandboxProject.all() if each.assumed_region_id]
    assert len(assumed) == 2


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
    "a region or batch is stated or assumed, never both": put(
        "beijing_3_lianjiedai", "region_id", "beijing"
    ),
    "every applicant that is named is an institution": put(
        "beijing_1_aibank_inside", "institution_ids", "no_such_bank"
    ),
    "a note is told in both languages": lambda rows: rows.assign(note_zh=None),
    "what rests on two pages cites two": lambda rows: rows.assign(
        evidence="two_pages", source_ids="caijing_417457"
    ),
    "the names are distinct": lambda rows: rows.assign(name_zh="x"),
    "a key begins with the region and the batch": put("beijing_1_aibank_inside", "batch", 2),
    "a project was registered on the day of its batch, where that has one": put(
        "beijing_1_aibank_inside", "registered_on", pd.Timestamp("2020-03-17")
    ),
    "every key of version 1.0.0 goes on": put("beijing_1_weijiedai", "project_id", "beijing_1_x"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("sandbox_projects")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("sandbox_projects", BREAKS[statement])
