"""How Sphinx builds the pages: `python -m sphinx -n -W --keep-going -b html docs site`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import fintech2021

# The room of what is made for the site: the checkout need not be on the path.
sys.path.insert(0, str(Path(__file__).parents[1]))

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = html_title = "fintech2021"
author = "The fintech2021 founders"
release = fintech2021.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "tools.site.extension"]
html_theme = "furo"
templates_path = ["_templates"]
html_static_path = ["_static"]
html_show_copyright = False  # The licences stand in the repository.
html_favicon = "_static/icon.svg"
# The search for readers of Chinese: the same template, which asks for the name of its page.
html_additional_pages = {"zh/search": "search.html"}
nitpicky = True
# Other libraries' pages would have to be asked for over the network.
nitpick_ignore_regex = [
    ("py:class", r"fintech2021\..*\._\w+"),  # Type variables.
    ("py:class", "SearchStrategy"),  # Of Hypothesis.
    (
        "py:.*",
        r"(_duckdb|alt|altair|collections|contextlib|datetime|decimal|os|pandas|pandera|pathlib|polars|pyarrow"
        r"|sqlite3)\..*",
    ),
]
# Links to a heading, as the repository has them too.
myst_heading_anchors = 2
# A name in single backticks, as docstrings have them, is a link.
default_role = "py:obj"
# What a doctest needs at its end, an empty line, is nothing to show.
highlight_options = {"python": {"stripnl": True}}
add_module_names = False
toc_object_entries_show_parents = "hide"
# Types stand beside the parameters: a signature with all of them is not read.
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_typehints_format = "short"
autodoc_type_aliases = {name: name for name in ("Backend", "DatasetName", "Engine")}
autodoc_member_order = "bysource"


def setup(app: Sphinx) -> None:
    """Mend what no setting of Sphinx reaches."""
    from sphinx.util.inspect import TypeAliasForwardRef

    # Inside a union an alias would be shown by the representation of this class.
    TypeAliasForwardRef.__repr__ = lambda self: self.name
    app.connect("autodoc-process-signature", _plain_signature)


def _plain_signature(
    _app: Sphinx,
    what: str,
    _name: str,
    item: object,
    _options: object,
    signature: str | None,
    _returns: str | None,
) -> tuple[str, str] | None:
    """Show one signature of a function, and none of a result, record or error: nobody makes one."""
    from sphinx.pycode import ModuleAnalyzer

    if what == "function":  # Else all overloads are shown, seven of `load`, each with its types.
        analyzer = ModuleAnalyzer.for_module(item.__module__)
        analyzer.analyze()
        analyzer.overloads.clear()
    is_class = what in {"class", "exception"}
    hidden = is_class and signature and "Parameters\n" not in (item.__doc__ or "")
    return ("", "") if hidden else None
