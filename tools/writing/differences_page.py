"""The page of differences between the versions of every dataset, and words for one of them."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from fintech2021._core import catalog
from fintech2021._versions.difference import diff
from tools.writing.dataset_pages import NOTE
from tools.writing.markdown import blocks, cell, disclosed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from fintech2021._versions.difference import Change, Difference

__all__ = ["both", "counts", "outputs", "page"]

MOST = 12
"""How many rows or cells are named; of more, the first, and how many there are."""


def outputs(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield the page and what it must hold."""
    yield root / "docs" / "differences.md", page()


def page() -> str:
    """Return the page with the difference between all neighbouring versions."""
    return blocks(
        "# Differences between versions",
        NOTE,
        "What [`ft.diff`](versions.md) says about every two neighbouring versions of a dataset, in "
        "short: `ft.diff(name, old, new).cells()` and `.rows()` have every cell and row. Open a "
        "line to see why the later version came about and what differs; ∅ is an empty cell. "
        "Datasets with one version are not listed.",
        *(block for name in catalog.datasets() for block in _dataset(name)),
    )


def _dataset(name: str) -> Iterator[str]:
    versions = catalog.versions(name)
    if len(versions) > 1:
        yield f"## {name}"
    for old, new in pairwise(versions):
        found = diff(name, old, new)
        title = f"<strong>{old} → {new}</strong>: {found.step.name.lower()}; {_in_short(found)}"
        why = cell(catalog.load_descriptor(name, {"this page": old}).superseded or "")
        yield disclosed(title, "\n\n".join(filter(None, (why, _listed(found)))))


def _in_short(found: Difference) -> str:
    return ", ".join(counts(found)) or _WORDS_ONLY


_WORDS_ONLY = "only descriptions, labels or provenance"


def _listed(found: Difference) -> str:
    """Return what differs as a list, which any screen has room for."""
    lines = (f"- {what} ({number}): {which}" for what, number, which in _parts(found))
    return "\n".join(lines) or f"{_WORDS_ONLY.capitalize()}."


def _parts(found: Difference) -> Iterator[tuple[object, ...]]:
    """Yield what differs, how much of it, and which."""
    columns = {
        "columns added": found.columns_added,
        "columns removed": found.columns_removed,
        "columns with another meaning": {
            name: f"{old} → {new}" for name, (old, new) in found.columns_changed.items()
        },
    }
    for what, named in columns.items():
        if named:
            said = ", ".join(f"`{name}` ({cell(meaning)})" for name, meaning in named.items())
            yield what, len(named), said
    for what, rows in (("rows added", found.rows_added), ("rows removed", found.rows_removed)):
        if rows:
            yield what, len(rows), _some(f"`{cell(key)}`" for key in rows)
    if found.changed:
        by_column = Counter(change.column for change in found.changed)
        said = ", ".join(f"`{column}` {number}" for column, number in by_column.most_common())
        yield "cells changed", len(found.changed), "<br>\n  ".join([said, *_both(found.changed)])


def _both(changes: Sequence[Change]) -> list[str]:
    """Return the old and the new text of cells that are few."""
    return [
        f"`{cell(change.key)}`, `{change.column}`: {cell(both(change))}"
        for change in changes
        if len(changes) <= MOST
    ]


def _some(texts: Iterable[str]) -> str:
    """Return the first few texts, and how many more there are."""
    every = list(texts)
    more = len(every) - MOST
    return ", ".join(every[:MOST]) + (f" and {more} more" if more > 0 else "")


def both(change: Change) -> str:
    """Return the old and the new text of a cell."""
    return f"{change.old or '∅'} → {change.new or '∅'}"


def counts(found: Difference) -> Iterator[str]:
    """Yield how many columns, rows and cells differ, in words."""
    numbers = {
        "columns added": len(found.columns_added),
        "columns removed": len(found.columns_removed),
        "columns changed": len(found.columns_changed),
        "rows added": len(found.rows_added),
        "rows removed": len(found.rows_removed),
        "cells changed": len(found.changed),
    }
    for what, number in numbers.items():
        noun, change = what.split()
        if number:
            yield f"{number} {noun if number > 1 else noun[:-1]} {change}"
