"""Hypothesis strategies for records, rows and frames of a dataset, valid ones and broken ones.

Once this module is imported, ``st.from_type(ft.Bank)`` gives valid banks, too, and so does whatever
resolves a type: ``st.builds`` of a class that has a bank, ``@given(...)`` by annotations.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, overload

from fintech2021.errors import MissingDependencyError

try:
    from hypothesis import reject
    from hypothesis import strategies as st
except ImportError as cause:
    raise MissingDependencyError(
        "hypothesis", "strategies", "fintech2021.testing.strategies"
    ) from cause

from hypothesis.strategies import DrawFn, SearchStrategy

from fintech2021._core import catalog
from fintech2021._core.deferred import Deferred
from fintech2021._core.names import DatasetName
from fintech2021._core.yearmonth import YearMonth
from fintech2021._frames.engines import Backend
from fintech2021._frames.polars import TYPES as POLARS
from fintech2021._frames.pyarrow import TYPES as ARROW
from fintech2021._records.record import Record, every_class
from fintech2021._versions import pins
from fintech2021.testing.cells import cell
from fintech2021.testing.frames import cells_as, known
from fintech2021.testing.mending import Mender
from fintech2021.testing.shapes import shape_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Literal, TypeVar

    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021.testing.breaking import BrokenFrame
    from fintech2021.testing.shapes import Row, Shape

    Cells = list[Any]
    """What is drawn for each column, in their order."""
    _Record = TypeVar("_Record", bound=Record)
else:
    pd, pl, pa = map(Deferred, ("pandas", "polars", "pyarrow"))

__all__ = ["broken_frames", "frames", "records", "rows"]

_FEW = 5
"""The rows of a frame at most, unless more are asked for."""


def records(record: type[_Record]) -> SearchStrategy[_Record]:
    shape = shape_of(catalog.load_descriptor(record.table.name))
    columns = shape.descriptor.columns
    return _alone(shape).map(
        lambda row: record(**{column.name: _held(row[column.name], column) for column in columns})
    )


def _held(value: Any, column: Column) -> Any:
    """Return what a record holds for a plain value."""
    if value is None:
        return None
    match column.type:
        case "number":
            return Decimal(repr(value))
        case "yearmonth":
            return YearMonth(value.year, value.month)
        case "list":
            return tuple(value.split(";"))
    return value


def rows(name, *, version=None):
    descriptor = pins.requested(name, version)
    return _alone(shape_of(descriptor))


def frames(name, min_rows=0, max_rows=None, *, backend="pandas", version=None):
    known(backend)
    descriptor = pins.requested(name, version)
    shape = shape_of(descriptor)
    return _several(shape, min_rows, max_rows or min_rows+_FEW).map(lambda rows: _as_frame(rows, descriptor, backend))


def _alone(shape: Shape) -> SearchStrategy[Row]:
    mender = Mender(shape)

    def kept(drawn: Cells) -> Row:
        row = _row(shape, drawn, shape.published)
        above = [other for name in shape.own for other in shape.above(row[name])]
        fitted = mender.fitted(above, row)
        return reject() if fitted is None else fitted

    return _cells(shape).map(kept)


def _several(shape: Shape, least: int, most: int) -> SearchStrategy[list[Row]]:
    """Return a strategy for rows that can stand in one table."""
    mender = Mender(shape)

    def kept(drawn: list[Cells]) -> list[Row]:
        made: list[Row] = []
        for cells in drawn:
            fitted = mender.fitted(made, _row(shape, cells, made))
            if fitted is not None:
                made.append(fitted)
        return made if len(made) >= least else reject()

    return _some(_cells(shape), least, most).map(kept)


@st.composite
def _some(draw: DrawFn, item: SearchStrategy[Cells], least: int, most: int) -> list[Cells]:
    """Draw some items, and then which of them stay.

    Hypothesis deletes a few choices at a time and no item of many; to leave one out is one choice.
    """
    drawn = [draw(item) for _ in range(draw(st.integers(least, most)))]
    every = 2 ** len(drawn)
    staying = draw(st.integers(0, 2 * every - 1))
    if staying >= every:
        return drawn
    chosen = [each for place, each in enumerate(drawn) if staying >> place & 1]
    return chosen if len(chosen) >= least else drawn


@st.composite
def _cells(draw: DrawFn, shape: Shape) -> Cells:
    """Draw the cells of a row.

    Of a tuple of strategies Hypothesis would try to explain each part, hundreds of times.
    """
    return [draw(cells) for cells in _strategies(shape)]


@cache
def _strategies(shape: Shape) -> tuple[SearchStrategy[Any], ...]:
    return tuple(cell(shape, column) for column in shape.columns.values())


def _row(shape: Shape, cells: Cells, others: Sequence[Row]) -> Row:
    """Return drawn cells as a row; what refers to a row of its table refers to one of some."""
    row = dict(zip(shape.columns, cells, strict=True))
    for name in shape.own:
        if row[name] is not None:
            row[name] = others[row[name] % len(others)][shape.key] if others else None
    return row


def _as_frame(made: Sequence[Row], descriptor: Descriptor, backend: str) -> Any:
    columns = {c.name: [row[c.name] for row in made] for c in descriptor.columns}
    if backend == "pandas":
        return pd.DataFrame({c.name: cells_as(columns[c.name], c) for c in descriptor.columns})
    if backend == "polars":
        return pl.DataFrame(columns, schema={c.name: getattr(pl, POLARS[c.type]) for c in descriptor.columns})
    return pa.table({c.name: pa.array(columns[c.name], getattr(pa, ARROW[c.type])()) for c in descriptor.columns})


every_class(lambda record: st.register_type_strategy(record, records))
