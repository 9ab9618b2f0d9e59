"""Datasets as Arrow tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fintech2021._frames.engines import plain_values, require, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyarrow as pa

    from fintech2021._core.descriptor import Column, Descriptor

__all__ = ["TYPES", "frame", "of_texts"]

TYPES: Mapping[str, str] = {
    "string": "string",
    "list": "string",
    "integer": "int64",
    "number": "float64",
    "boolean": "bool_",
    "date": "date32",
    "yearmonth": "date32",
}
"""The function that makes the Arrow type of each type of column: all of them can be missing."""


def frame(descriptor: Descriptor) -> pa.Table:
    """Return a fresh Arrow table."""
    return of_texts(texts(descriptor))


def of_texts(columns: Iterable[tuple[Column, tuple[str, ...]]]) -> pa.Table:
    """Return columns with their cells as a file spells them as a table."""
    arrow = require("pyarrow")
    built: pa.Table = arrow.table(
        {
            column.name: arrow.array(
                plain_values(column, cells), getattr(arrow, TYPES[column.type])()
            )
            for column, cells in columns
        }
    )
    return built
