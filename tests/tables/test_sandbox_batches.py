from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_the_second_beijing_batch_has_its_types_and_its_days() -> None:
    found = ft.SandboxBatch.get("beijing", 2)
    assert (found.projects, found.financial_services, found.technology_products) == (11, 6, 5)
    assert (found.announced_on, found.registered_on) == (date(2020, 6, 2), date(2020, 8, 6))


def test_a_size_that_no_page_states_says_so() -> None:
    (found,) = (each for each in ft.SandboxBatch.all() if each.size_basis != "stated")
    assert (found.region_id, found.batch, found.projects) == ("beijing", 3, 5)


BREAKS: dict[str, Change] = {
    "the batches of a region are numbered in the order of their days": put(
        "beijing", "announced_on", pd.Timestamp("2020-01-14")
    ),
    "services and products together are the projects of the batch": put(
        "chongqing", "financial_services", 5
    ),
    "no batch was registered before it was announced": put(
        "shanghai", "registered_on", pd.Timestamp("2019-01-01")
    ),
    "every named project has the day of its batch, and no batch names more than it has": put(
        "hangzhou", "projects", 1
    ),
    "a note is told in both languages": lambda rows: rows.assign(note_zh=None),
    "services and products are told together": put("shenzhen", "financial_services", 3),
    "the batches of a region count from 1 without a gap": put("suzhou", "batch", 2),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("sandbox_batches")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("sandbox_batches", BREAKS[statement])
