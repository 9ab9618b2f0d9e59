"""The difference between two versions of a dataset, and the version step that it demands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from . import catalogue, cells
from .steps import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from ._names import DatasetName
    from .descriptors import Descriptor

__all__ = ["Change", "Difference", "Snapshot", "applied", "between", "diff", "snapshot"]


class Snapshot(NamedTuple):
    """The content of one version: what each column means, and every row by its key."""

    meaning: Mapping[str, str]
    rows: Mapping[str, Mapping[str, str]]
    about: str = ""


class Change(NamedTuple):
    """One cell with its text in the old and in the new version; ``None`` where it is not there."""

    key: str
    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What has to be done to one version to get another."""

    dataset: str
    old: str
    new: str
    columns_added: Mapping[str, str]
    columns_removed: Mapping[str, str]
    columns_changed: Mapping[str, tuple[str, str]]
    rows_added: Mapping[str, Mapping[str, str]]
    rows_removed: Mapping[str, Mapping[str, str]]
    changed: tuple[Change, ...]
    filled: tuple[Change, ...]
    about_changed: bool
    column_order: tuple[str, ...]
    row_order: tuple[str, ...]

    @property
    def step(self) -> Step:
        """The step that the rules for data versions demand.

        Major: a value changes, or a row or column goes away or changes its meaning. Minor: rows or
        columns are added. Patch: only descriptions or provenance change.
        """
        if self.changed or self.rows_removed or self.columns_removed or self.columns_changed:
            return Step.MAJOR
        if self.rows_added or self.columns_added:
            return Step.MINOR
        return Step.PATCH if self.about_changed else Step.NONE

    def cells(self) -> pd.DataFrame:
        """Return the changed cells as a frame: ``key``, ``column``, ``old``, ``new``."""
        return _frame(self.changed, Change._fields)

    def rows(self) -> pd.DataFrame:
        """Return the added and removed rows as a frame: ``change``, ``key`` and their columns."""
        found = [
            (change, key, row)
            for change, rows in (("added", self.rows_added), ("removed", self.rows_removed))
            for key, row in rows.items()
        ]
        # The two versions need not have the same columns.
        names = list(dict.fromkeys(name for _, _, row in found for name in row))
        cells = [(change, key, *map(row.get, names)) for change, key, row in found]
        return _frame(cells, ("change", "key", *names))

    def columns(self) -> pd.DataFrame:
        """Return the columns that differ as a frame: ``change``, ``column``, ``old``, ``new``."""
        return _frame(
            [
                *(("added", name, None, new) for name, new in self.columns_added.items()),
                *(("removed", name, old, None) for name, old in self.columns_removed.items()),
                *(("changed", name, *both) for name, both in self.columns_changed.items()),
            ],
            ("change", "column", "old", "new"),
        )

    def __str__(self) -> str:
        head = f"{self.dataset} {self.old} → {self.new}: {self.step.name.lower()} step"
        return "\n".join((head, *self._lines()))

    def _lines(self) -> Iterator[str]:
        for sign, columns in (("+", self.columns_added), ("-", self.columns_removed)):
            yield from (f"{sign} column {name}: {meaning}" for name, meaning in columns.items())
        for name, (old, new) in self.columns_changed.items():
            yield f"~ column {name}: {old} → {new}"
        for sign, rows in (("+", self.rows_added), ("-", self.rows_removed)):
            yield from (f"{sign} row {key}" for key in rows)
        for change in self.changed:
            yield f"~ {change.key} | {change.column}: {change.old or '∅'} → {change.new or '∅'}"
        for change in self.filled:
            if change.new:
                yield f"+ {change.key} | {change.column}: {change.new}"
        if self.step is Step.PATCH:
            yield "~ descriptions or provenance only"


def diff(dataset: DatasetName, old: str, new: str) -> Difference:
    """Return how one published version of a dataset differs from another.

    The result has frames (`cells`, `rows`, `columns`), the demanded version step (``step``), and a
    text for reading when printed. Raises `UnknownDatasetError` and `UnknownVersionError`.

    >>> import fintech2021 as ft
    >>> ft.diff("banks", "1.0.0", "1.0.0").step.name
    'NONE'
    """
    before, after = (
        catalogue.descriptor(dataset, {name: version})
        for name, version in (("the old version", old), ("the new version", new))
    )
    return between(dataset, before.version, snapshot(before), after.version, snapshot(after))


def snapshot(descriptor: Descriptor, content: bytes | None = None) -> Snapshot:
    """Return the content of a version: the published one, unless its bytes are given."""
    rows = cells.read_rows(descriptor.content if content is None else content)
    meaning = {
        field.name: " ".join(
            filter(None, (field.type, field.unit, "required" if field.required else "optional"))
        )
        for field in descriptor.columns
    }
    keyed = {cells.key_of(row, descriptor.primary_key): row for row in rows}
    return Snapshot(meaning, keyed, about=f"{descriptor}{descriptor.provenance_sha256}")


def between(dataset: str, old: str, before: Snapshot, new: str, after: Snapshot) -> Difference:
    """Return the difference between two contents."""
    added = {c: m for c, m in after.meaning.items() if c not in before.meaning}
    kept = [name for name in after.meaning if name in before.meaning]
    both = [key for key in after.rows if key in before.rows]
    return Difference(
        dataset=dataset,
        old=old,
        new=new,
        columns_added=added,
        columns_removed={c: m for c, m in before.meaning.items() if c not in after.meaning},
        columns_changed={
            name: (before.meaning[name], after.meaning[name])
            for name in kept
            if before.meaning[name] != after.meaning[name]
        },
        rows_added={key: row for key, row in after.rows.items() if key not in before.rows},
        rows_removed={key: row for key, row in before.rows.items() if key not in after.rows},
        changed=tuple(
            Change(key, name, before.rows[key][name], after.rows[key][name])
            for key in both
            for name in kept
            if before.rows[key][name] != after.rows[key][name]
        ),
        filled=tuple(
            Change(key, name, None, after.rows[key][name]) for key in both for name in added
        ),
        about_changed=before.about != after.about,
        column_order=tuple(after.meaning),
        row_order=tuple(after.rows),
    )


def applied(difference: Difference, before: Snapshot) -> Snapshot:
    """Return the content that a difference makes of another."""
    redefined = {name: new for name, (_, new) in difference.columns_changed.items()}
    meaning = {**before.meaning, **difference.columns_added, **redefined}
    cells_set = {(c.key, c.column): c.new for c in (*difference.changed, *difference.filled)}
    known = {**before.rows, **difference.rows_added}
    rows = {
        key: {
            name: cells_set.get((key, name), known[key].get(name))
            for name in difference.column_order
        }
        for key in difference.row_order
    }
    return Snapshot({name: meaning[name] for name in difference.column_order}, rows)  # type: ignore[arg-type]


def _frame(rows: object, columns: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(columns), dtype=object)  # type: ignore[call-overload]
