"""The same table as a frame of each engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import ibis
import polars as pl
import pyarrow as pa

import fintech2021 as ft
from fintech2021._contracts import pyarrow as arrow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fintech2021._core.descriptor import Descriptor

__all__ = ["ENGINES", "Stream", "Told", "put", "table", "told"]

Told = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]
"""Failures without the rows' numbers, and counts."""


class Stream:
    """An object of which nothing is known but that it streams Arrow's batches."""

    def __init__(self, held: pa.Table) -> None:
        self._held = held

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._held.__arrow_c_stream__(requested_schema)


def _duckdb(held: pa.Table) -> duckdb.DuckDBPyRelation:
    return duckdb.connect().from_arrow(held)


def _ibis(held: pa.Table) -> ibis.Table:
    return ibis.duckdb.connect().create_table("held", held)


def _pandas(held: pa.Table) -> Any:
    descriptor: Descriptor = ft.info(held.schema.metadata[b"dataset"].decode())
    return arrow.in_pandas(held, descriptor)


ENGINES: Mapping[str, Callable[[pa.Table], Any]] = {
    "pandas": _pandas,
    "polars": pl.from_arrow,
    "polars, lazy": lambda held: pl.from_arrow(held).lazy(),  # type: ignore[union-attr] # No column.
    "pyarrow": lambda held: held,
    "a reader of batches": lambda held: held.to_reader(),
    "a stream": Stream,
    "duckdb": _duckdb,
    "ibis": _ibis,
}
"""The engines of this process, by their names: each makes its frame of an Arrow table."""


def table(name: str) -> pa.Table:
    """Return a published table with the name of its dataset in its metadata."""
    return ft.load(name, backend="pyarrow").replace_schema_metadata({"dataset": name})


def put(held: pa.Table, column: str, cell: Any, row: int = 0, kind: Any = None) -> pa.Table:
    """Return a table with another cell, in a column that may be of another type."""
    place = held.column_names.index(column)
    cells = held.column(column).to_pylist()
    cells[row] = cell
    made = pa.array(cells, kind or held.schema.field(column).type)
    return held.set_column(place, column, made)


def told(frame: Any, name: str, **options: Any) -> Told:
    """Return what `validate` tells of a frame, but for the numbers of rows."""
    try:
        ft.validate(frame, name, **options)
    except ft.ValidationError as error:
        failures = error.failures.drop(columns="row").itertuples(index=False, name=None)
        return list(failures), list(error.counts.itertuples(index=False, name=None))
    return [], []
