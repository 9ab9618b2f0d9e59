"""CSV: the published bytes, for spreadsheets with a mark before them, in a language on request."""

from __future__ import annotations

import codecs
import csv
from typing import TYPE_CHECKING

from fintech2021._core.rows import write_table
from fintech2021._export.format import Format, are_headings, per_table

if TYPE_CHECKING:
    from pathlib import Path

    from fintech2021._export.choice import Choice, Table

__all__ = ["FORMAT", "content"]


def content(choice: Choice, table: Table) -> bytes:
    """Return a table as CSV; without the mark, spreadsheets read UTF-8 as something else."""
    return (codecs.BOM_UTF8 if choice.bom else b"") + _plain(table)


def _plain(table: Table) -> bytes:
    if table.language is None:
        return table.descriptor.content
    cells = [texts for _, texts in table.columns()]
    return write_table(table.headings, [list(row) for row in zip(*cells, strict=True)])


def _is_one(path: Path) -> bool:
    """Tell whether a file has the columns of a table of ours."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return are_headings(next(csv.reader(file)))
    except (UnicodeDecodeError, csv.Error, StopIteration):
        return False


FORMAT = Format(
    "tables", (".csv",), per_table(content, ".csv"), _is_one, has_languages=True, takes_bom=True
)
