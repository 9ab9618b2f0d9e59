"""Datasets as pandas frames."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._core.kinds import parse
from fintech2021._frames.engines import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from fintech2021._core.descriptor import Column, Descriptor

__all__ = ["TYPES", "built", "dtype", "frame", "of_texts", "text", "text_dtype"]


class Type(NamedTuple):
    """The dtype of a column that is never missing, and of one that can be."""

    name: str
    optional: str


_TEXT, _DAY = Type("str", "str"), Type("datetime64[us]", "datetime64[us]")
TYPES: Mapping[str, Type] = {
    "string": _TEXT,
    "list": _TEXT,
    "integer": Type("int64", "Int64"),
    "number": Type("float64", "float64"),
    "boolean": Type("bool", "boolean"),
    "date": _DAY,
    "yearmonth": _DAY,
}
"""The dtype of each type of column; text is ``object`` before pandas 3."""


@cache
def text_dtype() -> str:
    """Return the dtype of a text column: before pandas 3 it is an object column."""
    import pandas as pd

    return "object" if pd.__version__.startswith("2.") else "str"


def text(values: Iterable[str | None]) -> pd.Series[Any]:
    """Return texts as a column of the text dtype, whatever pandas is set to infer."""
    import numpy as np
    import pandas as pd

    # `str` makes a plain text of the member of a closed list.
    plain = [np.nan if value is None else str(value) for value in values]
    return pd.Series(plain, dtype=text_dtype())


def dtype(column: Column) -> str:
    """Return the name of the dtype of a column."""
    found = TYPES[column.type]
    if found is _TEXT:
        return text_dtype()
    return found.name if column.required else found.optional


def frame(descriptor: Descriptor) -> pd.DataFrame:
    """Return a fresh pandas frame: a deep copy, so that no caller reaches the next one's."""
    from pandas import RangeIndex

    copy = _cached_frame(descriptor).copy(deep=True)
    # A deep copy shares its labels with the original, and numpy can write through them.
    copy.index, copy.columns = RangeIndex(len(copy)), copy.columns.copy(deep=True)
    return copy


@cache
def _cached_frame(descriptor: Descriptor) -> pd.DataFrame:
    return built(descriptor, texts(descriptor))


def built(
    descriptor: Descriptor, columns: Iterable[tuple[Column, tuple[str, ...]]]
) -> pd.DataFrame:
    """Return a frame made of columns with their cells as a file spells them."""
    made = of_texts(columns)
    made.attrs["fintech2021"] = {
        "dataset": descriptor.name,
        "version": descriptor.version,
        "sha256": descriptor.sha256,
    }
    return made


def of_texts(columns: Iterable[tuple[Column, tuple[str, ...]]]) -> pd.DataFrame:
    """Return columns with their cells as a file spells them as a frame that is of no version."""
    import pandas as pd

    return pd.DataFrame({column.name: _values(column, cells) for column, cells in columns})


_NUMPY_MISSING = {"datetime64[us]": "NaT", "float64": "nan"}


def _values(column: Column, cells: tuple[str, ...]) -> Any:
    """Return the cells of a column with its dtype, each kind made in the fastest way there is.

    numpy reads days and floats from text faster than Python does, and their spelling was checked
    when the version was frozen; text needs no reading; what is left has no such way.
    """
    import numpy as np
    import pandas as pd

    name: Any = dtype(column)
    if name in _NUMPY_MISSING:
        empty = _NUMPY_MISSING[name]
        # numpy has no months of pandas' resolution: their first days come from the text, too.
        return np.array([cell or empty for cell in cells], dtype=name)
    if TYPES[column.type] is _TEXT:
        return text(cell or None for cell in cells)
    return pd.array([parse(cell, column.type) for cell in cells], dtype=name)
