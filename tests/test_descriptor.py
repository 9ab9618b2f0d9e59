"""A descriptor file and the object that it spells are the same thing."""

from __future__ import annotations

import json

import pytest

import fintech2021 as ft
from fintech2021._core import catalog, store
from fintech2021._core.descriptor import Column, Descriptor, FrozenDict

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
