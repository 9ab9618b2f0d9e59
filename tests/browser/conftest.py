"""The site, made once and served on this machine, in Debian's Chromium."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tools.site.browser import DESK, served, started

from browsing import Notes, visit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, BrowserContext, Page

    from browsing import Visit


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site; one that was made before is taken where FINTECH2021_SITE names it."""
    if named := os.environ.get("FINTECH2021_SITE"):
        return Path(named)
    from tools.site.build import build

    folder = tmp_path_factory.mktemp("site")
    build(folder, has_python=True)
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser, without a window."""
    with started() as browser:
        yield browser


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A reader who was never here; no page asks elsewhere, none has a fault."""
    opened = browser.new_context(viewport=DESK, base_url=address)
    notes = Notes(opened, address)
    yield opened
    opened.close()
    assert notes.foreign() == []
    assert notes.faults == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A window of that reader."""
    return context.new_page()


@pytest.fixture(scope="session")
def visits(browser: Browser, address: str, site: Path) -> Mapping[str, Visit]:
    """What was noted of every page, each opened by a reader who was never here."""
    from tools.site.finished import pages

    return {name: _first_visit(browser, address, name) for name in pages(site)}


def _first_visit(browser: Browser, address: str, name: str) -> Visit:
    context = browser.new_context(viewport=DESK)
    try:
        return visit(context, address, name)
    finally:
        context.close()
