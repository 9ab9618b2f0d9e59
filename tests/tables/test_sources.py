from __future__ import annotations

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


BREAKS: dict[str, Change] = {
    "exactly one source is the report, and it carries its digest and its number of lines": (
        put("report_2022", "sha256", None)
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("sources")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("sources", BREAKS[statement])
