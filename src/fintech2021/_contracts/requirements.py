"""What a table has to keep, derived once from its descriptor, for no engine.

Three things are kept apart: the *contract* (columns, types, missing cells, bounds, lists, patterns,
keys and what they refer to), the *invariants* that hold for any table of the shape, and the *facts*
of the published table.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from fintech2021._contracts.patterns import ONE_LINE, one_of, portable
from fintech2021._core import catalog
from fintech2021._core.deferred import table_module  # noqa: TID251 - Tables stand one floor below.
from fintech2021._core.rows import by_key
from fintech2021._records.expressions import AGGREGATES, Expression, col, duplicated
from fintech2021._records.rules import Traced
from fintech2021._versions import pins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._records.rules import Fact, Invariant

    _Rule = TypeVar("_Rule", bound=Fact | Invariant | Traced)

__all__ = [
    "IS_COLUMN",
    "IS_FIRST_DAY",
    "IS_NOT_MISSING",
    "IS_ONCE",
    "IS_ORDERED",
    "IS_PRESENT",
    "IS_UNIQUE",
    "ONE_LEVEL",
    "SAID",
    "Contract",
    "Requirement",
    "contract",
    "facts_of",
    "has_type",
    "keys_of",
    "reference",
    "traced",
]

IS_PRESENT = "is present"
IS_ONCE = "is there once"
IS_COLUMN = "is a column of the dataset"
IS_ORDERED = "stands in the published order of columns"
IS_NOT_MISSING = "is not missing"
IS_UNIQUE = "is unique as a key"
ONE_LEVEL = "the names of the columns have one level"
IS_FIRST_DAY = "is the first day of a month"
_DAY = "is a day"
SAID = {
    "string": "is text",
    "list": "is text",
    "integer": "is a whole number",
    "number": "is a number",
    "boolean": "is true or false",
    "date": _DAY,
    "yearmonth": _DAY,
}
"""What a single cell of each type is, to be read after «it»."""
_FIRST_DAY, _LAST_DAY = date(1, 1, 1), date(9999, 12, 31)


class Requirement(NamedTuple):
    """A statement, and the expression that is true of a row that breaks it."""

    rule: str
    """What is required, to be read after «it»; of an invariant a sentence."""
    bad: Expression
    columns: tuple[str, ...]
    """The columns that it is about."""
    is_sentence: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it is about the table as a whole."""
        return self.bad.has(AGGREGATES)

    @property
    def column(self) -> str | None:
        """The name that a failure gives: the column's, or that of several."""
        return None if self.is_whole else ", ".join(self.columns)

    def needs(self, contract: Contract) -> tuple[str, ...]:
        """Return the columns without which it cannot be checked."""
        own = contract.descriptor.name
        for part in self.bad.walk():
            is_own = part.operation == "is_key" and part.operands[1] == own
            if is_own or part.operation == "looked_up":
                return (*self.columns, contract.key[0])
        return self.columns


