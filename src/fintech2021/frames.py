"""Descriptor and bytes become a data frame: pandas, polars or pyarrow, with exact types."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from . import cells, dtypes
from .errors import MissingDependencyError, UnknownBackendError
from .yearmonth import YearMonth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from .descriptors import Descriptor, Field

__all__ = ["build", "pandas_frame"]


def build(descriptor: Descriptor, backend: str) -> Any:
    """Return a fresh frame of the dataset version for a backend; raises `UnknownBackendError`."""
    if not isinstance(backend, str) or backend not in _BACKENDS:
        raise UnknownBackendError("backend", backend, _BACKENDS)
    return _BACKENDS[backend](descriptor)


def pandas_frame(descriptor: Descriptor) -> pd.DataFrame:
    """Return a fresh pandas frame: a deep copy, so that no caller reaches the next one's."""
    from pandas import RangeIndex

    frame = _cached_pandas_frame(descriptor).copy(deep=True)
    # A deep copy shares its labels with the original, and numpy can write through them.
    frame.index, frame.columns = RangeIndex(len(frame)), frame.columns.copy(deep=True)
    return frame


@cache
def _cached_pandas_frame(descriptor: Descriptor) -> pd.DataFrame:
    import pandas as pd

    columns = {field.name: _pandas_column(field, texts) for field, texts in _texts(descriptor)}
    frame = pd.DataFrame(columns)
    frame.attrs["fintech2021"] = {
        "dataset": descriptor.name,
        "version": descriptor.version,
        "sha256": descriptor.sha256,
    }
    return frame


def _texts(descriptor: Descriptor) -> Iterator[tuple[Field, tuple[str, ...]]]:
    """Every column with its cells as the file spells them."""
    _, rows = cells.read_table(descriptor.content)
    return zip(descriptor.columns, zip(*rows, strict=True), strict=True)


_NUMPY_MISSING = {"datetime64[us]": "NaT", "float64": "nan"}


def _pandas_column(field: Field, texts: tuple[str, ...]) -> Any:
    import numpy as np
    import pandas as pd

    dtype: Any = dtypes.pandas_dtype(field)
    if dtype in _NUMPY_MISSING:
        return np.array([text or _NUMPY_MISSING[dtype] for text in texts], dtype=dtype)
    if field.type in {"string", "list"}:
        return pd.Series([text or np.nan for text in texts], dtype=dtype)
    return pd.array([cells.parse(text, field.type) for text in texts], dtype=dtype)


def _values(field: Field, texts: tuple[str, ...]) -> list[Any]:
    return [_plain(cells.parse(text, field.type), text) for text in texts]


def _plain(value: Any, text: str) -> Any:
    """Return a cell's value as polars and Arrow take it."""
    if isinstance(value, YearMonth):
        return value.first_day()
    if isinstance(value, Decimal):
        return float(value)
    return text if isinstance(value, tuple) else value


def _require(module: str, backend: str) -> Any:
    try:
        return import_module(module)
    except ImportError as cause:
        raise MissingDependencyError(module, backend, f'backend="{backend}"') from cause


def _polars_frame(descriptor: Descriptor) -> pl.DataFrame:
    polars = _require("polars", "polars")
    frame: pl.DataFrame = polars.DataFrame(
        [
            polars.Series(
                field.name, _values(field, texts), getattr(polars, dtypes.polars_type(field))
            )
            for field, texts in _texts(descriptor)
        ]
    )
    return frame


def _arrow_table(descriptor: Descriptor) -> pa.Table:
    arrow = _require("pyarrow", "pyarrow")
    table: pa.Table = arrow.table(
        {
            field.name: arrow.array(
                _values(field, texts), getattr(arrow, dtypes.arrow_type(field))()
            )
            for field, texts in _texts(descriptor)
        }
    )
    return table


_BACKENDS: Mapping[str, Callable[[Descriptor], Any]] = {
    "pandas": pandas_frame,
    "polars": _polars_frame,
    "pyarrow": _arrow_table,
}
