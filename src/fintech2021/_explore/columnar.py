"""The columns of a frame of pandas, polars or Arrow, to be read and put back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from fintech2021._given import shown
from fintech2021.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Columnar", "Relabelled", "columnar"]


class Relabelled(NamedTuple):
    """A column of the result: the place of the one it comes from, its title, and new values."""

    place: int
    title: object
    cells: Sequence[Any] | None = None
    """``None`` keeps the column as it is."""
    are_numbers: bool = False
    """Whether they are floats, and not texts."""


class Columnar(Protocol):
    """What every engine's frame is asked."""

    def names(self) -> list[object]:
        """Return the names of the columns."""
        ...

    def values(self, place: int) -> list[Any]:
        """Return the values of the column at a place."""
        ...

    def pointer(self) -> object:
        """Return what the frame says of the dataset that it is of."""
        ...

    def rebuilt(self, columns: Sequence[Relabelled]) -> Any:
        """Return a frame of these columns."""
        ...


def columnar(frame: object) -> Columnar:
    """Return a frame as its columns; raises `ArgumentError` for what is none."""
    for kind in type(frame).__mro__:
        engine = kind.__module__.partition(".")[0], kind.__name__
        if engine in _ENGINES:
            found: Columnar = _ENGINES[engine](frame)
            return found
    raise ArgumentError(
        f"frame is {shown(type(frame))}, expected a pandas.DataFrame, a polars.DataFrame or a "
        f"pyarrow.Table"
    )


class _Pandas:
    def __init__(self, frame: Any) -> None:
        self._frame = frame

    def names(self) -> list[object]:
        return list(self._frame.columns)

    def values(self, place: int) -> list[Any]:
        return list(self._frame.iloc[:, place].tolist())

    def pointer(self) -> object:
        return self._frame.attrs.get("fintech2021")

    def rebuilt(self, columns: Sequence[Relabelled]) -> Any:
        made = self._frame.iloc[:, [each.place for each in columns]].copy()
        made.columns = range(len(columns))  # Titles may be equal to names that are still there.
        for number, each in enumerate(columns):
            if each.cells is not None:
                made[number] = self._series(each.cells, are_numbers=each.are_numbers)
        made.columns = [each.title for each in columns]
        return made

    def _series(self, values: Sequence[Any], *, are_numbers: bool) -> Any:
        import pandas as pd

        from fintech2021._frames.pandas import text_dtype

        # What users have put among the texts of a column stays what it is.
        are_texts = all(value is None or isinstance(value, str) for value in values)
        of_texts: Any = text_dtype() if are_texts else "object"
        dtype = "float64" if are_numbers else of_texts
        return pd.Series(values, index=self._frame.index, dtype=dtype)


class _Polars:
    def __init__(self, frame: Any) -> None:
        self._frame = frame

    def names(self) -> list[object]:
        return list(self._frame.columns)

    def values(self, place: int) -> list[Any]:
        return list(self._frame.to_series(place).to_list())

    def pointer(self) -> object:
        return None  # polars keeps no such thing.

    def rebuilt(self, columns: Sequence[Relabelled]) -> Any:
        import polars as pl

        made = [
            self._frame.to_series(each.place).alias(str(each.title))
            if each.cells is None
            else pl.Series(
                str(each.title),
                each.cells,
                pl.Float64 if each.are_numbers else pl.String,
                strict=False,
            )
            for each in columns
        ]
        return pl.DataFrame(made) if made else self._frame.clone()


class _Arrow:
    def __init__(self, frame: Any) -> None:
        self._frame = frame

    def names(self) -> list[object]:
        return list(self._frame.column_names)

    def values(self, place: int) -> list[Any]:
        return list(self._frame.column(place).to_pylist())

    def pointer(self) -> object:
        said = self._frame.schema.metadata or {}
        if b"fintech2021" in said:
            return _json(said[b"fintech2021"])
        of_pandas = _json(said.get(b"pandas", b"{}"))
        attributes = of_pandas.get("attributes") if isinstance(of_pandas, Mapping) else None
        return attributes.get("fintech2021") if isinstance(attributes, Mapping) else None

    def rebuilt(self, columns: Sequence[Relabelled]) -> Any:
        import pyarrow as pa

        arrays = [
            self._frame.column(each.place)
            if each.cells is None
            else pa.array(each.cells, pa.float64() if each.are_numbers else pa.string())
            for each in columns
        ]
        return pa.table(arrays, names=[str(each.title) for each in columns])


def _json(text: bytes) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


_ENGINES: Mapping[tuple[str, str], Any] = {
    ("pandas", "DataFrame"): _Pandas,
    ("polars", "DataFrame"): _Polars,
    ("pyarrow", "Table"): _Arrow,
}
