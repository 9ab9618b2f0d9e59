"""Derived cells: what the rule of a derived column gives for a row."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Context, Decimal
from typing import TYPE_CHECKING

from fintech2021._core.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fintech2021._core.descriptor import Descriptor

    Rows = Callable[[str], Mapping[str, Mapping[str, str]]]
    """Gives the rows of a dataset by their keys."""

__all__ = ["derived_cells", "difference", "first_day", "last_day"]

STOCK = "stock"
"""What a cell says where periods are points in time."""


def derived_cells(descriptor: Descriptor, row: Mapping[str, str], rows: Rows) -> dict[str, str]:
    """Return the text of every derived cell of a row; `rows` has the tables that it refers to."""
    return {
        column.name: _cell(column.derivation, descriptor, row, rows)
        for column in descriptor.columns
        if column.derivation
    }


def _cell(
    rule: Mapping[str, str], descriptor: Descriptor, row: Mapping[str, str], rows: Rows
) -> str:
    text = _follow(rule["of"], descriptor, row, rows)
    if rule["rule"] == "difference":
        return difference(text, _follow(rule["less"], descriptor, row, rows))
    if not text or rule["rule"] == "lookup":
        return text
    is_stock = "stock" in rule and _follow(rule["stock"], descriptor, row, rows) == STOCK
    return first_day(text) if rule["rule"] == "first_day" and not is_stock else last_day(text)


def _follow(path: str, descriptor: Descriptor, row: Mapping[str, str], rows: Rows) -> str:
    """Return the cell to which a path leads; the empty text where the reference is empty."""
    own, _, other = path.partition("/")
    if not other or not row[own]:
        return row[own]
    return rows(str(descriptor.column(own).references))[row[own]][other]


_EXACT = Context(prec=50, traps=[])


def difference(text: str, less: str) -> str:
    """Return the difference of two numbers, or of two days in days; empty for other texts.

    >>> difference("24", "24.43"), difference("2021-07-02", "2021-06-30"), difference("3", "2021")
    ('-0.43', '2', '-2018')
    """
    if all(map(KINDS["number"].admits, (text, less))):
        return format(_EXACT.subtract(Decimal(text), Decimal(less)), "f")
    if all(map(KINDS["date"].admits, (text, less))):
        return str((date.fromisoformat(text) - date.fromisoformat(less)).days)
    return ""


def first_day(period: str) -> str:
    """Return the first day of a year, month, day or interval.

    >>> first_day("2021-01/2021-09"), first_day("2020")
    ('2021-01-01', '2020-01-01')
    """
    year, *rest = period.partition("/")[0].split("-")
    month, day = (*rest, "01", "01")[:2]
    return f"{year}-{month}-{day}"


def last_day(period: str) -> str:
    """Return the last day of a year, month, day or interval.

    >>> last_day("2021-01/2021-02"), last_day("2020")
    ('2021-02-28', '2020-12-31')
    """
    year, *rest = period.rpartition("/")[2].split("-")
    month = rest[0] if rest else "12"
    day = rest[1] if rest[1:] else monthrange(int(year), int(month))[1]
    return f"{year}-{month}-{day}"
