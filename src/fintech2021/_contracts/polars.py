"""polars frames, eager and lazy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from fintech2021._contracts.queries import Source

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["names_of", "of_arrow", "of_pandas", "source", "takes"]


def takes(frame: object) -> bool:
    """Tell whether it is a polars frame."""
    return isinstance(frame, (pl.DataFrame, pl.LazyFrame))


def names_of(frame: pl.DataFrame | pl.LazyFrame) -> list[str]:
    """Return the names of the columns; of a lazy frame its plan says them."""
    return frame.collect_schema().names()


def source(frame: pl.DataFrame | pl.LazyFrame, names: list[str] | None = None) -> Source:
    """Return the frame to ask; rows are fetched lazily, so that only those are built."""
    known = frame if names is None else frame.select(names)

    def numbered(name: str) -> Any:
        lazy = known.lazy().with_row_index(name)
        return nw.from_native(lazy.with_columns(pl.col(name).cast(pl.Int64)))

    return Source(
        nw.from_native(known), None, numbered, strict_end=True, adds_flags=True, as_set=_imploded
    )


def _imploded(keys: Any) -> Any:
    """Return a column of keys as one list: of a bare column `is_in` does not know what is meant."""
    return nw.from_native(keys.to_native().implode(), series_only=True)


def of_arrow(table: pa.Table) -> pl.DataFrame:
    """Return an Arrow table as a frame that shares its memory where it can."""
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 - A table is no column.
    return frame


def of_pandas(frame: pd.DataFrame) -> Source:
    """Return a pandas frame of exact dtypes, whose days have no time, as one to ask."""
    held = pl.from_pandas(frame, nan_to_null=True)
    days = [name for name, kind in held.schema.items() if isinstance(kind, pl.Datetime)]
    label = frame.index.__getitem__
    return source(held.with_columns(pl.col(days).cast(pl.Date)))._replace(label=label)
