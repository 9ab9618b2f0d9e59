"""Datasets as polars frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fintech2021._frames.engines import plain_values, require, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl

    from fintech2021._core.descriptor import Column, Descriptor

__all__ = ["TYPES", "frame", "of_texts"]

TYPES: Mapping[str, str] = {
    "string": "String",
    "list": "String",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "Boolean",
    "date": "Date",
    "yearmonth": "Date",
}
"""The data type of each type of column: all of them can be missing."""


def frame(descriptor: Descriptor) -> pl.DataFrame:
    """Return a fresh polars frame."""
    return of_texts(texts(descriptor))


def of_texts(columns: Iterable[tuple[Column, tuple[str, ...]]]) -> pl.DataFrame:
    """Return columns with their cells as a file spells them as a frame."""
    polars = require("polars")
    built: pl.DataFrame = polars.DataFrame(
        [
            polars.Series(
                column.name, plain_values(column, cells), getattr(polars, TYPES[column.type])
            )
            for column, cells in columns
        ]
    )
    return built
