"""What a row of a dataset version may hold, and what follows from its cells: nothing is drawn here.

A row is a mapping of every column to a plain value, as polars and Arrow take it: ``None`` where
there is none, the text of a list, a day for a month.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Context, Decimal
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from fintech2021._contracts.requirements import IS_UNIQUE, Requirement, contract
from fintech2021._core import catalog
from fintech2021._core.kinds import KINDS, parse
from fintech2021._core.rows import by_key
from fintech2021._records.expressions import AGGREGATES, WINDOWS
from fintech2021._versions import pins

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._core.kinds import Kind
    from fintech2021._records.rules import Traced

    Rule = Requirement | Traced

__all__ = ["Row", "Shape", "shape_of"]

Row = dict[str, Any]
_STOCK = "stock"
_EXACT = Context(prec=50, traps=[])


def shape_of(descriptor: Descriptor) -> Shape:
    """Return the shape of a dataset version, with the tables beside it that the pin admits."""
    return _shape(descriptor, pins.edition())


@cache
def _shape(descriptor: Descriptor, edition: str) -> Shape:
    return Shape(descriptor, edition)


class Shape:
    """A dataset version: its columns, its rules, its published rows and the keys of others."""

    def __init__(self, descriptor: Descriptor, edition: str) -> None:
        self.descriptor = descriptor
        self.contract = contract(descriptor)
        self.columns = {column.name: column for column in descriptor.columns}
        self._edition = edition

    @property
    def key(self) -> str:
        """The first column of the key, to which others refer."""
        return self.contract.key[0]

    @cached_property
    def published(self) -> tuple[Row, ...]:
        """The published rows, those that say the least first."""
        return tuple(sorted(_rows(self.descriptor), key=_length))

    @cached_property
    def _by_key(self) -> Mapping[Any, Row]:
        return {row[self.key]: row for row in self.published}

    @cached_property
    def _parents(self) -> Mapping[str, Mapping[str, Row]]:
        """The rows of the tables to which columns refer, by their keys."""
        targets = {
            name: catalog.same_edition(self.descriptor, name, self._edition)
            for name in {*self._others.values()}
        }
        return {
            name: {row[target.primary_key[0]]: row for row in _rows(target)}
            for name, target in targets.items()
        }

    def is_own(self, column: Column) -> bool:
        """Tell whether a column refers to rows of the same table."""
        return column.references == self.descriptor.name

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The columns that refer to rows of the same table."""
        return tuple(name for name, column in self.columns.items() if self.is_own(column))

    def keys_of(self, dataset: str) -> Mapping[str, Row]:
        """Return the rows of another table by their keys."""
        return self._parents[dataset]

    @cached_property
    def keys(self) -> Mapping[str, tuple[str, ...]]:
        """What a column that refers to another table may hold: every cell that follows is there."""
        return {
            name: tuple(key for key in self._parents[dataset] if self._is_whole(name, key))
            for name, dataset in self._others.items()
        }

    @cached_property
    def _others(self) -> Mapping[str, str]:
        """The columns that refer to other tables, and to which."""
        own = self.descriptor.name
        return {
            name: column.references
            for name, column in self.columns.items()
            if column.references and column.references != own
        }

    def _is_whole(self, name: str, key: str) -> bool:
        row = self._parents[str(self.columns[name].references)][key]
        return all(row[path.partition("/")[2]] is not None for path in self._needed(name))

    def _needed(self, name: str) -> Iterator[str]:
        """Yield the paths over a column to cells that must not be missing."""
        for column in self.columns.values():
            path = str(column.derivation.get("of", ""))
            if column.required and path.startswith(f"{name}/"):
                yield path

    def items(self, name: str) -> tuple[str, ...]:
        """Return the published texts of a column, or the items of its lists, short ones first."""
        cells = (row[name] for row in self.published if row[name] is not None)
        items = {item for cell in cells for item in cell.split(";")}
        return tuple(sorted(items, key=lambda item: (len(item), item)))

    def given(self, name: str) -> Any:
        """Return a published cell of a column, nothing where there is none."""
        return next((row[name] for row in self.published if row[name] is not None), None)

    def above(self, key: str | None) -> list[Row]:
        """Return the published row of a key, and those to which it refers, one after the other."""
        rows: list[Row] = []
        wanted = [key]
        while wanted:
            row = self._by_key.get(wanted.pop())
            if row is not None and row not in rows:
                rows.append(row)
                wanted += [row[name] for name in self.own]
        return rows

    @cached_property
    def derived(self) -> Mapping[str, tuple[str, ...]]:
        """The columns that follow from others, each with those from which it follows."""
        return {
            name: tuple(
                dict.fromkeys(
                    path.partition("/")[0]
                    for part, path in column.derivation.items()
                    if part != "rule"
                )
            )
            for name, column in self.columns.items()
            if column.derivation
        }

    def completed(self, row: Row) -> Row:
        """Return a row with every cell that follows from others."""
        return {**row, **{name: self._derived(self.columns[name], row) for name in self.derived}}

    def _derived(self, column: Column, row: Row) -> Any:
        rule = column.derivation
        value = self._follow(rule["of"], row)
        if rule["rule"] == "difference":
            return _difference(value, self._follow(rule["less"], row))
        if value is None or rule["rule"] == "lookup":
            return value
        is_point = "stock" in rule and self._follow(rule["stock"], row) == _STOCK
        return first_day(value) if rule["rule"] == "first_day" and not is_point else last_day(value)

    def _follow(self, path: str, row: Row) -> Any:
        """Return the cell to which a path leads."""
        own, _, other = path.partition("/")
        if not other or row[own] is None:
            return row[own]
        return self._parents[str(self.columns[own].references)][row[own]][other]

    @cached_property
    def periods(self) -> frozenset[str]:
        """The columns that hold periods of time: days follow from them."""
        days = (c.derivation for c in self.columns.values() if c.type == "date" and c.derivation)
        return frozenset(str(rule["of"]) for rule in days)

    @cached_property
    def ties(self) -> tuple[Rule, ...]:
        """The rules that a row can break although each of its cells is admitted."""
        of_rows = (
            r
            for r in self.contract.requirements
            if r.is_sentence or r.rule == IS_UNIQUE or self._is_of_own(r)
        )
        return (*of_rows, *self.contract.traced)

    def _is_of_own(self, rule: Requirement) -> bool:
        own = self.descriptor.name
        return any(p.operation == "is_key" and p.operands[1] == own for p in rule.bad.walk())

    def is_of_one_row(self, rule: Rule) -> bool:
        """Tell whether every row knows by itself whether it keeps a rule."""
        return id(rule) in self._of_one_row

    @cached_property
    def _of_one_row(self) -> frozenset[int]:
        """The rules of one row, by identity: expressions are no keys, and are asked very often."""
        beside = {"looked_up", *WINDOWS, *AGGREGATES}
        return frozenset(
            id(rule)
            for rule in self.contract.requirements
            if not rule.bad.has(beside) and not self._is_of_own(rule)
        )

    @cached_property
    def added(self) -> frozenset[str]:
        """The columns whose numbers are added up over rows."""
        parts = (p for r in self.contract.requirements for p in r.bad.walk())
        sums = (p for p in parts if p.operation == "total" or p.operands[1:2] == ("sum",))
        return frozenset(name for part in sums for name in part.columns())

    @cached_property
    def tied(self) -> frozenset[str]:
        """The columns, but for keys, whose cells a rule ties to one another."""
        rules = (
            r
            for r in self.ties
            if not (isinstance(r, Requirement) and r.bad.operation == "duplicated")
        )
        names = {name for rule in rules for name in rule.columns}
        return frozenset(
            n for n in names - {*self.contract.key} if not self.is_own(self.columns[n])
        )


