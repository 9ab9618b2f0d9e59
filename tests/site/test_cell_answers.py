"""What cells answer on a page: the same as `fintech2021.source`, for every cell of every table."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from tools.site.cells import cells, rule
from tools.site.embedding import compact, embedded

from fintech2021 import source
from fintech2021._core import catalog
from fintech2021._core.rows import by_key
from fintech2021._evidence.places import places

EVERY = catalog.datasets()


@cache
def answers(name: str) -> Any:
    return json.loads(compact(cells(catalog.load_descriptor(name))))


@pytest.mark.parametrize("name", EVERY)
def test_every_printed_cell_answers_with_its_places(name: str) -> None:
    document = answers(name)
    for (key, column), stands in places(catalog.load_descriptor(name)).items():
        said = document["cells"][key][column]["places"]
        assert [
            (line, start, printed, Decimal(scale), document["sections"][section])
            for line, start, printed, scale, section in said
        ] == list(stands)


@pytest.mark.parametrize("name", EVERY)
def test_every_cell_answers_as_source_does(name: str) -> None:
    document = answers(name)
    for key in by_key(catalog.load_descriptor(name)):
        for column in document["columns"]:
            found = source(name, key, column)
            said = document["cells"].get(key, {}).get(column, {})
            assert tuple(said.get("errata", ())) == found.errata
            assert tuple(said.get("pages", ())) == found.source_ids
            assert said.get("repair") == found.repair
            assert ("check" in said) is (found.cross_check is not None)
            assert len(said.get("places", ())) == len(found.places)


@pytest.mark.parametrize("name", EVERY)
def test_whatever_an_answer_names_is_told_in_the_document(name: str) -> None:
    document = answers(name)
    for row in document["cells"].values():
        for said in row.values():
            assert set(said.get("errata", ())) <= set(document["errata"])
            assert set(said.get("pages", ())) <= set(document["pages"])
            assert set(said["check"][3] if "check" in said else ()) <= set(document["pages"])


def test_a_cell_that_differs_from_public_pages_says_so() -> None:
    value, unit, verdict, pages = answers("banks")["cells"]["citic_bank"]["tech_spend_cny"]["check"]
    assert (value, unit, verdict) == ("6926000000", "CNY", "differs")
    assert len(pages) == 3


def test_sections_are_told_in_both_languages() -> None:
    document = answers("banks")
    assert document["sections"] == ["Banking: technology spending"]
    assert len(document["sections_zh"]) == 1
    assert document["sections_zh"][0] > "\u4e00"


def test_a_column_says_what_it_means_and_how_it_is_derived_in_both_languages() -> None:
    column = catalog.load_descriptor("events").column("date_end")
    assert rule(column) == ["the last day of date", "date的最后一天"]
    assert answers("events")["columns"]["date_end"]["meaning"][1] == column.description_zh


@pytest.mark.parametrize("name", EVERY)
def test_every_derived_column_has_a_rule_in_words(name: str) -> None:
    for column in catalog.load_descriptor(name).columns:
        assert bool(rule(column)) is bool(column.derivation)


def test_json_inside_of_a_page_cannot_end_its_element() -> None:
    assert "<" not in embedded({"text": "</script><b>"})
    assert json.loads(embedded({"text": "</script>"})) == {"text": "</script>"}
