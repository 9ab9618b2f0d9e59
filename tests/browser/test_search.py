"""The search of the site: one for the pages of both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

RESULT = ".search-result h3 a"
GROUPS = (".search-group:nth-child(1)", ".search-group:nth-child(2)")
"""The results in the language that is asked for: datasets and other pages."""


def found(page: Page, query: str, start: str = "search.html") -> list[str]:
    """Return the addresses of the results, from the folder of the site."""
    ask(page, query, start)
    return addresses(page, RESULT)


def ask(page: Page, query: str, start: str = "search.html") -> None:
    """Search, and wait for what is said of it."""
    page.goto(f"{start}?q={quote(query)}")
    page.locator("#search-said:not(:empty)").wait_for()


def addresses(page: Page, links: str) -> list[str]:
    """Return where links lead, from the folder of the site."""
    root = page.evaluate("new URL(document.documentElement.dataset.content_root, location).href")
    found = page.locator(links).evaluate_all("all => all.map(it => it.href)")
    return [link.removeprefix(root) for link in found]


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ("科技投入", "zh/datasets/banks.html"),
        ("银行科技", "zh/datasets/bank_technology.html"),
        ("营收比重", "zh/datasets/banks.html"),
        ("工商银行", "zh/datasets/banks.html"),
        ("虚拟银行", "zh/datasets/virtual_banks.html"),
        ("众安", "zh/datasets/virtual_banks.html"),
        ("监管沙盒", "zh/datasets/regtech_practices.html"),
        ("238.19", "datasets/banks.html"),
        ("provenance", "provenance.html"),
        ("tech_spend_cny", "datasets/banks.html"),
        ("ValidationError", "api/errors.html"),
        ("中信银行", "zh/datasets/banks.html"),
        ("数字人民币", "zh/datasets/digital_rmb_areas.html"),
        ("校验", "zh/validation.html"),
        ("出处", "zh/provenance.html"),
        ("virtual banks", "datasets/virtual_banks.html"),
    ],
)
def test_the_right_page_is_among_the_first_of_its_kind(page: Page, query: str, right: str) -> None:
    ask(page, query)
    first = [addresses(page, f"{group} {RESULT}")[:3] for group in GROUPS]
    assert right in [*first[0], *first[1]]


def test_a_number_leads_to_its_row(page: Page) -> None:
    ask(page, "238.19")
    assert addresses(page, ".search-places a")[0] == "datasets/banks.html#icbc"
    page.locator(".search-places a").first.click()
    page.locator("tr[data-key=icbc].addressed").wait_for()


def test_an_excerpt_shows_chinese_without_spaces(page: Page) -> None:
    ask(page, "工商银行")
    assert "工商银行" in page.locator(".search-excerpt mark").all_inner_texts()


def test_a_chinese_query_gives_chinese_pages_first(page: Page) -> None:
    assert [link.startswith("zh/") for link in found(page, "虚拟银行")[:3]] == [True] * 3
    assert page.locator("h2").last.inner_text().startswith("English")


def test_an_english_query_gives_english_pages_first_but_from_a_chinese_page(page: Page) -> None:
    assert found(page, "tech_spend_cny")[0] == "datasets/banks.html"
    assert found(page, "tech_spend_cny", "zh/search.html")[0].startswith("zh/")


def test_a_result_names_its_language_and_its_dataset(page: Page) -> None:
    found(page, "科技投入", "zh/search.html")
    said = page.locator(".search-kind").all_inner_texts()
    assert "banks · 中文" in said


def test_the_field_of_every_page_leads_to_the_search(page: Page) -> None:
    page.goto("datasets/banks.html")
    page.locator("input.sidebar-search").fill("provenance")
    page.keyboard.press("Enter")
    page.locator(RESULT).first.wait_for()
    assert page.url.endswith("/search.html?q=provenance")


def test_the_field_of_a_chinese_page_leads_to_the_chinese_search(page: Page) -> None:
    page.goto("zh/datasets/banks.html")
    page.locator("input.sidebar-search").fill("众安")
    page.keyboard.press("Enter")
    page.locator(RESULT).first.wait_for()
    assert "/zh/search.html?q=" in page.url
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_what_is_typed_is_searched_at_once_and_stays_in_the_address(page: Page) -> None:
    page.goto("search.html")
    page.keyboard.type("virtual")
    page.locator(RESULT).first.wait_for()
    assert page.url.endswith("?q=virtual")


def test_nothing_found_is_said(page: Page) -> None:
    assert found(page, "zzzzqq") == []
    assert page.locator("#search-said").inner_text() == "Nothing found for “zzzzqq”."


def test_more_results_come_by_the_keyboard(page: Page) -> None:
    before = len(found(page, "banks"))
    page.locator(".search-group button:visible").first.focus()
    page.keyboard.press("Enter")
    page.locator(RESULT).nth(before).wait_for()
    assert page.evaluate("document.activeElement.tagName") == "A"


def test_from_disk_the_search_is_that_of_sphinx(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto(f"{(site / 'search.html').as_uri()}?q=provenance")
    page.locator("#search-results a").first.wait_for()
    assert page.locator("#search-results a[href*='provenance']").count()
    page.close()
