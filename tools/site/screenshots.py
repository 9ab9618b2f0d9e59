"""Pictures of the site, to be looked at: ``python -m tools.site.screenshots SITE FOLDER``.

The main kinds of pages in both languages, on a desk and on a phone, light and dark: the first
screen of each, and as much of the whole page as can still be looked at.
"""

from __future__ import annotations

import argparse
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from tools.site.browser import DESK, PHONE, served, started

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, FloatRect, Page, ViewportSize

__all__ = ["PAGES", "main", "take"]

PAGES = (
    "index",
    "datasets/banks",
    "datasets/virtual_banks",
    "datasets/source_tokens",
    "audit",
    "beside-the-world",
    "provenance",
)
"""The pages of which pictures are taken where none are named, without the Chinese twins."""

TALLEST = 5_000
"""Pixels of the tallest picture."""

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


class Way(NamedTuple):
    """How a page is looked at."""

    window: ViewportSize
    scheme: Scheme

    @property
    def name(self) -> str:
        """What the pictures are called that are taken in this way."""
        return f"{self.window['width']}-{self.scheme}"


WAYS = tuple(Way(window, scheme) for window, scheme in product((DESK, PHONE), SCHEMES))


def take(site: Path, folder: Path, names: tuple[str, ...] = PAGES) -> Iterator[Path]:
    """Take the pictures of pages and their twins; yields each file."""
    folder.mkdir(parents=True, exist_ok=True)
    there = [name for name in _both(names) if (site / f"{name}.html").exists()]
    with served(site) as address, started() as browser:
        for way, name in product(WAYS, there):
            yield from _pictures(_opened(browser, way, f"{address}{name}.html"), folder, name, way)


def _both(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from (name, f"zh/{name}")


def _opened(browser: Browser, way: Way, address: str) -> Page:
    page = browser.new_page(viewport=way.window, color_scheme=way.scheme)
    page.goto(address, wait_until="networkidle")
    return page


def _pictures(page: Page, folder: Path, name: str, way: Way) -> Iterator[Path]:
    """Take the first screen and the page of one way; closes the page."""
    stem = f"{name.replace('/', '-')}-{way.name}"
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
    whole: FloatRect = {"x": 0, "y": 0, "width": way.window["width"], "height": height}
    for path, clip in ((f"{stem}.png", None), (f"{stem}-whole.png", whole)):
        page.screenshot(path=folder / path, full_page=clip is not None, clip=clip)
        yield folder / path
    page.close()


def main(arguments: list[str] | None = None) -> None:
    """Take the pictures and say where each is."""
    parser = argparse.ArgumentParser(prog="python -m tools.site.screenshots", description=__doc__)
    parser.add_argument("site", type=Path, help="the folder of the site")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("pages", nargs="*", default=PAGES, help="names of pages, without .html")
    given = parser.parse_args(arguments)
    for path in take(given.site, given.folder, tuple(given.pages)):
        print(path)


if __name__ == "__main__":
    main()
