"""DuckDB relations: everything is asked of the database, on the relation's own connection."""

from __future__ import annotations

from typing import Any

import duckdb
import narwhals as nw

from fintech2021._contracts.queries import Source

__all__ = ["joins", "names_of", "source", "takes"]


def takes(frame: object) -> bool:
    """Tell whether it is a relation."""
    return isinstance(frame, duckdb.DuckDBPyRelation)


def names_of(frame: duckdb.DuckDBPyRelation) -> list[str]:
    """Return the names of the columns."""
    return list(frame.columns)


def source(frame: duckdb.DuckDBPyRelation, names: list[str] | None = None) -> Source:
    """Return the relation to ask."""
    known = nw.from_native(frame)

    def relation(keys: tuple[str, ...], name: str) -> Any:
        # A relation of its own connection, which it does not tell, without a view left behind.
        listed = ", ".join(f"'{key.replace(chr(39), chr(39) * 2)}'" for key in keys)
        one = frame.limit(0).aggregate(f"count(*) AS n, CAST([{listed}] AS VARCHAR[]) AS listed")
        return nw.from_native(one.project(f"unnest(listed) AS {name}"))

    return Source(known if names is None else known.select(*names), relation, strict_end=True)


def joins(frame: duckdb.DuckDBPyRelation, other: duckdb.DuckDBPyRelation) -> bool:
    """Tell whether two relations are of one connection, which they do not tell: nothing runs."""
    try:
        frame.limit(0).cross(other.limit(0))
    except duckdb.InvalidInputException:
        return False
    return True
