"""What a reader sees: the first screen, pictures, light and dark; and what keeps nobody out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tools.site.browser import DESK, PHONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

KINDS = (
    "index",
    "tutorial",
    "datasets/index",
    "datasets/banks",
    "datasets/source_tokens",
    "audit",
    "beside-the-world",
    "charts",
    "report-map",
    "search",
)
"""Pages of every kind; each has its twin."""
EVERY_KIND = [name for kind in KINDS for name in (kind, f"zh/{kind}")]
ENGLISH_ONLY = ["api/loading", "api/records", "errors"]
GRAVE = {"serious", "critical"}

LIGHTNESS = """element => {
  const colours = getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map(Number);
  return (colours[0] + colours[1] + colours[2]) / 3;
}"""


@pytest.fixture(params=["light", "dark"])
def opened(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A window in light or dark, of a reader who was never here."""
    context = browser.new_context(viewport=DESK, base_url=address, color_scheme=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", [*EVERY_KIND, *ENGLISH_ONLY])
def test_axe_finds_no_grave_fault(opened: Page, name: str) -> None:
    opened.goto(f"{name}.html")
    assert grave(opened) == []


def grave(page: Page) -> list[str]:
    """Return what axe holds for serious or critical, with the first element of each."""
    from axe_playwright_python.sync_playwright import Axe

    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [_told(fault) for fault in found if fault["impact"] in GRAVE]


def _told(fault: dict[str, Any]) -> str:
    node = fault["nodes"][0]
    return f"{fault['id']} ({len(fault['nodes'])}): {node['target']} {node['failureSummary']}"


def test_axe_finds_no_grave_fault_in_results_and_answers(page: Page) -> None:
    page.goto("zh/search.html?q=工商银行")
    page.locator(".search-result").first.wait_for()
    assert grave(page) == []
    page.goto("datasets/banks.html#icbc/tech_spend_cny")
    page.locator("[role=dialog].ask").get_by_text("1641").first.wait_for()
    assert grave(page) == []


def test_the_page_is_dark_where_the_reader_wants_it(browser: Browser, address: str) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(f"{address}datasets/banks.html")
    assert page.locator("body").evaluate(LIGHTNESS) < 60
    page.locator(".theme-toggle-content .theme-toggle").click()
    assert page.locator("body").evaluate(LIGHTNESS) > 200
    page.close()


@pytest.mark.parametrize("name", ["index.html", "zh/index.html"])
def test_the_first_screen_has_a_number_its_source_and_a_picture(page: Page, name: str) -> None:
    page.goto(name)
    text = page.locator("article").inner_text()
    assert "load_banks" in text
    assert "1641" in text
    picture = page.locator("article figure svg, article img").first.bounding_box()
    assert picture
    assert picture["y"] < DESK["height"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["charts.html", "zh/charts.html"])
def test_every_picture_is_drawn(browser: Browser, address: str, name: str, scheme: Any) -> None:
    page = browser.new_page(viewport=DESK, color_scheme=scheme)
    page.goto(address + name)
    pictures = page.locator("figure svg:visible, figure img:visible").all()
    boxes = [box for picture in pictures if (box := picture.bounding_box())]
    assert len(boxes) >= 15
    assert all(box["width"] > 300 and box["height"] > 100 for box in boxes)
    page.close()


def test_a_page_leads_to_its_twin_and_back(page: Page) -> None:
    page.goto("datasets/banks.html")
    page.get_by_role("link", name="中文", exact=True).click()
    assert page.url.endswith("/zh/datasets/banks.html")
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    page.get_by_role("link", name="English", exact=True).click()
    assert page.url.endswith("/datasets/banks.html")
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_first_tab_leads_to_the_text(page: Page) -> None:
    page.goto("tutorial.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("skip-to-content")
    page.keyboard.press("Enter")
    assert page.url.endswith("#furo-main-content")


def test_the_menu_opens_on_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("index.html")
    page.locator("label[for=__navigation].nav-overlay-icon").click()
    page.locator(".sidebar-drawer input.sidebar-search").click()
    assert page.locator(".sidebar-drawer a", has_text="Audit").first.is_visible()
