"""Whether the report agrees with the world, asked of a cell, a table and the whole."""

from __future__ import annotations

import pytest
from tools.writing.cross_checks_page import with_cross_checks

import fintech2021 as ft
from fintech2021._core import catalog
from fintech2021._core.rows import by_key

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


def test_the_page_has_every_check() -> None:
    page = with_cross_checks("<!-- cross-checks -->\n\n<!-- /cross-checks -->")
    assert page.count("\n| ") == len(CHECKS) + 2
    assert page.index("They cannot be the same") < page.index("Both can be the same")
