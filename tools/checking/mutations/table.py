"""A published table as text, and one with a single thing wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

from fintech2021._core.kinds import parse
from fintech2021._core.rows import key_of, read_rows
from fintech2021._versions import pins

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fintech2021._core.descriptor import Column, Descriptor

    Row = Mapping[str, str]

__all__ = ["Mutant", "Table", "is_well_formed", "table"]


@dataclass(frozen=True, eq=False)
class Table:
    """The rows of a dataset version, every cell as text."""

    descriptor: Descriptor
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """The name of the dataset."""
        return self.descriptor.name

    @cached_property
    def by_key(self) -> dict[str, Row]:
        """The rows by their keys."""
        return {self.key(row): row for row in self.rows}

    @cached_property
    def columns(self) -> dict[str, Column]:
        """The columns by their names."""
        return {column.name: column for column in self.descriptor.columns}

    def key(self, row: Row) -> str:
        """Return the primary key of a row as one text."""
        return key_of(row, self.descriptor.primary_key)

    def cells(self, column: str) -> list[str]:
        """Return the cells of a column."""
        return [row[column] for row in self.rows]


@cache
def table(name: str) -> Table:
    """Return the table of the newest edition."""
    descriptor = pins.requested(name)
    return Table(descriptor, tuple(read_rows(descriptor.content)))


def is_well_formed(text: str, column: Column) -> bool:
    """Tell whether a cell is spelled as one of its type."""
    try:
        parse(text, column.type)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, eq=False, kw_only=True)
class Mutant:
    """A table of which one row has other cells, stands twice or is not there."""

    table: Table
    operator: str
    number: int
    """Which row it is."""
    cells: Mapping[str, str] = field(default_factory=dict)
    """What its cells are instead."""
    copies: int = 1
    """How often the row is there."""

    @property
    def before(self) -> Row:
        """The row as it was published."""
        return self.table.rows[self.number]

    @cached_property
    def after(self) -> Row:
        """The row as it is now."""
        return {**self.before, **self.cells}

    @property
    def is_of_rows(self) -> bool:
        """Whether a row is gone or one too many, rather than other in its cells."""
        return self.copies != 1

    @property
    def key(self) -> str:
        """The key of the row as it was published."""
        return self.table.key(self.before)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows."""
        rows, n = self.table.rows, self.number
        return (*rows[:n], *[self.after] * self.copies, *rows[n + 1 :])

    @cached_property
    def by_key(self) -> dict[str, Row]:
        """All rows by their keys."""
        return {self.table.key(row): row for row in self.rows}

    def __str__(self) -> str:
        cells = ", ".join(f"{c} {self.before[c]!r} → {text!r}" for c, text in self.cells.items())
        return f"{self.table.name} | {self.key} | {self.operator}{': ' * bool(cells)}{cells}"
