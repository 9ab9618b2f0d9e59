"""The extension of Sphinx that makes what stands in no page of the repository."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from fintech2021._core import catalog
from tools.site.anchors import Anchors
from tools.site.assets import lighten
from tools.site.cells import cells
from tools.site.embedding import compact
from tools.site.navigation import INDEX
from tools.site.pages import FOLDER, dataset_of, dress
from tools.site.pictures import register as register_pictures
from tools.site.rows import rows_html
from tools.site.twins import language_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["setup"]

AFTER_THEME = 900
"""The theme fills in its menu at 500."""


class Rows(SphinxDirective):
    """``{rows} banks``: all rows of a dataset. The body is for readers of the repository."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the table in the language of the page."""
        descriptor = catalog.load_descriptor(self.arguments[0])
        made = rows_html(descriptor, language_of(self.env.docname), self._cells(descriptor.name))
        return [nodes.raw("", made, format="html")]

    def _cells(self, name: str) -> str:
        """Return the address of what the cells answer, as the page has to write it."""
        return "../" * self.env.docname.count("/") + f"{FOLDER}/{name}.cells.json"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything."""
    app.add_directive("rows", Rows)
    register_pictures(app)
    app.add_css_file("site.css", priority=700)
    app.add_css_file("first-page.css", priority=705)
    app.connect("doctree-read", _add_anchors)
    app.connect("env-updated", _let_chinese_index_stand)
    app.connect("html-page-context", dress, priority=AFTER_THEME)
    app.connect("build-finished", _write_cells)
    app.connect("build-finished", _lighten, priority=AFTER_THEME)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _add_anchors(app: Sphinx, _doctree: nodes.document) -> None:
    """Let links lead to the rows and cells of the table of a dataset."""
    page = app.env.docname
    if dataset := dataset_of(page):
        facts = app.env.metadata[page]
        facts["myst_slugs"] = Anchors(facts.get("myst_slugs", {}), dataset)


def _let_chinese_index_stand(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Let the Chinese pages hang on their own index, which hangs on none."""
    if INDEX in env.all_docs:
        env.metadata[INDEX]["orphan"] = True
    return []


def _write_cells(app: Sphinx, failure: Exception | None) -> None:
    """Write what the cells of every dataset answer beside the pages."""
    if failure is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name in catalog.datasets():
        document = cells(catalog.load_descriptor(name))
        (folder / f"{name}.cells.json").write_text(compact(document), "utf-8")


def _lighten(app: Sphinx, failure: Exception | None) -> None:
    """Leave out of styles and scripts what no page needs, once all pages are there."""
    if failure is None and app.builder.format == "html":
        lighten(Path(app.outdir))
