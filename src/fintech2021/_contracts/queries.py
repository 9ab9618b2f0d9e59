"""A contract as queries of narwhals: they run where a frame lives, whatever engine it is of.

One query counts what breaks each requirement; where something does, one more fetches rows. What an
aggregate of SQL cannot hold (a window, the rows of another table) is made a column before it.
"""

from __future__ import annotations

import sys
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from fintech2021._contracts.coercion import reading
from fintech2021._contracts.outcome import Broken, Count, Failure, Outcome, failure_of, first
from fintech2021._contracts.patterns import LINE_ENDS, one_of
from fintech2021._contracts.requirements import traced
from fintech2021._core.cells import AFTER, BEFORE, is_absent
from fintech2021._records.expressions import WINDOWS, Expression, col

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from fintech2021._contracts.outcome import Parents
    from fintech2021._contracts.requirements import Contract, Requirement
    from fintech2021._core.descriptor import Column
    from fintech2021._records.rules import Traced

__all__ = ["Source", "check", "column", "fetched"]

_MANY = 10_000
"""Of more broken rows than these only the first of each requirement are fetched."""
_FEW_KEYS = 500
"""Up to here the items of a list are held against a pattern of all keys."""
_GREATEST = sys.float_info.max


class Source(NamedTuple):
    """A frame of an engine, and what the engine does in a way of its own."""

    frame: Any
    """As narwhals has it, with the columns that can be looked at only."""
    relation: Callable[[tuple[str, ...], str], Any] | None = None
    """Makes a frame beside it, of keys in a column; an engine without holds them in a set."""
    numbered: Callable[[str], Any] | None = None
    """Gives the frame with the numbers of its rows in a column, to fetch rows from."""
    strict_end: bool = False
    """Whether ``$`` matches at the very end of a text only."""
    adds_flags: bool = False
    """Whether truth values can be added up as they are."""
    day: Callable[[date], Any] = nw.lit
    """Gives a day as an expression."""
    as_set: Callable[[Any], Any] = list
    """Gives a column of keys as what `is_in` takes."""
    label: Callable[[int], Any] = int
    """Gives the label of a row by its number."""


def check(source: Source, contract: Contract, parents: Parents, limit: int | None) -> Outcome:
    """Return what the rows break; requirements of columns that are not there are passed over."""
    there = set(source.frame.collect_schema().names())
    able = [r for r in contract.requirements if there.issuperset(r.needs(contract))]
    counting = _Counting(source, contract, parents)
    counts, doubtful = counting.counts(able)
    many = sum(counts) > _MANY
    if doubtful and (limit == 0 or (many and limit is not None)):
        counts, doubtful = counting.counted_again(able, counts, doubtful), []
    broken = {n: able[n] for n, count in enumerate(counts) if count}
    rows = _Fetching(source, contract, parents).rows(broken, limit, many=many)
    for number in doubtful:  # Every row that breaks it has been fetched.
        counts[number] = len(rows[number])
    found = Outcome(
        tuple(Count(r.column, r.rule, count) for r, count in zip(able, counts, strict=True)),
        tuple(_failures(broken, rows, contract, limit)),
    )
    for rule in contract.traced:
        if there.issuperset(rule.columns):
            found += _trace(source, contract, rule, limit)
    return found


def _failures(
    broken: Mapping[int, Requirement],
    rows: Mapping[int, list[Broken]],
    contract: Contract,
    limit: int | None,
) -> Iterator[Failure]:
    """Yield the failures, in the order of the requirements."""
    for number, requirement in broken.items():
        if requirement.is_whole:
            if limit != 0:
                yield Failure(None, None, None, requirement.rule, is_sentence=True)
            continue
        for row in first(rows.get(number, []), contract, limit):
            yield failure_of(requirement, row, contract)


def _trace(source: Source, contract: Contract, rule: Traced, limit: int | None) -> Outcome:
    """Hold a rule that no expression says against the columns that it needs."""
    requirement = traced(rule)
    there = source.frame.collect_schema().names()
    names = [name for name in dict.fromkeys((*rule.columns, *contract.key)) if name in there]
    frame = source.numbered(_ROW) if source.numbered else source.frame
    rows = fetched(frame.select(*names, *([_ROW] if source.numbered else [])))
    cells = [tuple(row[name] for name in rule.columns) for row in rows]
    bad = [rows[number] for number in rule.bad_rows(cells)]
    broken = (_broken(source, row) for row in bad)
    return Outcome(
        (Count(requirement.column, requirement.rule, len(bad)),),
        tuple(failure_of(requirement, row, contract) for row in first(broken, contract, limit)),
    )


_ROW = "__ft_row"


