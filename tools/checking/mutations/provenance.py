"""Which mutants provenance kills: a cell no longer is what it rests on.

A printed value is the number of its printed characters times the scale, and has a place; every
place has its cell; what rests on pages names one; a derived cell is what its rule gives.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from fintech2021._evidence.places import agrees, places
from fintech2021._versions import pins
from tools.checking.mutations.table import table
from tools.freezing.derive import derived_cells
from tools.freezing.transcript import elsewhere, unproven

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tools.checking.mutations.table import Mutant, Row

__all__ = ["kills"]


def kills(mutant: Mutant) -> bool:
    """Tell whether a cell of a mutant is not what it rests on."""
    try:
        return (
            _is_displaced(mutant)
            or _is_elsewhere(mutant)
            or _is_unproven(mutant)
            or _is_derived_otherwise(mutant)
        )
    except Exception:  # noqa: BLE001 - What cannot be read is not passed over.
        return True


@cache
def _cited(dataset: str) -> Mapping[str, frozenset[str]]:
    """Return the columns with a place, by the key of the row."""
    columns = defaultdict(set)
    for key, column in places(table(dataset).descriptor):
        columns[key].add(column)
    return {key: frozenset(names) for key, names in columns.items()}


def _is_displaced(mutant: Mutant) -> bool:
    """Tell whether a place has no row, or a cell does not say what its place prints."""
    key, cited = mutant.key, _cited(mutant.table.name)
    row = mutant.by_key.get(key)
    if row is None:
        return key in cited
    return any(not _agrees(mutant, key, column, row) for column in cited.get(key, ()))


def _is_elsewhere(mutant: Mutant) -> bool:
    """Tell whether a row that says in which line it stands names another than that of a place."""
    cited = _cited(mutant.table.name).get(mutant.key, ())
    groups = (places(mutant.table.descriptor)[mutant.key, column] for column in cited)
    return any(elsewhere(mutant.after, group[0].line) for group in groups)


def _agrees(mutant: Mutant, key: str, column: str, row: Row) -> bool:
    descriptor = mutant.table.descriptor
    is_repaired = descriptor.repair(key, column) is not None
    return agrees(descriptor, key, column, row[column]) is not is_repaired


def _is_unproven(mutant: Mutant) -> bool:
    if not mutant.copies:
        return False
    cited = _cited(mutant.table.name).get(mutant.table.key(mutant.after), frozenset())
    return any(unproven(mutant.after, mutant.table.descriptor, cited))


def _is_derived_otherwise(mutant: Mutant) -> bool:
    """Tell whether a derived cell, here or in a row that refers here, is not what follows."""

    def rows(dataset: str) -> Mapping[str, Row]:
        return mutant.by_key if dataset == mutant.table.name else table(dataset).by_key

    own = [(mutant.table.name, mutant.after)] if mutant.copies else []
    return any(
        row[column] != text
        for name, row in (*own, *_dependent(mutant))
        for column, text in derived_cells(table(name).descriptor, row, rows).items()
    )


def _dependent(mutant: Mutant) -> Iterator[tuple[str, Row]]:
    """Yield the rows of other tables that derive cells from the row, with their tables."""
    first = mutant.table.descriptor.primary_key[0]
    return iter(_deriving(mutant.table.name).get(mutant.before[first], ()))


@cache
def _deriving(dataset: str) -> Mapping[str, list[tuple[str, Row]]]:
    """Return the rows that derive cells from those of a table, by the key that they refer to."""
    found = defaultdict(list)
    for name in pins.datasets():
        for column in _paths_to(dataset, name):
            for row in table(name).rows:
                found[row[column]].append((name, row))
    return found


def _paths_to(dataset: str, name: str) -> set[str]:
    """Return the columns through which derived columns of a table lead to another table."""
    columns = table(name).columns
    paths = (str(p) for c in columns.values() for p in c.derivation.values() if "/" in str(p))
    own = {path.partition("/")[0] for path in paths}
    return {column for column in own if columns[column].references == dataset}
