"""SQLite: tables with keys and checks, tables about them, views with labels."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from fintech2021._export import sql
from fintech2021._export.dictionary import sheets
from fintech2021._export.format import Format

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fintech2021._export.choice import Choice

__all__ = ["FORMAT", "fill"]

_OURS = 0x66743231
"""The number that a database made here has as its application, ``ft21``."""
_PLACE = 68
"""Where a file of SQLite has it, in four bytes."""


def _write(choice: Choice, path: Path) -> Iterator[str]:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute(f"PRAGMA application_id = {_OURS}")
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("BEGIN")
        yield from fill(database, choice)
        _say_what_they_are(database, choice)
        database.execute("COMMIT")


def fill(database: sqlite3.Connection, choice: Choice) -> Iterator[str]:
    """Make tables with their rows inside the transaction that is open, and yield their names."""
    for table in choice.by_dependence:
        database.execute(sql.table(table, "sqlite"))
        width = len(table.headings)
        database.executemany(sql.insert(sql.quoted(table.name), width), sql.rows(table))
        yield table.name


def _say_what_they_are(database: sqlite3.Connection, choice: Choice) -> None:
    """Make the tables about the tables, which have no comments here, and the views."""
    for sheet in sheets(choice):
        database.execute(sql.sheet_table(sheet))
        database.executemany(sql.insert(sql.about(sheet), len(sheet.columns)), sheet.rows)
    for table in choice.tables:
        for _, _, statement in sql.views(table, "sqlite"):
            database.execute(statement)


def _is_one(path: Path) -> bool:
    """Tell whether a file is a database that was made here: another may hold anything."""
    with path.open("rb") as file:
        head = file.read(_PLACE + 4)
    return head.startswith(b"SQLite format 3\0") and head[_PLACE:] == _OURS.to_bytes(4, "big")


FORMAT = Format("file", (".sqlite", ".sqlite3", ".db"), _write, _is_one)