def fetched(frame: Any) -> list[dict[str, Any]]:
    """Return the rows of a frame, each as a mapping of plain values, missing ones as ``None``."""
    held = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    return [
        {name: None if is_absent(cell) else cell for name, cell in row.items()}
        for row in held.rows(named=True)
    ]


def column(frame: Any, name: str) -> tuple[Any, ...]:
    """Return the different values of a column that are given."""
    return tuple(_series(frame.select(name).unique()).drop_nulls().to_list())


def _series(frame: Any) -> Any:
    """Return the first column of a frame."""
    held = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    return held.get_column(held.columns[0])


def _broken(source: Source, row: Mapping[str, Any]) -> Broken:
    number = row.get(_ROW)
    return Broken(None if number is None else source.label(int(number)), row)


class _Query:
    """Expressions over a frame, and the frame with the columns that they needed."""

    def __init__(self, source: Source, contract: Contract, parents: Parents) -> None:
        self.source = source
        self.contract = contract
        self.parents = parents
        self.base = source.frame
        self.frame = source.frame
        self._numbers = {c.name for c in contract.descriptor.columns if c.type == "number"}
        self._made = 0

    def __call__(self, expression: Expression) -> Any:
        """Return an expression of narwhals."""
        name, operands = expression.operation, expression.operands
        if name in _OF_EXPRESSIONS:
            return _OF_EXPRESSIONS[name](*map(self, operands))
        return getattr(self, f"_{name}")(*operands)

    def _name(self) -> str:
        self._made += 1
        return f"__ft_{self._made}"

    def _as_column(self, expression: Any) -> str:
        """Make an expression a column, for a later step to name."""
        name = self._name()
        self.frame = self.frame.with_columns(expression.alias(name))
        return name

    def _column_of(self, expression: Expression) -> str:
        if expression.operation == "col":
            return str(expression.operands[0])
        return self._as_column(self(expression))

    def _col(self, name: str) -> Any:
        """Return a column; not a number is missing, which engines hold to be the greatest."""
        return (
            nw.when(~nw.col(name).is_nan()).then(nw.col(name))
            if name in self._numbers
            else nw.col(name)
        )

    def _lit(self, value: Any) -> Any:
        return self.source.day(value) if isinstance(value, date) else nw.lit(value)

    def _is_missing(self, cell: Expression) -> Any:
        name = cell.operands[0]
        if cell.operation == "col" and name in self._numbers:
            return nw.col(name).is_null() | nw.col(name).is_nan()
        return self(cell).is_null()

    def _lt(self, left: Expression, right: Expression) -> Any:
        """Return a comparison that no number which is not one fulfils, without asking for it."""
        if left.operation == "col" and right.operation == "lit":
            return nw.col(left.operands[0]) < self(right)
        return self(left) < self(right)

    def _gt(self, left: Expression, right: Expression) -> Any:
        if (
            left.operation == "col"
            and right.operation == "lit"
            and left.operands[0] in self._numbers
        ):
            cell = nw.col(left.operands[0])
            return (cell > right.operands[0]) & ~cell.is_nan()
        return self(left) > self(right)

    def _is_in(self, cell: Expression, values: tuple[Any, ...]) -> Any:
        return self(cell).is_in(values)

    def _contains(self, cell: Expression, pattern: str) -> Any:
        return self(cell).str.contains(pattern)

    def _matches(self, cell: Expression, pattern: str) -> Any:
        text = self(cell)
        matches = text.str.contains(pattern)
        return matches if self.source.strict_end else matches & ~text.str.contains(f"[{LINE_ENDS}]")

    def _is_infinite(self, cell: Expression) -> Any:
        return self(cell).abs() > _GREATEST

    def _unreadable(self, column: Column, found: Any) -> Any:
        return reading(column, found).unreadable

    def _where(self, cell: Expression, condition: Expression) -> Any:
        return nw.when(self(condition)).then(self(cell))

    def _total(self, cell: Expression) -> Any:
        return self(cell).sum()

    def _over(self, cell: Expression, what: str, *by: Expression) -> Any:
        names = [self._column_of(item) for item in by]
        return nw.col(self._as_column(_OVER[what](self(cell)).over(*names)))

    def _previous(self, cell: Expression, by: tuple[str, ...], order: tuple[str, ...]) -> Any:
        return nw.col(self._as_column(self(cell).shift(1).over(*by, order_by=list(order))))

    def _duplicated(self, *cells: Expression) -> Any:
        names = [self._column_of(cell) for cell in cells]
        return nw.col(self._as_column(nw.len().over(*names) > 1))

    def _looked_up(self, cell: Expression, column: str) -> Any:
        key, value = self._name(), self._name()
        rows = self.base.select(
            nw.col(self.contract.key[0]).alias(key), nw.col(column).alias(value)
        ).unique(subset=[key], keep="any")
        self._join(self._column_of(cell), rows, key)
        return nw.col(value)

    def _join(self, column: str, rows: Any, key: str) -> None:
        self.frame = self.frame.join(rows, how="left", left_on=column, right_on=key)

    def _is_key(self, cell: Expression, dataset: str, is_list: bool) -> Any:  # noqa: FBT001 - As an operand.
        name = str(cell.operands[0])
        if is_list:
            return self._lists_keys(name, self.parents.keys(dataset))
        beside = self._keys_beside(dataset)
        if beside is None:
            return nw.col(name).is_in(self.parents.keys(dataset))
        if self.source.relation is None and dataset != self.contract.descriptor.name:
            return nw.col(name).is_in(self.source.as_set(_series(beside)))
        key, mark = self._name(), self._name()
        rows = beside.select(nw.col(beside.collect_schema().names()[0]).alias(key)).unique()
        self._join(name, rows.with_columns(nw.lit(1).alias(mark)), key)
        return nw.when(~nw.col(name).is_null()).then(~nw.col(mark).is_null())

    def _keys_beside(self, dataset: str) -> Any | None:
        """Return the keys as a frame to join, where the engine is not better off with a set."""
        if dataset == self.contract.descriptor.name:
            return self.base.select(self.contract.key[0])
        beside = self.parents.beside(dataset)
        if beside is None and self.source.relation is not None:
            return self.source.relation(self.parents.keys(dataset), "key")
        return beside

    def _lists_keys(self, name: str, keys: tuple[str, ...]) -> Any:
        if len(keys) <= _FEW_KEYS:
            return self._matches(col(name), one_of(keys) if keys else "^[^\0-\U0010ffff]$")
        known = set(keys)
        texts = [row[name] for row in fetched(self.base.select(name).unique())]
        unknown = [text for text in texts if text and not known.issuperset(text.split(";"))]
        return ~nw.col(name).is_in(unknown)


