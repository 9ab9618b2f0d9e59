"""pandas frames: held against a contract, and brought into exact types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from fintech2021._contracts.columnwise import Evaluation
from fintech2021._contracts.outcome import (
    Broken,
    Count,
    Failure,
    Outcome,
    failure_of,
    first,
    plain,
    structure,
)
from fintech2021._contracts.requirements import (
    IS_NOT_MISSING,
    ONE_LEVEL,
    SAID,
    Requirement,
    traced,
)
from fintech2021._core.cells import AFTER, BEFORE, Unreadable, is_absent, read_cell
from fintech2021._frames.pandas import TYPES, dtype, text_dtype
from fintech2021._records.expressions import col

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from fintech2021._contracts.requirements import Contract
    from fintech2021._core.descriptor import Column, Descriptor

    Keys = Callable[[str], Sequence[Any]]

__all__ = [
    "cells",
    "check",
    "check_cells",
    "coerced",
    "is_plain",
    "names_of",
    "of_rows",
    "structured",
    "usable",
]

_TEXTS = {"string", "empty"}
"""What pandas says of objects that are all texts, or all missing."""
_MANY = 1_000
"""Of more broken rows than these only the first by key are looked at one by one."""


def names_of(frame: pd.DataFrame) -> list[str]:
    """Return the names of the columns, whatever is one, as plain texts."""
    return [
        str.__str__(name) if isinstance(name, str) else f"{name!s:.80}" for name in frame.columns
    ]


def check(frame: pd.DataFrame, contract: Contract, keys: Keys, limit: int | None) -> Outcome:
    """Return what a frame breaks; the keys of other tables are asked for by their names."""
    found, names = _structure(frame, contract)
    if names is None:
        return found
    return found + check_cells(_renamed(frame), names, contract, keys, limit)


def check_cells(
    frame: pd.DataFrame, names: set[str], contract: Contract, keys: Keys, limit: int | None
) -> Outcome:
    """Return what cells break, of the columns that have their type and of columns of objects."""
    return _Check(frame, contract, limit).run(names, keys)


def structured(frame: pd.DataFrame, contract: Contract) -> Outcome:
    """Return what is wrong with the columns themselves."""
    return _structure(frame, contract)[0]


def usable(frame: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """Return the columns that have their types."""
    _, names = _structure(frame, contract)
    columns = [
        column.name for column in contract.descriptor.columns if column.name in (names or ())
    ]
    return _renamed(frame)[columns]


def is_plain(frame: pd.DataFrame, contract: Contract) -> bool:
    """Tell whether every column is there, has its type, and holds days without a time."""
    found, _ = _structure(frame, contract)
    days = (
        (frame[column] for column in frame if frame[column].dtype.kind == "M")
        if not found.failures
        else ()
    )
    return not found.failures and not any(map(_mixed, frame.items())) and all(map(_is_days, days))


def _mixed(item: tuple[Any, pd.Series[Any]]) -> bool:
    """Tell whether a column is one of objects that are no texts."""
    _, series = item
    return series.dtype == object and pd.api.types.infer_dtype(series, skipna=True) not in _TEXTS


def _structure(frame: pd.DataFrame, contract: Contract) -> tuple[Outcome, set[str] | None]:
    """Return what is wrong with the columns, and which have their types if each is there once."""
    if frame.columns.nlevels > 1:
        levels = Failure(
            None, None, None, ONE_LEVEL, f"{frame.columns.nlevels} levels", is_sentence=True
        )
        return Outcome((Count(None, ONE_LEVEL, 1),), (levels,)), None
    names, renamed = names_of(frame), _renamed(frame)
    failures, typed = structure(names, contract, lambda column: wrong_type(renamed, column))
    found = Outcome(tuple(Count(f.column, f.rule, 1) for f in failures), tuple(failures))
    return found, typed if len(set(names)) == len(names) else None


def _renamed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.set_axis(names_of(frame), axis=1)


def wrong_type(frame: pd.DataFrame, column: Column) -> str | None:
    """Return the dtype of a column if it is not the one that it must have.

    Where cells are missing that must not be, the type that can miss them is no fault of its own.
    """
    found = str(frame[column.name].dtype)
    if column.required and found == TYPES[column.type].optional and frame[column.name].hasnans:
        return None
    return None if found == dtype(column) else found


class _Check:
    """A check of the cells of a frame."""

    def __init__(self, frame: pd.DataFrame, contract: Contract, limit: int | None) -> None:
        self._labels = frame.index
        self._frame = frame.reset_index(drop=True)
        self._contract = contract
        self._limit = limit
        self._unread: dict[str, Any] = {}
        self._typed = self._frame

    def run(self, usable: set[str], keys: Keys) -> Outcome:
        """Return what the cells break, in columns of the right type and in columns of objects."""
        columns = self._contract.descriptor.columns
        there = [column for column in columns if column.name in self._frame]
        made: dict[str, Any] = {}
        for column in there:
            series = self._frame[column.name]
            if _is_loose(series, column):
                made[column.name], self._unread[column.name] = _read(series, column, texts=False)
            elif column.name in usable:
                made[column.name] = series
        self._typed = pd.DataFrame(made, index=self._frame.index)
        return self.unreadable(self._unread) + self._requirements(keys)

    def unreadable(self, unread: Mapping[str, Any]) -> Outcome:
        """Return the cells that stand for no value of their column's type."""
        found = Outcome((), ())
        for column in self._contract.descriptor.columns:
            if column.name in unread and unread[column.name].any():
                said = Requirement(SAID[column.type], col(column.name), (column.name,))
                found += self._broken(said, unread[column.name], self._frame)
        return found

    def _requirements(self, keys: Keys) -> Outcome:
        contract, key = self._contract, self._contract.key[0]

        def of_table(name: str) -> pd.Index[Any]:
            own = name == contract.descriptor.name
            return pd.Index(self._typed[key].dropna() if own else keys(name))

        values = Evaluation(self._typed, key, of_table)
        there = set(self._typed)
        found = Outcome((), ())
        for requirement in contract.requirements:
            if there.issuperset(requirement.needs(contract)):
                bad = np.broadcast_to(values(requirement.bad).true(), self._height(requirement))
                found += self._broken(requirement, self._but_unread(requirement, bad), self._typed)
        for rule in contract.traced:
            if there.issuperset(rule.columns):
                bad = np.zeros(len(self._typed), dtype=bool)
                bad[list(rule.bad_rows(_tuples(self._typed, rule.columns)))] = True
                found += self._broken(traced(rule), bad, self._typed)
        return found

    def _height(self, requirement: Requirement) -> int:
        return 1 if requirement.is_whole else len(self._typed)

    def _but_unread(self, requirement: Requirement, bad: Any) -> Any:
        """Leave out cells that could not be read: they are there, and were named."""
        if requirement.rule != IS_NOT_MISSING or requirement.columns[0] not in self._unread:
            return bad
        return bad & ~self._unread[requirement.columns[0]]

    def _broken(self, requirement: Requirement, bad: Any, frame: pd.DataFrame) -> Outcome:
        count = Count(requirement.column, requirement.rule, int(np.count_nonzero(bad)))
        if not count.failures or self._limit == 0:
            return Outcome((count,), ())
        if requirement.is_whole:
            whole = Failure(None, None, None, requirement.rule, is_sentence=True)
            return Outcome((count,), (whole,))
        rows = first(self._rows(frame, np.flatnonzero(bad)), self._contract, self._limit)
        return Outcome(
            (count,), tuple(failure_of(requirement, row, self._contract) for row in rows)
        )

    def _rows(self, frame: pd.DataFrame, numbers: Any) -> Iterator[Broken]:
        if self._limit is not None and len(numbers) > _MANY:
            numbers = _earliest(frame, numbers, self._contract.key[0], self._limit)
        cells = {str(name): _plain_values(frame[name].iloc[numbers]) for name in frame}
        columns = cells.values()
        for number, row in zip(numbers, zip(*columns, strict=True), strict=True):
            yield Broken(plain(self._labels[number]), dict(zip(cells, row, strict=True)))


