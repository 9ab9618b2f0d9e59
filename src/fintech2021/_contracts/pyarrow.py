"""Arrow tables and batches, and whatever streams them: held in memory, asked through polars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from fintech2021._frames.pandas import dtype
from fintech2021._frames.pyarrow import TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from fintech2021._core.descriptor import Column, Descriptor

__all__ = ["exact", "held", "in_pandas", "keys", "names_of", "of_pandas", "takes", "wrong_type"]

_TEXTS = (pa.string(), pa.large_string(), getattr(pa, "string_view", pa.string)())
_TYPES: dict[str, tuple[Any, ...]] = {
    "string": _TEXTS,
    "list": _TEXTS,
    "integer": (pa.int64(),),
    "number": (pa.float64(),),
    "boolean": (pa.bool_(),),
    "date": (pa.date32(),),
    "yearmonth": (pa.date32(),),
}
"""The types of each type of column: a text is one in whichever layout."""


def takes(frame: object) -> bool:
    """Tell whether it is of Arrow, or streams Arrow's batches."""
    kinds = (pa.Table, pa.RecordBatch, pa.RecordBatchReader)
    return isinstance(frame, kinds) or hasattr(frame, "__arrow_c_stream__")


def held(frame: Any) -> pa.Table | None:
    """Return the table, or the one in which a stream is held, since it can be read only once.

    A stream of single values makes no table.
    """
    if isinstance(frame, pa.Table):
        return frame
    if isinstance(frame, pa.RecordBatch):
        return pa.Table.from_batches([frame])
    if isinstance(frame, pa.RecordBatchReader):
        return frame.read_all()
    try:
        return pa.table(frame)
    except (pa.ArrowInvalid, TypeError):
        return None


def names_of(frame: pa.Table) -> list[str]:
    """Return the names of the columns."""
    return list(frame.column_names)


def wrong_type(frame: pa.Table) -> Callable[[Column], str | None]:
    """Return what says of which type a column is, if it is not the one that it must be."""

    def found(column: Column) -> str | None:
        kind = frame.schema.field(column.name).type
        return None if kind in _TYPES[column.type] else str(kind)

    return found


def in_pandas(table: pa.Table, descriptor: Descriptor) -> pd.DataFrame:
    """Return columns that have their types as a pandas frame of exact dtypes."""
    import pandas as pd

    known = [column for column in descriptor.columns if column.name in table.column_names]
    cells = {column.name: table.column(column.name) for column in known}
    return pd.DataFrame({column.name: _series(cells[column.name], column) for column in known})


def _series(cells: Any, column: Column) -> Any:
    import pandas as pd

    name: Any = dtype(column)
    if name in {"int64", "bool"} and cells.null_count:
        name = {"int64": "Int64", "bool": "boolean"}[name]
    if name.startswith("datetime"):
        return pd.Series(cells.cast(pa.timestamp("us")).to_numpy()).astype(name)
    if name in {"Int64", "boolean"}:
        return pd.array(cells.to_pylist(), dtype=name)
    plain = cells.cast(pa.string()) if column.type in {"string", "list"} else cells
    return plain.to_pandas().astype(name)


def exact(table: pa.Table, descriptor: Descriptor) -> pa.Table:
    """Return a table whose known columns have the layout that `load` gives."""
    known = {column.name: getattr(pa, TYPES[column.type])() for column in descriptor.columns}
    kinds = [pa.field(field.name, known.get(field.name, field.type)) for field in table.schema]
    return table.cast(pa.schema(kinds))


def of_pandas(frame: pd.DataFrame) -> pa.Table:
    """Return a pandas frame as a table."""
    return pa.Table.from_pandas(frame, preserve_index=False)


def keys(table: pa.Table, column: str) -> list[Any]:
    """Return the different values of a column that are given."""
    return [key for key in table.column(column).unique().to_pylist() if key is not None]
