"""The requirements of a dataset version as a pandera schema for pandas."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from numbers import Real
from typing import TYPE_CHECKING, Any

import pandera.pandas as pa

from fintech2021._contracts.requirements import (
    Bound,
    Listed,
    Matches,
    OneLine,
    Typed,
    requirements,
)
from fintech2021._core.kinds import KINDS
from fintech2021._frames.pandas import dtype

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pandas as pd

    from fintech2021._contracts.requirements import Requirement
    from fintech2021._core.descriptor import Column, Descriptor

__all__ = ["TYPES", "own_references", "schema"]


def schema(descriptor: Descriptor, checks: Iterable[pa.Check] = ()) -> pa.DataFrameSchema:
    """Return the pandera schema of a dataset version, with more checks on the whole frame."""
    return pa.DataFrameSchema(
        {
            column.name: pa.Column(
                checks=list(_column_checks(column, descriptor)),
                nullable=not column.required,
                title=column.title_en,
                description=column.description,
            )
            for column in descriptor.columns
        },
        checks=list(checks),
        strict=True,
        ordered=True,
        unique=list(descriptor.primary_key),
        name=f"{descriptor.name} {descriptor.version}",
        title=descriptor.title_en,
        description=descriptor.description,
    )


def _column_checks(column: Column, descriptor: Descriptor) -> Iterator[pa.Check]:
    name = dtype(column)
    yield pa.Check(lambda cells: str(cells.dtype) == name, error=f"has the dtype {name}")
    for requirement in requirements(column, descriptor):
        yield _every(requirement.rule, _holds(requirement, column))


def _every(rule: str, holds: Callable[[Any], bool]) -> pa.Check:
    """Check every cell of a column by itself, so that each one that fails is named."""
    return pa.Check(
        lambda column: column.map(lambda cell: bool(holds(cell))).astype(bool), error=rule
    )


def _holds(requirement: Requirement, column: Column) -> Callable[[Any], bool]:
    """Return what tells of one cell whether it keeps the requirement."""
    match requirement:
        case Typed(kind):
            return TYPES[kind]
        case Bound(limit, True):
            return lambda cell: not _is_number(cell) or cell >= limit
        case Bound(limit):
            return lambda cell: not _is_number(cell) or cell <= limit
        case Listed(values):
            return partial(_each, values.__contains__, column.is_list)
        case Matches(pattern):
            return partial(_each, re.compile(pattern).fullmatch, column.is_list)
        case OneLine():
            return partial(_each, KINDS["string"].admits, column.is_list)


def _each(holds: Callable[[str], object], is_list: bool, cell: object) -> bool:  # noqa: FBT001 - Bound by position.
    """Tell whether a text, or every item of a list, keeps a requirement."""
    if not isinstance(cell, str):
        return False
    return all(map(holds, cell.split(";") if is_list else [cell]))


def _is_number(cell: Any) -> bool:
    return isinstance(cell, Real) and not isinstance(cell, bool)


def _is_day(cell: Any) -> bool:
    return isinstance(cell, date)


TYPES: Mapping[str, Callable[[Any], bool]] = {
    "integer": lambda cell: _is_number(cell) and cell % 1 == 0,
    "number": _is_number,
    "boolean": lambda cell: cell is True or cell is False,
    "date": _is_day,
    "yearmonth": _is_day,
}
"""What tells whether a cell is of a type, where its dtype does not already."""


def own_references(descriptor: Descriptor) -> Iterator[pa.Check]:
    """Yield the checks that every reference of a table to itself resolves."""
    for column in descriptor.columns:
        if column.references == descriptor.name:
            yield _own_reference(column.name, descriptor.primary_key[0])


def _own_reference(column: str, key: str) -> pa.Check:
    def resolves(frame: pd.DataFrame) -> bool:
        return bool(frame[column].dropna().isin(frame[key]).all())

    return pa.Check(resolves, error=f"every {column} is a {key} of the same table")
