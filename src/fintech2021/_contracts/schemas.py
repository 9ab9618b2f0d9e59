"""The contract of a dataset in the words of others: pandera, JSON Schema, Arrow, SQL."""

from __future__ import annotations

import warnings
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, overload

from fintech2021._contracts.ddl import create_table
from fintech2021._contracts.importing import as_it_was, import_pandera
from fintech2021._core.deferred import Deferred, whole_first
from fintech2021._core.kinds import KINDS
from fintech2021._core.names import DatasetName
from fintech2021._frames.engines import ALSO, require
from fintech2021._given import plain
from fintech2021._versions import pins
from fintech2021.errors import UnknownBackendError

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pandera_pandas
    import pandera.polars as pandera_polars
    import pyarrow as pa

    from fintech2021._contracts.requirements import Requirement
    from fintech2021._core.descriptor import Column, Descriptor
else:
    pandera_pandas, pandera_polars, pa = map(
        Deferred, ("pandera.pandas", "pandera.polars", "pyarrow")
    )

__all__ = ["Dialect", "Engine", "arrow_schema", "json_schema", "keeps", "says", "schema", "sql_ddl"]

Engine = Literal["pandas", "polars"]
"""The engines for which `schema` makes a pandera schema."""
Dialect = Literal["duckdb", "sqlite", "postgres", "spark"]
"""The dialects of SQL in which `sql_ddl` writes."""

_ENGINES: tuple[Engine, ...] = ("pandas", "polars")
_DIALECTS: tuple[Dialect, ...] = ("duckdb", "sqlite", "postgres", "spark")
_UNSAID: Any = object()


@overload
def schema(
    name: DatasetName | str,
    version: str | None = None,
    *,
    engine: Literal["pandas"] = "pandas",
    rules: bool = ...,
) -> pandera_pandas.DataFrameSchema: ...
@overload
def schema(
    name: DatasetName | str,
    version: str | None = None,
    *,
    engine: Literal["polars"],
    rules: bool = ...,
) -> pandera_polars.DataFrameSchema: ...
@overload
def schema(
    name: DatasetName | str,
    version: str | None = None,
    *,
    engine: Engine | str,
    rules: bool = ...,
) -> Any: ...
def schema(
    name: DatasetName | str,
    version: str | None = None,
    *,
    engine: Engine | str = "pandas",
    rules: bool = _UNSAID,
) -> Any:
    """Return the pandera schema of a dataset version, to build on.

    It is made of pandera's own checks alone: it can be pickled, written as YAML, changed, drawn
    from. It says what each column has to keep and what the key is; `validate` also checks
    references, rules across rows, and types to the letter.

    Parameters
    ----------
    name
        One of `catalog`'s names.
    version
        A published version or a specifier; by default the one of the newest edition.
    engine
        The library whose frames the schema is for: ``"pandas"`` or ``"polars"``.
    rules
        Deprecated and without effect: `validate` checks the rules across rows.

    Returns
    -------
    pandera.pandas.DataFrameSchema or pandera.polars.DataFrameSchema
        A fresh schema, with titles and descriptions.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.
    UnknownBackendError
        When there is no such engine.
    MissingDependencyError
        When the engine is not installed.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> "tech_spend_cny" in ft.schema("banks").columns
    True
    """
    if rules is not _UNSAID:
        message = (
            "rules= is deprecated, has no effect and goes in 0.4: leave it out; `validate` checks "
            "the rules across rows."
        )
        warnings.warn(message, DeprecationWarning, stacklevel=2)
    asked = plain(engine)
    if not isinstance(asked, str) or asked not in _ENGINES:
        raise UnknownBackendError("engine", engine, _ENGINES, names=ALSO)
    descriptor = pins.requested(name, version)
    if asked == "polars":
        require("polars")
        return whole_first("pandera.polars", lambda: _polars_schema(descriptor))
    return _pandas_schema(descriptor)


def _polars_schema(descriptor: Descriptor) -> Any:
    with as_it_was():
        import pandera.polars

        from fintech2021._contracts.pandera import polars_schema

        return polars_schema(descriptor, pandera.polars)


def _pandas_schema(descriptor: Descriptor) -> Any:
    import_pandera()
    import pandera.pandas

    from fintech2021._contracts import pandera as made

    return made.schema(descriptor, pandera.pandas)


