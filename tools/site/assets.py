"""Styles and scripts: the site has those that its pages use, without comments and blank space."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rcssmin
import rjsmin

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

__all__ = ["lighten", "pruned", "used"]

MADE_FOR = {
    # Of the theme, for extensions of Sphinx that this site has none of.
    "furo-extensions.css": None,
    # Marks the words of a search on its page alone.
    "sphinx_highlight.js": None,
    "first-page.css": 'class="opening"',
    "pictures.css": 'class="picture"',
}
"""Files that not every page uses, and what a page has that does."""

MINIFIED: dict[str, Callable[..., Any]] = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}

RULE = re.compile(r"([^{}@;]+)\{[^{}]*\}")
EMPTY = re.compile(r"@[^{};]+\{\}")
EXCEPTION = re.compile(r":not\([^()]*\)")
CHOICE = re.compile(r":(?:is|where|has)\(")
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
GIVEN = re.compile(r'class=("[^"]*"|[\w-]+)')
WORD = re.compile(r"[\w-]+")


def used(files: list[Any], body: str) -> list[Any]:
    """Return those of a page's styles or scripts that it uses."""
    return [file for file in files if _is_used(Path(str(file.filename or "")).name, body)]


def _is_used(name: str, body: str) -> bool:
    mark = MADE_FOR.get(name, "")
    return mark is not None and mark in body


def lighten(site: Path) -> None:
    """Write styles and scripts of a site anew, without rules for what no page has."""
    for path in (site / "_static").rglob("*"):
        if make := MINIFIED.get(path.suffix):
            path.write_text(make(path.read_text("utf-8")), "utf-8")
    classes = _classes(site)
    for path in (site / "_static").rglob("*.css"):
        path.write_text(pruned(path.read_text("utf-8"), classes), "utf-8")


def _classes(site: Path) -> set[str]:
    """Return the classes of elements on any page, and all words of scripts, which can set them."""
    found = set[str]()
    for path in site.rglob("*.html"):
        for given in GIVEN.findall(path.read_text("utf-8")):
            found.update(given.strip('"').split())
    for path in (site / "_static").rglob("*.js"):
        found.update(WORD.findall(path.read_text("utf-8")))
    return found


def pruned(styles: str, classes: AbstractSet[str]) -> str:
    """Return minified styles without the rules that only elements of other classes could have.

    >>> pruned(".a,.b{top:0}.b{top:1px}p:not(.b){top:2px}@media print{.b{top:3px}}", {"a"})
    '.a,.b{top:0}p:not(.b){top:2px}'
    """
    left = RULE.sub(lambda rule: rule[0] if _can_match(rule[1], classes) else "", styles)
    return EMPTY.sub("", EMPTY.sub("", left))  # Twice: one condition can stand in another.


def _can_match(selectors: str, classes: AbstractSet[str]) -> bool:
    plain = EXCEPTION.sub("", selectors)
    return bool(CHOICE.search(plain)) or any(
        classes >= set(CLASS.findall(each)) for each in plain.split(",")
    )
