"""Which type a column has in each engine: decided here, from its Data Package type."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .descriptors import Field

__all__ = ["arrow_type", "pandas_dtype", "pandas_text", "polars_type"]


class _Types(NamedTuple):
    pandas: str
    pandas_optional: str
    polars: str
    arrow: str


_TEXT = _Types("str", "str", "String", "string")
_DAY = _Types("datetime64[us]", "datetime64[us]", "Date", "date32")
_TYPES: Mapping[str, _Types] = {
    "string": _TEXT,
    "list": _TEXT,
    "integer": _Types("int64", "Int64", "Int64", "int64"),
    "number": _Types("float64", "float64", "Float64", "float64"),
    "boolean": _Types("bool", "boolean", "Boolean", "bool_"),
    "date": _DAY,
    "yearmonth": _DAY,
}


@cache
def pandas_text() -> str:
    """Return the dtype of a text column: before pandas 3 it is an object column."""
    import pandas as pd

    return "object" if pd.__version__.startswith("2.") else "str"


def pandas_dtype(field: Field) -> str:
    """Return the name of the pandas dtype of a column."""
    types = _TYPES[field.type]
    if types is _TEXT:
        return pandas_text()
    return types.pandas if field.required else types.pandas_optional


def polars_type(field: Field) -> str:
    """Return the name of the polars data type of a column."""
    return _TYPES[field.type].polars


def arrow_type(field: Field) -> str:
    """Return the name of the pyarrow type factory of a column."""
    return _TYPES[field.type].arrow
