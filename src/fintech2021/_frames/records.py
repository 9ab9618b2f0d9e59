"""Rows of frames as records, and records as frames."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from fintech2021._core import catalog
from fintech2021._core.cells import Unreadable, read_value
from fintech2021._core.deferred import Deferred
from fintech2021._core.kinds import KINDS
from fintech2021._frames.engines import Backend, known, of_texts, require
from fintech2021._given import shown
from fintech2021.errors import ArgumentError, RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._records import record as models

    _Row = TypeVar("_Row", bound=models.Record)
    Fault = tuple[Any, str | None, Any, str]
else:
    _Row = TypeVar("_Row")
    pd, pl, pa = map(Deferred, ("pandas", "polars", "pyarrow"))
    models = Deferred("fintech2021._records.record")  # It imports pydantic.

__all__ = ["EXPECTED", "refuse", "to_frame", "to_records", "validated"]

EXPECTED: Mapping[str, str] = {
    "string": "a text",
    "list": "texts joined with ;",
    "integer": "a whole number of 64 bits",
    "number": "a finite number",
    "boolean": "true or false",
    "date": "a day",
    "yearmonth": "a month: its first day, or YYYY-MM",
}
"""What stands in a cell of each type of column."""
_MOST_LINES = 10


def to_records(frame: Any, record: type[_Row]) -> tuple[_Row, ...]:
    """Return the rows of a frame as records.

    Numbers have the digits of the shortest text that stands for them, which are those that the
    report prints but for noughts at the end. Months may be their first days, lists are texts joined
    with ``;``, and NaN, NaT, NA and empty texts stand for ``None``. A frame whose columns only
    spell otherwise, as from a reader of CSV files, is read too.

    Parameters
    ----------
    frame
        A pandas or polars frame, a `pyarrow.Table`, or an object with ``__arrow_c_stream__``, with
        the columns of the class in any order.
    record
        The class of the rows, such as `Bank`.

    Returns
    -------
    tuple[Record, ...]
        In the order of the rows.

    Raises
    ------
    RecordError
        With the row, the column and the value of every cell that cannot be.
    ArgumentError
        When ``frame`` is no such frame, or ``record`` not the class of a dataset.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> ft.to_records(ft.load_banks(), ft.Bank) == ft.Bank.all()
    True
    """
    descriptor = _descriptor(record)
    columns, labels = _columns(frame)
    _check_columns(columns, record, descriptor)
    kinds = {column.name: column.type for column in descriptor.columns}
    faults: list[Fault] = []
    made: list[Any] = []
    for label, cells in zip(labels, _rows(columns, len(labels)), strict=True):
        row, wrong = _read(dict(zip(columns, cells, strict=True)), kinds)
        if not wrong:
            row, wrong = validated(record, row)
        faults += ((label, *fault) for fault in wrong)
        made.append(row)
    if faults:
        refuse(faults, f"The frame does not make records of {record.__name__}")
    return tuple(made)


def _rows(columns: Mapping[str, Sequence[Any]], height: int) -> Iterable[tuple[Any, ...]]:
    return zip(*columns.values(), strict=True) if columns else [()] * height


def _descriptor(record: Any) -> Descriptor:
    """Return the version of its dataset that a record class reads."""
    table = getattr(record, "table", None)
    if not isinstance(record, type) or table is None:
        raise ArgumentError(
            f"record is {shown(record)}, expected the class of a dataset, such as Bank"
        )
    return catalog.load_descriptor(table.name)


def _columns(frame: Any) -> tuple[dict[str, list[Any]], Sequence[Any]]:
    """Return the cells of a frame by column, and what its rows are called."""
    if "pandas" in sys.modules and isinstance(frame, sys.modules["pandas"].DataFrame):
        _once(list(frame.columns))
        cells = {str(name): _of_series(series) for name, series in frame.items()}
        return cells, list(frame.index)
    if "polars" in sys.modules and isinstance(frame, sys.modules["polars"].DataFrame):
        return {name: frame[name].to_list() for name in frame.columns}, range(frame.height)
    if isinstance(frame, type) or not hasattr(frame, "__arrow_c_stream__"):
        raise ArgumentError(
            f"The frame is {shown(frame)}, expected a pandas.DataFrame, a polars.DataFrame (of a "
            f"lazy one its collect()), a pyarrow.Table, or an object with __arrow_c_stream__"
        )
    table = require("pyarrow").table(frame)
    _once(table.column_names)
    return {name: table.column(name).to_pylist() for name in table.column_names}, range(len(table))


def _of_series(series: pd.Series[Any]) -> list[Any]:
    """Return cells as Python's values; days that it has no value for are numbers, so unreadable."""
    if str(series.dtype).startswith("datetime64[") and getattr(series.dtype, "tz", None) is None:
        days: list[Any] = series.to_numpy().astype("datetime64[us]").tolist()
        return days
    return list(series)


def _once(names: Sequence[Any]) -> None:
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        faults = [(None, str(name), None, "the column is there twice") for name in twice]
        refuse(faults, "The frame does not make records")


def _check_columns(
    columns: Mapping[str, object], record: type[models.Record], descriptor: Descriptor
) -> None:
    """Refuse a frame that lacks columns, or has others."""
    fields = record.model_fields
    missing = [name for name, field in fields.items() if field.is_required()]
    faults: list[Fault] = [
        *((None, n, None, "the column is missing") for n in missing if n not in columns),
        *(
            (None, n, None, f"{record.__name__} has no such column: leave it out")
            for n in columns
            if n not in fields
        ),
    ]
    if faults:
        refuse(faults, f"The frame has other columns than {descriptor.name}")


