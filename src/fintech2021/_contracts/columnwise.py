"""Expressions of rules on a pandas frame, with numpy: no other library is needed.

pandas gives a missing cell another answer for each of its types; here a value and whether it is
missing are kept apart, and what is missing behaves as in SQL.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from fintech2021._records.expressions import col

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fintech2021._records.expressions import Expression

__all__ = ["Cells", "Evaluation"]


class Cells(NamedTuple):
    """The values of an expression, and which of them are missing."""

    data: Any
    missing: Any = False

    def true(self) -> Any:
        """Return where the value is true: what is missing is not."""
        return self.data & ~np.asarray(self.missing)


class Evaluation:
    """A frame whose columns have their types, and what was worked out of it."""

    def __init__(self, frame: pd.DataFrame, key: str, keys: Callable[[str], pd.Index[Any]]) -> None:
        self._frame = frame
        self._key = key
        self._keys = keys
        self._columns: dict[str, Cells] = {}

    def __call__(self, expression: Expression) -> Cells:
        """Return the values of an expression."""
        name = expression.operation
        if name in _OF_VALUES:
            return _OF_VALUES[name](*map(self, expression.operands))
        if name in _OF_CELLS:
            first, *others = expression.operands
            return _OF_CELLS[name](self(first), *others)
        made: Cells = getattr(self, f"_{name}")(*expression.operands)
        return made

    def _col(self, name: str) -> Cells:
        if name not in self._columns:
            self._columns[name] = _cells(self._frame[name])
        return self._columns[name]

    def _lit(self, value: Any) -> Cells:
        return Cells(np.datetime64(value, "us") if isinstance(value, date) else value)

    def _is_key(self, cell: Expression, dataset: str, is_list: bool) -> Cells:  # noqa: FBT001 - As an operand.
        texts, missing = self(cell)
        keys = self._keys(dataset)
        if is_list:
            known = set(keys)
            unknown = [text for text in texts.unique() if not _all_in(text, known)]
            return Cells(~texts.isin(unknown).to_numpy(), missing)
        return Cells(texts.isin(keys).to_numpy(), missing)

    def _looked_up(self, cell: Expression, column: str) -> Cells:
        wanted, absent = self(cell)
        values, missing = self._col(column)
        keys, _ = self._col(self._key)
        once = ~keys.duplicated().to_numpy()
        numbers = np.flatnonzero(once)
        places = pd.Index(keys[once]).get_indexer(wanted)
        rows = numbers[places] if len(numbers) else np.zeros(len(places), dtype=int)
        unmet = (places < 0) | absent
        taken = values.iloc[rows] if hasattr(values, "iloc") else values[rows]
        if hasattr(taken, "reset_index"):
            taken = taken.reset_index(drop=True)
        return Cells(taken, unmet | np.broadcast_to(missing, len(unmet))[rows])

    def _duplicated(self, *expressions: Expression) -> Cells:
        alike = pd.DataFrame({n: _series(self(item)) for n, item in enumerate(expressions)})
        return Cells(alike.duplicated(keep=False).to_numpy())

    def _over(self, cell: Expression, what: str, *by: Expression) -> Cells:
        values = self(cell)
        groups = self._groups(by)
        if isinstance(values.data, pd.Series):  # Texts: their order is that of their numbers.
            numbers, texts = pd.factorize(_series(values), sort=True)
            made = _over(Cells(numbers, numbers < 0), what, groups)
            places = np.where(made.missing, 0, made.data).astype(int)
            taken = pd.Series(texts).iloc[places] if len(texts) else values.data
            return Cells(taken.reset_index(drop=True), made.missing)
        return _over(values, what, groups)

    def _groups(self, by: tuple[Expression, ...]) -> Any:
        alike = pd.DataFrame({n: _series(self(item)) for n, item in enumerate(by)})
        return alike.groupby(list(alike), dropna=False, sort=False).ngroup().to_numpy()

    def _previous(self, cell: Expression, by: tuple[str, ...], order: tuple[str, ...]) -> Cells:
        values = _series(self(cell)).astype("float64")
        ordered = self._frame.reset_index(drop=True).sort_values(list(order), kind="stable").index
        groups = pd.Series(self._groups(tuple(map(col, by))))
        before = values.loc[ordered].groupby(groups.loc[ordered]).shift().loc[values.index]
        return Cells(before.to_numpy(), before.isna().to_numpy())


def _all_in(text: Any, known: set[str]) -> bool:
    return not isinstance(text, str) or known.issuperset(text.split(";"))


def _cells(series: pd.Series[Any]) -> Cells:
    """Return the cells of a column that has its type."""
    kind = series.dtype.kind
    if kind == "f":
        values = series.to_numpy()
        return Cells(values, np.isnan(values))
    if kind == "M":
        days = series.to_numpy()
        return Cells(days, np.isnat(days))
    if kind not in "iub":  # Text.
        series = series.reset_index(drop=True)
        return Cells(series, _some(series.isna().to_numpy()))
    if isinstance(series.dtype, np.dtype):
        return Cells(series.to_numpy())
    missing = series.isna().to_numpy()
    return Cells(
        series.to_numpy(dtype="bool" if kind == "b" else "int64", na_value=0), _some(missing)
    )


def _some(missing: Any) -> Any:
    """Return which cells are missing; one answer for all is quicker to reckon with."""
    return missing if missing.any() else False


def _series(cells: Cells) -> pd.Series[Any]:
    """Return values as a column, with what pandas writes for missing ones."""
    series = cells.data if isinstance(cells.data, pd.Series) else pd.Series(cells.data)
    if cells.missing is False:
        return series
    if series.dtype.kind in "iu":
        series = series.astype("Int64")
    return series.where(~np.asarray(cells.missing))


def _over(cells: Cells, what: Any, groups: Any) -> Cells:
    series = pd.Series(cells.data, copy=True)
    if series.dtype.kind == "M":
        series = _series(cells)
    else:
        series = series.astype("float64").where(~np.broadcast_to(cells.missing, len(series)))
    grouped = series.groupby(groups)
    made = grouped.rank("min") if what == "rank" else grouped.transform(what)
    return Cells(made.to_numpy(), made.isna().to_numpy())


def _compared(name: str) -> Callable[[Cells, Cells], Cells]:
    def compare(left: Cells, right: Cells) -> Cells:
        made = getattr(_plain(left.data), f"__{name}__")
        return Cells(_mask(made(_plain(right.data))), _either(left, right))

    return compare


def _plain(values: Any) -> Any:
    return values if hasattr(values, "dtype") else np.asarray(values)


def _mask(values: Any) -> Any:
    return np.asarray(values, dtype=bool)


def _either(left: Cells, right: Cells) -> Any:
    if left.missing is False:
        return right.missing
    return left.missing if right.missing is False else left.missing | right.missing


def _reckoned(reckon: Callable[[Any, Any], Any]) -> Callable[[Cells, Cells], Cells]:
    def both(left: Cells, right: Cells) -> Cells:
        with np.errstate(all="ignore"):
            return Cells(reckon(left.data, right.data), _either(left, right))

    return both


def _and(left: Cells, right: Cells) -> Cells:
    values = left.data & right.data
    if left.missing is False and right.missing is False:
        return Cells(values)
    untrue = (~left.data & ~np.asarray(left.missing)) | (~right.data & ~np.asarray(right.missing))
    return Cells(values & ~np.asarray(_either(left, right)), _either(left, right) & ~untrue)


def _or(left: Cells, right: Cells) -> Cells:
    if left.missing is False and right.missing is False:
        return Cells(left.data | right.data)
    values = left.true() | right.true()
    return Cells(values, _either(left, right) & ~values)


def _not(cells: Cells) -> Cells:
    return Cells(~cells.data, cells.missing)


def _is_missing(cells: Cells) -> Cells:
    return Cells(np.broadcast_to(np.asarray(cells.missing), np.shape(cells.data)))


def _or_else(cells: Cells, other: Cells) -> Cells:
    if cells.missing is False:
        return cells
    if isinstance(cells.data, pd.Series):
        values = cells.data.where(~cells.missing, other.data)
    else:
        values = np.where(cells.missing, other.data, cells.data)
    return Cells(values, cells.missing & np.asarray(other.missing))


def _where(cells: Cells, condition: Cells) -> Cells:
    return Cells(cells.data, cells.missing | ~condition.true())


def _total(cells: Cells) -> Cells:
    given = cells.data[~np.broadcast_to(cells.missing, len(cells.data))]
    return Cells(given.sum())


def _matches(cells: Cells, pattern: str) -> Cells:
    return Cells(_mask(cells.data.str.fullmatch(pattern, na=False)), cells.missing)


def _contains(cells: Cells, pattern: str) -> Cells:
    return Cells(_mask(cells.data.str.contains(pattern, na=False)), cells.missing)


def _is_in(cells: Cells, values: tuple[Any, ...]) -> Cells:
    return Cells(cells.data.isin(values).to_numpy(), cells.missing)


def _is_infinite(cells: Cells) -> Cells:
    return Cells(np.isinf(cells.data), cells.missing)


def _has_time(cells: Cells) -> Cells:
    return Cells(cells.data != cells.data.astype("datetime64[D]"), cells.missing)


def _year(cells: Cells) -> Cells:
    return Cells(cells.data.astype("datetime64[Y]").astype(int) + 1970, cells.missing)


def _day(cells: Cells) -> Cells:
    days = cells.data.astype("datetime64[D]")
    return Cells((days - days.astype("datetime64[M]")).astype(int) + 1, cells.missing)


_OF_VALUES: Mapping[str, Callable[..., Cells]] = {
    **{name: _compared(name) for name in ("lt", "le", "gt", "ge", "eq", "ne")},
    "add": _reckoned(np.add),
    "sub": _reckoned(np.subtract),
    "mul": _reckoned(np.multiply),
    "mod": _reckoned(np.mod),
    "and": _and,
    "or": _or,
    "not": _not,
    "is_missing": _is_missing,
    "or_else": _or_else,
    "where": _where,
    "total": _total,
    "is_infinite": _is_infinite,
    "has_time": _has_time,
    "year": _year,
    "day": _day,
}
"""What an operation makes of the values of its operands."""
_OF_CELLS: Mapping[str, Callable[..., Cells]] = {
    "matches": _matches,
    "contains": _contains,
    "is_in": _is_in,
}
"""What an operation makes of the values of its first operand and of the others as they are."""
