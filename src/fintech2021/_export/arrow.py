"""Arrow: tables with titles and the descriptor as metadata, as IPC files and as Parquet."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

from fintech2021._export.format import Format, per_table
from fintech2021._frames.engines import plain_values
from fintech2021._frames.pandas import TYPES as PANDAS_TYPES
from fintech2021._frames.pyarrow import TYPES
from fintech2021.errors import MissingDependencyError

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from fintech2021._core.descriptor import Column
    from fintech2021._export.choice import Choice, Table

__all__ = ["FORMAT", "PARQUET", "arrow_of", "arrow_table", "parquet"]


def arrow_table(choice: Choice, table: Table) -> pa.Table:
    """Return a table of Arrow that says what it is and what its columns are."""
    arrow = arrow_of()
    types = [getattr(arrow, TYPES[column.type])() for column in table.descriptor.columns]
    cells = [plain_values(column, tuple(texts)) for column, texts in table.columns()]
    arrays = [arrow.array(values, kind) for values, kind in zip(cells, types, strict=True)]
    fields = [
        arrow.field(name, kind, nullable=not column.required, metadata=_about(column))
        for name, kind, column in zip(table.headings, types, table.descriptor.columns, strict=True)
    ]
    return arrow.Table.from_arrays(arrays, schema=arrow.schema(fields, _metadata(choice, table)))


def arrow_of() -> Any:
    """Return pyarrow, or say which extra brings it."""
    try:
        import pyarrow.parquet
    except ImportError as cause:
        purpose = "exporting to Arrow, Parquet and DuckDB"
        raise MissingDependencyError("pyarrow", "pyarrow", purpose) from cause
    return pyarrow


def _about(column: Column) -> dict[str, str]:
    about = {
        "name": column.name,
        "title_en": column.title_en,
        "title_zh": column.title_zh,
        "description": column.description,
        "unit": column.unit,
    }
    return {name: text for name, text in about.items() if text}


def _metadata(choice: Choice, table: Table) -> dict[str, str]:
    descriptor = table.descriptor
    pointer = {
        "dataset": descriptor.name,
        "version": descriptor.version,
        "sha256": descriptor.sha256,
        "edition": choice.edition.name,
    }
    return {
        **pointer,
        "citation": choice.citation("plain"),
        "descriptor": json.dumps(descriptor.to_resource(), ensure_ascii=False),
        # From here `pandas.readparquet` takes the attributes of a frame.
        "PANDAS_ATTRS": json.dumps({"fintech2021": pointer}),
        # And here the types that would else become floats and objects where a cell is empty.
        "pandas": json.dumps(_for_pandas(table)),
    }


def _for_pandas(table: Table) -> dict[str, object]:
    """Return what pandas keeps in a table of Arrow of its own, for the types that need it."""
    columns = [
        {
            "name": name,
            "field_name": name,
            "pandas_type": kind.name,
            "numpy_type": kind.optional,
            "metadata": None,
        }
        for name, column in zip(table.headings, table.descriptor.columns, strict=True)
        if not column.required and (kind := PANDAS_TYPES[column.type]).optional != kind.name
    ]
    return {"columns": columns, "index_columns": [], "column_indexes": [], "pandas_version": None}


def _ipc(choice: Choice, table: Table) -> bytes:
    arrow, made, file = arrow_of(), arrow_table(choice, table), BytesIO()
    with arrow.ipc.new_file(file, made.schema) as writer:
        writer.write_table(made)
    return file.getvalue()


def parquet(choice: Choice, table: Table) -> bytes:
    """Return a table as a file of Parquet."""
    arrow, file = arrow_of(), BytesIO()
    arrow.parquet.write_table(arrow_table(choice, table), file)
    return file.getvalue()


def _is_ipc(path: Path) -> bool:
    arrow = arrow_of()
    try:
        with arrow.ipc.open_file(path) as file:
            return _is_ours(file.schema)
    except arrow.ArrowInvalid:
        return False


def _is_parquet(path: Path) -> bool:
    arrow = arrow_of()
    try:
        return _is_ours(arrow.parquet.read_schema(path))
    except arrow.ArrowInvalid:
        return False


def _is_ours(schema: pa.Schema) -> bool:
    """Tell whether a file says which dataset it is of."""
    return b"descriptor" in (schema.metadata or {})


FORMAT = Format(
    "tables", (".arrow", ".feather"), per_table(_ipc, ".arrow"), _is_ipc, has_languages=True
)
PARQUET = Format(
    "tables", (".parquet",), per_table(parquet, ".parquet"), _is_parquet, has_languages=True
)