def _earliest(frame: pd.DataFrame, numbers: Any, key: str, limit: int) -> Any:
    """Return the rows that can be among the first by key."""
    if key not in frame:
        return numbers
    keys = frame[key].iloc[numbers].reset_index(drop=True)
    try:
        ordered = keys.sort_values(kind="stable")
    except TypeError:
        return numbers
    last = ordered.iloc[: limit + 1].dropna()
    if len(last) <= limit:
        return numbers
    return numbers[
        (keys <= last.iloc[limit - 1 if limit else 0]).fillna(value=False).to_numpy(dtype=bool)
    ]


def _tuples(frame: pd.DataFrame, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    cells = [_plain_values(frame[name]) for name in columns]
    return [
        tuple(None if is_absent(cell) else cell for cell in row) for row in zip(*cells, strict=True)
    ]


def _plain_values(series: pd.Series[Any]) -> list[Any]:
    """Return cells as Python's values; of days that it has none for, what is said of them."""
    # Days of Arrow in a pandas frame are of the same kind, and no numbers of numpy.
    if not str(series.dtype).startswith("datetime64[") or getattr(series.dtype, "tz", None):
        return list(series)
    days = series.to_numpy().astype("datetime64[us]").tolist()
    return [(BEFORE if day < 0 else AFTER) if isinstance(day, int) else day for day in days]


def cells(frame: pd.DataFrame) -> dict[str, list[Any]]:
    """Return all cells by column, as Python's values."""
    return {
        name: _plain_values(series)
        for name, (_, series) in zip(names_of(frame), frame.items(), strict=True)
    }


def _is_loose(series: pd.Series[Any], column: Column) -> bool:
    """Tell whether the cells are objects, each of a type of its own."""
    if series.dtype != object:
        return False
    is_text = text_dtype() == "object" and column.type in {"string", "list"}
    return not is_text or pd.api.types.infer_dtype(series, skipna=True) not in _TEXTS


def _read(series: pd.Series[Any], column: Column, *, texts: bool) -> tuple[pd.Series[Any], Any]:
    """Return the cells in their exact type, and which could not be read."""
    cells, unread = [], np.zeros(len(series), dtype=bool)
    for number, cell in enumerate(series):
        try:
            cells.append(read_cell(cell, column.type, texts=texts))
        except Unreadable:
            unread[number] = True
            cells.append(None)
    return _typed(cells, column, series.index), unread


def _typed(cells: list[Any], column: Column, index: pd.Index[Any] | None) -> pd.Series[Any]:
    """Return read cells as a column; one that may not be missing and is, as one that may."""
    name: Any = dtype(column)
    if name.startswith("datetime"):
        return pd.Series(np.array(cells, dtype=name), index=index)
    if name in {"int64", "bool"} and None in cells:
        name = {"int64": "Int64", "bool": "boolean"}[name]
    if name == "float64":
        cells = [np.nan if cell is None else cell for cell in cells]
    made: pd.Series[Any] = pd.Series(cells, index, dtype=name)
    return made


def coerced(
    frame: pd.DataFrame, contract: Contract, *, drop: bool, limit: int | None
) -> tuple[pd.DataFrame, Outcome]:
    """Return the frame in the published order and exact types, and the cells that cannot be read.

    What is wrong with the columns themselves stays as it is, for the check to name.
    """
    names = [] if frame.columns.nlevels > 1 else names_of(frame)
    if not names or len(set(names)) < len(names):
        return frame, Outcome((), ())
    renamed = frame.set_axis(names, axis=1)
    columns = {column.name: column for column in contract.descriptor.columns}
    there = [name for name in columns if name in renamed]
    others = [] if drop else [name for name in names if name not in columns]
    read = {name: _coerced(renamed[name], columns[name]) for name in there}
    made = pd.DataFrame(
        {name: cells for name, (cells, _) in read.items()}
        | {name: renamed[name] for name in others},
        index=frame.index,
    )
    check = _Check(renamed, contract, limit)
    return made, check.unreadable({name: unread for name, (_, unread) in read.items()})


def _coerced(series: pd.Series[Any], column: Column) -> tuple[pd.Series[Any], Any]:
    """Return a column in its exact type, and which cells could not be read."""
    name: Any = dtype(column)
    readable = np.zeros(len(series), dtype=bool)
    if str(series.dtype) == name and not _is_loose(series, column):
        return series, readable
    if column.type in {"string", "list"} and isinstance(series.dtype, pd.StringDtype):
        return pd.Series(series, dtype=name), readable
    if _is_days(series) and name.startswith("datetime"):
        return pd.Series(series.astype(name)), readable
    try:
        numbers, values = pd.factorize(series)
    except TypeError:  # Cells that have no hash.
        return _read(series, column, texts=True)
    # Each value is read once; what is missing has the number -1, which is the last.
    each = pd.Series([*values, None], dtype=object)
    read, unread = _read(each if (numbers < 0).any() else each[:-1], column, texts=True)
    return read.take(numbers).set_axis(series.index), unread[numbers]


def _is_days(series: pd.Series[Any]) -> bool:
    """Tell whether every cell is a day without a zone, in whatever unit."""
    if not isinstance(series.dtype, np.dtype) or series.dtype.kind != "M":
        return False
    moments = series.dropna().to_numpy()
    return bool((moments == moments.astype("datetime64[D]")).all())


def of_rows(frame: Any, descriptor: Descriptor) -> pd.DataFrame:
    """Return a frame of narwhals as a pandas frame of exact dtypes."""
    from fintech2021._contracts.queries import fetched

    rows, index = fetched(frame), None
    return pd.DataFrame(
        {
            column.name: _typed([row[column.name] for row in rows], column, index)
            for column in descriptor.columns
        }
    )
