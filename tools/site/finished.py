"""The pages of a site that was made: which there are, and what each says."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["article", "pages", "title"]

NOT_READ = {"genindex.html", "py-modindex.html", "search.html", "zh/search.html"}
"""Made by Sphinx for looking up: they say nothing that another page does not."""

ARTICLE = re.compile(r'<article role="main"[^>]*>(.*)</article>', re.DOTALL)
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
LINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)


def pages(folder: Path) -> list[str]:
    """Return the pages that are read, as paths from the folder of the site."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    return sorted(page for page in found if page not in NOT_READ and not page.startswith("_"))


def article(html: str) -> str:
    """Return what a page says, without what stands around it on every page."""
    found = ARTICLE.search(html)
    if found is None:
        raise ValueError("a page has no <article role=main>: does the theme write another?")
    return LINK.sub("", found[1])


def title(html: str) -> str:
    """Return the first heading of a page, as HTML."""
    found = HEADING.search(article(html))
    return found[1].strip() if found else ""
