from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_the_cases_stand_in_the_order_of_the_report() -> None:
    cases = ft.CaseStudy.all()
    assert [case.position for case in cases] == list(range(1, 9))
    assert cases[0].project_zh == "超级SIM项目"
    assert cases[-1].institution_id == "dajia_insurance_group"


def test_only_two_cases_have_a_place() -> None:
    assert [case.region for case in ft.CaseStudy.all() if case.region_id] == [
        "Anji County",
        "Beijing",
    ]


BREAKS: dict[str, Change] = {
    "a place is called as in the table of regions": put(
        "anji_rcb_green_inclusive_finance", "region", "Beijing"
    ),
    "there are eight cases in the order of the report": lambda cases: cases.iloc[::-1],
    "every case is of another organisation": put(
        "anji_rcb_green_inclusive_finance", "institution_id", "clustar"
    ),
    "projects and summaries are distinct": lambda rows: rows.assign(project_en="x"),
    "the Chinese summaries are distinct": lambda rows: rows.assign(summary_zh="x"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("case_studies")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("case_studies", BREAKS[statement])
