"""The index of the site's search, by Pagefind: one for the pages of both languages.

Pagefind reads a copy of the pages in which only what a page says is left. All of it is read as
Chinese: its words have no spaces between them, and English is found all the same.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.site.finished import article, language, pages, title

__all__ = ["prepared", "write"]

SECTION = re.compile(r'<section id="([^"]+)">(\s*(?:<span[^>]*></span>\s*)*)<(h[1-6])>')
TAG = re.compile(r"<[^>]+>")
NOT_USED = ("*-ui.*", "pagefind-highlight.js")
"""Pagefind's own looks: the site has its own page for the search."""


def write(folder: Path) -> None:
    """Write the index into the folder of the site."""
    with TemporaryDirectory() as name:
        copy = Path(name)
        for page in pages(folder):
            _copy(folder, copy, page)
        _run(copy, folder / "pagefind")


def _copy(folder: Path, copy: Path, page: str) -> None:
    target = copy / page
    target.parent.mkdir(parents=True, exist_ok=True)
    html = (folder / page).read_text(encoding="utf-8")
    target.write_text(prepared(html, page), encoding="utf-8")


def prepared(html: str, page: str) -> str:
    """Return of a page what can be found, with its language, and a place for each heading."""
    # A result leads to the heading above it; Sphinx gives the place to the element around it.
    said = SECTION.sub(r'\2<\3 id="\1">', article(html))
    name = TAG.sub("", title(html)).strip()
    return (
        f'<html lang="zh"><head><title>{name}</title></head><body>'
        f'<main data-pagefind-body data-pagefind-filter="language:{language(page)}">{said}</main>'
        "</body></html>"
    )


def _run(copy: Path, target: Path) -> None:
    # What it reads of a page's address is its path in the copy.
    where = ("--site", str(copy), "--output-path", str(target), "--keep-index-url")
    command = [sys.executable, "-m", "pagefind", *where, "--force-language", "zh", "--silent"]
    subprocess.run(command, check=True)
    for path in (path for pattern in NOT_USED for path in target.glob(pattern)):
        path.unlink()
