"""Whose frame it is, and how that engine holds one against a contract."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from fintech2021._contracts import relations
from fintech2021._contracts.outcome import Count, Outcome, structure
from fintech2021.errors import CheckError, Fintech2021Error, MissingDependencyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from fintech2021._contracts.outcome import Parents
    from fintech2021._contracts.requirements import Contract

__all__ = [
    "beside",
    "cells",
    "check",
    "coerced",
    "engine_of",
    "guarded",
    "has",
    "held",
    "in_pandas",
    "keys",
    "names_of",
]

_MANY = 100_000
"""From here on a pandas frame is asked through polars, where that is installed."""
_JOINING = ("duckdb", "ibis", "spark")
"""The engines that join keys, since a list of them is looked through for every row."""
_LIBRARIES = {"polars": "polars", "duckdb": "duckdb", "ibis": "ibis", "pyspark": "spark"}


def has(*libraries: str) -> bool:
    """Tell whether libraries are installed, without importing them."""
    return all(name in sys.modules or find_spec(name) is not None for name in libraries)


def engine_of(frame: object) -> str | None:
    """Return whose frame it is; a library that is not imported has made none."""
    if "pandas" in sys.modules:
        import pandas as pd

        if isinstance(frame, pd.DataFrame):
            return "pandas"
    for library, engine in _LIBRARIES.items():
        if library in sys.modules and type(frame).__module__.split(".")[0].strip("_") == library:
            return engine if _module(engine).takes(frame) else None
    is_arrow = type(frame).__module__.split(".")[0] == "pyarrow" or hasattr(
        frame, "__arrow_c_stream__"
    )
    return "pyarrow" if is_arrow and not isinstance(frame, type) and _arrow().takes(frame) else None


def _module(engine: str) -> Any:
    """Return the module of an engine that narwhals asks."""
    _require("narwhals", f"a {engine} frame")
    match engine:
        case "polars":
            from fintech2021._contracts import polars as module
        case "duckdb":
            from fintech2021._contracts import duckdb as module  # type: ignore[no-redef]
        case "ibis":
            from fintech2021._contracts import ibis as module  # type: ignore[no-redef]
        case _:
            from fintech2021._contracts import spark as module  # type: ignore[no-redef]
    return module


def _arrow() -> Any:
    _require("pyarrow", "an Arrow table or stream")
    from fintech2021._contracts import pyarrow

    return pyarrow


def _require(library: str, what: str) -> None:
    if not has(library):
        raise MissingDependencyError(library, "engines", f"Validating {what}")


@contextmanager
def guarded(name: str) -> Iterator[None]:
    """Say that a check could not run, whatever an engine raises; what we raise goes through."""
    try:
        yield
    except (Fintech2021Error, MemoryError):
        raise
    except Exception as cause:
        raise CheckError(_said(name, cause)) from cause


def _said(name: str, cause: Exception) -> str:
    kind = f"{type(cause).__module__}.{type(cause).__name__}"
    if type(cause).__name__ == "ResourceInUseException" or "unfinished" in str(cause):
        return (
            f"The check of {name} could not run: the connection of the DuckDB relation holds the "
            "result of another query that was not read to its end. Read it with fetchall(), or "
            "make the relation on a cursor of its own: connection.cursor()."
        )
    first = (str(cause).strip().splitlines() or [""])[0][:300]
    return f"The check of {name} could not run, so nothing is said about the frame: {kind}: {first}"


def held(frame: Any, engine: str) -> Any:
    """Return the frame, or the Arrow table in which a stream is held."""
    return _arrow().held(frame) if engine == "pyarrow" else frame


def check(
    frame: Any, engine: str, contract: Contract, parents: Parents, limit: int | None
) -> Outcome:
    """Return what a frame breaks."""
    match engine:
        case "pandas":
            return _pandas(frame, contract, parents, limit)
        case "pyarrow":
            return _pyarrow(frame, contract, parents, limit)
        case _:
            return relations.check(_module(engine), frame, contract, parents, limit)


def _pandas(
    frame: pd.DataFrame, contract: Contract, parents: Parents, limit: int | None
) -> Outcome:
    """Return what a pandas frame breaks, asked in the shortest way."""
    from fintech2021._contracts import pandas

    if not has("narwhals"):
        from fintech2021._contracts import gate

        return gate.check(frame, contract, parents.keys, limit)
    if len(frame) >= _MANY and has("polars", "pyarrow") and pandas.is_plain(frame, contract):
        from fintech2021._contracts import polars, queries

        return pandas.structured(frame, contract) + queries.check(
            polars.of_pandas(pandas.usable(frame, contract)), contract, parents, limit
        )
    return pandas.check(frame, contract, parents.keys, limit)


def _pyarrow(table: Any, contract: Contract, parents: Parents, limit: int | None) -> Outcome:
    """Return what an Arrow table breaks; its columns are polars' own, or pandas'."""
    arrow = _arrow()
    failures, usable = structure(arrow.names_of(table), contract, arrow.wrong_type(table))
    found = Outcome(tuple(Count(f.column, f.rule, 1) for f in failures), tuple(failures))
    names = [column.name for column in contract.descriptor.columns if column.name in usable]
    if not names:
        return found
    if has("narwhals", "polars"):
        from fintech2021._contracts import polars, queries

        known = polars.of_arrow(table.select(names))
        return found + queries.check(polars.source(known), contract, parents, limit)
    from fintech2021._contracts import pandas

    plain = arrow.in_pandas(table.select(names), contract.descriptor)
    return found + pandas.check_cells(plain, set(names), contract, parents.keys, limit)


def coerced(
    frame: Any, engine: str, contract: Contract, limit: int | None, *, drop: bool
) -> tuple[Any, Outcome]:
    """Return the frame in exact types and the published order, and what cannot be read."""
    from fintech2021._contracts import pandas

    if engine == "pandas":
        return pandas.coerced(frame, contract, drop=drop, limit=limit)
    if engine != "pyarrow":
        return relations.coerced(_module(engine), frame, contract, drop=drop, limit=limit)
    arrow = _arrow()
    if len(set(frame.column_names)) < len(frame.column_names):
        return frame, Outcome((), ())
    if has("narwhals", "polars"):
        from fintech2021._contracts import polars

        made, found = relations.coerced(
            polars, polars.of_arrow(frame), contract, drop=drop, limit=limit
        )
        return arrow.exact(made.to_arrow(), contract.descriptor), found
    made, found = pandas.coerced(frame.to_pandas(), contract, drop=drop, limit=limit)
    return arrow.exact(arrow.of_pandas(made), contract.descriptor), found


def in_pandas(frame: Any, engine: str, contract: Contract) -> Any:
    """Return a frame whose columns have their types as a pandas frame of exact dtypes."""
    from fintech2021._contracts import pandas

    if engine == "pandas":
        return frame
    if engine == "pyarrow":
        return _arrow().in_pandas(frame, contract.descriptor)
    return pandas.of_rows(_module(engine).source(frame).frame, contract.descriptor)


def keys(frame: Any, engine: str, column: str) -> tuple[str, ...]:
    """Return the different values of a column that are given."""
    if engine == "pandas":
        return tuple(frame[column].dropna().unique())
    if engine == "pyarrow":
        return tuple(_arrow().keys(frame, column))
    from fintech2021._contracts import queries

    return queries.column(_module(engine).source(frame, [column]).frame, column)


def cells(frame: Any, engine: str) -> dict[str, list[Any]]:
    """Return all cells by column, as Python's values."""
    match engine:
        case "pandas":
            from fintech2021._contracts import pandas

            return pandas.cells(frame)
        case "pyarrow":
            return {name: frame.column(name).to_pylist() for name in frame.column_names}
    from fintech2021._contracts import queries

    rows = queries.fetched(_module(engine).source(frame).frame)
    return {name: [row[name] for row in rows] for name in names_of(frame, engine)}


def names_of(frame: Any, engine: str) -> list[str]:
    """Return the names of the columns."""
    if engine == "pandas":
        from fintech2021._contracts import pandas

        return pandas.names_of(frame)
    module = _arrow() if engine == "pyarrow" else _module(engine)
    return list(module.names_of(frame))


def beside(frame: Any, engine: str, column: str, asking: tuple[Any, str]) -> Any | None:
    """Return a column of keys as a frame that the asking engine can take as it is."""
    asked, name = asking
    if name in _JOINING:
        is_near = engine == name and _module(engine).joins(asked, frame)
        return _module(engine).source(frame, [column]).frame if is_near else None
    if engine not in {"polars", "pyarrow"} or not has("narwhals", "polars"):
        return None
    from fintech2021._contracts import polars

    held = polars.of_arrow(frame.select([column])) if engine == "pyarrow" else frame
    return polars.source(held, [column]).frame