def _rows(descriptor: Descriptor) -> list[Row]:
    """Return the published rows as plain values."""
    kinds = {column.name: KINDS[column.type] for column in descriptor.columns}

    def plain(kind: Kind, text: str) -> Any:
        return kind.plain(parse(text, kind.name)) if text else None

    return [
        {name: plain(kinds[name], text) for name, text in row.items()}
        for row in by_key(descriptor).values()
    ]


def _length(row: Row) -> int:
    return sum(len(str(cell)) for cell in row.values() if cell is not None)


def _difference(text: str, less: str) -> float | None:
    """Return the difference of two numbers, or of two days in days; none of other texts."""
    if all(map(KINDS["number"].admits, (text, less))):
        return float(_EXACT.subtract(Decimal(text), Decimal(less)))
    if all(map(KINDS["date"].admits, (text, less))):
        return float((date.fromisoformat(text) - date.fromisoformat(less)).days)
    return None


def first_day(period: str) -> date:
    """Return the first day of a year, month, day or interval."""
    year, *rest = map(int, period.partition("/")[0].split("-"))
    month, day = (*rest, 1, 1)[:2]
    return date(year, month, day)


def last_day(period: str) -> date:
    """Return the last day of a year, month, day or interval."""
    year, *rest = map(int, period.rpartition("/")[2].split("-"))
    month = rest[0] if rest else 12
    return date(year, month, rest[1] if rest[1:] else monthrange(year, month)[1])
