"""Python in the page, where the site has been made with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _python(site: Path) -> None:
    assert (site / "try-it" / "wheels.json").is_file(), "make the site with --try-it"


def start(page: Page, name: str) -> None:
    """Open the page and start its Python."""
    page.goto(name)
    page.locator("#try-it button").first.click()
    page.locator("#try-it pre:not(:empty)").wait_for(timeout=60_000)


def type_in(page: Page, text: str) -> str:
    """Return what Python answers."""
    page.locator("#try-it textarea").fill(text)
    page.locator("#try-it textarea").press("Control+Enter")
    page.locator("#try-it button:enabled", has_text="Run").wait_for()
    return page.locator("#try-it pre").inner_text()


def test_a_reader_sees_the_line_of_a_number(page: Page) -> None:
    start(page, "try-it.html")
    answer = page.locator("#try-it pre").inner_text()
    assert "line 1641, character 5: '238.19'" in answer
    assert "citic_bank" in type_in(page, 'ft.Bank.get("citic_bank")')
    assert type_in(page, "1 +").startswith("SyntaxError")
    assert "UnknownKeyError: There is no row" in type_in(page, 'ft.source("banks", "x", "y")')
    page.get_by_role("button", name="isoformat").click()
    page.locator("#try-it pre", has_text="2020-03-24").wait_for()


def test_a_reader_of_chinese_sees_it_too(page: Page) -> None:
    start(page, "zh/try-it.html")
    assert "1641" in page.locator("#try-it pre").inner_text()


def test_nothing_is_fetched_before_it_is_asked_for(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("try-it.html", wait_until="networkidle")
    assert [url for url in asked if "/try-it/" in url] == []
