"""The contract of a dataset as the SQL statement that makes a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fintech2021._core.descriptor import Column, Descriptor

__all__ = ["create_table"]

_TYPES: Mapping[str, Mapping[str, str]] = {
    "duckdb": {
        "text": "VARCHAR",
        "integer": "BIGINT",
        "number": "DOUBLE",
        "boolean": "BOOLEAN",
        "day": "DATE",
    },
    "sqlite": {
        "text": "TEXT",
        "integer": "INTEGER",
        "number": "REAL",
        "boolean": "INTEGER",
        "day": "TEXT",
    },
    "postgres": {
        "text": "TEXT",
        "integer": "BIGINT",
        "number": "DOUBLE PRECISION",
        "boolean": "BOOLEAN",
        "day": "DATE",
    },
    "spark": {
        "text": "STRING",
        "integer": "BIGINT",
        "number": "DOUBLE",
        "boolean": "BOOLEAN",
        "day": "DATE",
    },
}
_KINDS = {"string": "text", "list": "text", "date": "day", "yearmonth": "day"}


def create_table(descriptor: Descriptor, dialect: str, references: Iterable[Column] = ()) -> str:
    """Return the statement for a dataset version; Spark knows no constraints.

    The references are those of its columns whose tables are made too.
    """
    quote = "`" if dialect == "spark" else '"'
    lines = [_column(column, dialect, quote) for column in descriptor.columns]
    if dialect != "spark":
        lines += [*_constraints(descriptor), *_foreign_keys(references, dialect)]
    listed = ",\n".join(f"  {line}" for line in lines)
    return f"CREATE TABLE {quote}{descriptor.name}{quote} (\n{listed}\n)"


def _column(column: Column, dialect: str, quote: str) -> str:
    kind = _TYPES[dialect][_KINDS.get(column.type, column.type)]
    needed = " NOT NULL" if column.required else ""
    comment = f" COMMENT {_text(column.title_en)}" if dialect == "spark" else ""
    return f"{quote}{column.name}{quote} {kind}{needed}{comment}"


def _constraints(descriptor: Descriptor) -> Iterator[str]:
    for column in descriptor.columns:
        name = f'"{column.name}"'
        if column.minimum is not None:
            yield f"CHECK ({name} >= {column.minimum})"
        if column.maximum is not None:
            yield f"CHECK ({name} <= {column.maximum})"
        if column.enum and not column.is_list:
            yield f"CHECK ({name} IN ({', '.join(map(_text, column.enum))}))"
    key = ", ".join(f'"{part}"' for part in descriptor.primary_key)
    yield f"PRIMARY KEY ({key})"


def _foreign_keys(references: Iterable[Column], dialect: str) -> Iterator[str]:
    """Yield the references; of a table to itself they hold only when all its rows are there."""
    late = "" if dialect == "duckdb" else " DEFERRABLE INITIALLY DEFERRED"
    for column in references:
        target = f'"{column.references}" ("{column.referenced_key}")'
        yield f'FOREIGN KEY ("{column.name}") REFERENCES {target}{late}'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
