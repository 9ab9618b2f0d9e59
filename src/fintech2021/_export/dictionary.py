"""What the tables mean, as tables: datasets, columns, labels of closed lists, places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._evidence.places import places
from fintech2021._explore.citation_styles import STYLES
from fintech2021._explore.cited import of_table
from fintech2021._versions.pins import Resolved

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._export.choice import Choice, Table

__all__ = ["Sheet", "columns", "datasets", "labels", "provenance", "sheets"]


class Sheet(NamedTuple):
    """A table about tables: its name, its columns with the types of SQL, its rows."""

    name: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def sheets(choice: Choice) -> tuple[Sheet, ...]:
    """Return all of them."""
    return datasets(choice), columns(choice), labels(choice), provenance(choice)


def _texts(names: str, **others: str) -> dict[str, str]:
    return {name: others.get(name, "TEXT") for name in names.split()}


def datasets(choice: Choice) -> Sheet:
    """Return one row for each table: what it holds, which bytes it is, how it is cited."""
    header = _texts(
        "dataset version title_en title_zh rows description_en description_zh caveats_en caveats_zh"
        " sources edition sha256 licence licence_url citation",
        rows="INTEGER",
    )
    rows = [_dataset(table.descriptor, choice) for table in choice.tables]
    return Sheet("datasets", header, ("dataset",), rows)


def _dataset(it: Descriptor, choice: Choice) -> tuple[Any, ...]:
    return (
        it.name,
        it.version,
        it.title_en,
        it.title_zh,
        it.rows,
        it.description,
        it.description_zh,
        " ".join(it.caveats) or None,
        "".join(it.caveats_zh) or None,
        "; ".join(it.sources),
        choice.edition.name,
        it.sha256,
        "; ".join(each.title for each in choice.licences),
        "; ".join(each.path for each in choice.licences),
        STYLES["plain"](of_table(Resolved(it, choice.edition.name, None))),
    )


def columns(choice: Choice) -> Sheet:
    """Return one row for each column, in English and Chinese."""
    header = _texts(
        "dataset column position type title_en title_zh unit origin description_en description_zh"
        " required minimum maximum refers_to refers_to_column empty_means_en empty_means_zh",
        position="INTEGER",
        required="INTEGER",
        minimum="REAL",
        maximum="REAL",
    )
    rows = [
        (table.name, column.name, position, *_column(column))
        for table in choice.tables
        for position, column in enumerate(table.descriptor.columns, 1)
    ]
    return Sheet("columns", header, ("dataset", "column"), rows)


def _column(column: Column) -> tuple[Any, ...]:
    return (
        column.type,
        column.title_en,
        column.title_zh,
        column.unit,
        column.origin,
        column.description,
        column.description_zh,
        int(column.required),
        column.minimum,
        column.maximum,
        column.references,
        column.referenced_key,
        column.missing,
        column.missing_zh,
    )


def labels(choice: Choice) -> Sheet:
    """Return one row for each value of a closed list."""
    rows = [
        (table.name, column.name, value, column.labels_en.get(value), column.labels.get(value))
        for table in choice.tables
        for column in table.descriptor.columns
        for value in column.enum
    ]
    header = _texts("dataset column value label_en label_zh")
    return Sheet("labels", header, ("dataset", "column", "value"), rows)


def provenance(choice: Choice) -> Sheet:
    """Return one row for each place of a printed cell in the source text."""
    header = _texts(
        "dataset key column part line start printed scale section",
        part="INTEGER",
        line="INTEGER",
        start="INTEGER",
        scale="REAL",
    )
    rows = [row for table in choice.tables for row in _places(table)]
    return Sheet("provenance", header, ("dataset", "key", "column", "part"), rows)


def _places(table: Table) -> Iterable[tuple[Any, ...]]:
    for (key, column), group in places(table.descriptor).items():
        for part, it in enumerate(group, 1):
            scale = float(it.scale)
            yield table.name, key, column, part, it.line, it.start, it.printed, scale, it.section
