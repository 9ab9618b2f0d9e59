"""The seven types of a column: how a cell is spelled, its value, its value for JSON and engines."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._core.yearmonth import YearMonth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["KINDS", "Kind", "parse"]


class Kind(NamedTuple):
    """One Data Package type that a descriptor may use here."""

    name: str
    python: type
    """What a record holds."""
    pattern: str
    """The spelling of a cell."""
    convert: Callable[[str], Any]
    """From the text of a cell to what a record holds."""
    plain: Callable[[Any], Any]
    """From what a record holds to what polars and Arrow take."""
    json: Callable[[Any], Any]
    """From what a record holds to what JSON has a type for."""

    def admits(self, text: str) -> bool:
        """Tell whether the text is a well-formed cell."""
        return re.fullmatch(self.pattern, text) is not None


# A clock that is stopped for a test puts another class in the place of `date`, and goes again: what
# is made here for ever is made of the class beneath.
_DAY: type[date] = next(kind for kind in date.__mro__ if kind.__module__ == "datetime")


def _same(value: Any) -> Any:
    return value


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(";"))


_ITEM = r"[^;\s](?:[^;\r\n]*[^;\s])?"

_STRING = Kind("string", str, r"\S(?:[^\r\n]*\S)?", str, _same, _same)
_INTEGER = Kind("integer", int, r"0|-?[1-9][0-9]*", int, _same, _same)
_NUMBER = Kind("number", Decimal, r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", Decimal, float, float)
_BOOLEAN = Kind("boolean", bool, r"true|false", lambda text: text == "true", _same, _same)
_DATE = Kind("date", _DAY, r"[0-9]{4}-[0-9]{2}-[0-9]{2}", _DAY.fromisoformat, _same, str)
_YEARMONTH = Kind(
    "yearmonth",
    YearMonth,
    r"[0-9]{4}-(?:0[1-9]|1[0-2])",
    YearMonth.parse,
    YearMonth.first_day,
    str,
)
# Frames never hold lists: the text of the cell is what every engine can compare, write and read.
_LIST = Kind("list", tuple, rf"{_ITEM}(?:;{_ITEM})*", _split, ";".join, list)

KINDS: Mapping[str, Kind] = {
    kind.name: kind for kind in (_STRING, _INTEGER, _NUMBER, _BOOLEAN, _DATE, _YEARMONTH, _LIST)
}
"""Every type by the name that the Data Package standard gives it."""


def parse(text: str, kind: str) -> Any:
    """Return the value of a cell, ``None`` for an empty one; raises `ValueError` if malformed."""
    if not text:
        return None
    found = KINDS[kind]
    if not found.admits(text):
        raise ValueError(f"{text!r} is not a well-formed {kind}")
    return found.convert(text)
