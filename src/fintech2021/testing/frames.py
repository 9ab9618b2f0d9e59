"""Made-up frames that keep the contract of a dataset, of any number of rows.

A frame is made of the rows of the published table, again and again: what a row has to keep among
its own cells, it keeps. What has to differ between rows (keys, names, what is counted in groups) is
numbered, and what no rule ties to another cell is drawn anew. So a new dataset needs nothing here.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

from fintech2021._contracts import engines
from fintech2021._contracts.patterns import ONE_LINE
from fintech2021._contracts.requirements import contract, keys_of
from fintech2021._core import catalog
from fintech2021._core.deferred import Deferred
from fintech2021._core.names import DatasetName
from fintech2021._frames import pandas as pandas_frames
from fintech2021._frames.engines import ALSO, BACKENDS, Backend, require
from fintech2021._frames.polars import TYPES as POLARS
from fintech2021._frames.pyarrow import TYPES as ARROW
from fintech2021._given import is_count
from fintech2021._records.expressions import AGGREGATES, WINDOWS
from fintech2021._versions import pins
from fintech2021.errors import ArgumentError, UnknownBackendError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Literal

    import numpy as np
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._records.expressions import Expression
else:
    np, pd, pl, pa = map(Deferred, ("numpy", "pandas", "polars", "pyarrow"))

__all__ = ["cells_as", "frame_as", "known", "made_rows", "make_frame", "make_parents"]

_TEXTS = {"string", "list"}
_LEAST_SHARE, _GREATEST_SHARE = 0.05, 0.9
"""How many cells are missing at least, and at most, where a cell may be missing."""
_LAST = 1_000
"""Comes after every row that needs others of the published table."""


@overload
def make_frame(
    name: DatasetName,
    rows: int = 100,
    *,
    seed: int = 0,
    backend: Literal["pandas"] = "pandas",
    version: str | None = None,
) -> pd.DataFrame: ...
@overload
def make_frame(
    name: str,
    rows: int = 100,
    *,
    seed: int = 0,
    backend: Literal["pandas"] = "pandas",
    version: str | None = None,
) -> pd.DataFrame: ...
@overload
def make_frame(
    name: str,
    rows: int = 100,
    *,
    seed: int = 0,
    backend: Literal["polars"],
    version: str | None = None,
) -> pl.DataFrame: ...
@overload
def make_frame(
    name: str,
    rows: int = 100,
    *,
    seed: int = 0,
    backend: Literal["pyarrow"],
    version: str | None = None,
) -> pa.Table: ...
@overload
def make_frame(
    name: str, rows: int = 100, *, seed: int = 0, backend: str, version: str | None = None
) -> Any: ...
def make_frame(
    name: DatasetName | str,
    rows: int = 100,
    *,
    seed: int = 0,
    backend: Backend | str = "pandas",
    version: str | None = None,
) -> Any:
    """Return a made-up frame that keeps the contract of a dataset, its invariants among it.

    Keys, names and texts are numbered, so that nobody takes the figures for those of the report.
    What the frame refers to under such a key, `make_parents` makes; other references are keys of
    the published tables.

    Parameters
    ----------
    name
        One of `fintech2021.catalog`'s names.
    rows
        How many rows it has. A million takes seconds.
    seed
        Equal seeds give equal frames, with the same versions of this package and of numpy.
    backend
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
    version
        A published version or a specifier; by default the one of the newest edition.

    Returns
    -------
    frame
        With the columns and exact types that `fintech2021.load` gives.

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
        When there cannot be so many rows, or the seed is none.

    Examples
    --------
    >>> from fintech2021.testing import make_frame
    >>> make_frame("banks", rows=3, seed=1)["bank_id"].tolist()
    ['bank_1', 'bank_2', 'bank_3']
    """
    for option, number in (("rows", rows), ("seed", seed)):
        if not is_count(number):
            raise ArgumentError(
                f"{option} is {number!r}, expected a whole number that is not negative"
            )
    known(backend)
    descriptor = pins.requested(name, version)
    return frame_as(made_rows(descriptor, rows, seed), descriptor, backend)


def make_parents(
    frame: Any, name: DatasetName | str, *, version: str | None = None
) -> dict[str, Any]:
    """Return the tables to which a frame refers, for the ``references`` of `fintech2021.validate`.

    Each is the published table and, for every key of the frame that is not in it, a made-up row.

    Parameters
    ----------
    frame
        A frame of any engine that `fintech2021.validate` takes, such as `make_frame` makes.
    name
        The dataset that it is of.
    version
        A published version or a specifier; by default the one of the newest edition.

    Returns
    -------
    dict[str, frame]
        By the name of the dataset, of polars or pyarrow if ``frame`` is, else of pandas. Where all
        keys are published ones there is no table: the published one stands for it.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.
    ArgumentError
        When it is no frame, or has not the columns that refer.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> from fintech2021.testing import make_frame, make_parents
    >>> frame = make_frame("banks", rows=3)
    >>> parents = make_parents(frame, "banks")
    >>> list(parents)
    ['institutions']
    >>> ft.validate(frame, "banks", references=parents) is frame
    True
    """
    descriptor = pins.requested(name, version)
    engine = engines.engine_of(frame)
    if engine is None:
        raise ArgumentError(f"What was given is no frame: {type(frame).__name__}")
    held = engines.held(frame, engine)
    there = engines.names_of(held, engine)
    keys: dict[str, dict[str, None]] = {}
    for column in descriptor.columns:
        if column.references in {None, name}:
            continue
        if column.name not in there:
            raise ArgumentError(
                f"The frame has no column {column.name!r}, by which {name} refers to "
                f"{column.references}: give a frame of {name}"
            )
        found = engines.keys(held, engine, column.name)
        items = (item for cell in found for item in (cell.split(";") if column.is_list else [cell]))
        keys.setdefault(str(column.references), {}).update(dict.fromkeys(items))
    backend = engine if engine in BACKENDS else "pandas"
    new = {
        parent: sorted(wanted.keys() - set(keys_of(descriptor, parent)))
        for parent, wanted in keys.items()
    }
    targets = {parent: catalog.same_edition(descriptor, parent) for parent in new if new[parent]}
    return {
        parent: frame_as(_grown(target, new[parent]), target, backend)
        for parent, target in targets.items()
    }


def known(backend: object) -> None:
    """Refuse a backend that is none, or not installed."""
    if not isinstance(backend, str) or backend not in BACKENDS:
        raise UnknownBackendError("backend", backend, BACKENDS, names=ALSO)
    if backend != "pandas":
        require(backend)


def _grown(descriptor: Descriptor, keys: list[str]) -> pd.DataFrame:
    """Return the published table with a made-up row for each key."""
    maker = _Maker(descriptor, 0)
    return pd.concat([maker.published, maker.frame(len(keys), keys)], ignore_index=True)


def made_rows(descriptor: Descriptor, rows: int, seed: int) -> pd.DataFrame:
    """Return a made-up pandas frame of a dataset version."""
    return _Maker(descriptor, seed).frame(rows)


class _Maker:
    """The published table of a dataset version, and how rows are made of its rows."""

    def __init__(self, descriptor: Descriptor, seed: int) -> None:
        self.descriptor = descriptor
        self.published = pandas_frames.frame(descriptor)
        self._random = np.random.default_rng(seed)
        self._contract = contract(descriptor)
        self._columns = {column.name: column for column in descriptor.columns}
        self._order = self._ordered()
        self._own = _own_key(descriptor)
        self._given: Sequence[str] | None = None

    def frame(self, rows: int, keys: Sequence[str] | None = None) -> pd.DataFrame:
        """Return so many rows; with their keys, if these are to be given ones."""
        self._given = keys
        numbers = np.arange(rows)
        blocks, places = np.divmod(numbers, max(len(self._order), 1))
        self._blocks, self._places, self._numbers = blocks, places, numbers + 1
        made = {
            column.name: self._made(column, self._order[places])
            for column in self._columns.values()
        }
        return pd.DataFrame(made)

    def _ordered(self) -> Any:
        """Return the rows of the published table in an order of which every beginning is valid.

        Who refers to a row comes after it; last come rows that break a rule when they are alone.
        """
        depth = np.zeros(len(self.published), dtype=int)
        own = [c for c in self._columns.values() if c.references == self.descriptor.name]
        places = {key: n for n, key in enumerate(self.published.iloc[:, 0])} if own else {}
        for column in own:
            above = [places.get(cell) for cell in self.published[column.name]]
            depth = np.maximum(depth, [_steps(number, above) for number in range(len(above))])
        for rule in self._contract.traced:
            cells = self.published[list(rule.columns)].astype(object)
            for number, row in enumerate(cells.where(cells.notna(), None).itertuples(index=False)):
                if list(rule.bad_rows([tuple(row)])):
                    depth[number] += _LAST
        shuffled = self._random.permutation(len(depth))
        return shuffled[np.argsort(depth[shuffled], kind="stable")]

    @cached_property
    def _tied(self) -> set[str]:
        """The columns that a rule ties to other cells: they stay as they were published."""
        of_rows = (r.columns for r in self._contract.requirements if r.is_sentence)
        of_traced = (rule.columns for rule in self._contract.traced)
        return {name for columns in (*of_rows, *of_traced) for name in columns}

    @cached_property
    def _read(self) -> set[str]:
        """The columns of texts in which a rule looks for something."""
        parts = (part for r in self._contract.requirements for part in r.bad.walk())
        return {name for p in parts if p.operation == "contains" for name in p.columns()}

    @cached_property
    def _once(self) -> set[str]:
        """The columns of which the published table is given once, since they are added up."""
        added = (r for r in self._contract.requirements if r.bad.has(AGGREGATES))
        return {name for requirement in added for name in requirement.columns}

    @cached_property
    def _renamed(self) -> dict[str, dict[str, int]]:
        """The columns of keys of other tables that are numbered: with a number for each key."""
        key = self._contract.key
        names = {name for name in key if self._refers(name)}
        for columns in self._told_apart():
            if not any(name in names or self._is_numbered(name) for name in columns):
                names |= set(list(filter(self._refers, columns))[:1])
        renamed: dict[str, dict[str, int]] = {}
        for parent in dict.fromkeys(self._columns[name].references for name in names):
            alike = [
                n for n in self._columns if n in names and self._columns[n].references == parent
            ]
            cells = self.published[alike].iloc[self._order].to_numpy().ravel()
            numbers = {cell: n for n, cell in enumerate(dict.fromkeys(cells))}
            renamed.update(dict.fromkeys(alike, numbers))
        return renamed

    def _told_apart(self) -> Iterator[list[str]]:
        """Yield the columns of which some have to differ between copies of a row."""
        for requirement in self._contract.requirements:
            for part in requirement.bad.walk():
                if part.operation in WINDOWS and not _is_of_extremes(part):
                    yield _grouping(part)

    def _refers(self, name: str) -> bool:
        """Tell whether a column has keys of another table, one in each cell."""
        column = self._columns[name]
        own = self.descriptor.name
        return column.required and not column.is_list and column.references not in {None, own}

    def _is_numbered(self, name: str) -> bool:
        """Tell whether the rows differ in a column, whatever it refers to."""
        column = self._columns[name]
        return column.required and (name == self._own or _is_free(column))

    def _made(self, column: Column, rows: Any) -> Any:
        """Return the cells of a column."""
        if column.name == self._own:
            return cells_as(self._own_keys(column), column)
        if column.name in self._renamed:
            return cells_as(self._numbered(column), column)
        if column.references == self.descriptor.name and self._given is None:
            return cells_as(self._own_references(column), column)
        copied = self.published[column.name].iloc[rows].reset_index(drop=True)
        if column.name in self._contract.key:
            return self._shifted(column, copied)
        if column.name not in self._once:
            return self._loose(column, copied)
        first: pd.Series[Any] = copied.where(self._blocks == 0)
        return first

    def _loose(self, column: Column, copied: pd.Series[Any]) -> pd.Series[Any]:
        """Return the cells of a column that tells no rows apart."""
        is_tied = column.name in self._tied
        if _is_free(column) and column.name not in self._read:
            missing = copied.isna().to_numpy() if is_tied else None
            return self._with_gaps(column, _numbered_texts(column, self._numbers), missing)
        drawn = None if is_tied or column.origin == "derived" else self._drawn(column)
        return copied if drawn is None else self._with_gaps(column, drawn, None)

    def _own_keys(self, column: Column) -> list[Any]:
        if self._given is not None:
            return list(self._given)
        if column.type == "integer":
            return self._numbers.tolist()
        return [f"{_stem(column)}_{number}" for number in self._numbers.tolist()]

    def _own_references(self, column: Column) -> list[Any]:
        """Return references to rows of the same copy of the published table."""
        key = self._columns[str(self._own)]
        places = {cell: n for n, cell in enumerate(self.published[key.name].iloc[self._order])}
        cells = [places.get(cell) for cell in self.published[column.name].iloc[self._order]]
        height = len(self._order)
        return [
            None if cells[place] is None else f"{_stem(key)}_{block * height + cells[place] + 1}"
            for block, place in zip(self._blocks.tolist(), self._places.tolist(), strict=True)
        ]

    def _numbered(self, column: Column) -> list[Any]:
        numbers = self._renamed[column.name]
        alike = [name for name, other in self._renamed.items() if other is numbers]
        stem = _stem(column) if len(alike) == 1 else str(column.references).removesuffix("s")
        each = [numbers[cell] for cell in self.published[column.name].iloc[self._order]]
        height = len(numbers)
        return [
            f"{stem}_{block * height + each[place] + 1}"
            for block, place in zip(self._blocks.tolist(), self._places.tolist(), strict=True)
        ]

    def _shifted(self, column: Column, copied: pd.Series[Any]) -> Any:
        """Return a part of the key: where no other part differs, one of them is numbered."""
        if any(n in self._renamed for n in self._contract.key) or column.name != self._counted:
            return copied
        if column.type != "integer":
            return cells_as([f"{_stem(column)}_{n}" for n in self._numbers.tolist()], column)
        span = int(copied.max() - copied.min() + 1) if len(copied) else 0
        return copied + (self._blocks + 1) * span

    @cached_property
    def _counted(self) -> str:
        """The part of the key that is a number, or else a name of which there are most."""
        parts = [self._columns[name] for name in self._contract.key]
        counted = next((part.name for part in parts if part.type == "integer"), None)
        names = [part.name for part in parts if not (part.enum or part.references)]
        return counted or max(names, key=lambda name: self.published[name].nunique())

    def _with_gaps(self, column: Column, cells: Any, missing: Any) -> pd.Series[Any]:
        """Return cells of which some are missing, if they may be."""
        if column.required:
            return cells_as(cells, column)
        if missing is None:
            share = float(self.published[column.name].isna().mean()) if len(self.published) else 0.5
            share = min(max(share, _LEAST_SHARE), _GREATEST_SHARE)
            missing = self._random.random(len(cells)) < share
        return cells_as(cells, column).where(~missing)

    def _drawn(self, column: Column) -> Any | None:
        """Return cells drawn anew, or nothing where only the published ones are sure to fit."""
        size = len(self._numbers)
        there = self.published[column.name].dropna()
        if column.type == "boolean":
            return self._random.random(size) < 0.5  # noqa: PLR2004 - Heads or tails.
        if column.type == "string" and column.enum:
            return np.array(column.enum, dtype=object)[
                self._random.integers(len(column.enum), size=size)
            ]
        if column.type in _TEXTS or not len(there):
            return None
        low, high = there.min(), there.max()
        if column.is_number:
            return self._number(column, float(low), float(high), size)
        days = np.array([low, high], dtype="datetime64[D]").astype(int)
        drawn = self._random.integers(days[0], days[1] + 1, size=size).astype("datetime64[D]")
        return drawn.astype("datetime64[M]") if column.type == "yearmonth" else drawn

    def _number(self, column: Column, low: float, high: float, size: int) -> Any:
        if column.type == "integer":
            return self._random.integers(int(low), int(high) + 1, size=size)
        drawn = np.round(self._random.uniform(low, high, size), 2)
        return np.clip(drawn, column.minimum, column.maximum)


def _steps(number: int, above: list[int | None]) -> int:
    """Return how many rows stand above one."""
    place, steps = above[number], 0
    while place is not None:
        place, steps = above[place], steps + 1
    return steps


def _own_key(descriptor: Descriptor) -> str | None:
    """Return the key that rows get from their number: one column that refers to no table."""
    first, *others = descriptor.primary_key
    column = next(c for c in descriptor.columns if c.name == first)
    return None if others or column.references else first


def _is_of_extremes(part: Expression) -> bool:
    """Tell whether copies of rows in a group do not matter: the least of them stays the same."""
    return part.operation == "over" and part.operands[1] in {"min", "max"}


def _grouping(part: Expression) -> list[str]:
    """Return the columns by which an operation groups rows."""
    match part.operation:
        case "over":
            return [name for item in part.operands[2:] for name in item.columns()]
        case "previous":
            return list(part.operands[1])
    return list(part.columns())


def _is_free(column: Column) -> bool:
    """Tell whether cells are free text."""
    return (
        column.type in _TEXTS
        and not (column.enum or column.references)
        and column.pattern in {None, ONE_LINE}
    )


def _stem(column: Column) -> str:
    return column.name.removesuffix("_id")


def _numbered_texts(column: Column, numbers: Any) -> list[str]:
    """Return a text for each number, in the language of the column; every third list has two."""
    is_chinese = column.name.endswith("_zh")
    said = column.title_zh if is_chinese else f"{column.title_en} "
    said = said.replace(";", ",")
    if column.is_list:
        return [f"{said}{n};{said}{n}b" if n % 3 == 0 else f"{said}{n}" for n in numbers.tolist()]
    return [f"{said}{number}" for number in numbers.tolist()]


def cells_as(cells: Any, column: Column) -> pd.Series[Any]:
    """Return cells as a pandas column of the exact type, or of the one that can be missing."""
    name: Any = pandas_frames.dtype(column)
    if name.startswith("datetime"):
        cells, name = np.array(cells, dtype=name), None
    elif name in {"int64", "bool"} and isinstance(cells, list) and None in cells:
        name = {"int64": "Int64", "bool": "boolean"}[name]
    series: pd.Series[Any] = pd.Series(cells, dtype=name)
    return series


def frame_as(
    frame: pd.DataFrame, descriptor: Descriptor, backend: str, *, but: Iterable[str] = ()
) -> Any:
    """Return a pandas frame as one of a backend: in exact types, but for some columns."""
    if backend == "pandas":
        return frame
    exact = {c.name: c for c in descriptor.columns if c.name not in set(but)}
    if backend == "pyarrow":
        return _arrow(frame, exact)
    if engines.has("pyarrow"):
        made: Callable[[Any], Any] = pl.from_arrow
        return made(_arrow(frame, exact))
    return pl.DataFrame(
        [
            pl.Series(
                str(name),
                _plain(cells),
                getattr(pl, POLARS[exact[str(name)].type]) if name in exact else None,
            )
            for name, cells in frame.items()
        ]
    )


def _plain(cells: pd.Series[Any]) -> list[Any]:
    """Return cells as Python's values, missing ones as ``None``."""
    values = cells.dt.date if cells.dtype.kind == "M" else cells
    return [None if gone else cell for cell, gone in zip(values, cells.isna(), strict=True)]


def _arrow(frame: pd.DataFrame, exact: dict[str, Column]) -> pa.Table:
    names = [str(name) for name in frame]
    # Arrow takes no frame that has a column twice, and makes such a table all the same.
    apart = frame.set_axis([str(number) for number in range(len(names))], axis=1)
    table = pa.Table.from_pandas(apart, preserve_index=False).replace_schema_metadata()
    types = [
        getattr(pa, ARROW[exact[name].type])() if name in exact else field.type
        for name, field in zip(names, table.schema, strict=True)
    ]
    fields = zip(table.column_names, types, strict=True)
    return table.cast(pa.schema(fields)).rename_columns(names)
