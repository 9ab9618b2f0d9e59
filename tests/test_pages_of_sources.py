"""Public values rest on pages that can carry them: the freeze refuses others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tools.freezing.pages import page_faults

import fintech2021 as ft
from fintech2021._core import catalog
from fintech2021._core.rows import by_key

if TYPE_CHECKING:
    from fintech2021._core.descriptor import Descriptor

    Rows = dict[str, dict[str, str]]


def tables() -> dict[str, tuple[Descriptor, Rows]]:
    """Return every table of the newest edition, its rows free to be changed."""
    found = (ft.info(name, version) for name, version in catalog.default_edition().datasets.items())
    return {it.name: (it, {key: dict(row) for key, row in by_key(it).items()}) for it in found}


def test_every_page_of_the_edition_can_carry_what_it_is_cited_for() -> None:
    assert list(page_faults(tables().values())) == []


def test_a_public_day_after_every_dated_page_of_its_row_is_refused() -> None:
    every = tables()
    descriptor, rows = every["virtual_banks"]
    rows["za_bank"]["licensed_on"] = "2029-01-01"
    (fault,) = page_faults(every.values())
    head = f"virtual_banks {descriptor.version}: za_bank: licensed_on is 2029-01-01"
    assert fault.startswith(head)


def test_a_page_that_no_row_cites_is_refused() -> None:
    every = tables()
    _, pages = every["sources"]
    pages["made_up"] = {**next(iter(pages.values())), "form": "original"}
    assert list(page_faults(every.values())) == ["sources: no row of any dataset cites made_up"]


def test_the_report_itself_needs_no_row_that_cites_it() -> None:
    every = tables()
    assert [key for key, page in every["sources"][1].items() if page["form"] == "file"]


@pytest.mark.parametrize("name", ["banks", "regions"])
def test_tables_without_pages_are_not_asked(name: str) -> None:
    assert list(page_faults([tables()[name]])) == []
