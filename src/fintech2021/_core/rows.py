"""CSV files as rows: every cell as text, every row by its key."""

from __future__ import annotations

import csv
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING

from fintech2021._given import spelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fintech2021._core.descriptor import Descriptor

__all__ = ["by_key", "key_of", "key_text", "keyed", "read_rows", "read_table", "write_table"]


def read_table(content: bytes) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of a UTF-8 CSV file, every cell as text."""
    header, *rows = csv.reader(StringIO(content.decode("utf-8"), newline=""))
    return header, rows


def read_rows(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a UTF-8 CSV file by the names of their columns, every cell as text."""
    header, rows = read_table(content)
    return [dict(zip(header, row, strict=True)) for row in rows]


def write_table(header: list[str], rows: list[list[str]]) -> bytes:
    """Return the one CSV spelling of a table: RFC 4180 quoting, LF, UTF-8."""
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode("utf-8")


def key_text(key: object) -> str:
    """Return a primary key that was given as one text, its parts joined with ``|``."""
    if not issubclass(type(key), tuple):
        return spelled(key)
    return "|".join(map(spelled, tuple.__iter__(key)))  # type: ignore[arg-type] # The check above.


def key_of(row: Mapping[str, object], primary_key: tuple[str, ...]) -> str:
    """Return the primary key of a row as one text, as `key_text` does."""
    return "|".join([str(row[part]) for part in primary_key])


def keyed(content: bytes, primary_key: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Return every row of a UTF-8 CSV file by its key, the cells as text."""
    return {key_of(row, primary_key): row for row in read_rows(content)}


@cache
def by_key(descriptor: Descriptor) -> Mapping[str, Mapping[str, str]]:
    """Return every row of a dataset version by its key, the cells as text."""
    return keyed(descriptor.content, descriptor.primary_key)
