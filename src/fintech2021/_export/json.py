"""JSON: an array of objects, one per line; and JSON Lines, the same without the brackets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fintech2021._core.kinds import KINDS
from fintech2021._export.format import Format, begins_with, per_table

if TYPE_CHECKING:
    from collections.abc import Iterator

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


FORMAT = Format(
    "tables", (".json",), per_table(_array, ".json"), begins_with(b"["), has_languages=True
)
LINES = Format(
    "tables",
    (".jsonl", ".ndjson"),
    per_table(_json_lines, ".jsonl"),
    begins_with(b"{"),
    has_languages=True,
)
