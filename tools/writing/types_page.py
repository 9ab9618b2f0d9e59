"""The table of the page on types, from what each engine calls the type of a column."""

from __future__ import annotations

from fintech2021._core.kinds import KINDS
from fintech2021._frames import pandas, polars, pyarrow
from tools.writing.markdown import renewed, table

__all__ = ["with_types"]

MARKS = ("<!-- types -->", "<!-- /types -->")
HEADINGS = ("Type", "pandas", "polars", "Arrow", "Record", "JSON")
NOTES = {
    "string": "; before pandas 3 `object`",
    "list": ", the items joined with `;`",
    "yearmonth": ", the first day of the month",
}
"""What a name of a dtype does not say."""


def with_types(text: str) -> str:
    """Return the page with its table renewed."""
    return renewed(text, *MARKS, table(HEADINGS, map(_row, KINDS)))


def _row(name: str) -> tuple[str, ...]:
    kind, dtype = KINDS[name], pandas.TYPES[name]
    optional = "" if dtype.optional == dtype.name else f"; `{dtype.optional}` if it can be missing"
    return (
        f"`{name}`",
        f"`{dtype.name}`{optional}{NOTES.get(name, '')}",
        f"`{polars.TYPES[name]}`",
        f"`{pyarrow.TYPES[name].removesuffix('_')}`",
        f"`{kind.python.__name__}`",
        _JSON.get(name, "text"),
    )


_JSON = {
    "integer": "number",
    "number": "number",
    "boolean": "true or false",
    "list": "array of texts",
}