def keeps(frame: pd.DataFrame, descriptor: Descriptor) -> bool:
    """Tell whether the pandera schema admits a frame, whatever pandera's settings say."""
    spelled = _kept_schema(descriptor)
    from pandera.config import ValidationDepth, config_context
    from pandera.errors import SchemaErrors

    try:
        with config_context(
            validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA
        ):
            spelled.validate(frame.reset_index(drop=True), lazy=True)
    except SchemaErrors:
        return False
    return True


@cache
def _kept_schema(descriptor: Descriptor) -> Any:
    return _pandas_schema(descriptor)


def says(requirement: Requirement) -> bool:
    """Tell whether the pandera schema says what is required, too."""
    from fintech2021._contracts import pandera as made

    return made.says(requirement)


def json_schema(name: DatasetName | str, version: str | None = None) -> dict[str, Any]:
    """Return the JSON Schema of a row of a dataset version.

    Parameters
    ----------
    name
        One of `catalog`'s names.
    version
        A published version or a specifier; by default the one of the newest edition.

    Returns
    -------
    dict[str, object]
        A schema of the draft 2020-12 of an object: days are texts, months too, lists are arrays.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> ft.json_schema("banks")["properties"]["tech_staff_pct"]["anyOf"][0]["maximum"]
    100
    """
    descriptor = pins.requested(name, version)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{descriptor.name} {descriptor.version}",
        "description": descriptor.description,
        "type": "object",
        "properties": {column.name: _property(column) for column in descriptor.columns},
        "required": [column.name for column in descriptor.columns if column.required],
        "additionalProperties": False,
    }


_JSON_TYPES = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "yearmonth": {"type": "string", "pattern": f"^{KINDS['yearmonth'].pattern}$"},
}


def _property(column: Column) -> dict[str, Any]:
    said = {"title": column.title_en, "description": column.description}
    value: dict[str, Any] = dict(_JSON_TYPES["string" if column.is_list else column.type])
    limits = {"minimum": column.minimum, "maximum": column.maximum}
    texts = {"enum": list(column.enum) or None, "pattern": None if column.enum else column.pattern}
    value |= {key: limit for key, limit in (limits | texts).items() if limit is not None}
    if column.is_list:
        value = {"type": "array", "items": value, "minItems": 1}
    return said | (value if column.required else {"anyOf": [value, {"type": "null"}]})


def arrow_schema(name: DatasetName | str, version: str | None = None) -> pa.Schema:
    """Return the Arrow schema of a dataset version.

    Parameters
    ----------
    name
        One of `catalog`'s names.
    version
        A published version or a specifier; by default the one of the newest edition.

    Returns
    -------
    pyarrow.Schema
        With the descriptions of the columns as metadata, and which may not be null.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.
    MissingDependencyError
        When pyarrow is not installed.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> ft.arrow_schema("banks").field("tech_staff").type
    DataType(int64)
    """
    descriptor = pins.requested(name, version)
    arrow = require("pyarrow")
    from fintech2021._frames.pyarrow import TYPES

    fields = [
        arrow.field(
            column.name,
            getattr(arrow, TYPES[column.type])(),
            nullable=not column.required,
            metadata={"title": column.title_en, "description": column.description},
        )
        for column in descriptor.columns
    ]
    known = {"dataset": descriptor.name, "version": descriptor.version}
    return arrow.schema(fields, metadata=known)


def sql_ddl(
    name: DatasetName | str, version: str | None = None, *, dialect: Dialect | str = "duckdb"
) -> str:
    """Return the statement that makes a table for a dataset version.

    Parameters
    ----------
    name
        One of `catalog`'s names.
    version
        A published version or a specifier; by default the one of the newest edition.
    dialect
        ``"duckdb"``, ``"sqlite"``, ``"postgres"`` or ``"spark"``, which has no constraints but
        ``NOT NULL``.

    Returns
    -------
    str
        One ``CREATE TABLE``, with bounds, closed lists and the key; references to other tables are
        left to who makes those too.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.
    UnknownBackendError
        When there is no such dialect.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> print(ft.sql_ddl("trends", dialect="sqlite").splitlines()[0])
    CREATE TABLE "trends" (
    """
    asked = plain(dialect)
    if not isinstance(asked, str) or asked not in _DIALECTS:
        raise UnknownBackendError("dialect", dialect, _DIALECTS)
    return create_table(pins.requested(name, version), asked)
