"""The extension of Sphinx that makes what stands in no page of the repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from fintech2021._core import catalog
from tools.site.rows import rows_html
from tools.site.twins import language_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup"]


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
        return "../" * self.env.docname.count("/") + f"datasets/{name}.cells.json"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything."""
    app.add_directive("rows", Rows)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