_OVER: Mapping[str, Callable[[Any], Any]] = {
    "sum": lambda cell: cell.sum(),
    "min": lambda cell: cell.min(),
    "max": lambda cell: cell.max(),
    "rank": lambda cell: cell.rank("min"),
}
_OF_EXPRESSIONS: Mapping[str, Callable[..., Any]] = {
    "le": lambda left, right: left <= right,
    "ge": lambda left, right: left >= right,
    "eq": lambda left, right: left == right,
    "ne": lambda left, right: left != right,
    "add": lambda left, right: left + right,
    "sub": lambda left, right: left - right,
    "mul": lambda left, right: left * right,
    "mod": lambda left, right: left % right,
    "and": lambda left, right: left & right,
    "or": lambda left, right: left | right,
    "not": lambda cell: ~cell,
    "or_else": nw.coalesce,
    "year": lambda cell: cell.dt.year(),
    "day": lambda cell: cell.dt.day(),
}
"""What an operation makes of the expressions of its operands."""


class _Counting(_Query):
    """How many rows break each requirement."""

    def counts(self, requirements: list[Requirement]) -> tuple[list[int], list[int]]:
        """Return the counts in the order of the requirements, and the places of doubtful ones.

        Where a requirement is that something is there once only, as many different ones as rows are
        enough. When they are fewer, at most twice as many rows as are missing can be alike: that is
        the count until the rows are fetched or counted again.
        """
        asked: dict[str, Any] = {"rows": nw.len()}
        apart: dict[int, list[str]] = {}
        for number, requirement in enumerate(requirements):
            once = None if requirement.is_whole else _once(requirement.bad)
            if _never(requirement):
                continue
            if once is None:
                asked[f"bad_{number}"] = self._number_of(requirement)
                continue
            apart[number] = [f"once_{number}_{n}" for n in range(len(once))]
            for name, columns in zip(apart[number], once, strict=True):
                asked[name] = self._different(columns)
        found = self._asked(asked)
        counts = [found.get(f"bad_{number}", 0) for number in range(len(requirements))]
        for number, names in apart.items():
            counts[number] = 2 * sum(found["rows"] - found[name] for name in names)
        return counts, [number for number in apart if counts[number]]

    def counted_again(
        self, requirements: list[Requirement], counts: list[int], doubtful: list[int]
    ) -> list[int]:
        """Return the counts, those in doubt asked of every row."""
        bad = {str(n): self._number_of(requirements[n]) for n in doubtful}
        again = {int(name): count for name, count in self._asked(bad).items()}
        return [again.get(number, count) for number, count in enumerate(counts)]

    def _number_of(self, requirement: Requirement) -> Any:
        """Return how many rows break it; of the whole table one, if it does."""
        bad = self(requirement.bad)
        if requirement.is_whole:
            return bad.cast(nw.Int64)
        return bad.sum() if self.source.adds_flags else bad.cast(nw.Int64).sum()

    def _different(self, columns: tuple[Expression, ...]) -> Any:
        """Return how many different rows there are, of some columns."""
        if len(columns) == 1:
            return nw.col(self._column_of(columns[0])).n_unique()
        return [self._column_of(column) for column in columns]

    def _asked(self, asked: dict[str, Any]) -> dict[str, int]:
        """Return the answers: in one query, but for different rows of several columns."""
        together = {name: item for name, item in asked.items() if not isinstance(item, list)}
        (row,) = fetched(self.frame.select(**together))
        for name in asked.keys() - together.keys():
            (alone,) = fetched(self.frame.select(*asked[name]).unique().select(n=nw.len()))
            row[name] = alone["n"]
        return {name: int(count or 0) for name, count in row.items()}


