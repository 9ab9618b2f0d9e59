"""Hypothesis strategies for records, rows and frames of a dataset, valid ones and broken ones.

Once this module is imported, ``st.from_type(ft.Bank)`` gives valid banks, too, and so does whatever
resolves a type: ``st.builds`` of a class that has a bank, ``@given(...)`` by annotations.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, overload

from fintech2021._given import is_count
from fintech2021.errors import ArgumentError, MissingDependencyError, UnknownDatasetError

try:
    from hypothesis import reject
    from hypothesis import strategies as st
except ImportError as cause:
    raise MissingDependencyError(
        "hypothesis", "strategies", "fintech2021.testing.strategies"
    ) from cause

from hypothesis.strategies import DrawFn, SearchStrategy
from pydantic import ValidationError

from fintech2021._contracts.patterns import WHITE_SPACE
from fintech2021._core import catalog
from fintech2021._core.deferred import Deferred
from fintech2021._core.names import DatasetName
from fintech2021._core.yearmonth import YearMonth
from fintech2021._frames.engines import Backend
from fintech2021._frames.polars import TYPES as POLARS
from fintech2021._frames.pyarrow import TYPES as ARROW
from fintech2021._records.record import Record, every_class
from fintech2021._versions import pins
from fintech2021.testing.breaking import BrokenFrame, in_backend
from fintech2021.testing.cells import cell
from fintech2021.testing.faults import Odd, broken_case, faults_of, in_pandas
from fintech2021.testing.frames import known
from fintech2021.testing.mending import Mender
from fintech2021.testing.shapes import shape_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021.testing.faults import Fault
    from fintech2021.testing.shapes import Row, Shape

    Cells = list[Any]
    """What is drawn for each column, in their order."""
else:
    pd, pl, pa = map(Deferred, ("pandas", "polars", "pyarrow"))

__all__ = ["broken_frames", "frames", "records", "rows"]

_Record = TypeVar("_Record", bound=Record)

_FEW = 5
"""So many rows more than the fewest a frame has at most, unless more are asked for."""
_ENOUGH = 2
"""So many rows are needed to break what holds between rows."""
_FAR = 10**6
_SPACES = tuple(f" {WHITE_SPACE.replace(' ', '')}")
"""What must not stand at the end of a text, the plainest first."""


def records(record: type[_Record]) -> SearchStrategy[_Record]:
    """Return a strategy for valid records of a class.

    Each keeps what a row of its dataset has to keep, by itself: its columns' types, bounds, lists
    and patterns, the invariants, and keys of the published tables where it refers to one.

    Parameters
    ----------
    record
        The class of a dataset, such as `fintech2021.Bank`.

    Returns
    -------
    SearchStrategy[Record]
        Of that class. It shrinks to short texts, small numbers and missing cells.

    Raises
    ------
    UnknownDatasetError
        When the class is that of no dataset.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> from fintech2021.testing.strategies import records
    >>> from hypothesis import given
    >>> @given(records(ft.Bank))
    ... def test_a_share_is_one(bank):
    ...     assert bank.tech_staff_pct is None or 0 <= bank.tech_staff_pct <= 100
    >>> test_a_share_is_one()
    """
    table = getattr(record, "table", None)
    if not (isinstance(record, type) and issubclass(record, Record) and table):
        hint = "Give the class of a dataset, for instance Bank."
        raise UnknownDatasetError("dataset of the record class", record, (), hint=hint)
    shape = shape_of(catalog.load_descriptor(table.name))
    return _alone(shape).map(lambda row: _record(record, row, shape))


def rows(name: DatasetName | str, *, version: str | None = None) -> SearchStrategy[dict[str, Any]]:
    """Return a strategy for valid rows of a dataset, as plain values.

    Parameters
    ----------
    name
        One of `fintech2021.catalog`'s names.
    version
        A published version or a specifier; by default the one of the newest edition.

    Returns
    -------
    SearchStrategy[dict[str, object]]
        By the names of the columns in their order: texts, numbers, days and ``None``, a list as
        the text that frames have, a month as its first day.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.

    Examples
    --------
    >>> from fintech2021.testing.strategies import rows
    >>> from hypothesis import given
    >>> @given(rows("banks"))
    ... def test_a_group_is_one_of_two(row):
    ...     assert row["bank_type"] in {"state_owned", "joint_stock"}
    >>> test_a_group_is_one_of_two()
    """
    return _alone(shape_of(pins.requested(name, version)))


@overload
def frames(
    name: DatasetName,
    min_rows: int = 0,
    max_rows: int | None = None,
    *,
    backend: Literal["pandas"] = "pandas",
    version: str | None = None,
) -> SearchStrategy[pd.DataFrame]: ...
@overload
def frames(
    name: str,
    min_rows: int = 0,
    max_rows: int | None = None,
    *,
    backend: Literal["pandas"] = "pandas",
    version: str | None = None,
) -> SearchStrategy[pd.DataFrame]: ...
@overload
def frames(
    name: str,
    min_rows: int = 0,
    max_rows: int | None = None,
    *,
    backend: Literal["polars"],
    version: str | None = None,
) -> SearchStrategy[pl.DataFrame]: ...
@overload
def frames(
    name: str,
    min_rows: int = 0,
    max_rows: int | None = None,
    *,
    backend: Literal["pyarrow"],
    version: str | None = None,
) -> SearchStrategy[pa.Table]: ...
@overload
def frames(
    name: str,
    min_rows: int = 0,
    max_rows: int | None = None,
    *,
    backend: str,
    version: str | None = None,
) -> SearchStrategy[Any]: ...
def frames(
    name: DatasetName | str,
    min_rows: int = 0,
    max_rows: int | None = None,
    *,
    backend: Backend | str = "pandas",
    version: str | None = None,
) -> SearchStrategy[Any]:
    """Return a strategy for valid frames of a dataset.

    Each keeps the contract and the invariants of the dataset. What refers to another table is a key
    of the published one, so that `fintech2021.validate` needs no ``references``. Numbers without a
    bound lie within ten to the power of 15, days between 1900 and 2100.

    Parameters
    ----------
    name
        One of `fintech2021.catalog`'s names.
    min_rows
        The fewest rows.
    max_rows
        The most rows; by default five more than the fewest.
    backend
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
    version
        A published version or a specifier; by default the one of the newest edition.

    Returns
    -------
    SearchStrategy[frame]
        With the columns and exact types that `fintech2021.load` gives. It shrinks to a row or two
        of short texts, small numbers and missing cells.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.
    UnknownBackendError
        When the backend is none of the three.
    MissingDependencyError
        When polars or pyarrow is asked for and not installed.
    ArgumentError
        When there cannot be so many rows.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> from fintech2021.testing.strategies import frames
    >>> from hypothesis import given
    >>> @given(frames("banks", min_rows=1))
    ... def test_what_is_drawn_is_valid(banks):
    ...     assert ft.validate(banks, "banks") is banks
    >>> test_what_is_drawn_is_valid()
    """
    known(backend)
    descriptor = pins.requested(name, version)
    shape = shape_of(descriptor)
    least, most = _heights(shape, min_rows, max_rows)
    return _several(shape, least, most).map(lambda made: _as_frame(made, descriptor, backend))


def _heights(shape: Shape, least: object, most: object) -> tuple[int, int]:
    """Return the fewest and the most rows; refuse what no table can have."""
    if not is_count(least):
        raise ArgumentError(f"min_rows is {least!r}, expected a whole number that is not negative")
    most = least + _FEW if most is None else most
    if not is_count(most) or most < least:
        raise ArgumentError(f"max_rows is {most!r}, expected a whole number from {least} on")
    keys = shape.keys.get(shape.key, ()) if len(shape.contract.key) == 1 else ()
    if keys and least > len(keys):
        raise ArgumentError(
            f"min_rows is {least}, but {shape.key} has to be one of {len(keys)} published keys. "
            f"make_frame makes tables of any height, and the tables to which they refer."
        )
    return least, most


def broken_frames(
    name: DatasetName | str, *, backend: Backend | str = "pandas", version: str | None = None
) -> SearchStrategy[BrokenFrame]:
    """Return a strategy for frames that break one rule of a dataset, and say which.

    The rules are those of `fintech2021.testing.broken`; what is beside the fault differs from
    example to example. It shrinks to the first rules, and to few plain rows.

    Parameters
    ----------
    name
        One of `fintech2021.catalog`'s names.
    backend
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
    version
        A published version or a specifier; by default the one of the newest edition.

    Returns
    -------
    SearchStrategy[BrokenFrame]
        Its ``rule`` and ``column`` are those that `fintech2021.validate` tells.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.
    UnknownBackendError
        When the backend is none of the three.
    MissingDependencyError
        When polars or pyarrow is asked for and not installed.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> from fintech2021.testing.strategies import broken_frames
    >>> from hypothesis import given
    >>> @given(broken_frames("banks"))
    ... def test_a_fault_is_noticed(case):
    ...     try:
    ...         ft.validate(case.frame, "banks", references=case.references)
    ...     except ft.ValidationError as error:
    ...         assert case.rule in set(error.failures["rule"])
    ...     else:
    ...         raise AssertionError(str(case))
    >>> test_a_fault_is_noticed()
    """
    known(backend)
    shape = shape_of(pins.requested(name, version))
    return _faulty(shape, faults_of(shape, backend), backend)


@st.composite
def _faulty(draw: DrawFn, shape: Shape, faults: Sequence[Fault], backend: str) -> BrokenFrame:
    """Draw what is wrong, the rows where it is, and what a wrong cell is made of."""
    fault = draw(st.sampled_from(faults))
    made = draw(_several(shape, _ENOUGH, _FEW))
    odd = Odd(draw(st.integers(1, _FAR)), draw(st.sampled_from(_SPACES)))
    (case,) = in_backend(broken_case(shape, fault, made, odd), shape.descriptor, backend)
    return case


def _record(record: type[_Record], row: Row, shape: Shape) -> _Record:
    """Return a row as a record; a class may ask more of a cell than its descriptor can say."""
    try:
        return record(**{name: _held(cell, shape.columns[name]) for name, cell in row.items()})
    except ValidationError as error:
        refused = {str(each["loc"][0]) for each in error.errors()}
        published = {name: shape.given(name) for name in refused}
        return (
            reject()
            if published.items() <= row.items()
            else _record(record, row | published, shape)
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


def _alone(shape: Shape) -> SearchStrategy[Row]:
    def kept(drawn: Cells) -> Row:
        row = _row(shape, drawn, shape.published)
        above = [other for name in shape.own for other in shape.above(row[name])]
        fitted = _fitted(shape, above, row, drawn)
        return reject() if fitted is None else fitted

    return _cells(shape).map(kept)


def _several(shape: Shape, least: int, most: int) -> SearchStrategy[list[Row]]:
    """Return a strategy for rows that can stand in one table."""

    def kept(drawn: list[Cells]) -> list[Row]:
        made: list[Row] = []
        for cells in drawn:
            fitted = _fitted(shape, made, _row(shape, cells, made), cells)
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
    staying = draw(st.integers(0, 4 * every - 1))
    if staying >= every:
        return drawn
    chosen = [each for place, each in enumerate(drawn) if staying >> place & 1]
    return chosen if len(chosen) >= least else drawn


@st.composite
def _cells(draw: DrawFn, shape: Shape) -> Cells:
    """Draw the cells of a row, and whether it rather keeps its cells than loses them to rules.

    Of a tuple of strategies Hypothesis would try to explain each part, hundreds of times.
    """
    return [*(draw(cells) for cells in _strategies(shape)), draw(st.booleans())]


@cache
def _strategies(shape: Shape) -> tuple[SearchStrategy[Any], ...]:
    return tuple(cell(shape, column) for column in shape.columns.values())


def _fitted(shape: Shape, rows: Sequence[Row], row: Row, cells: Cells) -> Row | None:
    """Return a row that keeps the rules beside others, or nothing where none is found."""
    return _mender(shape, full=cells[-1]).fitted(rows, row)


@cache
def _mender(shape: Shape, *, full: bool) -> Mender:
    return Mender(shape, full=full)


def _row(shape: Shape, cells: Cells, others: Sequence[Row]) -> Row:
    """Return drawn cells as a row; what refers to a row of its table refers to one of some."""
    row = dict(zip(shape.columns, cells[:-1], strict=True))
    for name in shape.own:
        if row[name] is not None:
            row[name] = others[row[name] % len(others)][shape.key] if others else None
    return row


def _as_frame(made: Sequence[Row], descriptor: Descriptor, backend: str) -> Any:
    """Return rows as a frame of a backend, in exact types."""
    columns = {column: [row[column.name] for row in made] for column in descriptor.columns}
    if backend == "polars":
        types = {column.name: getattr(pl, POLARS[column.type]) for column in columns}
        return pl.DataFrame({c.name: cells for c, cells in columns.items()}, schema=types)
    if backend == "pyarrow":
        types = {column.name: getattr(pa, ARROW[column.type])() for column in columns}
        return pa.table({c.name: pa.array(cells, types[c.name]) for c, cells in columns.items()})
    return in_pandas(made, descriptor)


every_class(lambda record: st.register_type_strategy(record, records))
