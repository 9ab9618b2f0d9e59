"""The index of the site's search, by Pagefind: one for the pages of both languages.

Pagefind reads a copy of the pages in which only what a page says is left, each Chinese character
apart: a word of Chinese is then found wherever it stands, as the sequence of its characters. Its
own way is to cut Chinese into words, by one dictionary in the index and another in the browser:
where they disagree nothing is found.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.site.finished import article, pages, title
from tools.site.pages import dataset_of
from tools.site.twins import language_of

__all__ = ["prepared", "write"]

SECTION = re.compile(r'<section id="([^"]+)">(\s*(?:<span[^>]*></span>\s*)*)<(h[1-6])')
TABLE = re.compile(r'<table class="rows-table" data-keys="1">.*?</table>', re.DOTALL)
FIRST = re.compile(r"<tr><th scope=row[^>]*>([^<]+)")
ROW = re.compile(r'<tr data-key="([^"]*)"><th scope=row')
CELL = re.compile(r"<(t[dhr]\b)")
TAG = re.compile(r"<[^>]+>")
TAG_OR_TEXT = re.compile(r"(<[^>]*>)|([^<]+)")
BETWEEN_HANZI = re.compile(r"(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])")

MIXED = {
    *("claims", "erratum_cells", "errata", "observations", "indicators", "source_tokens"),
    *("cross_checks", "verdicts", "sources", "enumerations", "events"),
}
"""Datasets of everything: who looks for a bank means a table of banks."""
NOT_USED = ("*-ui.*", "pagefind-highlight.js")
"""Pagefind's own looks: the site has its own page for the search."""


def write(folder: Path) -> None:
    """Write the index into the folder of the site."""
    target = folder / "pagefind"
    shutil.rmtree(target, ignore_errors=True)
    with TemporaryDirectory() as name:
        copy = Path(name)
        for page in pages(folder):
            _copy(folder, copy, page)
        _run(copy, target)


def _copy(folder: Path, copy: Path, page: str) -> None:
    target = copy / page
    target.parent.mkdir(parents=True, exist_ok=True)
    html = (folder / page).read_text(encoding="utf-8")
    target.write_text(prepared(html, page), encoding="utf-8")


def prepared(html: str, page: str) -> str:
    """Return of a page what can be found, with its language, its kind and the places in it."""
    kind = "dataset" if _dataset(page) else "page"
    name = TAG.sub("", title(html)).strip()
    return (
        f"<html><head><title>{_apart(name)}</title></head><body>"
        f'<main data-pagefind-body data-pagefind-filter="language:{language_of(page).code}">'
        f'<div data-pagefind-filter="kind:{kind}">{_apart(_marked(article(html), page))}</div>'
        "</main></body></html>"
    )


def _dataset(page: str) -> str:
    return dataset_of(page.removesuffix(".html"))


def _marked(said: str, page: str) -> str:
    """Return the text with the places that a result can lead to, and what weighs more or less."""
    # Sphinx gives the place of a heading to the element around it.
    said = SECTION.sub(r'\2<\3 id="\1"', said).replace("<h1", '<h1 data-pagefind-weight="10"')
    said = ROW.sub(r'<tr><th id="\1"', TABLE.sub(_keyed, said))
    # Cells need no end in HTML; for Pagefind those without one would be one long word.
    said = CELL.sub(r" <\1", said)
    weight = "0.3" if _dataset(page) in MIXED else "1"
    return said.replace('class="rows-table"', f'data-pagefind-weight="{weight}"')


def _keyed(table: re.Match[str]) -> str:
    """Return a table whose rows have the key that their first cell is."""
    return FIRST.sub(r'<tr><th id="\1">\1', table[0])


def _apart(html: str) -> str:
    """Return HTML with a space between Chinese characters of its texts."""
    return TAG_OR_TEXT.sub(lambda part: part[1] or BETWEEN_HANZI.sub(" ", part[2]), html)


def _run(copy: Path, target: Path) -> None:
    # What it reads of a page's address is its path in the copy.
    where = ("--site", str(copy), "--output-path", str(target), "--keep-index-url")
    # English word forms are one word; a Chinese character has one form.
    command = [sys.executable, "-m", "pagefind", *where, "--force-language", "en", "--silent"]
    subprocess.run(command, check=True)
    for path in (path for pattern in NOT_USED for path in target.glob(pattern)):
        path.unlink()
