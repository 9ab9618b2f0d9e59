"""The menu of Chinese pages: they hang on an index of their own, and never in the English menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from furo.navigation import get_navigation_tree
from sphinx import addnodes
from sphinx.environment.adapters.toctree import TocTree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

__all__ = ["INDEX", "menu", "neighbours"]

INDEX = "zh/index"
"""The first of the Chinese pages."""


def menu(app: Sphinx, page: str) -> str:
    """Return the menu that hangs on the Chinese index, as it looks from a page."""
    builder: Any = app.builder
    trees = [tree for tree in _trees(app, page) if tree is not None]
    if not trees:
        return ""
    first, *others = trees
    for other in others:
        first.extend(other.children)
    made: str = get_navigation_tree(builder.render_partial(first)["fragment"])
    return made


def _trees(app: Sphinx, page: str) -> Iterator[nodes.Element | None]:
    index = app.env.get_doctree(INDEX)
    for tree in index.findall(addnodes.toctree):
        yield TocTree(app.env).resolve(
            page, app.builder, tree, prune=False, titles_only=True, includehidden=True
        )


def neighbours(app: Sphinx, page: str) -> dict[str, dict[str, str] | None]:
    """Return the Chinese pages before and after a page."""
    order = list(dict.fromkeys(_walk(app.env.toctree_includes, INDEX)))
    if page not in order:
        return {"prev": None, "next": None}
    at = order.index(page)
    before, after = order[at - 1] if at else "", next(iter(order[at + 1 :]), "")
    return {"prev": _link(app, page, before), "next": _link(app, page, after)}


def _walk(includes: dict[str, list[str]], page: str) -> Iterator[str]:
    yield page
    for each in includes.get(page, []):
        yield from _walk(includes, each)


def _link(app: Sphinx, page: str, other: str) -> dict[str, str] | None:
    if not other:
        return None
    builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
    title = builder.render_partial(app.env.titles[other])["title"]
    return {"link": builder.get_relative_uri(page, other), "title": title}