def _read(row: Mapping[str, Any], kinds: Mapping[str, str]) -> tuple[dict[str, Any], list[Any]]:
    """Return the cells of a row as a record holds them, and those that cannot be read."""
    cells: dict[str, Any] = {}
    faults = []
    for name, cell in row.items():
        try:
            cells[name] = read_value(cell, kinds[name])
        except Unreadable:
            faults.append((name, cell, f"expected {EXPECTED[kinds[name]]}"))
    return cells, faults


def validated(record: type[_Row], row: Mapping[str, Any]) -> tuple[Any, list[Any]]:
    """Return the record that a row makes, and what keeps it from making one."""
    from pydantic import ValidationError

    try:
        return record.model_validate(row), []
    except ValidationError as error:
        return None, [_fault(found, row) for found in error.errors(include_url=False)]


def _fault(found: Any, row: Mapping[str, Any]) -> tuple[str | None, Any, str]:
    """Return the column, the value and the reason that pydantic gives."""
    name = str(found["loc"][0]) if found["loc"] else None
    said = str(found["msg"])
    return name, row.get(name) if name else None, f"{said[:1].lower()}{said[1:]}"


def refuse(faults: Iterable[Fault], said: str) -> None:
    """Raise the error that names cells at fault."""
    held = tuple(faults)
    more = len(held) - _MOST_LINES
    lines = [f"  {_line(*fault)}" for fault in held[:_MOST_LINES]]
    rest = [f"… and {more} more: see the failures of this error."] if more > 0 else []
    raise RecordError("\n".join([f"{said}:", *lines, *rest]), held)


def _line(row: Any, column: str | None, value: Any, reason: str) -> str:
    place = ", ".join(
        part for part in (None if row is None else f"row {shown(row)}", column) if part
    )
    said = f"found {shown(value)}, " if row is not None or value is not None else ""
    return f"{place}: {said}{reason}" if place else f"{said}{reason}"


@overload
def to_frame(
    records: Iterable[models.Record],
    backend: Literal["pandas"] = "pandas",
    *,
    record: type[models.Record] | None = None,
) -> pd.DataFrame: ...
@overload
def to_frame(
    records: Iterable[models.Record],
    backend: Literal["polars"],
    *,
    record: type[models.Record] | None = None,
) -> pl.DataFrame: ...
@overload
def to_frame(
    records: Iterable[models.Record],
    backend: Literal["pyarrow"],
    *,
    record: type[models.Record] | None = None,
) -> pa.Table: ...
@overload
def to_frame(
    records: Iterable[models.Record],
    backend: str = "pandas",
    *,
    record: type[models.Record] | None = None,
) -> Any: ...
def to_frame(
    records: Iterable[models.Record],
    backend: Backend | str = "pandas",
    *,
    record: type[models.Record] | None = None,
) -> Any:
    """Return records of one class as a frame with the columns and types that `load` gives.

    Parameters
    ----------
    records
        Of one class, such as `Bank`.
    backend
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
    record
        Their class; needed only where there may be none of them.

    Returns
    -------
    pandas.DataFrame or polars.DataFrame or pyarrow.Table
        A fresh frame, a row for each record in their order.

    Raises
    ------
    RecordError
        When a record that was made without validation holds what no cell can be.
    ArgumentError
        When there is something else among the records, or of none the class is not given.
    UnknownBackendError
        When there is no such backend.
    MissingDependencyError
        When the backend is not installed.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> ft.to_frame([ft.Bank.get("icbc"), ft.Bank.get("ccb")])["tech_spend_cny"].tolist()
    [23819000000, 22109000000]
    """
    name = known(backend)
    held = _held(records)
    kind: Any = type(held[0]) if record is None and held else record
    if kind is None:
        raise ArgumentError(
            "There are no records: say their class, as in to_frame([], record=Bank)"
        )
    descriptor = _descriptor(kind)
    other = next((item for item in held if not isinstance(item, kind)), None)
    if other is not None:
        raise ArgumentError(f"Among records of {kind.__name__} is {shown(other)}: give one class")
    return of_texts(_spelled(held, descriptor), name)


def _held(records: Any) -> list[Any]:
    try:
        return list(records)
    except Exception as cause:  # Whatever an odd object raises when it is walked over.
        raise ArgumentError(
            f"records is {shown(records)}, expected records of one class"
        ) from cause


def _spelled(
    records: Sequence[Any], descriptor: Descriptor
) -> Iterator[tuple[Column, tuple[str, ...]]]:
    """Yield every column with what its cells are in a file."""
    faults: list[Fault] = []
    columns = []
    for column in descriptor.columns:
        cells = [getattr(item, column.name, None) for item in records]
        texts = tuple(_text(cell, column) for cell in cells)
        faults += (
            (row, column.name, cell, f"expected {EXPECTED[column.type]}")
            for row, (cell, text) in enumerate(zip(cells, texts, strict=True))
            if text is None
        )
        columns.append((column, texts))
    if faults:
        refuse(faults, f"The records do not make a frame of {descriptor.name}")
    return iter(columns)  # type: ignore[arg-type] # No text is missing.


def _text(cell: Any, column: Column) -> str | None:
    """Return what a value is in a file; nothing where it can be none."""
    if cell is None:
        return None if column.required else ""
    kind = KINDS[column.type]
    if not isinstance(cell, kind.python):
        return None
    text = _SPELLED.get(column.type, str)(cell)
    return text if kind.admits(text) else None


_SPELLED: Mapping[str, Any] = {
    "number": lambda number: format(number, "f"),
    "boolean": lambda flag: str(flag).lower(),
    "list": lambda items: ";".join(map(str, items)),
}
