"""The tables of all rows: what their HTML holds before a script has run."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from tools.site.rows import rows_html
from tools.site.shown import grouped, shifted, told, untold
from tools.writing.languages import CHINESE, ENGLISH, LANGUAGES, Language

from fintech2021._core import catalog
from fintech2021._core.rows import by_key

EVERY = catalog.datasets()
CODES = ("en", "zh")
"""In which order a page has what it tells in both languages."""


class Page(HTMLParser):
    """Reads a table as a browser does: a cell ends where the next begins."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: dict[str, list[str]] = {}
        self.values: dict[str, list[str | None]] = {}
        self.heads: list[str] = []
        self.about, self.keys = "", 0
        self._key, self._inside, self._is_body = "", "", False
        self.feed(text)
        if self.keys == 1:
            keys = [cells[0] for cells in self.rows.values()]
            self.rows = dict(zip(keys, self.rows.values(), strict=True))
            self.values = dict(zip(keys, self.values.values(), strict=True))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "tr" and self._is_body:
            self._key = given.get("data-key") or f"row {len(self.rows)}"
            self.rows[self._key], self.values[self._key] = [], []
        elif tag == "table":
            self.keys = int(given.get("data-keys") or 0)
        elif tag == "tbody":
            self._is_body = True
        elif tag in {"td", "th"} and self._key:
            count = int(given.get("colspan") or 1)
            self.rows[self._key] += [""] * count
            self.values[self._key] += [given.get("data-v")] * count
        elif tag in {"script", "span"}:
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag in {"tr", "script", "span"}:
            self._inside = ""
        if tag == "tr":
            self._key = ""

    def handle_data(self, data: str) -> None:
        if self._key:
            self.rows[self._key][-1] += data
        elif self._inside == "script":
            self.about += data
        elif self._inside == "span":
            self.heads.append(data)


def table(name: str, language: Language = ENGLISH) -> Page:
    return Page(rows_html(catalog.load_descriptor(name), language, "cells.json"))


@pytest.mark.parametrize("name", EVERY)
def test_a_table_has_every_row_under_its_key_and_every_cell(name: str) -> None:
    descriptor, page = catalog.load_descriptor(name), table(name)
    told = ["|".join(cells[: page.keys]) for cells in page.rows.values()]
    assert (told if page.keys else list(page.rows)) == list(by_key(descriptor))
    assert {len(cells) for cells in page.rows.values()} == {len(descriptor.columns)}


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("language", LANGUAGES, ids=["en", "zh"])
def test_the_value_of_every_cell_can_be_had_from_the_table(name: str, language: Language) -> None:
    page = table(name, language)
    columns = json.loads(page.about)["columns"]
    rows = by_key(catalog.load_descriptor(name)).values()
    for key, row in zip(page.rows, rows, strict=True):
        assert len(columns) == len(row)
        for about, shown, exact in zip(columns, page.rows[key], page.values[key], strict=True):
            had_value = had(about, shown, language.code) if exact is None else exact
            assert had_value == row[about["name"]]


def had(about: dict[str, Any], shown: str, code: str) -> str:
    """Return the value that a script takes from what a cell shows."""
    if "labels" in about:
        named = {
            value: dict(zip(CODES, both, strict=True)) for value, both in about["labels"].items()
        }
        return untold(shown, named, code)
    return shown.replace(",", "") if about.get("kind") == "number" else shown


def test_closed_lists_are_told_in_the_language_of_the_page() -> None:
    place = [column.name for column in catalog.load_descriptor("banks").columns].index("bank_type")
    assert table("banks").rows["icbc"][place] == "State-owned large bank"
    assert table("banks", CHINESE).rows["icbc"][place] == "国有大型银行"


def test_ids_of_places_and_institutions_are_told_by_their_names() -> None:
    page = table("sandbox_projects", CHINESE)
    place = [each["name"] for each in json.loads(page.about)["columns"]].index("region_id")
    assert [cells[place] for cells in page.rows.values()].count("北京") == 17
    assert table("sandbox_projects").rows["beijing_1_aibank_inside"][place] == "Beijing"


def test_a_key_stays_an_id_where_its_row_has_a_name() -> None:
    assert table("banks", CHINESE).rows["icbc"][0] == "icbc"
    results = table("virtual_bank_results", CHINESE)
    assert results.rows["za_bank|2020-12-31|deposits"][0] == "za_bank"
    assert table("sandbox_batches", CHINESE).rows["beijing|1"][0] == "北京"


def test_a_chinese_table_has_the_chinese_half_of_a_text_first() -> None:
    assert table("banks", CHINESE).heads[:3] == ["银行标识", "中文名称", "英文名称"]
    assert table("banks").heads[:3] == ["Bank", "English name", "Chinese name"]


def test_money_is_told_in_a_unit_that_people_read_without_losing_a_digit() -> None:
    place = 5
    for language, title, shown in (
        (ENGLISH, "Technology spending (billion yuan)", "23.819"),
        (CHINESE, "科技投入（亿元）", "238.19"),
    ):
        page = table("banks", language)
        assert page.heads[place] == title
        assert page.rows["icbc"][place] == shown
        assert page.values["icbc"][place] == "23819000000"


def test_both_languages_of_headings_and_labels_are_in_the_page() -> None:
    about = json.loads(table("banks").about)
    bank_type = next(each for each in about["columns"] if each["name"] == "bank_type")
    assert bank_type["titles"] == ["Bank type", "银行类型"]
    assert bank_type["labels"]["joint_stock"][1] == "全国性股份制银行"


def test_nothing_in_a_value_is_taken_for_markup() -> None:
    made = rows_html(catalog.load_descriptor("banks"), ENGLISH, '"><b>')
    assert "<b>" not in made


def test_long_texts_are_folded_and_lists_can_be_broken_between_items() -> None:
    made = rows_html(catalog.load_descriptor("virtual_banks"), ENGLISH, "x")
    assert "小米金融;<wbr>尚乘集团" in made
    assert "<td><div>" in made


@pytest.mark.parametrize(
    ("number", "digits", "moved"),
    [
        ("23819000000", 8, "238.19"),
        ("560000000", 9, "0.56"),
        ("-5", 1, "-0.5"),
        ("2.50", 0, "2.50"),
        ("100", 1, "10"),
    ],
)
def test_the_point_of_a_number_is_moved_and_no_digit_lost(
    number: str, digits: int, moved: str
) -> None:
    assert shifted(number, digits) == moved


@pytest.mark.parametrize(
    ("number", "parted"),
    [("13104", "13,104"), ("-1234567.890", "-1,234,567.890"), ("-0.5", "-0.5"), ("", "")],
)
def test_thousands_are_parted(number: str, parted: str) -> None:
    assert grouped(number) == parted


def test_what_is_no_value_of_a_closed_list_is_told_as_it_is() -> None:
    assert told("a;b", {"a": {"en": "A", "zh": "甲"}}, "zh") == "甲；b"
