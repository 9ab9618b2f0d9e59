"""Which mutants schema and rules kill: contract, invariants and facts, as `ft.validate` has them.

Only what the changed cells can break is asked: the requirements of their columns, the references of
other tables to a key that is gone, the facts of the table and of the tables whose facts look at it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from fintech2021._contracts.pandas import check_cells
from fintech2021._contracts.published import facts_of_any
from fintech2021._contracts.requirements import Contract, contract, facts_of, keys_of
from fintech2021._frames.pandas import built, frame
from fintech2021._records.expressions import AGGREGATES, WINDOWS
from fintech2021._versions import pins
from tools.checking.mutations.table import is_well_formed, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from fintech2021._records.rules import Fact
    from tools.checking.mutations.table import Mutant, Table

__all__ = ["kills"]


def kills(mutant: Mutant) -> bool:
    """Tell whether schema and rules refuse a mutant."""
    return (
        _is_malformed(mutant)
        or _breaks_references(mutant)
        or _breaks_contract(mutant)
        or _breaks_facts(mutant)
    )


def _is_malformed(mutant: Mutant) -> bool:
    """Tell whether a cell is none of its type, or missing where none may be."""
    columns = mutant.table.columns
    return any(
        not is_well_formed(text, columns[name]) or (columns[name].required and not text)
        for name, text in mutant.cells.items()
    )


def _breaks_references(mutant: Mutant) -> bool:
    """Tell whether a key is gone to which another table refers."""
    first = mutant.table.descriptor.primary_key[0]
    key = mutant.before[first]
    is_there = any(row[first] == key for row in mutant.rows)
    return not is_there and key in _referred_to(mutant.table.name)


@cache
def _referred_to(dataset: str) -> frozenset[str]:
    """Return the keys of a table that stand in other tables."""
    others = (table(name) for name in pins.datasets() if name != dataset)
    return frozenset(
        key
        for other in others
        for column in other.descriptor.columns
        if column.references == dataset
        for cell in other.cells(column.name)
        for key in (cell.split(";") if column.is_list else [cell])
    )


def _breaks_contract(mutant: Mutant) -> bool:
    asked = _asked(mutant.table.name, frozenset(mutant.cells))
    needed = {name for requirement in asked.requirements for name in requirement.needs(asked)}
    needed |= {name for rule in asked.traced for name in rule.columns} | set(asked.key)
    ordered = [name for name in mutant.table.columns if name in needed]
    found = check_cells(mutated(mutant)[ordered], needed, asked, _keys(mutant.table), 0)
    return any(count.failures for count in found.counts)


@cache
def _asked(dataset: str, changed: frozenset[str]) -> Contract:
    """Return what changed columns can break; where rows are changed, what looks at several rows."""
    whole = contract(table(dataset).descriptor)
    several = WINDOWS | AGGREGATES | {"looked_up", "is_key"}
    return whole._replace(
        requirements=tuple(
            requirement
            for requirement in whole.requirements
            if changed.intersection(requirement.needs(whole))
            or (not changed and requirement.bad.has(several))
        ),
        traced=tuple(
            rule for rule in whole.traced if changed.intersection(rule.columns) or not changed
        ),
    )


@cache
def _keys(whole: Table) -> Callable[[str], tuple[str, ...]]:
    return cache(lambda dataset: keys_of(whole.descriptor, dataset))


def mutated(mutant: Mutant) -> pd.DataFrame:
    """Return a mutant as a frame."""
    whole, number = published(mutant.table.name), mutant.number
    if mutant.is_of_rows:
        rows = [*range(number), *[number] * mutant.copies, *range(number + 1, len(whole))]
        return whole.iloc[rows].reset_index(drop=True)
    made = whole.copy(deep=False)
    for name in mutant.cells:
        column = mutant.table.columns[name]
        cells = tuple(row[name] for row in mutant.rows)
        made[name] = built(mutant.table.descriptor, [(column, cells)])[name]
    return made


@cache
def published(dataset: str) -> pd.DataFrame:
    """Return the published frame; nobody changes it."""
    return frame(table(dataset).descriptor)


def _breaks_facts(mutant: Mutant) -> bool:
    """Tell whether a fact of the table does not hold, or one of another table that looks at it."""
    name, changed = mutant.table.name, mutated(mutant)

    def tables(other: str) -> pd.DataFrame:
        return changed if other == name else published(other)

    return any(
        not _holds(fact, changed if owner == name else published(owner), tables)
        for owner, fact in _facts_about(name)
    )


def _holds(fact: Fact, rows: pd.DataFrame, tables: Any) -> bool:
    """Tell whether a fact holds; one that cannot be told is not passed over."""
    try:
        return bool(fact.holds(rows, tables))
    except Exception:  # noqa: BLE001 - Whatever it is, `validate` would raise.
        return False


@cache
def _facts_about(dataset: str) -> tuple[tuple[str, Fact], ...]:
    """Return the facts of a table, and those of others that look at it, with their tables."""
    others = [name for name in pins.datasets() if name != dataset]
    return tuple(
        (owner, fact)
        for owner in (dataset, *others)
        for fact in (
            *(facts_of_any(table(owner).descriptor) if owner == dataset else ()),
            *facts_of(table(owner).descriptor),
        )
        if dataset in _looked_at(owner, fact)
    )


@cache
def _looked_at(owner: str, fact: Fact) -> frozenset[str]:
    """Return the tables at which a fact looks."""
    asked = {owner}

    def tables(other: str) -> pd.DataFrame:
        asked.add(other)
        return published(other)

    assert fact.holds(published(owner), tables), fact.statement
    return frozenset(asked)
