"""The map of the report and the page about coverage: what they say is what the package has."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from tools.freezing.sections import section_of, sections
from tools.writing import coverage_page, report_map_page
from tools.writing.languages import CHINESE, ENGLISH, LANGUAGES, Language
from tools.writing.report import chapters, tokens

import fintech2021 as ft
from fintech2021._core import catalog
from fintech2021._core.rows import by_key
from fintech2021._evidence.places import places

EACH = pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
LEDGER = ft.load_source_tokens()
HELD = LEDGER["dataset"].notna()


NUMBERS = {
    "en": re.compile(r": (\d+) numbers? \((.+?)\)(?:, of which (\d+) explained only)?$"),
    "zh": re.compile(r"：(\d+)个数字（(.+?)）(?:，其中(\d+)个仅作说明)?$"),
}
"""How many numbers a section has, of which kinds, and how many are explained."""


def rows(text: str) -> list[list[str]]:
    """Return the cells of the rows of a table, its headings aside."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [line.removeprefix("| ").removesuffix(" |").split(" | ") for line in lines]
    return [row for row in cells if row[1] != "---"]


def of_sections(text: str) -> list[tuple[str, int, int, list[int]]]:
    """Return of each entry about a section its name, its lines, and the counts in it."""
    found = re.findall(r"^- \*\*(.+?)\*\*\D+?(\d+)–(\d+)(.+)$", text, re.MULTILINE)
    return [
        (name, int(first), int(last), [int(each) for each in re.findall(r"\d+", rest)])
        for name, first, last, rest in found
    ]


def body(text: str) -> list[list[str]]:
    return rows(text)[1:]


# Sections


def test_every_section_has_a_chinese_name_and_begins_after_the_one_before() -> None:
    starts = [section.line for section in sections()]
    assert starts == sorted(set(starts))
    assert starts[0] == 1
    assert all(re.search("[\u4e00-\u9fff]", section.zh) for section in sections())
    assert len({section.zh for section in sections()}) == len(sections())


@pytest.mark.parametrize(
    ("line", "name"),
    [(1, "前言"), (57, "前言"), (58, "第一篇：金融科技行业发展"), (3542, "趋势九、十")],
)
def test_a_line_belongs_to_the_section_that_began_last(line: int, name: str) -> None:
    assert section_of(line).zh == name


def test_the_published_places_name_the_sections_of_the_map() -> None:
    known = {section.en for section in sections()}
    named = {
        place.section
        for name in catalog.datasets()
        for group in places(catalog.load_descriptor(name)).values()
        for place in group
    }
    assert named <= known


# The map


def test_the_lines_of_the_sections_are_all_lines_of_the_report() -> None:
    ends = [chapter.last + 1 for chapter in chapters()]
    assert [chapter.section.line for chapter in chapters()][1:] == ends[:-1]
    (lines,) = (
        int(row["lines"])
        for row in by_key(catalog.load_descriptor("sources")).values()
        if row["kind"] == "report"
    )
    assert chapters()[-1].last == lines


@EACH
def test_the_map_has_every_section_its_lines_and_numbers(language: Language) -> None:
    listed = of_sections(report_map_page.parts(language)["map"])
    assert [f"{first}–{last}" for _, first, last, _ in listed] == [c.lines for c in chapters()]
    assert sum(counts[0] for *_, counts in listed) == len(LEDGER)
    for _, first, last, counts in listed:
        assert counts[0] == LEDGER["line"].between(first, last).sum()


@EACH
def test_the_cells_of_the_map_are_all_printed_cells(language: Language) -> None:
    by_dataset: Counter[str] = Counter()
    for line in report_map_page.parts(language)["map"].splitlines():
        held = {n: int(k) for n, k in re.findall(r"\(datasets/(\w+)\.md\) (\d+)", line)}
        if held:
            (number,) = re.findall(r"(\d+)(?: cells?|个单元格)", line)
            assert int(number) == sum(held.values())
        by_dataset.update(held)
    printed = {name: len(places(catalog.load_descriptor(name))) for name in catalog.datasets()}
    assert by_dataset == {
        name: count for name, count in printed.items() if count and name != "source_tokens"
    }


def test_a_reader_of_chinese_finds_where_za_banks_share_stands() -> None:
    line = ft.source("virtual_banks", "za_bank", "deposit_share_pct").line
    assert line is not None
    entries = report_map_page.parts(CHINESE)["map"].splitlines()
    (entry,) = (each for each in entries if each.startswith("- **银行业：虚拟银行**"))
    ((_, first, last, _),) = of_sections(entry)
    assert first <= line <= last
    assert "[香港虚拟银行](datasets/virtual_banks.md)" in entry


# Coverage


@EACH
def test_the_kinds_are_counted_as_the_ledger_has_them(language: Language) -> None:
    *kinds, every = body(coverage_page.parts(language)["kinds"])
    counted = sorted(LEDGER.groupby("kind").size())
    assert sorted(int(row[3]) for row in kinds) == counted
    assert every[1:] == [str(HELD.sum()), str((~HELD).sum()), str(len(LEDGER))]
    for column in (1, 2, 3):
        assert sum(int(row[column]) for row in kinds) == int(every[column])


@EACH
def test_every_number_that_no_cell_holds_is_explained(language: Language) -> None:
    explained = body(coverage_page.parts(language)["explained"])
    assert sum(int(row[1]) for row in explained) == (~HELD).sum()
    said = {int(line) for row in explained for line in re.findall(r"\d+", row[2])}
    assert said == set(LEDGER.loc[~HELD, "line"])


def test_every_reason_is_told_in_chinese_and_none_that_is_not_there() -> None:
    reasons = {token["reason"] for token in tokens() if not token["dataset"]}
    assert coverage_page.REASONS.keys() == reasons
    told = coverage_page.REASONS.values()
    assert all(re.search("[\u4e00-\u9fff]", reason) for reason in told)
    assert len(set(told)) == len(told)


@EACH
def test_the_sections_add_up_to_the_whole(language: Language) -> None:
    entries = coverage_page.parts(language)["sections"].splitlines()
    every = explained = 0
    for entry in entries:
        number, kinds, rest = NUMBERS[language.code].findall(entry)[0]
        assert int(number) == sum(map(int, re.findall(r"\d+", kinds))) > 0
        every, explained = every + int(number), explained + int(rest or 0)
    assert (every, explained) == (len(LEDGER), (~HELD).sum())


def test_the_total_is_told_in_one_sentence() -> None:
    tied, every = HELD.sum(), len(LEDGER)
    english = coverage_page.parts(ENGLISH)["total"]
    chinese = coverage_page.parts(CHINESE)["total"]
    assert f"Of {every} numbers in the text {tied} are held by a cell" in english
    assert f"原文共{every}个数字，其中{tied}个对应单元格" in chinese
