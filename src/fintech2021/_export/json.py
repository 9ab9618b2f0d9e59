"""JSON: an array of objects, one per line; and JSON Lines, the same without the brackets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fintech2021._core.kinds import KINDS
from fintech2021._export.format import Format, are_headings, per_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fintech2021._core.descriptor import Column
    from fintech2021._export.choice import Choice, Table

__all__ = ["FORMAT", "LINES"]


def _array(_choice: Choice, table: Table) -> bytes:
    listed = ",\n".join(_lines(table))
    return f"[\n{listed}\n]\n".encode()


def _json_lines(_choice: Choice, table: Table) -> bytes:
    return "".join(f"{line}\n" for line in _lines(table)).encode()


def _lines(table: Table) -> Iterator[str]:
    """Yield every row as an object: numbers, flags, lists and nulls; days and months as texts."""
    columns = [_plain(column, values) for column, values in table.values()]
    for row in zip(*columns, strict=True):
        yield json.dumps(dict(zip(table.headings, row, strict=True)), ensure_ascii=False)


def _plain(column: Column, values: list[Any]) -> list[Any]:
    spell = KINDS[column.type].json
    return [None if value is None else spell(value) for value in values]


def _is_array(path: Path) -> bool:
    with path.open("rb") as file:
        return file.readline(_LONGEST) == b"[\n" and _is_row(file.readline(_LONGEST))


def _are_lines(path: Path) -> bool:
    with path.open("rb") as file:
        return _is_row(file.readline(_LONGEST))


def _is_row(line: bytes) -> bool:
    """Tell whether a line is an object with the columns of a table of ours."""
    try:
        row = json.loads(line.rstrip(b",\n"))
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and are_headings(row)


_LONGEST = 1_000_000
"""How much of a file that is there is read: a row is far shorter."""

FORMAT = Format("tables", (".json",), per_table(_array, ".json"), _is_array, has_languages=True)
LINES = Format(
    "tables",
    (".jsonl", ".ndjson"),
    per_table(_json_lines, ".jsonl"),
    _are_lines,
    has_languages=True,
)
