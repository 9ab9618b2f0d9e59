"""What SQLite and DuckDB have in common: tables with keys, views with labels, values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fintech2021._contracts.ddl import create_table
from fintech2021._core.kinds import KINDS
from fintech2021._export.choice import LANGUAGES, heading, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fintech2021._core.descriptor import Column
    from fintech2021._export.choice import Table
    from fintech2021._export.dictionary import Sheet

__all__ = ["about", "insert", "quoted", "rows", "sheet_table", "table", "text", "views"]


def quoted(name: str) -> str:
    """Return a name as SQL quotes it."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """Return a text as SQL spells it."""
    return "'" + value.replace("'", "''") + "'"


def table(it: Table, dialect: str) -> str:
    """Return the statement that makes the table of a dataset, with its keys."""
    return create_table(it.descriptor, dialect, it.references)


def sheet_table(sheet: Sheet) -> str:
    """Return the statement that makes a table about the tables."""
    parts = [f"{quoted(name)} {kind}" for name, kind in sheet.columns.items()]
    parts.append(f"PRIMARY KEY ({', '.join(map(quoted, sheet.key))})")
    return f"CREATE TABLE {about(sheet)} ({', '.join(parts)})"


def about(sheet: Sheet) -> str:
    """Return the name of a table about the tables: no dataset begins like that."""
    return quoted(f"_{sheet.name}")


def insert(name: str, width: int) -> str:
    """Return the statement that takes the rows of a table."""
    return f"INSERT INTO {name} VALUES ({', '.join('?' * width)})"  # noqa: S608 - Names are ours.


def rows(it: Table) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table: days as texts, months as the first days of them."""
    columns = (_plain(column, values) for column, values in it.values())
    return zip(*columns, strict=True)


def _plain(column: Column, values: Iterable[Any]) -> list[Any]:
    spell = KINDS[column.type].plain
    plain = [None if value is None else spell(value) for value in values]
    return [str(value) if hasattr(value, "isoformat") else value for value in plain]


def views(it: Table, dialect: str) -> Iterator[tuple[str, str, str]]:
    """Yield name, title and statement of the view with titles and labels in each language."""
    for language in LANGUAGES:
        said = (
            f"{_labelled(column, language, dialect)} AS {quoted(heading(column, language))}"
            for column in it.descriptor.columns
        )
        name = f"{it.name}_{language}"
        query = f"SELECT {', '.join(said)} FROM {quoted(it.name)}"  # noqa: S608 - as above.
        title = it.descriptor.titles[language]
        yield name, title, f"CREATE VIEW {quoted(name)} AS {query}"


def _labelled(column: Column, language: str, dialect: str) -> str:
    labels, name = label(column, language), quoted(column.name)
    if not labels:
        return name
    return _LISTS[dialect](name, labels) if column.is_list else _case(name, labels)


def _case(name: str, labels: Mapping[str, str]) -> str:
    cases = " ".join(f"WHEN {text(value)} THEN {text(said)}" for value, said in labels.items())
    return f"CASE {name} {cases} ELSE {name} END"


def _duckdb_list(name: str, labels: Mapping[str, str]) -> str:
    items = f"[{_case('item', labels)} FOR item IN string_split({name}, ';')]"
    return f"array_to_string({items}, ';')"


def _sqlite_list(name: str, labels: Mapping[str, str]) -> str:
    """Return the labels of a list: its items are words of a closed list, which need no escape."""
    array = f"""'["' || replace({name}, ';', '","') || '"]'"""
    said = f"group_concat({_case('value', labels)}, ';')"
    return f"(SELECT {said} FROM json_each({array}))"  # noqa: S608 - as above.


_LISTS = {"duckdb": _duckdb_list, "sqlite": _sqlite_list}
