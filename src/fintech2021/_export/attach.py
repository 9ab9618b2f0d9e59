"""Put the datasets into a database of the caller's."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from fintech2021._core.deferred import Deferred
from fintech2021._core.names import DatasetName
from fintech2021._export import choice, sqlite
from fintech2021._export import duckdb as of_duckdb
from fintech2021._export.request import Request, descriptors
from fintech2021._given import shown
from fintech2021.errors import ExportError

if TYPE_CHECKING:
    import duckdb

    from fintech2021._export.choice import Choice
else:
    duckdb = Deferred("duckdb")

__all__ = ["attach"]


def attach(
    connection: sqlite3.Connection | duckdb.DuckDBPyConnection,
    datasets: DatasetName | str | Iterable[DatasetName | str] | None = None,
) -> tuple[str, ...]:
    """Make tables of datasets, with their keys, in a database that is open.

    All are made or none. The versions are those that `load` would give here. With SQLite it can be
    a part of a transaction of yours; DuckDB undoes no part of one, so that it has to be its own.

    Parameters
    ----------
    connection
        A connection of DuckDB or of ``sqlite3``.
    datasets
        A name, or several; by default all. A key refers to the tables that are made, too.

    Returns
    -------
    tuple[str, ...]
        The names of the tables, each after those that it refers to.

    Raises
    ------
    ExportError
        When it is no such connection, a table of that name is there, a transaction of DuckDB is
        open, or the database refuses.
    UnknownDatasetError
        When no dataset has that name.
    PinError
        When the pin around the call rules a dataset out.

    Examples
    --------
    >>> import sqlite3
    >>> import fintech2021 as ft
    >>> connection = sqlite3.connect(":memory:")
    >>> ft.attach(connection, ["banks", "institutions"])
    ('institutions', 'banks')
    >>> connection.execute("SELECT count(*) FROM banks").fetchone()
    (18,)
    """
    attached = _engine(connection)
    tables = choice.chosen(descriptors(Request(datasets=datasets)), None)
    return attached(connection, tables)


def _engine(connection: object) -> Callable[[Any, Choice], tuple[str, ...]]:
    """Return what attaches to a connection of that kind; DuckDB is not imported to find out."""
    if isinstance(connection, sqlite3.Connection):
        return _to_sqlite
    library = sys.modules.get("duckdb")
    if library is not None and isinstance(connection, library.DuckDBPyConnection):
        return _to_duckdb
    raise ExportError(
        f"{shown(connection)} is no connection of DuckDB or of sqlite3: give what "
        f"duckdb.connect() or sqlite3.connect() returned"
    )


def _to_sqlite(connection: sqlite3.Connection, tables: Choice) -> tuple[str, ...]:
    try:
        connection.execute("SAVEPOINT fintech2021")  # Inside a transaction of the caller's, too.
    except sqlite3.Error as cause:
        raise _refused(cause) from cause
    try:
        names = tuple(sqlite.fill(connection, tables))
        connection.execute("RELEASE fintech2021")
    except sqlite3.Error as cause:
        connection.execute("ROLLBACK TO fintech2021")
        connection.execute("RELEASE fintech2021")
        raise _refused(cause) from cause
    return names


def _to_duckdb(connection: duckdb.DuckDBPyConnection, tables: Choice) -> tuple[str, ...]:
    import duckdb

    try:
        _refuse_a_transaction(connection)
        connection.begin()
    except duckdb.Error as cause:
        raise _refused(cause) from cause
    try:
        names = tuple(of_duckdb.fill(connection, tables))
        connection.commit()
    except duckdb.Error as cause:
        with suppress(duckdb.Error):  # It may have ended by itself.
            connection.rollback()
        raise _refused(cause) from cause
    return names


def _refuse_a_transaction(connection: duckdb.DuckDBPyConnection) -> None:
    """Refuse a transaction of the caller's: no part of one can be undone, and none tells of itself.

    Outside of one each statement has a number of its own.
    """
    query = "SELECT txid_current()"
    if connection.execute(query).fetchall() == connection.execute(query).fetchall():
        raise ExportError("A transaction is open on the connection: commit it or roll it back")


def _refused(cause: Exception) -> ExportError:
    first, *_ = str(cause).splitlines() or [""]
    return ExportError(
        f"The database refuses: {first}. Nothing was made; drop a table that is in the way, read a "
        f"result that is open to its end, or attach to a database of its own"
    )
