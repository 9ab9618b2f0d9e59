"""The table of all rows on the page of a dataset: searched, sorted, switched, and asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tools.site.browser import DESK, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, ViewportSize

pytestmark = pytest.mark.browser

BANKS, CHINESE_BANKS = "datasets/banks.html", "zh/datasets/banks.html"
SPENDING = "tr[data-key=icbc] [data-cell=tech_spend_cny]"
ANSWER = "[role=dialog].ask"
ASKED = ".rows-table .asked"


def keys(page: Page) -> list[str]:
    """Return the keys of the rows that are seen, in their order."""
    rows = page.locator(".rows-table tbody tr:visible")
    return [str(key) for key in rows.evaluate_all("all => all.map(it => it.dataset.key)")]


def sort(page: Page, column: str) -> None:
    """Press the heading of a column."""
    page.locator(f"th[data-column={column}] button").click()


def texts(page: Page, column: str) -> list[str]:
    """Return the cells of a column as they are seen."""
    return page.locator(f"[data-cell={column}]:visible").all_inner_texts()


def answer(page: Page) -> Locator:
    """Return what a cell answers, once it does."""
    said = page.locator(ANSWER)
    said.get_by_text("1641").first.wait_for()
    return said


def is_seen(page: Page) -> bool:
    """Tell whether the cell that is asked is in the window, with nothing before it."""
    return bool(
        page.locator(".asked").evaluate(
            """cell => {
              const { left, top, width, height } = cell.getBoundingClientRect();
              return cell.contains(document.elementFromPoint(left + width / 2, top + height / 2));
            }"""
        )
    )


def test_rows_are_searched_in_both_languages_and_by_exact_value(page: Page) -> None:
    page.goto(BANKS)
    for query in ("工商", "industrial and com", "23819000000", "238.19"):
        page.locator(".rows-search").fill(query)
        assert keys(page) == ["icbc"]
        assert page.locator(".rows-count").inner_text() == "1 of 18 rows"


def test_numbers_are_sorted_as_numbers_and_empty_cells_come_last(page: Page) -> None:
    page.goto(BANKS)
    sort(page, "tech_staff")
    up = [int(text.replace(",", "")) for text in texts(page, "tech_staff") if text.strip()]
    assert up == sorted(up)
    sort(page, "tech_staff")
    assert texts(page, "tech_staff")[0] == "35,400"
    assert texts(page, "tech_staff")[-1].strip() == ""
    assert page.locator("th[data-column=tech_staff]").get_attribute("aria-sort") == "descending"


def test_chinese_is_sorted_by_pinyin(page: Page) -> None:
    page.goto(CHINESE_BANKS)
    sort(page, "name_zh")
    names = texts(page, "name_zh")
    assert names[:3] == ["渤海银行", "工商银行", "光大银行"]
    assert names[-1] == "中信银行"


def test_a_third_press_brings_back_the_order_of_the_table(page: Page) -> None:
    page.goto(BANKS)
    before = keys(page)
    for _ in range(3):
        sort(page, "name_en")
    assert keys(page) == before


def test_the_table_switches_to_chinese(page: Page) -> None:
    page.goto(BANKS)
    head = page.locator("th[data-column=tech_spend_cny]")
    assert "billion" in head.inner_text()
    assert page.locator(SPENDING).inner_text() == "23.819"
    page.get_by_role("button", name="中文").click()
    assert "科技投入" in head.inner_text()
    assert page.locator(SPENDING).inner_text() == "238.19"
    assert "国有大型银行" in texts(page, "bank_type")


def test_a_cell_that_is_pointed_at_says_its_line(page: Page) -> None:
    page.goto(BANKS)
    page.locator(SPENDING).hover()
    said = answer(page).inner_text()
    assert "238.19" in said
    assert 'ft.source("banks", "icbc", "tech_spend_cny")' in said
    page.mouse.move(5, 5)
    page.locator(ANSWER).wait_for(state="hidden")


def test_a_cell_is_asked_by_the_keyboard_alone(page: Page) -> None:
    page.goto(BANKS)
    page.locator(".rows-table tbody [tabindex='0']").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator(ANSWER).get_by_text("1645").first.wait_for()
    page.keyboard.press("Escape")
    page.locator(ANSWER).wait_for(state="hidden")
    focused = page.evaluate("document.activeElement.dataset.cell")
    assert focused == "tech_spend_cny"


def test_the_tab_key_reaches_search_sorting_and_table(page: Page) -> None:
    page.goto(BANKS)
    page.locator(".rows-search").focus()
    reached = set()
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.closest('th, td, .rows-langs')?.tagName"))
    assert {"TH", "SPAN"} <= reached


def test_a_cell_is_asked_by_a_tap(browser: Browser, address: str) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = phone.new_page()
    page.goto(address + CHINESE_BANKS)
    page.locator(SPENDING).tap()
    assert "外部核对" in answer(page).inner_text()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    phone.close()


def test_an_address_leads_to_a_cell_and_its_answer(page: Page) -> None:
    page.goto(f"{BANKS}#icbc/tech_spend_cny")
    assert "238.19" in answer(page).inner_text()
    assert page.locator("tr.addressed").get_attribute("data-key") == "icbc"
    assert is_seen(page)


def test_the_cell_that_is_asked_stays_in_sight_on_a_phone(browser: Browser, address: str) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = phone.new_page()
    page.goto(f"{address}{BANKS}#icbc/tech_spend_cny")
    assert "238.19" in answer(page).inner_text()
    assert is_seen(page)
    phone.close()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(
    "place", ["banks.html#icbc/tech_spend_cny", "errata.html#yangtze_standard_subject/kind"]
)
def test_the_cell_of_an_address_is_in_view_and_its_answer_beside_it(
    browser: Browser, address: str, place: str, viewport: ViewportSize
) -> None:
    context = browser.new_context(viewport=viewport)
    page = context.new_page()
    page.goto(f"{address}datasets/{place}")
    page.locator(f"{ANSWER} .ask-meaning").wait_for()
    cell, box, said = (page.locator(name).bounding_box() for name in (ASKED, ".rows-box", ANSWER))
    assert cell
    assert box
    assert said
    assert cell["y"] >= max(0, box["y"])
    assert box["x"] <= cell["x"] < box["x"] + box["width"]
    assert cell["y"] + cell["height"] <= min(said["y"], box["y"] + box["height"])
    assert said["y"] + said["height"] <= viewport["height"]
    context.close()


def test_a_cell_that_public_pages_contradict_says_so(page: Page) -> None:
    page.goto(f"{CHINESE_BANKS}#citic_bank/tech_spend_revenue_pct")
    page.locator(ANSWER).get_by_text("与公开网页不一致").wait_for()


def test_a_chinese_reader_finds_the_line_of_the_38_per_cent(page: Page) -> None:
    page.goto("zh/index.html")
    page.locator("input.sidebar-search").fill("众安银行 38")
    page.keyboard.press("Enter")
    page.locator(".search-places a[href*='virtual_banks.html#za_bank']").first.click()
    page.locator("tr[data-key=za_bank] [data-cell=deposit_share_pct]").click()
    page.locator(ANSWER).get_by_text("1897").wait_for()


def test_the_longest_table_is_searched_and_sorted_at_once(page: Page) -> None:
    page.goto("datasets/source_tokens.html")
    before = page.evaluate("performance.now()")
    page.locator(".rows-search").fill("238.19")
    assert len(keys(page)) == 1
    page.locator(".rows-search").fill("")
    sort(page, "line")
    assert page.evaluate("performance.now()") - before < 3_000


def test_empty_cells_that_a_page_has_as_one_are_as_many_as_columns(page: Page) -> None:
    page.goto("datasets/observations.html")
    counts = "all => [...new Set(all.map(it => it.cells.length))]"
    assert page.locator(".rows-table tr").evaluate_all(counts) == [
        page.locator(".rows-table thead th").count()
    ]
    assert page.locator(".rows-table [colspan]").count() == 0


def test_the_first_column_stays_in_view(page: Page) -> None:
    page.set_viewport_size({"width": 800, "height": 800})
    page.goto(BANKS)
    page.locator(".rows-box").evaluate("box => box.scrollTo({left: 10_000})")
    box = page.locator(".rows-box").bounding_box()
    first = page.locator("tr[data-key=icbc] th").bounding_box()
    assert box
    assert first
    assert abs(first["x"] - box["x"]) < 3


def test_without_javascript_every_row_is_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + BANKS)
    assert page.locator(".rows-table tbody tr:visible").count() == 18
    context.close()