def _never(requirement: Requirement) -> bool:
    """Tell whether no row of this engine can break it: only pandas has days with a time."""
    bad = requirement.bad
    if bad.operation == "unreadable":
        return reading(*bad.operands).unreadable is None
    return bad.has({"has_time"})


def _once(bad: Expression) -> list[tuple[Expression, ...]] | None:
    """Return columns that are alike in some rows wherever the expression is true of one."""
    if not bad.has(WINDOWS):
        return None
    match bad.operation:
        case "duplicated":
            return [bad.operands]
        case "or":
            left, right = map(_once, bad.operands)
            return None if left is None or right is None else left + right
        case "and":
            left, right = map(_once, bad.operands)
            return right if left is None else left
    return None


class _Fetching(_Query):
    """The rows that break requirements."""

    def __init__(self, source: Source, contract: Contract, parents: Parents) -> None:
        super().__init__(source, contract, parents)
        if source.numbered is not None:
            self.base = self.frame = source.numbered(_ROW)

    def rows(
        self, requirements: Mapping[int, Requirement], limit: int | None, *, many: bool
    ) -> dict[int, list[Broken]]:
        """Return rows for each requirement of rows: of many the first ones, else all."""
        of_rows = {n: r for n, r in requirements.items() if not r.is_whole}
        if limit == 0 or not of_rows:
            return {}
        names = self.base.collect_schema().names()
        flags = [self._as_column(self(requirement.bad)) for requirement in of_rows.values()]
        cells = [*names, *flags]
        if many and limit is not None:
            return dict(zip(of_rows, self._first(flags, cells, names, limit), strict=True))
        bad = self.frame.filter(reduce(or_, (nw.col(f).fill_null(value=False) for f in flags)))
        rows = self._read(bad.select(*cells), names)
        each = ([_broken(self.source, row) for row in rows if row[flag]] for flag in flags)
        return dict(zip(of_rows, each, strict=True))

    def _first(
        self, flags: list[str], cells: list[str], names: Sequence[str], limit: int
    ) -> list[list[Broken]]:
        """Return the first rows of each requirement, in one query."""
        order = [*self.contract.key, *(c.name for c in self.contract.descriptor.columns)]
        by = [name for name in dict.fromkeys(order) if name in names]
        tag = self._name()
        parts = [
            self.frame.filter(nw.col(flag))
            .select(*cells)
            .sort(by, nulls_last=True)
            .head(limit)
            .with_columns(nw.lit(number).alias(tag))
            for number, flag in enumerate(flags)
        ]
        rows = self._read(nw.concat(parts), names)
        return [
            [_broken(self.source, row) for row in rows if row[tag] == number]
            for number in range(len(flags))
        ]

    def _read(self, frame: Any, names: Sequence[str]) -> list[dict[str, Any]]:
        """Return rows; of days that Python has no value for, what is said of them."""
        schema = frame.collect_schema()
        days = [name for name in names if schema[name] == nw.Date]
        if not days:
            return fetched(frame)
        said = {name: self._name() for name in days}
        rows = fetched(
            frame.with_columns(
                *(_said(name, self.source.day).alias(said[name]) for name in days)
            ).with_columns(
                *(
                    nw.when(nw.col(said[name]).is_null()).then(nw.col(name)).alias(name)
                    for name in days
                )
            )
        )
        for row in rows:
            row.update({name: row[said[name]] for name in days if row[said[name]] is not None})
        return rows


def _said(name: str, day: Callable[[date], Any]) -> Any:
    cell = nw.col(name)
    late = nw.when(cell > day(date.max)).then(nw.lit(AFTER))
    return nw.when(cell < day(date.min)).then(nw.lit(BEFORE)).otherwise(late)
