"""DuckDB: tables with keys, checks and comments, tables about them, views with labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fintech2021._export import sql
from fintech2021._export.arrow import arrow_of, arrow_table
from fintech2021._export.dictionary import sheets
from fintech2021._export.format import Format
from fintech2021.errors import MissingDependencyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

    from fintech2021._export.choice import Choice, Table

__all__ = ["FORMAT", "fill"]

_BLOCK = 16384
"""The least size of a block: the file has less than half of what it has with the usual one."""
_ROWS = "_fintech2021_rows"
_PLACE = 8
"""Where a file of DuckDB says that it is one."""


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError as cause:
        raise MissingDependencyError("duckdb", "duckdb", "exporting to DuckDB") from cause
    return duckdb


def _write(choice: Choice, path: Path) -> Iterator[str]:
    with _duckdb().connect() as database:
        place = sql.text(str(path))
        database.execute(f"ATTACH {place} AS made (BLOCK_SIZE {_BLOCK})").fetchall()
        database.execute("USE made").fetchall()
        database.begin()  # Each statement would else be a transaction, which takes twice as long.
        yield from fill(database, choice)
        _say_what_they_are(database, choice)
        database.commit()
        database.execute("USE memory").fetchall()
        database.execute("DETACH made").fetchall()


def fill(database: duckdb.DuckDBPyConnection, choice: Choice) -> Iterator[str]:
    """Make tables with their rows and comments, and yield their names."""
    for table in choice.by_dependence:
        database.execute(sql.table(table, "duckdb")).fetchall()
        for rows in _levels(table, arrow_table(choice, table)):
            _put(database, sql.quoted(table.name), rows)
        _comment(database, "TABLE", sql.quoted(table.name), table.descriptor.title_en)
        for column in table.descriptor.columns:
            name = f"{sql.quoted(table.name)}.{sql.quoted(column.name)}"
            _comment(database, "COLUMN", name, f"{column.title_en} ({column.title_zh})")
        yield table.name


def _put(database: duckdb.DuckDBPyConnection, name: str, rows: Any) -> None:
    """Put rows of Arrow, or columns that make some, into a table: one by one takes seconds."""
    database.register(_ROWS, arrow_of().table(rows) if isinstance(rows, dict) else rows)
    database.execute(f"INSERT INTO {name} SELECT * FROM {_ROWS}").fetchall()  # noqa: S608 - Names are ours.
    database.unregister(_ROWS)


def _comment(database: duckdb.DuckDBPyConnection, kind: str, name: str, said: str) -> None:
    database.execute(f"COMMENT ON {kind} {name} IS {sql.text(said)}").fetchall()


def _levels(table: Table, rows: Any) -> Iterator[Any]:
    """Yield the rows in parts, each after those that it refers to: no key here can wait."""
    own = [column for column in table.references if column.references == table.name]
    if not own:
        yield rows
        return
    (key,), there, waiting = table.descriptor.primary_key, {None}, rows.to_pylist()
    while waiting:
        ready = [row for row in waiting if all(row[column.name] in there for column in own)]
        yield type(rows).from_pylist(ready or waiting, rows.schema)
        there |= {row[key] for row in ready or waiting}
        waiting = [row for row in waiting if row[key] not in there]


def _say_what_they_are(database: duckdb.DuckDBPyConnection, choice: Choice) -> None:
    for sheet in sheets(choice):
        database.execute(sql.sheet_table(sheet)).fetchall()
        columns = zip(*sheet.rows, strict=True) if sheet.rows else [[] for _ in sheet.columns]
        _put(database, sql.about(sheet), dict(zip(sheet.columns, map(list, columns), strict=True)))
    for table in choice.tables:
        for name, title, statement in sql.views(table, "duckdb"):
            database.execute(statement).fetchall()
            _comment(database, "VIEW", sql.quoted(name), title)


def _is_one(path: Path) -> bool:
    """Tell whether a file is a database that was made here: another may hold anything."""
    with path.open("rb") as file:
        if file.read(_PLACE + 4)[_PLACE:] != b"DUCK":
            return False
    with _duckdb().connect(path, read_only=True) as database:
        query = "SELECT count(*) FROM duckdb_tables() WHERE table_name = '_datasets'"
        return bool(database.execute(query).fetchone()[0])


FORMAT = Format("file", (".duckdb",), _write, _is_one)
