"""Excel: a sheet for each table, and sheets about contents, columns, places and the licence."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import east_asian_width
from zipfile import BadZipFile, ZipFile

from fintech2021._core.kinds import KINDS
from fintech2021._export import dictionary
from fintech2021._export.format import Format
from fintech2021.errors import ExportError, MissingDependencyError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fintech2021._core.descriptor import Column
    from fintech2021._export.choice import Choice, Table
    from fintech2021._export.dictionary import Sheet

__all__ = ["FORMAT"]

_MADE_BY = "fintech2021"
_WIDEST, _NARROWEST = 48, 8
_HEAD = {"bold": True, "bottom": 1, "valign": "top"}
_LINK = {"font_color": "blue", "underline": True}
_GROUPED, _DAY, _MONTH, _PLAIN = "#,##0", "yyyy-mm-dd", "yyyy-mm", "General"
_ARE_GROUPED = {"CNY", "USD", "HKD", "count", "currency of the row"}
_OF_TYPE = {"date": _DAY, "yearmonth": _MONTH}
_TEXT_AS_IT_IS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class _Cells(NamedTuple):
    """A column of a sheet: its head, how its numbers or days look, and what stands in it."""

    head: str
    shape: str
    values: Sequence[Any]


class _Book(NamedTuple):
    """An open workbook and the formats of its cells."""

    book: Any
    head: Any
    link: Any
    shapes: dict[str, Any]


def _write(choice: Choice, path: Path) -> Iterator[str]:
    with _xlsxwriter().Workbook(path, _TEXT_AS_IT_IS) as book:
        # Without a day it has the second in which it is made, and its bytes are never the same.
        made = datetime(choice.year, 1, 1)  # noqa: DTZ001 - Excel knows no time zones.
        title = f"{_MADE_BY}, edition {choice.edition.name}"
        book.set_properties({"title": title, "author": _MADE_BY, "created": made})
        yield from _fill(_opened(book), choice)


def _xlsxwriter() -> Any:
    try:
        import xlsxwriter
    except ImportError as cause:
        raise MissingDependencyError("xlsxwriter", "xlsx", "exporting to Excel") from cause
    return xlsxwriter


def _opened(book: Any) -> _Book:
    shapes = {each: book.add_format({"num_format": each}) for each in (_GROUPED, _DAY, _MONTH)}
    return _Book(book, book.add_format(_HEAD), book.add_format(_LINK), shapes)


def _fill(book: _Book, choice: Choice) -> Iterator[str]:
    _contents(book, dictionary.datasets(choice))
    for table in choice.tables:
        _sheet(book, table.name, _of_table(table), _columns_of_the_key(table))
        yield table.name
    for about in (dictionary.columns, dictionary.labels, dictionary.provenance):
        told = about(choice)
        _sheet(book, told.name, _of_sheet(told), len(told.key))
    _sheet(book, "licence", _licence(choice), 1)


def _contents(book: _Book, datasets: Sheet) -> None:
    """Make the sheet that stands first: each name leads to its sheet."""
    sheet = _sheet(book, "contents", _of_sheet(datasets), 1)
    for line, (name, *_) in enumerate(datasets.rows, 1):
        sheet.write_url(line, 0, f"internal:'{name}'!A1", book.link, name)


def _of_sheet(told: Sheet) -> list[_Cells]:
    columns = zip(*told.rows, strict=True) if told.rows else [()] * len(told.columns)
    return [
        _Cells(name, _PLAIN, values) for name, values in zip(told.columns, columns, strict=True)
    ]


def _of_table(table: Table) -> list[_Cells]:
    return [
        _Cells(head, _shape(column), [_cell(column, value) for value in values])
        for head, (column, values) in zip(table.headings, table.values(), strict=True)
    ]


def _shape(column: Column) -> str:
    return _GROUPED if column.unit in _ARE_GROUPED else _OF_TYPE.get(column.type, _PLAIN)


def _cell(column: Column, value: Any) -> Any:
    return None if value is None else KINDS[column.type].plain(value)


def _columns_of_the_key(table: Table) -> int:
    """Return how many columns stay in sight: those of the key, where it stands at the left."""
    key = table.descriptor.primary_key
    first = tuple(column.name for column in table.descriptor.columns[: len(key)])
    return len(key) if first == key else 0


def _licence(choice: Choice) -> list[_Cells]:
    told = {
        **{f"licence {each.name}": f"{each.title} {each.path}" for each in choice.licences},
        "how to cite": choice.citation("plain"),
        "引用格式 (GB/T 7714)": choice.citation("gbt7714"),
        "BibTeX": choice.citation("bibtex"),
    }
    return [_Cells("about", _PLAIN, [*told]), _Cells("text", _PLAIN, [*told.values()])]


def _sheet(book: _Book, name: str, columns: list[_Cells], frozen: int) -> Any:
    """Make a sheet whose head and first columns stay in sight."""
    sheet = book.book.add_worksheet(name)
    sheet.freeze_panes(1, frozen)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.head, book.head)
        sheet.set_column(place, place, _width(column))
        for line, value in enumerate(column.values, 1):
            if value is not None and _put(sheet, line, place, value, book.shapes.get(column.shape)):
                raise ExportError(f"a cell of Excel cannot hold {name}, {column.head}, row {line}")
    return sheet


def _put(sheet: Any, line: int, place: int, value: Any, shape: Any) -> int:
    """Write a cell as what it is: a text never as a formula, a link or a number."""
    kind = next(kind for kind in _WRITERS if isinstance(value, kind))
    lost: int = getattr(sheet, _WRITERS[kind])(line, place, value, shape)
    return lost


_WRITERS: dict[type, str] = {
    str: "write_string",
    bool: "write_boolean",
    date: "write_datetime",
    int: "write_number",
    float: "write_number",
    Decimal: "write_number",
}
"""What writes a value; a flag is an integer to Python, and comes first."""


def _width(column: _Cells) -> int:
    widest = max(map(_cells_of, (column.head, *map(_shown, column.values))))
    return min(max(widest + 2, _NARROWEST), _WIDEST)


def _shown(value: Any) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def _cells_of(text: str) -> int:
    """Return how wide a text is: a Chinese character takes the width of two others."""
    first_line, _, _ = text.partition("\n")
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in first_line)


def _is_one(path: Path) -> bool:
    """Tell whether a file is a workbook that was made here: another may hold anything."""
    try:
        with ZipFile(path) as parts:
            said = parts.read("docProps/core.xml")
    except (BadZipFile, KeyError):
        return False
    return f"<dc:creator>{_MADE_BY}</dc:creator>".encode() in said


FORMAT = Format("file", (".xlsx",), _write, _is_one, has_languages=True)
