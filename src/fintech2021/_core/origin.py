"""Where the value of a cell comes from: as its column says, or as its row where rows differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fintech2021._core.descriptor import Column

__all__ = ["BY_ROW", "EVIDENCE", "REPORT", "of_evidence", "origin_of"]

BY_ROW = "by_row"
"""The origin of a column whose rows differ."""
EVIDENCE = "evidence"
"""The column that says for each row what its cells of such columns rest on."""
REPORT = "report"
"""What it says where the report prints them."""

_ORIGINS = {REPORT: "printed", "editorial": "editorial"}


def origin_of(column: Column, row: Mapping[str, str]) -> str:
    """Return the origin of a cell, which the row decides if its column says ``by_row``."""
    return of_evidence(row[EVIDENCE]) if column.origin == BY_ROW else column.origin


def of_evidence(evidence: str) -> str:
    """Return the origin of what rests on a kind of evidence: the report, the library, or pages.

    >>> of_evidence("report"), of_evidence("two_pages")
    ('printed', 'public')
    """
    return _ORIGINS.get(evidence, "public")
