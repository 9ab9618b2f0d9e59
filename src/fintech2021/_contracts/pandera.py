"""The contract as pandera schemas, for pandas and for polars: plain ones, to build on.

Every check is one of pandera's own, so that a schema can be pickled, written as YAML, drawn from
and changed. What none of them says (references, rules across rows) `validate` checks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fintech2021._contracts.requirements import contract
from fintech2021._frames.pandas import dtype
from fintech2021._frames.polars import TYPES as POLARS_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from fintech2021._contracts.requirements import Requirement
    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._records.expressions import Expression

__all__ = ["PANDAS_END", "checks", "polars_schema", "says", "schema"]

PANDAS_END = r"\Z"
"""The very end of a text to Python, where ``$`` matches before a last line's end too."""


def schema(descriptor: Descriptor, pa: ModuleType) -> Any:
    """Return the schema for pandas frames."""
    types = {column.name: dtype(column) for column in descriptor.columns}
    return _schema(descriptor, pa, types, PANDAS_END)


def polars_schema(descriptor: Descriptor, pa: ModuleType) -> Any:
    """Return the schema for polars frames."""
    import polars as pl

    types = {column.name: getattr(pl, POLARS_TYPES[column.type]) for column in descriptor.columns}
    return _schema(descriptor, pa, types, "$")


def _schema(descriptor: Descriptor, pa: ModuleType, types: dict[str, Any], end: str) -> Any:
    by_column = {
        column.name: list(checks(column, descriptor, pa.Check, end))
        for column in descriptor.columns
    }
    return pa.DataFrameSchema(
        {
            column.name: pa.Column(
                types[column.name],
                checks=by_column[column.name],
                nullable=not column.required,
                title=column.title_en,
                description=column.description,
            )
            for column in descriptor.columns
        },
        strict=True,
        ordered=True,
        unique=list(descriptor.primary_key),
        name=f"{descriptor.name} {descriptor.version}",
        title=descriptor.title_en,
        description=descriptor.description,
    )


def checks(
    column: Column, descriptor: Descriptor, check: Any, end: str = PANDAS_END
) -> Iterator[Any]:
    """Yield pandera's own check for each requirement of a column that it has one for."""
    for requirement in contract(descriptor).requirements:
        if requirement.columns == (column.name,) and not requirement.is_sentence:
            made = _made(requirement.bad, column, check, end)
            if made is not None:
                yield made


def says(requirement: Requirement) -> bool:
    """Tell whether the schema says what is required, too."""
    if requirement.is_sentence:
        return False
    return requirement.bad.has({"duplicated", "is_missing", "matches", "is_in"}) or (
        requirement.bad.operation in {"lt", "gt"}
    )


def _made(bad: Expression, column: Column, check: Any, end: str) -> Any | None:
    match bad.operation, bad.operands:
        case "lt", (_, limit):
            return check.ge(_limit(limit, column))
        case "gt", (_, limit):
            return check.le(_limit(limit, column))
        case "not", (of,):
            return _of_text(of, check, end)
    return None


def _limit(limit: Expression, column: Column) -> Any:
    value = limit.operands[0]
    return float(value) if column.type == "number" else value


def _of_text(good: Expression, check: Any, end: str) -> Any | None:
    match good.operation, good.operands:
        case "is_in", (_, values):
            return check.isin(list(values))
        case "matches", (_, pattern):
            return check.str_matches(pattern.removesuffix("$") + end)
    return None
