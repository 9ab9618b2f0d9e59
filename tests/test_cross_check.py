"""Whether the report agrees with the world, asked of a cell, a table and the whole."""

from __future__ import annotations

import re

import pytest
from tools.writing.cross_checks_page import parts
from tools.writing.languages import CHINESE, ENGLISH, LANGUAGES, Language

import fintech2021 as ft
from fintech2021._core import catalog
from fintech2021._core.rows import by_key

EACH = pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
CHECKS = by_key(catalog.load_descriptor("cross_checks"))


def test_whoever_looks_up_a_figure_is_told_that_the_bank_has_another() -> None:
    found = ft.source("banks", "citic_bank", "tech_spend_cny")
    assert found.cross_check is not None
    assert (found.cross_check.value, found.cross_check.verdict) == ("6926000000", "differs")
    assert str(found).splitlines()[-1].startswith("  public pages differ: 6926000000 CNY (")


def test_the_pages_of_a_cross_check_are_sources() -> None:
    pages = by_key(catalog.load_descriptor("sources"))
    found = ft.source("banks", "citic_bank", "tech_spend_cny").cross_check
    assert found is not None
    assert set(found.source_ids) <= pages.keys()


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_every_cell_that_was_checked_says_so(check: dict[str, str]) -> None:
    found = ft.source(check["dataset"], check["key"], check["column"]).cross_check
    assert found is not None
    assert (found.value, found.verdict) == (check["public_value"], check["verdict"])


def test_a_cell_that_nobody_checked_says_nothing() -> None:
    assert ft.source("banks", "hxb", "tech_spend_growth_pct").cross_check is None


def test_an_edition_without_cross_checks_has_none() -> None:
    with ft.pinned("2026.2"):
        assert ft.source("banks", "citic_bank", "tech_spend_cny").cross_check is None
        with pytest.raises(ft.PinError, match="has no dataset cross_checks"):
            ft.cross_check()


def test_what_differs_comes_first() -> None:
    verdicts = ft.cross_check()["verdict"].tolist()
    order = ["differs", "other_scope", "agrees"]
    assert verdicts == sorted(verdicts, key=order.index)
    assert len(verdicts) == len(CHECKS)


def test_the_counts_are_those_of_the_rows() -> None:
    for dataset in (None, "banks"):
        frame = ft.cross_check(dataset)
        counts = frame.attrs["fintech2021"]["counts"]
        assert counts == {verdict: (frame["verdict"] == verdict).sum() for verdict in counts}


def test_one_dataset_is_asked_for_by_its_name() -> None:
    assert set(ft.cross_check("banks")["dataset"]) == {"banks"}
    with pytest.raises(ft.UnknownDatasetError):
        ft.cross_check("bankz")


@EACH
def test_the_page_names_every_cell_under_its_verdict(language: Language) -> None:
    page = parts(language)
    for verdict, part in (("differs", "differs"), ("other_scope", "other-scope")):
        named = re.findall(r"\[`\w+` `(.+?)` `(\w+)`\]", page[part])
        held = [check for check in CHECKS.values() if check["verdict"] == verdict]
        assert named == [(check["key"], check["column"]) for check in held]
    entries = [line for line in page["agrees"].splitlines() if line.startswith("- **")]
    assert len(entries) == sum(check["verdict"] == "agrees" for check in CHECKS.values())


@EACH
def test_the_page_gives_the_reason_of_what_differs_and_links_its_pages(language: Language) -> None:
    reading = language.of("reading", "reading_zh")
    pages = by_key(catalog.load_descriptor("sources"))
    text = parts(language)["differs"]
    for check in CHECKS.values():
        if check["verdict"] == "differs":
            assert check[reading] in text
            cited = (pages[source]["url"] for source in check["source_ids"].split(";"))
            assert all(url in text for url in cited)


def test_a_reader_of_chinese_sees_both_figures_of_citic() -> None:
    assert (
        "**中信银行，科技投入**：报告印作70亿元，公开网页为69.26亿元" in parts(CHINESE)["differs"]
    )


def test_a_page_that_has_no_address_is_called_a_copy() -> None:
    assert "Beijing Business Today 2021-04-11 (a copy);" in parts(ENGLISH)["differs"]
    assert "北京商报 2021-04-11（转载件）；" in parts(CHINESE)["differs"]


@EACH
def test_the_page_counts_what_it_shows(language: Language) -> None:
    counts = ft.cross_check().attrs["fintech2021"]["counts"]
    numbers = [int(each) for each in re.findall(r"\d+", parts(language)["counts"])]
    assert numbers == [sum(counts.values()), *counts.values()]
