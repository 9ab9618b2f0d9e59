"""Small frames that break one rule of a dataset each: what a check has to notice.

Nothing is written for a rule: cells of a made-up frame are changed until that one alone is broken.
So a new rule, and a new dataset, need nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._contracts.requirements import (
    IS_COLUMN,
    IS_ONCE,
    IS_ORDERED,
    IS_PRESENT,
    Requirement,
    contract,
    has_type,
    keys_of,
    traced,
)
from fintech2021._core import catalog
from fintech2021._core.deferred import Deferred
from fintech2021._core.names import DatasetName
from fintech2021._frames import pandas as pandas_frames
from fintech2021._frames.engines import Backend
from fintech2021._records.expressions import AGGREGATES, WINDOWS
from fintech2021._versions import pins
from fintech2021.testing.frames import cells_as, frame_as, known, made_rows, make_parents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import numpy as np
    import pandas as pd

    from fintech2021._contracts.columnwise import Evaluation
    from fintech2021._contracts.outcome import Outcome
    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._records.rules import Traced
else:
    np, pd = map(Deferred, ("numpy", "pandas"))

__all__ = ["BrokenFrame", "broken", "case_of", "changes_of_columns", "in_backend"]

_FEW = 6
"""The rows of a frame, where they are enough to break a rule."""
_PUBLISHED = 40
"""So many of the values of a column are tried."""
_MOST = 60
"""The rows of a frame where few are not enough."""
_REPAIRED = 3
"""Of so many changes that break other rules too, more is changed."""
_MOST_CHANGED = 20
"""In about so many rows of a frame cells are changed."""
_LIKELY = 12
"""So many changes are looked at closely."""
_TRIES = 40
"""So many are all that are looked at: some rules break no other way than with another one."""
_NO_COLUMN = "no_such_column"
_NO_SLUG = "Not a slug"
_TEXTS = (None, "no_such_key", _NO_SLUG, " outside ", "")
_WHOLE = (None, -1, 0, 1, 101, 10**9)
_NUMBERS = (None, float("inf"), -1.0, 0.0, 0.5, 101.0)
_DAYS = ("2020-02-03", "10000-01-01", "1900-01-01", "2100-01-01")


@dataclass(frozen=True, eq=False)
class BrokenFrame:
    """A made-up frame that breaks one rule of a dataset, and which.

    Attributes
    ----------
    dataset : str
        The dataset whose contract it breaks.
    version : str
        The version of that dataset.
    rule : str
        What is broken, in the words that the failures of a `fintech2021.ValidationError` have.
    column : str or None
        The column that they name, several joined with ``", "``; ``None`` for a rule about the whole
        table.
    keys : tuple[str | None, ...]
        The keys of the rows that break it; none where no row does, of a missing column say.
    also : tuple[str, ...]
        Rules that are broken with it, mostly none: one share of 101 percent makes their sum more
        than 100, too.
    frame : frame
        The broken frame. Everything else about it is valid.
    references : Mapping[str, frame]
        The tables to which it refers, for `fintech2021.validate`.

    Examples
    --------
    >>> from fintech2021.testing import broken
    >>> [case.column for case in broken("banks") if case.rule == "is at most 100"]
    ['tech_spend_revenue_pct', 'tech_staff_pct']
    """

    dataset: str
    version: str
    rule: str
    column: str | None
    keys: tuple[str | None, ...]
    also: tuple[str, ...]
    frame: Any
    references: Mapping[str, Any]

    def __str__(self) -> str:
        place = self.dataset if self.column is None else f"{self.dataset}.{self.column}"
        return f"{place}: {self.rule}"


def broken(
    name: DatasetName | str, *, backend: Backend | str = "pandas", version: str | None = None
) -> tuple[BrokenFrame, ...]:
    """Return a small frame for each rule of a dataset, which breaks that rule alone if it can be.

    The rules are those of the columns (each is there, in its place, of its type), of their cells,
    of the key, and the invariants. Facts of the edition are not among them.

    Parameters
    ----------
    name
        One of `fintech2021.catalog`'s names.
    backend
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``. What cannot be said there, such as a day with a
        time in a column of days, has no frame.
    version
        A published version or a specifier; by default the one of the newest edition.

    Returns
    -------
    tuple[BrokenFrame, ...]
        In the order in which failures are told. The frames are fresh.

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
    >>> from fintech2021.testing import broken
    >>> case = broken("banks")[-1]
    >>> case.rule, case.column, case.keys
    ('is unique as a key', 'bank_id', ('bank_1', 'bank_1'))
    >>> try:
    ...     ft.validate(case.frame, "banks", references=case.references)
    ... except ft.ValidationError as error:
    ...     error.failures["rule"].unique().tolist()
    ['is unique as a key']
    """
    known(backend)
    descriptor = pins.requested(name, version)
    return tuple(
        made for case in _cases(descriptor) for made in in_backend(case, descriptor, backend)
    )


def in_backend(case: BrokenFrame, descriptor: Descriptor, backend: str) -> Iterator[BrokenFrame]:
    """Yield a case with fresh frames of a backend, if it can be one there."""
    if backend != "pandas" and (
        case.rule == "has no time of day" or (backend == "polars" and case.rule == IS_ONCE)
    ):
        return
    wrong = (case.column,) if case.column and case.rule.startswith("has the type") else ()
    yield BrokenFrame(
        case.dataset,
        case.version,
        case.rule,
        case.column,
        case.keys,
        case.also,
        frame_as(case.frame.copy(), descriptor, backend, but=(*wrong, _NO_COLUMN)),
        {
            parent: frame_as(frame.copy(), descriptor, backend, but=frame)
            for parent, frame in case.references.items()
        },
    )


@cache
def _cases(descriptor: Descriptor) -> tuple[BrokenFrame, ...]:
    breaker = _breaker(descriptor)
    return (*breaker.structure(), *breaker.cells())


@cache
def _breaker(descriptor: Descriptor) -> _Breaker:
    return _Breaker(descriptor)


@cache
def case_of(descriptor: Descriptor, number: int) -> BrokenFrame:
    """Return the frame that breaks one rule of cells, by its number: not a fresh one."""
    held = contract(descriptor)
    rules: list[Requirement | Traced] = [*held.requirements, *held.traced]
    return _breaker(descriptor).breaking(rules[number])


def changes_of_columns(
    descriptor: Descriptor,
) -> Iterator[tuple[str, str, Callable[[pd.DataFrame], pd.DataFrame]]]:
    """Yield what can be wrong about the columns themselves: where, the rule, and what is done."""
    columns = {column.name: column for column in descriptor.columns}
    names = [*columns]
    for name in names:
        yield name, IS_PRESENT, partial(_without, name=name)
    yield names[0], IS_ONCE, lambda frame: frame.iloc[:, [*range(len(names)), 0]]
    yield _NO_COLUMN, IS_COLUMN, lambda frame: frame.assign(**{_NO_COLUMN: 1})
    yield names[1], IS_ORDERED, lambda frame: frame[[names[1], names[0], *names[2:]]]
    for column in columns.values():
        yield column.name, has_type(column), partial(_retyped, column=column)


def _without(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    return frame.drop(columns=name)


def _retyped(frame: pd.DataFrame, column: Column) -> pd.DataFrame:
    return frame.assign(**{column.name: _of_another_type(frame[column.name], column)})


class _Breaker:
    """Made-up frames of a dataset version, a small one and one that has every published row."""

    def __init__(self, descriptor: Descriptor) -> None:
        self._descriptor = descriptor
        self._contract = contract(descriptor)
        self._columns = {column.name: column for column in descriptor.columns}
        self._published = pandas_frames.frame(descriptor)
        self._bases = [_Base(made_rows(descriptor, rows, 0), descriptor) for rows in (_FEW, _MOST)]

    def structure(self) -> Iterator[BrokenFrame]:
        """Yield frames with something wrong about their columns."""
        for column, rule, change in changes_of_columns(self._descriptor):
            yield self._case(change(self._bases[0].frame), rule, column)

    def _case(self, frame: pd.DataFrame, rule: str, column: str) -> BrokenFrame:
        return self._made((column, rule), frame, self._bases[0])

    def _made(
        self,
        asked: tuple[str | None, str],
        frame: pd.DataFrame,
        base: _Base,
        tried: _Try | None = None,
    ) -> BrokenFrame:
        name, version = self._descriptor.name, self._descriptor.version
        keys, also = (tried.keys, tried.also) if tried else ((), ())
        return BrokenFrame(name, version, asked[1], asked[0], keys, also, frame, base.parents)

    def cells(self) -> Iterator[BrokenFrame]:
        """Yield frames with something wrong about their cells."""
        for requirement in self._contract.requirements:
            yield self.breaking(requirement)
        for rule in self._contract.traced:
            yield self.breaking(rule)

    def breaking(self, rule: Requirement | Traced) -> BrokenFrame:
        """Return the frame that breaks one rule of cells."""
        said = rule if isinstance(rule, Requirement) else traced(rule)
        best: _Try | None = None
        for base in self._beside(said):
            for tried in islice(self._tries(base, rule, said), _TRIES):
                if not tried.others:
                    return self._of_try(tried)
                if best is None or len(tried.others) < len(best.others):
                    best = tried
        if best is None:
            raise AssertionError(f"No change of a frame breaks this alone: {said.rule}")
        return self._of_try(best)

    def _beside(self, said: Requirement) -> Iterator[_Base]:
        """Yield the frames to change, beside a table that has a key which is like none."""
        column = self._columns[said.columns[0]]
        for base in self._bases:
            if column.references and said.rule.startswith("matches "):
                yield base.with_key(column.references, _NO_SLUG)
            else:
                yield base

    def _of_try(self, tried: _Try) -> BrokenFrame:
        return self._made(tried.asked, tried.frame, tried.base, tried)

    def _tries(self, base: _Base, rule: Requirement | Traced, said: Requirement) -> Iterator[_Try]:
        """Yield changes that break a rule, most likely those first that break no other."""
        if base.is_of_one_row(rule):
            yield from self._of_one_row(base, said)
            return
        tries: list[_Try] = []
        changes = chain(self._copies(base, said.columns), self._changes(base, said.columns))
        breaking = (change for change in changes if base.breaks(change, rule))
        for change in islice(breaking, _LIKELY):
            tries.append(_Try(base, change, said))
            yield tries[-1]
        for tried in sorted(tries, key=lambda tried: len(tried.others))[:_REPAIRED]:
            repairs = (c for c in self._repairs(base, tried) if base.breaks(c, rule))
            yield from (_Try(base, change, said) for change in islice(repairs, _LIKELY))

    def _of_one_row(self, base: _Base, said: Requirement) -> Iterator[_Try]:
        """Yield changes for a rule of which every row knows by itself whether it is kept."""
        asked = (said.column, said.rule)
        found = base.broken_by([*self._changes(base, said.columns)])
        likely = sorted((c for c in found if asked in c[1]), key=lambda c: len(c[1]))[:_LIKELY]
        tries = []
        for change, _ in likely:
            tries.append(_Try(base, change, said))
            yield tries[-1]
        for tried in sorted(tries, key=lambda tried: len(tried.others))[:_REPAIRED]:
            again = base.broken_by([*self._repairs(base, tried)])
            for change, broken in again:
                if broken == {asked}:
                    yield _Try(base, change, said)

    def _repairs(self, base: _Base, tried: _Try) -> Iterator[_Change]:
        """Yield a change with one more cell of its row, of those that other broken rules name."""
        touched = {name for column, _ in tried.others for name in str(column).split(", ")}
        for name in self._columns:
            if name in touched and name not in tried.change.cells:
                for value in self._pool(self._columns[name], base):
                    yield _Change(tried.change.row, {**tried.change.cells, name: value})

    def _changes(self, base: _Base, names: tuple[str, ...]) -> Iterator[_Change]:
        """Yield changes of one cell."""
        rows = base.rows_to_change()
        for name in names:
            pool = self._pool(self._columns[name], base)
            for number in rows:
                for value in (*pool, *_at_another_time(base.cells[name][number])):
                    yield _Change(number, {name: value})

    def _copies(self, base: _Base, names: tuple[str, ...]) -> Iterator[_Change]:
        """Yield changes of some cells to those of another row."""
        loose = tuple(name for name in names if name not in self._contract.key)
        rows = range(min(len(base.frame), _FEW))
        for chosen in dict.fromkeys((names, loose)):
            for source in rows:
                for number in rows:
                    if chosen and number != source:
                        yield _Change(number, {name: base.cells[name][source] for name in chosen})

    def _pool(self, column: Column, base: _Base) -> list[Any]:
        """Return what is tried in a cell."""
        published = _values(self._published[column.name].drop_duplicates())[:_PUBLISHED]
        there = list(dict.fromkeys(base.cells[column.name]))[:_PUBLISHED]
        match column.type:
            case "integer":
                tried: list[Any] = [*_WHOLE, *_beyond(column)]
            case "number":
                tried = [*_NUMBERS, *_beyond(column)]
            case "boolean":
                tried = [None, True, False]
            case "date" | "yearmonth":
                days = [np.datetime64(day, "us") for day in _DAYS]
                tried = [None, *days]
                if not any(cell is not None for cell in (*published, *there)):
                    tried += _at_another_time(days[0])  # None is there to be changed.
            case "list":
                first = [cell for cell in (*published, *there) if cell][:2]
                doubled = [f"{cell};{cell}" for cell in first]
                tried = [*_TEXTS, *doubled, ";".join(column.enum[:6]) or None]
            case _:
                tried = [*_TEXTS, *column.enum]
        own = column.references == self._descriptor.name
        keys = base.cells[self._contract.key[0]][:_PUBLISHED] if own else []
        return list(dict.fromkeys([*tried, *keys, *there, *published]))


class _Change(NamedTuple):
    """Other cells for a row."""

    row: int
    cells: Mapping[str, Any]


class _Base:
    """A valid frame, the tables to which it refers, and what is broken in a changed one."""

    def __init__(
        self,
        frame: pd.DataFrame,
        descriptor: Descriptor,
        parents: Mapping[str, pd.DataFrame] | None = None,
    ) -> None:
        self.frame = frame
        self.cells = {str(name): _values(frame[name]) for name in frame}
        self.parents = parents or make_parents(frame, descriptor.name, version=descriptor.version)
        self._contract = contract(descriptor)
        self._columns = {column.name: column for column in descriptor.columns}
        self._keys = cache(self._keys_of)

    def rows_to_change(self) -> list[int]:
        """Return some rows, the last among them, which refer to others."""
        return [*range(0, len(self.frame), max(len(self.frame) // _MOST_CHANGED, 1))][::-1]

    def with_key(self, dataset: str, key: str) -> _Base:
        """Return the frame beside a table in which a key more is, if that is another table."""
        descriptor = self._contract.descriptor
        if dataset == descriptor.name:
            return self
        target = catalog.same_edition(descriptor, dataset)
        parent = self.parents.get(dataset, pandas_frames.frame(target))
        more = parent.head(1).assign(**{target.primary_key[0]: key})
        grown = pd.concat([parent, more], ignore_index=True)
        return _Base(self.frame, descriptor, {**self.parents, dataset: grown})

    def put(self, change: _Change) -> pd.DataFrame:
        """Return the frame with other cells in a row."""
        number = change.row
        made = {
            name: cells_as(
                [*self.cells[name][:number], value, *self.cells[name][number + 1 :]],
                self._columns[name],
            )
            for name, value in change.cells.items()
        }
        return self.frame.assign(**made)

    def check(self, frame: pd.DataFrame) -> Outcome:
        """Return what a frame breaks."""
        from fintech2021._contracts import pandas as checks

        return checks.check(frame, self._contract, self._keys, None)

    def is_of_one_row(self, rule: Requirement | Traced) -> bool:
        """Tell whether every row knows by itself whether it keeps a rule."""
        return isinstance(rule, Requirement) and not any(
            part.operation in {"looked_up", *WINDOWS, *AGGREGATES}
            or (part.operation == "is_key" and part.operands[1] == self._contract.descriptor.name)
            for part in rule.bad.walk()
        )

    def broken_by(
        self, changes: list[_Change]
    ) -> list[tuple[_Change, set[tuple[str | None, str]]]]:
        """Return which rules each of some changes breaks, of those that a row knows by itself."""
        rows = [change.row for change in changes]
        cells = {name: [self.cells[name][row] for row in rows] for name in self.cells}
        for number, change in enumerate(changes):
            for name, value in change.cells.items():
                cells[name][number] = value
        frame = pd.DataFrame(
            {name: cells_as(values, self._columns[name]) for name, values in cells.items()}
        )
        values = self._evaluation(frame)
        found: list[tuple[_Change, set[tuple[str | None, str]]]] = [(c, set()) for c in changes]
        for rule in filter(self.is_of_one_row, self._contract.requirements):
            for number in np.flatnonzero(values(rule.bad).true()).tolist():
                found[number][1].add((rule.column, rule.rule))
        return found

    def breaks(self, change: _Change, rule: Requirement | Traced) -> bool:
        """Tell whether a change breaks one rule, whatever else it breaks."""
        frame = self.put(change)
        if isinstance(rule, Requirement):
            return bool(np.any(self._evaluation(frame)(rule.bad).true()))
        columns = (_values(frame[name]) for name in rule.columns)
        return bool(list(rule.bad_rows(list(zip(*columns, strict=True)))))

    def _evaluation(self, frame: pd.DataFrame) -> Evaluation:
        from fintech2021._contracts.columnwise import Evaluation

        key = self._contract.key[0]

        def of_table(name: str) -> Any:
            own = name == self._contract.descriptor.name
            return pd.Index(frame[key].dropna() if own else self._keys(name))

        return Evaluation(frame, key, of_table)

    def _keys_of(self, dataset: str) -> tuple[Any, ...]:
        if dataset in self.parents:
            return tuple(self.parents[dataset].iloc[:, 0])
        return keys_of(self._contract.descriptor, dataset)


class _Try:
    """A change of a valid frame, and what it breaks."""

    def __init__(self, base: _Base, change: _Change, said: Requirement) -> None:
        self.base = base
        self.change = change
        self.asked = (said.column, said.rule)
        self.frame = base.put(change)
        found = base.check(self.frame)
        self.broken = {count[:2] for count in found.counts if count.failures}
        keys = (f.key for f in found.failures if (f.column, f.rule) == self.asked)
        self.keys = () if said.is_whole else tuple(keys)

    @property
    def others(self) -> set[tuple[str | None, str]]:
        """The other rules that it breaks, by column."""
        return self.broken - {self.asked}

    @property
    def also(self) -> tuple[str, ...]:
        """The other rules that it breaks."""
        return tuple(sorted(rule for _, rule in self.others))


def _values(series: pd.Series[Any]) -> list[Any]:
    """Return cells as values that can be put back, missing ones as ``None``."""
    plain = series.to_numpy() if series.dtype.kind == "M" else series
    return [None if gone else cell for cell, gone in zip(plain, series.isna(), strict=True)]


def _at_another_time(cell: Any) -> Iterator[Any]:
    """Yield the same day with a time, of a day."""
    if isinstance(cell, np.datetime64):
        yield cell + np.timedelta64(245, "m")


def _beyond(column: Column) -> Iterator[Any]:
    """Yield numbers beyond the bounds of a column."""
    if column.minimum is not None:
        yield column.minimum - 1
    if column.maximum is not None:
        yield column.maximum + 1


def _of_another_type(series: pd.Series[Any], column: Column) -> pd.Series[Any]:
    """Return a column in a type that is not its own on any engine."""
    # No texts: before pandas 3 they are objects, which have no type of their own.
    kind: Any = "float64" if column.type == "integer" else "int64"
    wrong: pd.Series[Any] = pd.Series(range(len(series)), dtype=kind)
    return wrong
