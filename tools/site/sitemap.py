"""The map of the site for search engines, with each page's twin in the other language."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

from tools.site.finished import pages
from tools.site.twins import english_of, lang, twin_of

__all__ = ["sitemap", "write"]

HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
"""


def write(folder: Path, base: str) -> None:
    """Write the map beside the pages."""
    text = sitemap(pages(folder), base)
    (folder / "sitemap.xml").write_text(text, encoding="utf-8", newline="\n")


def sitemap(found: list[str], base: str) -> str:
    """Return the map of pages that stand at an address, which ends with a stroke."""
    return HEAD + "".join(_entry(page, {*found}, base) for page in found) + "</urlset>\n"


def _entry(page: str, every: set[str], root: str) -> str:
    english = english_of(page)
    twins = {lang(each): each for each in (english, twin_of(english))}
    both = every.issuperset(twins.values())
    links = "".join(_link(code, root + twin) for code, twin in twins.items()) if both else ""
    return f"<url><loc>{root}{page}</loc>{links}</url>\n"


def _link(code: str, address: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(address)}/>'
