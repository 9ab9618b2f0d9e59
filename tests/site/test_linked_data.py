"""What search engines for data read on the page of a dataset."""

from __future__ import annotations

import json
import re

import pytest
from tools.site.linked_data import document, script
from tools.writing.languages import CHINESE, ENGLISH

from fintech2021._core import catalog

EVERY = catalog.datasets()


@pytest.mark.parametrize("name", EVERY)
def test_a_page_says_what_its_dataset_is(name: str) -> None:
    descriptor = catalog.load_descriptor(name)
    said = document(descriptor, ENGLISH)
    assert said["@type"] == "Dataset"
    assert said["name"] == descriptor.title_en
    assert descriptor.title_zh in said["alternateName"]
    assert said["version"] == descriptor.version
    assert said["license"] == [each.path for each in descriptor.licenses] != []
    assert len(said["variableMeasured"]) == len(descriptor.columns)
    assert descriptor.sha256 == said["identifier"]["value"]


def test_units_are_told() -> None:
    measured = document(catalog.load_descriptor("banks"), ENGLISH)["variableMeasured"]
    assert {each["name"]: each.get("unitText") for each in measured}["tech_spend_cny"] == "CNY"


def test_a_chinese_page_says_it_in_chinese() -> None:
    descriptor = catalog.load_descriptor("banks")
    said = document(descriptor, CHINESE)
    assert said["name"] == descriptor.title_zh
    assert said["description"] == descriptor.description_zh


def test_the_element_holds_valid_json() -> None:
    made = script(catalog.load_descriptor("banks"), CHINESE)
    inside = re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', made)
    assert inside
    assert json.loads(inside[1]) == document(catalog.load_descriptor("banks"), CHINESE)


def test_addresses_are_given_only_under_a_base() -> None:
    descriptor = catalog.load_descriptor("banks")
    assert "url" not in document(descriptor, ENGLISH)
    page = "https://data.example/datasets/banks.html"
    assert (
        document(descriptor, ENGLISH, "https://data.example/", "datasets/banks.html")["url"] == page
    )


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("banks", "2020"),
        ("bank_technology", "2018/2022"),
        ("institutions", None),
        ("internet_life_insurers", "2020-01-01/2020-12-31"),
    ],
)
def test_the_time_of_the_rows_is_told_where_they_have_one(name: str, span: str | None) -> None:
    assert document(catalog.load_descriptor(name), ENGLISH).get("temporalCoverage") == span
