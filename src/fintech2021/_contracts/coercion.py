"""Columns that only spell otherwise, read into exact types: as expressions of narwhals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from fintech2021._contracts.patterns import LINE_ENDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fintech2021._core.descriptor import Column

__all__ = ["TYPES", "Reading", "reading"]

TYPES: Mapping[str, Any] = {
    "string": nw.String,
    "list": nw.String,
    "integer": nw.Int64,
    "number": nw.Float64,
    "boolean": nw.Boolean,
    "date": nw.Date,
    "yearmonth": nw.Date,
}
"""The data type of each type of column: all of them can be missing."""

_EXACT = 2**53
"""Up to here every whole number is a float."""
_MOST = 2**63 - 1024
"""The greatest float that is a whole number of 64 bits."""
_WHOLE = "^(?:0|-?[1-9][0-9]{0,17})$"
_NUMBER = r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$"
_MONTH = "^[0-9]{4}-(?:0[1-9]|1[0-2])$"
_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29"
# Engines raise where a text is no day, or make another day of it: only days reach them.
_DAY = (
    "^(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    f"|{_LEAP})$"
)


class Reading(NamedTuple):
    """A column in its exact type, and which cells are unreadable: nothing where none is."""

    cells: Any
    unreadable: Any


def reading(column: Column, found: Any) -> Reading:
    """Return how a column of some type is read; where it cannot be, every cell is unreadable."""
    cell, wanted = nw.col(column.name), TYPES[column.type]
    if found == wanted:
        return Reading(cell, None)
    read = _READ[column.type](cell, found, column.type)
    if read is None:
        return Reading(nw.lit(None, wanted), ~cell.is_null())
    return read


def _texts(cell: Any, found: Any, kind: str) -> Reading | None:
    if found == nw.Categorical or found == nw.Enum:  # noqa: PLR1714 - Types are no keys here.
        return Reading(cell.cast(nw.String), None)
    if found.is_float() or found.is_integer():  # Of years, say, from a reader of CSV files.
        whole = _wholes(cell, found, kind)
        return None if whole is None else Reading(whole.cells.cast(nw.String), whole.unreadable)
    return None


def _wholes(cell: Any, found: Any, _kind: str) -> Reading | None:
    if found == nw.String:
        return _read_texts(cell, _WHOLE, lambda text: text.cast(nw.Int64))
    if found.is_float():
        given = nw.when(~cell.is_nan()).then(cell)
        bad = (given % 1 != 0) | (given.abs() > _MOST)
        return Reading(nw.when(~bad).then(given).cast(nw.Int64), bad)
    if found.is_integer():
        return _fitting(cell, nw.Int64, 2**63 - 1 if found in _WIDE else None)
    if found.is_decimal():
        beyond = (cell > 2**63 - 1) | (cell < -(2**63))
        whole = nw.when(~beyond).then(cell).cast(nw.Int64)
        return Reading(whole, beyond | (whole != cell))
    return None


_WIDE = (nw.UInt64, nw.Int128, nw.UInt128)


def _fitting(cell: Any, wanted: Any, limit: int | None) -> Reading:
    """Return numbers as another type that holds them up to a limit."""
    if limit is None:
        return Reading(cell.cast(wanted), None)
    bad = (cell > limit) | (cell < -limit)
    return Reading(nw.when(~bad).then(cell).cast(wanted), bad)


def _numbers(cell: Any, found: Any, _kind: str) -> Reading | None:
    if found == nw.String:
        return _read_texts(cell, _NUMBER, lambda text: text.cast(nw.Float64))
    if found.is_integer():
        return _fitting(cell, nw.Float64, _EXACT)
    if found.is_float() or found.is_decimal():
        return _fitting(cell, nw.Float64, None)
    return None


def _flags(cell: Any, found: Any, _kind: str) -> Reading | None:
    if found == nw.String:
        return _read_texts(cell, "^(?:true|True|false|False)$", lambda t: t.is_in(["true", "True"]))
    if found.is_integer() or found.is_float():
        bad = ~cell.is_in([0, 1])
        return Reading(nw.when(~bad).then(cell == 1), bad)
    return None


def _days(cell: Any, found: Any, kind: str) -> Reading | None:
    if found == nw.String:
        text = cell
        if kind == "yearmonth":
            month = cell.str.contains(_MONTH)
            text = nw.when(month).then(nw.concat_str([cell, nw.lit("-01")])).otherwise(cell)
        return _read_texts(text, _DAY, lambda text: text.str.to_date("%Y-%m-%d"))
    if found == nw.Datetime and getattr(found, "time_zone", None) is None:
        bad = cell.cast(nw.Date).cast(nw.Datetime) != cell
        return Reading(nw.when(~bad).then(cell).cast(nw.Date), bad)
    return None


def _read_texts(text: Any, pattern: str, read: Callable[[Any], Any]) -> Reading:
    """Return texts that have a spelling as what they stand for."""
    good = text.str.contains(pattern) & ~text.str.contains(f"[{LINE_ENDS}]")
    return Reading(read(nw.when(good).then(text)), ~good)


_READ: Mapping[str, Callable[[Any, Any, str], Reading | None]] = {
    "string": _texts,
    "list": _texts,
    "integer": _wholes,
    "number": _numbers,
    "boolean": _flags,
    "date": _days,
    "yearmonth": _days,
}
