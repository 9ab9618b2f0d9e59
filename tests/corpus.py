"""Broken tables, made up by number: each of them has one fault that no engine may let pass."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
import pyarrow as pa

import fintech2021 as ft
from every_engine import ENGINES
from fintech2021._contracts import pyarrow as arrow
from fintech2021._core import catalog
from fintech2021._frames.pyarrow import TYPES
from fintech2021.testing import make_frame, make_parents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fintech2021._core.descriptor import Column, Descriptor

__all__ = ["MAKE", "Case", "generated", "same", "spelled"]

_TEXTS = ["", " ", " x", "x ", "x\u3000", "\u3000x", "x\n", "a\rb", "a\u2028b", "x\x85", "\u2029"]
_BEYOND = date.max


class Case(NamedTuple):
    """A broken table, what was done to it, and the tables to which it refers."""

    dataset: str
    fault: str
    held: pa.Table
    parents: dict[str, Any]


def in_pandas(held: pa.Table) -> pd.DataFrame:
    """Return a table as a pandas frame: of exact dtypes where it has the types of its dataset."""
    descriptor: Descriptor = ft.info(held.schema.metadata[b"dataset"].decode())
    exact = {
        column.name
        for column in descriptor.columns
        if held.column_names.count(column.name) == 1
        and held.schema.field(column.name).type == getattr(pa, TYPES[column.type])()
    }
    known = arrow.in_pandas(held.select(sorted(exact)), descriptor)
    return pd.DataFrame(
        {n: known[n] if n in exact else _in_pandas(held.column(n)) for n in held.column_names}
    )


def _in_pandas(cells: pa.ChunkedArray) -> pd.Series[Any]:
    """Return a column; texts as such, for objects have no type of their own."""
    made: pd.Series[Any] = cells.to_pandas()
    return made.astype("string") if pa.types.is_string(cells.type) else made


MAKE: Mapping[str, Callable[[pa.Table], Any]] = {**ENGINES, "pandas": in_pandas}
"""The engines of this process; each makes its frame of an Arrow table, whatever is wrong."""


def same(make: Callable[[pa.Table], Any], case: Case) -> tuple[list[Any], list[Any]]:
    """Return what an engine says of a case, in words that every engine has."""
    try:
        ft.validate(make(case.held), case.dataset, references=case.parents, limit=5)
    except ft.ValidationError as error:
        failures = error.failures.drop(columns="row")
        # What a wrong type is called is the engine's.
        is_type = failures["rule"].str.startswith("has the type")
        failures.loc[is_type, ["value", "message"]] = None
        return [*failures.itertuples(index=False, name=None)], [
            *error.counts.itertuples(index=False, name=None)
        ]
    return [], []


def generated(number: int) -> Case:
    """Return a broken table: of few rows, with one sure fault, and cells that changed places."""
    chance = random.Random(number)  # noqa: S311 - To be made again by its number.
    name = chance.choice(catalog.datasets())
    descriptor: Descriptor = ft.info(name)
    frame = make_frame(name, chance.randint(1, 6), seed=number)
    parents = make_parents(frame, name)
    held = make_frame(name, len(frame), seed=number, backend="pyarrow")
    for _ in range(chance.randint(0, 2)):
        held = _mixed(held, chance)
    fault, held = chance.choice([*_faults(descriptor, held, chance)])
    return Case(name, fault, held.replace_schema_metadata({"dataset": name}), parents)


def _mixed(held: pa.Table, chance: random.Random) -> pa.Table:
    """Return a table with the cells of a column in another order."""
    column = chance.choice(held.column_names)
    rows = chance.sample(range(len(held)), len(held))
    return _with(held, column, held.column(column).take(pa.array(rows, pa.int64())))


def _with(held: pa.Table, column: str, cells: Any) -> pa.Table:
    return held.set_column(held.column_names.index(column), column, cells)


def _faults(
    descriptor: Descriptor, held: pa.Table, chance: random.Random
) -> Iterator[tuple[str, pa.Table]]:
    """Yield tables with one fault each, which other cells cannot make good."""
    column = chance.choice(descriptor.columns)
    place = held.column_names.index(column.name)
    yield f"without {column.name}", held.remove_column(place)
    yield "one column more", held.append_column("more", pa.array(range(len(held))))
    yield "other order", held.select([*held.column_names[1:], held.column_names[0]])
    kind = pa.int64() if column.type in {"string", "list"} else pa.string()
    yield f"{column.name} of {kind}", _with(held, column.name, pa.array([None] * len(held), kind))
    twice = pa.concat_tables([held, held.slice(chance.randrange(len(held)), 1)])
    yield "a row twice", twice
    for column in descriptor.columns:
        for cell in _bad_cells(column):
            cells = held.column(column.name).to_pylist()
            cells[chance.randrange(len(cells))] = cell
            made = pa.array(cells, held.schema.field(column.name).type)
            yield f"{column.name} {cell!r}", _with(held, column.name, made)


def _bad_cells(column: Column) -> Iterator[Any]:
    """Yield cells that a column never admits."""
    if column.required:
        yield None
    if column.minimum is not None:
        yield type(column.minimum)(column.minimum - 1)
    if column.maximum is not None:
        yield type(column.maximum)(column.maximum + 1)
    match column.type:
        case "number":
            yield from (float("inf"), float("-inf"))
        case "yearmonth":
            yield date(2020, 2, 3)
        case "string" | "list":
            yield from _TEXTS
    if column.type == "list":
        yield from ("a;;b", ";", "a; b")
    if column.enum:
        yield "no_such_value"
    if column.references:
        yield "no_such_key"


def spelled(name: str, rows: int = 5) -> Case:
    """Return a valid table that only spells otherwise: what readers of other formats give."""
    frame = make_frame(name, rows)
    held = make_frame(name, rows, backend="pyarrow")
    for column in ft.info(name).columns:
        cells = held.column(column.name)
        if column.type == "integer" and (cells.null_count or column.maximum):
            cells = cells.cast(pa.float64())
        elif column.type in {"date", "yearmonth"} or column.type == "number":
            cells = cells.cast(pa.string())
        held = _with(held, column.name, cells)
    return Case(
        name,
        "other spellings",
        held.replace_schema_metadata({"dataset": name}),
        make_parents(frame, name),
    )
