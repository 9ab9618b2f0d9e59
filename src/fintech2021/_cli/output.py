"""What the command line prints: tables with right widths for Chinese, and JSON."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from fintech2021._core.kinds import KINDS, parse
from fintech2021._core.naming import is_other_half

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console
    from rich.table import Table

    from fintech2021._core.descriptor import Column, Descriptor

__all__ = [
    "UNLIMITED",
    "Heading",
    "as_json",
    "console",
    "json_rows",
    "kept_columns",
    "page",
    "print_json",
    "print_table",
    "print_utf8",
    "readable",
    "spoken",
    "with_commas",
]

UNLIMITED = 1_000_000
"""More cells than any line has."""


class Heading(NamedTuple):
    """The head of a printed column, whether its cells are numbers, and its least width."""

    title: str
    numeric: bool = False
    least: int | None = None


def print_table(
    headings: Sequence[Heading],
    rows: Sequence[Sequence[str]],
    *,
    wide: bool = False,
    pager: bool = True,
) -> None:
    """Print a table as wide as its cells; in a narrower terminal fold it, or print it upright."""
    terminal = console(wide=wide)
    table = _table(headings, rows)
    is_whole = any(each.least for each in headings) or _keeps_words_whole(table, terminal)
    with terminal.capture() as captured:
        terminal.print(table if is_whole else _upright(headings, rows))
    page(captured.get(), pager=pager)


def page(text: str, *, pager: bool = True) -> None:
    """Print a text, in a pager where a terminal is too low for it; it ends with a line's end."""
    lines = text.count("\n")
    if pager and sys.stdout and sys.stdout.isatty() and lines > console().height:
        click.echo_via_pager(text)
    elif sys.stdout:
        # Not `click.echo`: it writes question marks where the encoding lacks a character.
        sys.stdout.write(text)
        sys.stdout.flush()


def console(*, wide: bool = False) -> Console:
    """Return the terminal; a file or a pipe is as wide as its lines, and has no colours."""
    from rich.console import Console, ConsoleDimensions

    terminal = Console(markup=False, emoji=False, highlight=False)
    if wide or not (sys.stdout and sys.stdout.isatty()):  # A closed one is None.
        terminal.size = ConsoleDimensions(UNLIMITED, terminal.height)
    return terminal


def _table(headings: Iterable[Heading], rows: Iterable[Iterable[str]]) -> Table:
    table = _empty_table()
    for title, numeric, least in headings:
        justify = "right" if numeric else "left"
        table.add_column(title, justify=justify, overflow="fold", min_width=least)  # type: ignore[arg-type] # One of two words.
    for row in rows:
        table.add_row(*row)
    return table


def _upright(headings: Iterable[Heading], rows: Iterable[Iterable[str]]) -> Table:
    """One line per cell, the title beside it, and a rule between the rows."""
    table = _empty_table(show_header=False)
    for row in rows:
        for heading, text in zip(headings, row, strict=True):
            table.add_row(heading.title, text)
        table.add_section()
    for column in table.columns:
        column.overflow = "fold"
    return table


def _empty_table(*, show_header: bool = True) -> Table:
    from rich import box
    from rich.table import Table

    return Table(box=box.SQUARE, show_header=show_header)


def _keeps_words_whole(table: Table, terminal: Console) -> bool:
    unlimited = terminal.options.update(width=UNLIMITED)
    return terminal.measure(table, options=unlimited).minimum <= terminal.width


_LONG_NUMBER = re.compile(r"(-?)(\d{5,})(\.\d+)?")


def readable(text: str) -> str:
    """Return a text with commas in it if it is a long number.

    >>> readable("23819000000"), readable("2020"), readable("2.50")
    ('23,819,000,000', '2020', '2.50')
    """
    found = _LONG_NUMBER.fullmatch(text)
    return f"{found[1]}{int(found[2]):,}{found[3] or ''}" if found else text


def spoken(
    descriptor: Descriptor, rows: Iterable[Sequence[str]], language: str
) -> tuple[list[Heading], list[list[str]]]:
    """Return headings and cells in one language, without the texts in the other one.

    Values of closed lists are the same in every language, so that they can be filtered by; in
    Chinese their labels are shown.
    """
    kept = kept_columns(descriptor, language)
    headings = [Heading(_title(column, language), column.is_number) for _, column in kept]
    cells = [[_said(row[place], column, language) for place, column in kept] for row in rows]
    return headings, cells


def with_commas(descriptor: Descriptor, rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """Return the cells of all columns as they are written, but for the commas of numbers."""
    numeric = [column.is_number for column in descriptor.columns]
    return [
        [readable(cell) if number else cell for cell, number in zip(row, numeric, strict=True)]
        for row in rows
    ]


def kept_columns(descriptor: Descriptor, language: str) -> list[tuple[int, Column]]:
    """Return the columns that are shown in one language, with their places."""
    return [
        (place, column)
        for place, column in enumerate(descriptor.columns)
        if not is_other_half(column, descriptor, language)
    ]


def _said(text: str, column: Column, language: str) -> str:
    """Return a cell in one language: numbers with commas, and values of closed lists by labels."""
    if column.is_number:
        return readable(text)
    if language != "zh" or not column.labels:
        return text
    items = text.split(";") if column.type == "list" else [text]
    return "；".join(column.labels.get(item, item) for item in items)


def _title(column: Column, language: str) -> str:
    return column.title_zh if language == "zh" else column.title_en


def json_rows(descriptor: Descriptor, rows: Iterable[Sequence[str]]) -> list[dict[str, Any]]:
    """Return one object per row: numbers, flags, lists and ``None``; days and months as text."""
    return [
        {
            column.name: as_json(text, column.type)
            for text, column in zip(row, descriptor.columns, strict=True)
        }
        for row in rows
    ]


def as_json(text: str, kind: str) -> object:
    """Return what JSON has for a cell of a kind, ``None`` for an empty one."""
    value = parse(text, kind)
    return None if value is None else KINDS[kind].json(value)


def print_json(document: object) -> None:
    """Print a JSON document as UTF-8, whatever the encoding of the terminal."""
    print_utf8(json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n")


def print_utf8(content: bytes) -> None:
    """Print bytes as they are; a stream that only takes text, of another program, gets text."""
    takes_bytes = sys.stdout is None or hasattr(sys.stdout, "buffer")
    click.echo(content if takes_bytes else content.decode(), nl=False)
