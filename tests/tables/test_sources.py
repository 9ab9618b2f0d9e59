from __future__ import annotations

import pandas as pd
import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_the_report_is_named_by_its_digest_and_its_lines() -> None:
    (report,) = (source for source in ft.Source.all() if source.kind is ft.SourceKind.REPORT)
    assert report.sha256 == "f89ac108d30ee9e94c1295646a27639b2d7efc3d2575ccb996fbf2ca80b5fed6"
    assert report.lines == 3542
    assert report.url is None


def test_the_digest_and_the_lines_are_those_of_the_text(source_lines: list[str]) -> None:
    (report,) = (source for source in ft.Source.all() if source.kind is ft.SourceKind.REPORT)
    assert report.lines == len(source_lines) - 1


def test_every_page_is_cited_by_some_row() -> None:
    cited: set[str] = set()
    for name in ft.catalog()["name"]:
        frame = ft.load(name)
        if "source_ids" in frame:
            cited |= set(frame["source_ids"].dropna().str.split(";").explode())
    pages = {source.source_id for source in ft.Source.all() if source.form != "file"}
    assert pages - cited == set()


BREAKS: dict[str, Change] = {
    "exactly one source is the report, and it carries its digest and its number of lines": (
        put("report_2022", "sha256", None)
    ),
    "originals and reposts are linked, copies on unrelated addresses are not": put(
        "sccf_5389", "url", None
    ),
    "every day of publication says what it rests on": put("sccf_5389", "date_basis", None),
    "only a repost names the site that carries it": put("sccf_5389", "carrier", None),
    "a note is told in both languages": lambda rows: rows.assign(note_zh=None),
    "no page was read before it was published": put(
        "abchina_2021_03_19", "published_on", pd.Timestamp("2027-01-01")
    ),
    "every page is cited": put("abchina_2021_03_19", "source_id", "uncited"),
    "the report has a digest and a number of lines, and no page has": put("sccf_5389", "lines", 7),
    "a day that rests on an address stands in it": put(
        "altius_2021_05_25", "published_on", pd.Timestamp("2021-05-26")
    ),
    "a key that ends in a day names that of publication": put(
        "altius_2021_05_25", "published_on", pd.Timestamp("2021-05-26")
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("sources")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("sources", BREAKS[statement])
