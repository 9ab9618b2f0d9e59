"""The text of a CSV cell: which characters a type admits, and the value they stand for."""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import Decimal
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from .yearmonth import YearMonth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "CELLS",
    "CellType",
    "key_of",
    "key_text",
    "parse",
    "read_rows",
    "read_table",
    "write_table",
]


class CellType(NamedTuple):
    """How one Data Package type is spelled in a CSV cell."""

    pattern: str
    convert: Callable[[str], Any]

    def admits(self, text: str) -> bool:
        """Tell whether the text is a well-formed cell."""
        return re.fullmatch(self.pattern, text) is not None


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(";"))


_ITEM = r"[^;\s](?:[^;\r\n]*[^;\s])?"

CELLS: Mapping[str, CellType] = {
    "string": CellType(r"\S(?:[^\r\n]*\S)?", str),
    "integer": CellType(r"0|-?[1-9][0-9]*", int),
    "number": CellType(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", Decimal),
    "boolean": CellType(r"true|false", partial(str.__eq__, "true")),
    "date": CellType(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", date.fromisoformat),
    "yearmonth": CellType(r"[0-9]{4}-(?:0[1-9]|1[0-2])", YearMonth.parse),
    "list": CellType(rf"{_ITEM}(?:;{_ITEM})*", _split),
}
"""Every type of the Data Package standard that a descriptor may use here."""


def parse(text: str, kind: str) -> Any:
    """Return the value of a cell, ``None`` for an empty one; raises `ValueError` if malformed."""
    if not text:
        return None
    cell = CELLS[kind]
    if not cell.admits(text):
        raise ValueError(f"{text!r} is not a well-formed {kind}")
    return cell.convert(text)


def read_table(content: bytes) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of a UTF-8 CSV file, every cell as text."""
    header, *rows = csv.reader(StringIO(content.decode("utf-8"), newline=""))
    return header, rows


def read_rows(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a UTF-8 CSV file by the names of their columns, every cell as text."""
    header, rows = read_table(content)
    return [dict(zip(header, row, strict=True)) for row in rows]


def key_text(key: object) -> str:
    """Return a primary key as one text, the parts of a composite key joined with ``|``."""
    return "|".join(map(str, key)) if isinstance(key, tuple) else str(key)


def key_of(row: Mapping[str, object], primary_key: tuple[str, ...]) -> str:
    """Return the primary key of a row as one text."""
    return key_text(tuple(row[part] for part in primary_key))


def write_table(header: list[str], rows: list[list[str]]) -> bytes:
    """Return the one CSV spelling of a table: RFC 4180 quoting, LF, UTF-8."""
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode("utf-8")