class Contract(NamedTuple):
    """What a dataset version has to keep, for any engine."""

    descriptor: Descriptor
    requirements: tuple[Requirement, ...]
    """Of the rows, and of the table as a whole: the columns' and the key's first."""
    traced: tuple[Traced, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that tell a row from all others."""
        return self.descriptor.primary_key

    def parents(self) -> tuple[str, ...]:
        """Return the datasets to which columns refer."""
        referring = (
            part.operands[1]
            for requirement in self.requirements
            for part in requirement.bad.walk()
            if part.operation == "is_key"
        )
        return tuple(dict.fromkeys(referring))


@cache
def contract(descriptor: Descriptor, *, references: bool = True) -> Contract:
    """Return what a dataset version has to keep; without references only those to itself."""
    rules = _since(descriptor, table_module(descriptor.name).INVARIANTS)
    of_columns = (
        requirement
        for column in descriptor.columns
        for requirement in _of_column(column, descriptor.name, references=references)
    )
    of_rows = (_invariant(rule) for rule in rules if not isinstance(rule, Traced))
    return Contract(
        descriptor,
        (*of_columns, _unique(descriptor.primary_key), *of_rows),
        tuple(rule for rule in rules if isinstance(rule, Traced)),
    )


def facts_of(descriptor: Descriptor) -> tuple[Fact, ...]:
    """Return the facts of the published table of a dataset version."""
    return _since(descriptor, table_module(descriptor.name).FACTS)


def _since(descriptor: Descriptor, rules: tuple[_Rule, ...]) -> tuple[_Rule, ...]:
    published = descriptor.versions

    def age(version: str) -> int:
        """Return how many versions are older; one that is about to be frozen is the newest."""
        return published.index(version) if version in published else len(published)

    return tuple(rule for rule in rules if age(rule.since) <= age(descriptor.version))


def has_type(column: Column) -> str:
    """Return what is said of the type of a column, to be read after «it»."""
    return f"has the type {column.type}"


def _invariant(rule: Invariant) -> Requirement:
    return Requirement(rule.statement, rule.bad, rule.bad.columns(), is_sentence=True)


def traced(rule: Traced) -> Requirement:
    """Return a rule that no expression says as a requirement, for what is said of it."""
    return Requirement(rule.statement, col(rule.columns[0]), rule.columns, is_sentence=True)


def _unique(key: tuple[str, ...]) -> Requirement:
    """Return the requirement of a key; a row without one is missing it, and is nobody's double."""
    doubled = duplicated(*key)
    for part in key:
        doubled &= col(part).is_given()
    return Requirement(IS_UNIQUE, doubled, key)


def _of_column(column: Column, dataset: str, *, references: bool) -> Iterator[Requirement]:
    """Yield what a column has to keep, besides its type."""
    if column.required:
        yield Requirement(IS_NOT_MISSING, col(column.name).is_missing(), (column.name,))
    for rule, bad in (*_of_numbers(column), *_of_days(column), *_of_texts(column)):
        yield Requirement(rule, bad, (column.name,))
    if column.references and (references or column.references == dataset):
        yield reference(column)


def reference(column: Column) -> Requirement:
    """Return the requirement that the cells of a column are keys of another table."""
    bad = Expression("is_key", (col(column.name), column.references, column.is_list))
    return Requirement(f"is a key of {column.references}", ~bad, (column.name,))


def _of_numbers(column: Column) -> Iterator[tuple[str, Expression]]:
    cell = col(column.name)
    if column.minimum is not None:
        yield f"is at least {column.minimum}", cell < column.minimum
    if column.maximum is not None:
        yield f"is at most {column.maximum}", cell > column.maximum
    # What has both bounds is finite by them.
    if column.type == "number" and None in {column.minimum, column.maximum}:
        yield "is a finite number", Expression("is_infinite", (cell,))


def _of_days(column: Column) -> Iterator[tuple[str, Expression]]:
    cell = col(column.name)
    if column.type in {"date", "yearmonth"}:
        yield "is a day of the years 1 to 9999", (cell < _FIRST_DAY) | (cell > _LAST_DAY)
        yield "has no time of day", Expression("has_time", (cell,))
    if column.type == "yearmonth":
        yield IS_FIRST_DAY, cell.day() != 1


def _of_texts(column: Column) -> Iterator[tuple[str, Expression]]:
    if column.type not in {"string", "list"}:
        return
    cell = col(column.name)
    if column.enum:
        said = f"is one of {', '.join(column.enum)}"
        yield (
            said,
            ~(_matches(cell, one_of(column.enum)) if column.is_list else cell.is_in(column.enum)),
        )
    elif column.pattern in {None, ONE_LINE}:
        pattern = portable(ONE_LINE, in_list=column.is_list)
        yield "is one line without outer white space", ~_matches(cell, pattern)
    else:
        pattern = portable(str(column.pattern), in_list=column.is_list)
        yield f"matches {column.pattern}", ~_matches(cell, pattern)


def _matches(cell: Expression, pattern: str) -> Expression:
    return Expression("matches", (cell, pattern))


def keys_of(descriptor: Descriptor, dataset: str) -> tuple[str, ...]:
    """Return the keys of the published table of another dataset, of the same edition."""
    target = catalog.same_edition(descriptor, dataset, pins.edition())
    first = target.primary_key[0]
    return tuple(dict.fromkeys(row[first] for row in by_key(target).values()))
