"""A descriptor file and the object that it spells are the same thing."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace

import pytest

import fintech2021 as ft
from fintech2021._core import catalog, store
from fintech2021._core.descriptor import Column, Descriptor, FrozenDict, License

EVERY = [(name, version) for name in catalog.datasets() for version in catalog.versions(name)]


def published(name: str, version: str) -> bytes:
    return store.read_unchecked(f"{name}/{version}.json")


@pytest.mark.parametrize(("name", "version"), EVERY)
def test_a_published_file_is_written_again_to_the_byte(name: str, version: str) -> None:
    content = published(name, version)
    document = Descriptor.from_resource(json.loads(content)).to_resource()
    assert document == json.loads(content)
    assert (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode() == content


@pytest.mark.parametrize(("name", "version"), EVERY)
def test_the_object_says_what_the_file_says(name: str, version: str) -> None:
    document, found = json.loads(published(name, version)), ft.info(name, version)
    assert found.titles == {"en": document["title"], "zh": document["title_zh"]}
    assert [c.name for c in found.columns] == [f["name"] for f in document["schema"]["fields"]]
    assert found.primary_key == tuple(document["schema"]["primaryKey"])
    assert found.versions == catalog.versions(name)


@pytest.mark.parametrize("name", catalog.datasets())
def test_a_descriptor_of_another_process_is_equal(name: str) -> None:
    here = ft.info(name)
    there = pickle.loads(pickle.dumps(here))  # noqa: S301 - Our own bytes.
    assert there is not here
    assert (there, hash(there), {there: 1}[here]) == (here, hash(here), 1)
    assert hash(here.columns) == hash(there.columns)


def test_a_descriptor_that_says_another_unit_is_another_one() -> None:
    banks = ft.info("banks")
    columns = tuple(
        column._replace(unit="USD") if column.unit == "CNY" else column for column in banks.columns
    )
    assert replace(banks, columns=columns) != banks
    assert replace(banks, version="9.0.0") != banks
    assert replace(banks, versions=("9.0.0",), superseded="why") == banks


def test_a_descriptor_with_a_licence_has_no_empty_list_of_foreign_keys() -> None:
    licence = License("MIT", "https://opensource.org/license/mit", "MIT License")
    sources = replace(ft.info("sources", "1.0.0"), licenses=(licence,))
    document = sources.to_resource()
    assert document["licenses"] == [licence._asdict()]
    assert "foreignKeys" not in document["schema"]
    assert Descriptor.from_resource(document) == sources
    shares = replace(ft.info("rankings"), licenses=(licence,)).to_resource()
    assert shares["schema"]["foreignKeys"]


def test_labels_in_two_languages_are_told_apart() -> None:
    field = {
        "name": "kind",
        "type": "string",
        "title": "Kind",
        "title_zh": "类别",
        "description": "What it is.",
        "description_zh": "是什么。",
        "origin": "editorial",
        "constraints": {"enum": ["a"]},
        "categories": [{"value": "a", "label": "the first", "label_zh": "甲"}],
        "derivation": {"rule": "lookup", "of": "id/kind"},
        "missingValues": [{"value": "", "label": "unknown", "label_zh": "不详"}],
    }
    column = Column.from_resource(field, {})
    assert (column.labels["a"], column.labels_en["a"]) == ("甲", "the first")
    assert (column.missing, column.missing_zh) == ("unknown", "不详")
    assert column.to_resource() == field


def test_a_column_is_found_by_its_name_by_two_methods() -> None:
    banks = ft.info("banks")
    assert banks.column("tech_staff") is banks.field("tech_staff")


def test_a_frozen_mapping_shows_what_it_holds_and_takes_nothing() -> None:
    mapping = FrozenDict([("en", "Banks")])
    assert (repr(mapping), len(mapping), dict(mapping)) == ("{'en': 'Banks'}", 1, {"en": "Banks"})
    with pytest.raises(TypeError):
        mapping["zh"] = "银行"  # type: ignore[index]
