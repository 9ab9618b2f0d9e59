"""The arguments with which other libraries read a CSV file of a dataset in its types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict, overload

from fintech2021._core.names import DatasetName
from fintech2021._frames import polars as polars_frames
from fintech2021._frames.engines import require
from fintech2021._frames.pandas import dtype
from fintech2021._given import plain
from fintech2021._versions import pins
from fintech2021.errors import UnknownBackendError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from fintech2021._core.descriptor import Column, Descriptor

__all__ = ["PandasOptions", "Reader", "read_options"]

Reader = Literal["pandas", "polars", "duckdb"]
"""The libraries for whose ``read_csv`` there are arguments."""


class PandasOptions(TypedDict, total=False):
    """The arguments for ``pandas.read_csv``: so a type checker knows that it gives a frame."""

    dtype: dict[str, Any]
    keep_default_na: bool
    na_values: list[str]
    encoding: str
    float_precision: Literal["round_trip"]
    parse_dates: list[str]
    date_format: dict[Hashable, str]


_FORMATS = {"date": "%Y-%m-%d", "yearmonth": "%Y-%m"}
_DUCKDB = {
    "string": "VARCHAR",
    "list": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "yearmonth": "DATE",
}


@overload
def read_options(
    name: DatasetName | str, library: Literal["pandas"], version: str | None = None
) -> PandasOptions: ...
@overload
def read_options(
    name: DatasetName | str, library: Literal["polars", "duckdb"], version: str | None = None
) -> dict[str, Any]: ...
@overload
def read_options(name: DatasetName | str, library: str, version: str | None = None) -> Any: ...
def read_options(name: DatasetName | str, library: Reader | str, version: str | None = None) -> Any:
    """Return the arguments with which ``read_csv`` of a library reads a dataset in its types.

    They are for the packaged files, which `data_dir` gives, and for your own of the same columns,
    in any order. "NA" stays a text; an empty field is missing.

    Parameters
    ----------
    name
        One of `catalog`'s names.
    library
        ``"pandas"``, ``"polars"`` or ``"duckdb"``.
    version
        A published version or a specifier; by default the one of the newest edition.

    Returns
    -------
    dict[str, Any]
        For ``pandas.read_csv(path, **options)`` and so on. The frame is what `load` gives, except
        that months are texts in polars, and in DuckDB where the table has days too, as neither
        reads them: ``validate(frame, name, coerce=True)`` makes days of them. Days of pandas 2 are
        of nanoseconds, and the same call makes them exact.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.
    UnknownBackendError
        When the library is none of the three.
    MissingDependencyError
        When polars is asked for and not installed.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> import pandas as pd
    >>> with ft.data_dir() as folder:
    ...     file = folder / "banks" / "1.0.0.csv"
    ...     banks = pd.read_csv(file, **ft.read_options("banks", "pandas"))
    >>> str(banks["tech_staff"].dtype)
    'Int64'
    """
    asked = plain(library)
    if not isinstance(asked, str) or asked not in _OPTIONS:
        raise UnknownBackendError("reader of CSV files", library, _OPTIONS)
    return dict(_OPTIONS[asked](pins.requested(name, version)))


def _pandas(descriptor: Descriptor) -> PandasOptions:
    days: dict[Hashable, str] = {
        c.name: _FORMATS[c.type] for c in descriptor.columns if c.type in _FORMATS
    }
    kinds = {c.name: dtype(c) for c in descriptor.columns if c.name not in days}
    options = PandasOptions(dtype=kinds, keep_default_na=False, na_values=[""], encoding="utf-8")
    if _rounds():
        options["float_precision"] = "round_trip"
    if days:
        options.update(PandasOptions(parse_dates=[*map(str, days)], date_format=days))
    return options


def _rounds() -> bool:
    """Tell whether pandas has to be told to read numbers exactly; later it would complain."""
    version = tuple(map(int, require("pandas").__version__.split(".")[:2]))
    return version < (3, 1)


def _polars(descriptor: Descriptor) -> dict[str, Any]:
    polars = require("polars")

    def kind(column: Column) -> Any:
        named = polars_frames.TYPES[column.type]
        return polars.String if column.type == "yearmonth" else getattr(polars, named)

    return {"schema_overrides": {column.name: kind(column) for column in descriptor.columns}}


def _duckdb(descriptor: Descriptor) -> dict[str, Any]:
    kinds = {column.name: _DUCKDB[column.type] for column in descriptor.columns}
    months = [column.name for column in descriptor.columns if column.type == "yearmonth"]
    options: dict[str, Any] = {"header": True, "sep": ",", "quotechar": '"', "escapechar": '"'}
    if months and "date" not in {column.type for column in descriptor.columns}:
        return {**options, "dtype": kinds, "date_format": _FORMATS["yearmonth"]}
    texts = dict.fromkeys(months, "VARCHAR")
    return {**options, "dtype": {**kinds, **texts}, "date_format": _FORMATS["date"]}


_OPTIONS: Mapping[str, Callable[[Descriptor], Mapping[str, Any]]] = {
    "pandas": _pandas,
    "polars": _polars,
    "duckdb": _duckdb,
}
