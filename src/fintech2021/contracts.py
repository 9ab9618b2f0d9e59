"""Descriptor becomes a pandera schema: exact types, admitted values, keys and references."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from numbers import Real
from typing import TYPE_CHECKING, Any

import pandera.pandas as pa

from . import catalogue, cells, dtypes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pandas as pd

    from .descriptors import Descriptor, Field

__all__ = ["build", "own_references"]


def build(descriptor: Descriptor, checks: Iterable[pa.Check] = ()) -> pa.DataFrameSchema:
    """Return the pandera schema of a dataset version, with more checks on the whole frame."""
    return pa.DataFrameSchema(
        {
            field.name: pa.Column(
                checks=list(_column_checks(field, descriptor)),
                nullable=not field.required,
                title=field.title_en,
                description=field.description,
            )
            for field in descriptor.columns
        },
        checks=list(checks),
        strict=True,
        ordered=True,
        unique=list(descriptor.primary_key),
        name=f"{descriptor.name} {descriptor.version}",
        title=descriptor.title_en,
        description=descriptor.description,
    )


def _column_checks(field: Field, descriptor: Descriptor) -> Iterator[pa.Check]:
    dtype = dtypes.pandas_dtype(field)
    yield pa.Check(lambda column: str(column.dtype) == dtype, error=f"has the dtype {dtype}")
    if field.type in _CELLS:
        yield _every(*_CELLS[field.type])
    yield from _bounds(field)
    if field.enum:
        yield _each(field, f"is one of {', '.join(field.enum)}", field.enum.__contains__)
    elif field.pattern is not None:
        yield _each(field, f"matches {field.pattern}", re.compile(field.pattern).fullmatch)
    elif dtype == dtypes.pandas_text():
        yield _each(field, "is one line without outer white space", _ONE_LINE.admits)
    if field.references not in {None, descriptor.name}:
        target = catalogue.beside(descriptor, str(field.references))
        yield _each(field, f"is a key of {field.references}", _keys(target).__contains__)


def _bounds(field: Field) -> Iterator[pa.Check]:
    low, high = field.minimum, field.maximum
    if low is not None:
        yield _every(f"is at least {low}", lambda cell: not _is_number(cell) or cell >= low)
    if high is not None:
        yield _every(f"is at most {high}", lambda cell: not _is_number(cell) or cell <= high)


def _is_number(cell: Any) -> bool:
    return isinstance(cell, Real) and not isinstance(cell, bool)


def _is_day(cell: Any) -> bool:
    return isinstance(cell, date)


_CELLS: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "integer": ("is a whole number", lambda cell: _is_number(cell) and cell % 1 == 0),
    "number": ("is a number", _is_number),
    "boolean": ("is true or false", lambda cell: cell is True or cell is False),
    "date": ("is a day", _is_day),
    "yearmonth": ("is a day", _is_day),
}


def _every(rule: str, holds: Callable[[Any], bool]) -> pa.Check:
    """Check every cell of a column by itself, so that each one that fails is named."""
    return pa.Check(
        lambda column: column.map(lambda cell: bool(holds(cell))).astype(bool), error=rule
    )


_ONE_LINE = cells.CELLS["string"]


def _each(field: Field, rule: str, holds: Callable[[str], Any]) -> pa.Check:
    """Check every text of a column, or every item of a column of lists."""

    def admits(text: object) -> bool:
        return isinstance(text, str) and all(map(holds, _items(field, text)))

    return _every(rule, admits)


def _items(field: Field, text: str) -> list[str]:
    return text.split(";") if field.type == "list" else [text]


@cache
def _keys(target: Descriptor) -> frozenset[str]:
    """Return the primary keys of a dataset version, as other tables refer to them."""
    return frozenset(row[target.primary_key[0]] for row in cells.read_rows(target.content))


def own_references(descriptor: Descriptor) -> Iterator[pa.Check]:
    """Return the checks that every reference of a table to itself resolves."""
    for field in descriptor.columns:
        if field.references == descriptor.name:
            yield _own_reference(field.name, descriptor.primary_key[0])


def _own_reference(column: str, key: str) -> pa.Check:
    def resolves(frame: pd.DataFrame) -> bool:
        return bool(frame[column].dropna().isin(frame[key]).all())

    return pa.Check(resolves, error=f"every {column} is a {key} of the same table")
