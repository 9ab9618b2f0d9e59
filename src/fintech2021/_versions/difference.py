"""The difference between two versions of a dataset, and the version step that it demands."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from fintech2021._core import catalog
from fintech2021._core.card import Card, Shown, brief
from fintech2021._core.names import DatasetName
from fintech2021._core.rows import by_key, keyed
from fintech2021._core.words import word
from fintech2021._given import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from fintech2021._core.descriptor import Descriptor

__all__ = [
    "Change",
    "Difference",
    "Snapshot",
    "Step",
    "between",
    "diff",
    "snapshot",
    "step_between",
]


class Step(IntEnum):
    """How far a version number moves, the smallest step first.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> ft.Step.MAJOR > ft.Step.MINOR > ft.Step.PATCH > ft.Step.NONE
    True
    """

    __module__ = "fintech2021"

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


class Snapshot(NamedTuple):
    """The content of one version: what each column means, and every row by its key."""

    meaning: Mapping[str, str]
    rows: Mapping[str, Mapping[str, str]]
    about: str = ""


class Change(NamedTuple):
    """One cell with its text in the old and in the new version.

    Attributes
    ----------
    key : str
        The row's primary key, the parts of a composite one joined with ``|``.
    column : str
        The name of the column.
    old : str or None
        The cell as the old file spells it, ``None`` where the old version has no such column.
    new : str or None
        The cell as the new file spells it; an empty text is a missing value.
    """

    key: str
    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Difference(Shown):
    """What has to be done to one version to get another. Printing it gives a text for reading.

    Attributes
    ----------
    dataset : str
        The name of the dataset.
    old : str
        The version from which.
    new : str
        The version to which.
    columns_added : Mapping[str, str]
        Type, unit and necessity of each column that only the new version has, by its name.
    columns_removed : Mapping[str, str]
        The same of each column that only the old version has.
    columns_changed : Mapping[str, tuple[str, str]]
        The same of each column in which the versions differ, old and new.
    rows_added : Mapping[str, Mapping[str, str]]
        The cells of each row that only the new version has, by its key.
    rows_removed : Mapping[str, Mapping[str, str]]
        The cells of each row that only the old version has, by its key.
    changed : tuple[Change, ...]
        The cells that differ among the rows and columns of both.
    filled : tuple[Change, ...]
        The cells that the added columns have in the rows of both.
    about_changed : bool
        Whether descriptions, titles or provenance differ.
    """

    __module__ = "fintech2021"

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
        """Return the changed cells.

        Returns
        -------
        pandas.DataFrame
            One row per cell, with ``key``, ``column``, ``old`` and ``new`` as texts.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> list(ft.diff("observations", "1.0.0", "2.0.0").cells().columns)
        ['key', 'column', 'old', 'new']
        """
        return _frame(self.changed, Change._fields)

    def rows(self) -> pd.DataFrame:
        """Return the added and the removed rows.

        Returns
        -------
        pandas.DataFrame
            One row for each, with ``change`` (``added`` or ``removed``), ``key`` and the columns of
            the version that has it, as texts.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> ft.diff("banks", "1.0.0", "1.0.0").rows().empty
        True
        """
        moved = [
            (change, key, row)
            for change, rows in (("added", self.rows_added), ("removed", self.rows_removed))
            for key, row in rows.items()
        ]
        # The two versions need not have the same columns.
        names = list(dict.fromkeys(name for _, _, row in moved for name in row))
        cells = [(change, key, *map(row.get, names)) for change, key, row in moved]
        return _frame(cells, ("change", "key", *names))

    def columns(self) -> pd.DataFrame:
        """Return the columns that differ.

        Returns
        -------
        pandas.DataFrame
            One row per column, with ``change`` (``added``, ``removed`` or ``changed``), ``column``,
            and its type, unit and necessity in the ``old`` and in the ``new`` version.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> moved = ft.diff("virtual_banks", "1.0.0", "1.1.0").columns()
        >>> set(moved["change"])
        {'added'}
        """
        return _frame(
            [
                *(("added", name, None, new) for name, new in self.columns_added.items()),
                *(("removed", name, old, None) for name, old in self.columns_removed.items()),
                *(("changed", name, *both) for name, both in self.columns_changed.items()),
            ],
            ("change", "column", "old", "new"),
        )

    @property
    def column_order(self) -> tuple[str, ...]:
        """The columns of the new version; deprecated, it goes in 0.4; `info` has them in order."""
        _warn_of_order("column_order", f"info({self.dataset!r}, {self.new!r}).columns")
        return tuple(column.name for column in self._newer.columns)

    @property
    def row_order(self) -> tuple[str, ...]:
        """The keys of the new version; deprecated, it goes in 0.4; `load` has them in order."""
        _warn_of_order("row_order", f"load({self.dataset!r}, {self.new!r})")
        return tuple(by_key(self._newer))

    @property
    def _newer(self) -> Descriptor:
        return catalog.load_descriptor(self.dataset, {"the new version": self.new})

    def __repr__(self) -> str:
        step = f"{self.step.name.lower()} step" if self.step else "no difference"
        rows = f"{len(self.rows_added)} rows added, {len(self.rows_removed)} removed"
        return brief(f"Difference {self._title}", step, rows, f"{len(self.changed)} cells changed")

    @property
    def _title(self) -> str:
        return f"{self.dataset} {self.old} → {self.new}"

    def _card(self, language: str = "en") -> Card:
        step = word(self.step.name.lower(), language)
        only = word("descriptions or provenance only", language)
        titles = catalog.told(self.dataset, self.new)[:: -1 if language == "zh" else 1]
        return Card(
            self._title,
            (*titles, *([only] if self.step is Step.PATCH else [])),
            (("step", step),),
            ("change", "key", "column", "old", "new"),
            [(word(change, language), *cells) for change, *cells in self._changes()],
            language,
        )

    def _changes(self) -> Iterator[tuple[str, str, str, str | None, str | None]]:
        """Yield what changes, columns first: the change, a row, a column, old and new."""
        yield from (("added", "", name, None, new) for name, new in self.columns_added.items())
        yield from (("removed", "", name, old, None) for name, old in self.columns_removed.items())
        yield from (("changed", "", name, *both) for name, both in self.columns_changed.items())
        yield from (("added", key, "", None, None) for key in self.rows_added)
        yield from (("removed", key, "", None, None) for key in self.rows_removed)
        for name, changes in (("changed", self.changed), ("filled", self.filled)):
            for change in changes:
                if name == "changed" or change.new:
                    yield name, change.key, change.column, change.old, change.new

    def __str__(self) -> str:
        step = f"{self.step.name.lower()} step" if self.step else "no difference"
        head = f"{self.dataset} {self.old} → {self.new}: {step}"
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


def _warn_of_order(name: str, instead: str) -> None:
    """Say what gives the order that a difference had until 0.2."""
    told = f"Difference.{name} is deprecated and goes in 0.4: {instead} has it."
    warnings.warn(told, DeprecationWarning, stacklevel=3)


def diff(dataset: DatasetName | str, old: str, new: str) -> Difference:
    """Return how one published version of a dataset differs from another.

    Pins around the call do not matter: both versions are named.

    Parameters
    ----------
    dataset
        One of `catalog`'s names.
    old, new
        Published versions or specifiers.

    Returns
    -------
    Difference
        Rows, columns and cells that differ, the version step that they demand (``step``), and a
        text for reading when printed.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> found = ft.diff("virtual_banks", "1.0.0", "1.1.0")
    >>> found.step.name, len(found.columns_added), len(found.changed)
    ('MINOR', 8, 0)
    """
    dataset = plain(dataset)
    before, after = (
        catalog.load_descriptor(dataset, {name: plain(version)})
        for name, version in (("the old version", old), ("the new version", new))
    )
    return between(dataset, before.version, snapshot(before), after.version, snapshot(after))


def snapshot(descriptor: Descriptor, content: bytes | None = None) -> Snapshot:
    """Return the content of a version: the published one, unless its bytes are given."""
    meaning = {
        column.name: " ".join(
            filter(None, (column.type, column.unit, "required" if column.required else "optional"))
        )
        for column in descriptor.columns
    }
    content = descriptor.content if content is None else content
    return Snapshot(meaning, keyed(content, descriptor.primary_key), _about(descriptor))


def _about(descriptor: Descriptor) -> str:
    """Return all that is said about a version besides its rows, as one text to compare."""
    document = descriptor.to_resource()
    table = ("version", "path", "bytes", "hash", "rows", "provenance")
    said = {name: value for name, value in document.items() if name not in table}
    return f"{said}{descriptor.provenance_sha256}"


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
    )


def _frame(rows: object, columns: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(columns), dtype=object)  # type: ignore[call-overload] # The stubs lack it.


def step_between(old: str, new: str) -> Step:
    """Return how far one version number is from an older one.

    >>> step_between("1.0.0", "1.1.0").name
    'MINOR'
    """
    from packaging.version import Version

    parts = zip(Version(old).release, Version(new).release, strict=True)
    differ = [one != other for one, other in parts]
    return (Step.MAJOR, Step.MINOR, Step.PATCH)[differ.index(True)] if any(differ) else Step.NONE


Change.__module__ = "fintech2021"  # A named tuple refuses it in its body.
