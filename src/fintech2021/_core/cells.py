"""A cell of another spelling as the value that it stands for, or the word that there is none."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import Decimal
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

from fintech2021._core.kinds import KINDS, parse
from fintech2021._core.yearmonth import YearMonth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["AFTER", "BEFORE", "Unreadable", "is_absent", "read_cell", "read_value"]

BEFORE, AFTER = "before the year 1", "after the year 9999"
"""What is shown of a day that Python has no value for."""
_LEAST, _GREATEST = -(2**63), 2**63 - 1
_EXACT = 2**53
"""Up to here every whole number is a float."""


class Unreadable(ValueError):  # noqa: N818 - Caught where it is raised from.
    """A cell stands for no value of the type."""


_WITH_EXPONENT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?[eE][+-]?[0-9]+")


def is_absent(cell: Any) -> bool:
    """Tell whether a cell is what some library writes for a missing value."""
    if isinstance(cell, float):
        return math.isnan(cell)
    if isinstance(cell, Decimal):
        return cell.is_nan() and not cell.is_snan()
    return cell is None or type(cell).__name__ in {"NAType", "NaTType"}


def read_cell(cell: Any, kind: str, *, texts: bool = True) -> Any:
    """Return what a cell stands for; where texts count, they have the spelling of a CSV file."""
    if is_absent(cell):
        return None
    if hasattr(cell, "item") and getattr(cell, "shape", None) == ():
        cell = cell.item()  # A scalar of numpy.
    is_text = kind in {"string", "list"}
    if texts and is_text and not isinstance(cell, (str, bool)):
        return str(_whole(cell))  # What a reader of CSV files made a number of: a year, say.
    if texts and not is_text and isinstance(cell, str):
        return _parsed(cell, kind)
    return _READ[kind](cell)


def read_value(cell: Any, kind: str) -> Any:
    """Return what a record holds for a cell: a number as it is printed, a month, the items."""
    if is_absent(cell) or (isinstance(cell, str) and not cell):
        return None
    if kind == "number":
        return _exactly(cell)
    value = read_cell(cell, kind)
    if kind == "list":
        return _parsed_value(value, kind)
    if kind != "yearmonth":
        return value
    if value.day != 1:
        raise Unreadable
    return YearMonth(value.year, value.month)


def _exactly(cell: Any) -> Decimal:
    """Return a number whose digits are those of the shortest text that stands for the cell."""
    if isinstance(cell, str):
        return _parsed_value(cell, "number")  # type: ignore[no-any-return] # Of that kind.
    if isinstance(cell, Decimal):
        return cell
    if hasattr(cell, "item") and getattr(cell, "shape", None) == ():
        cell = cell.item()
    number = _number(cell)
    return Decimal(int(cell) if isinstance(cell, Integral) else repr(number))


def _parsed_value(cell: str, kind: str) -> Any:
    try:
        return parse(cell, kind)
    except ValueError:
        raise Unreadable from None


def _parsed(cell: str, kind: str) -> Any:
    if not cell:
        raise Unreadable
    if kind == "boolean" and cell in {"True", "False"}:  # As pandas writes them.
        return cell == "True"
    if kind == "number" and _WITH_EXPONENT.fullmatch(cell):  # As others write great floats.
        return float(cell)
    try:
        return KINDS[kind].plain(parse(cell, kind))
    except ValueError:
        if kind == "yearmonth":  # A month that somebody else wrote as its first day.
            return _parsed(cell, "date")
        raise Unreadable from None


def _text(cell: Any) -> str:
    if not isinstance(cell, str):
        raise Unreadable
    text = str.__str__(cell)
    try:
        text.encode()
    except UnicodeEncodeError:  # Half a character: no file can hold it.
        raise Unreadable from None
    return text


def _whole(cell: Any) -> int:
    if isinstance(cell, bool) or not isinstance(cell, (Real, Decimal)):
        raise Unreadable
    try:
        number = int(cell)  # type: ignore[arg-type] # A real number says how, if it can.
    except (ValueError, OverflowError):  # Infinite, or a number that signals.
        raise Unreadable from None
    if number != cell or not _LEAST <= number <= _GREATEST:
        raise Unreadable
    return number


def _number(cell: Any) -> float:
    if isinstance(cell, bool) or not isinstance(cell, (Real, Decimal)):
        raise Unreadable
    if isinstance(cell, Integral) and abs(int(cell)) > _EXACT:
        raise Unreadable
    try:
        return float(cell)
    except (ValueError, OverflowError):
        raise Unreadable from None


def _flag(cell: Any) -> bool:
    """Return a flag; SQLite and others write 0 and 1, pandas floats where some are missing."""
    if isinstance(cell, bool) or (isinstance(cell, Real) and cell in {0, 1}):
        return bool(cell)
    raise Unreadable


def _day(cell: Any) -> date:
    if isinstance(cell, datetime):
        if cell.tzinfo is not None or cell != datetime(cell.year, cell.month, cell.day):  # noqa: DTZ001 - No zone is what is asked.
            raise Unreadable
        return cell.date()
    if isinstance(cell, date):
        return cell
    raise Unreadable


_READ: Mapping[str, Callable[[Any], Any]] = {
    "string": _text,
    "list": _text,
    "integer": _whole,
    "number": _number,
    "boolean": _flag,
    "date": _day,
    "yearmonth": _day,
}
