"""What every page of the site has around its text: language, twin, menu, linked data, scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fintech2021._core import catalog
from tools.site import linked_data, navigation
from tools.site.assets import used
from tools.site.interface import translated
from tools.site.lighter import lighter
from tools.site.twins import english_of, lang, language_of, twin_of
from tools.writing.languages import CHINESE

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

__all__ = ["dataset_of", "dress"]

FOLDER = "datasets"
LINK = "Link to this heading"
HEADING_LINK = f'title="{LINK}"'
"""What Sphinx writes into the body of a page, in the one language of its build."""


def dataset_of(page: str) -> str:
    """Return the dataset whose page it is, or nothing.

    >>> dataset_of("zh/datasets/banks"), dataset_of("datasets/index")
    ('banks', '')
    """
    *folders, name = english_of(page).split("/")
    return name if folders == [FOLDER] and name in catalog.datasets() else ""


def dress(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Fill in what the template of a page asks for."""
    context["language"] = lang(page)
    if language_of(page) is CHINESE:
        _speak_chinese(app, page, context)
    context["furo_navigation_tree"] = _levelled(context["furo_navigation_tree"])
    context["metatags"] = context.get("metatags", "") + "".join(_head(app, page))
    if doctree is not None:
        context["body"] = _switch(app, page) + lighter(_scrolling(context["body"]))
        _choose_assets(context)
        _add_scripts(app, doctree)


def _choose_assets(context: dict[str, Any]) -> None:
    """Leave out the styles and scripts that the page does not use."""
    for files in ("css_files", "script_files"):
        context[files][:] = used(context[files], context["body"])


def _levelled(menu: str) -> str:
    """Return a menu whose captions say which level of heading they are, as their role demands."""
    menu = menu.replace('"reference internal"', '"reference"')
    return menu.replace('role="heading"', 'role="heading" aria-level="2"')


def _scrolling(body: str) -> str:
    """Return a page whose blocks of code can be scrolled by keyboard."""
    return body.replace("<pre>", '<pre tabindex="0">')


def _speak_chinese(app: Sphinx, page: str, context: dict[str, Any]) -> None:
    context["_"] = context["gettext"] = translated
    context["body"] = context.get("body", "").replace(HEADING_LINK, f'title="{translated(LINK)}"')
    if navigation.INDEX in app.env.all_docs:
        context["master_doc"] = context["root_doc"] = navigation.INDEX
        context["furo_navigation_tree"] = navigation.menu(app, page)
        context |= navigation.neighbours(app, page)


def _twin(app: Sphinx, page: str) -> str:
    """Return the page that says the same in the other language, or nothing."""
    twin = twin_of(page)
    return twin if twin in app.env.all_docs else ""


def _head(app: Sphinx, page: str) -> list[str]:
    """Return what tells programs about a page."""
    base, twin, dataset = app.config.html_baseurl, _twin(app, page), dataset_of(page)
    both = (page, twin) if twin else ()
    made = [
        f'<link rel="alternate" hreflang="{lang(each)}" href="{_address(app, page, each)}">'
        for each in both
    ]
    if dataset:
        found = catalog.load_descriptor(dataset)
        address = app.builder.get_target_uri(page)
        made.append(linked_data.script(found, language_of(page), base, address))
    return made


def _address(app: Sphinx, page: str, other: str) -> str:
    """Return the address of a page: whole where the site has a base, or else from another page."""
    if app.config.html_baseurl:
        return f"{app.config.html_baseurl}{app.builder.get_target_uri(other)}"
    return (
        app.builder.get_relative_uri(page, other) or app.builder.get_target_uri(page).split("/")[-1]
    )


def _switch(app: Sphinx, page: str) -> str:
    """Return the link to the page in the other language."""
    twin = _twin(app, page)
    if not twin:
        return ""
    language = language_of(page)
    name, label = language.of("中文", "English"), language.of("Language", "语言")
    href = app.builder.get_relative_uri(page, twin)
    return (
        f'<nav class="twin" aria-label="{label}" data-pagefind-ignore>'
        f'<a href="{href}" lang="{lang(twin)}" hreflang="{lang(twin)}">{name}</a></nav>'
    )


def _add_scripts(app: Sphinx, doctree: nodes.document) -> None:
    """Give the scripts of tables to the pages that have one."""
    from docutils.nodes import raw

    if any('class="rows"' in each.astext() for each in doctree.findall(raw)):
        app.add_js_file("table.js", loading_method="defer")
        app.add_js_file("cells.js", loading_method="defer")
