"""Links from one page to a row or a cell of the table on another: `errata.md#ai_core_cagr`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from fintech2021._core import catalog
from fintech2021._core.rows import by_key

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Anchors", "has_place"]


def has_place(dataset: str, anchor: str) -> bool:
    """Tell whether a dataset has the row, or the row and column, that an address names.

    >>> has_place("banks", "icbc"), has_place("banks", "icbc/tech_spend_cny")
    (True, True)
    >>> has_place("banks", "icbc/no_column"), has_place("banks", "no_bank")
    (False, False)
    """
    descriptor = catalog.load_descriptor(dataset)
    name, rows = unquote(anchor), by_key(descriptor)
    key, _, column = name.rpartition("/")
    columns = {each.name for each in descriptor.columns}
    return name in rows or (key in rows and column in columns)


class Anchors(dict[str, Any]):
    """The anchors of a page as MyST keeps them, and every row and cell of the page's table."""

    def __init__(self, slugs: Mapping[str, Any], dataset: str) -> None:
        super().__init__(slugs)
        self.dataset = dataset

    def __reduce__(self) -> tuple[type[Anchors], tuple[dict[str, Any], str]]:
        return Anchors, (dict(self), self.dataset)

    def __contains__(self, anchor: object) -> bool:
        return super().__contains__(anchor) or has_place(self.dataset, str(anchor))

    def __missing__(self, anchor: str) -> tuple[int, str, str]:
        return 0, anchor, ""
