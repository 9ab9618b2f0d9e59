"""Where a cell comes from: line, place and characters in the source text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from . import cells, pins, printed, store
from .errors import UnknownKeyError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._names import DatasetName
    from .descriptors import Descriptor

__all__ = ["Place", "Provenance", "agrees", "places", "rows", "source"]


class Place(NamedTuple):
    """Characters that stand together in one line of the source text."""

    line: int
    start: int
    printed: str
    scale: Decimal
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the value of one cell comes from.

    A ``printed`` cell has one place, or several where the characters are broken over lines;
    ``value == number(printed) × scale``. A ``public`` or ``editorial`` cell has none.
    """

    dataset: str
    version: str
    key: str
    column: str
    value: Any
    origin: str
    places: tuple[Place, ...]
    repair: str | None = None
    """The erratum on which the value rests where the printed one is an evident misprint."""
    source_ids: tuple[str, ...] = ()
    """The pages on which a public value rests: keys of the dataset ``sources``."""
    errata: tuple[str, ...] = ()
    """What is wrong or doubtful about the cell: keys of the dataset ``errata``."""

    @property
    def printed(self) -> str | None:
        """The characters as printed, joined over their places."""
        return "".join(place.printed for place in self.places) if self.places else None

    @property
    def line(self) -> int | None:
        """The line of the first place, counted from 1."""
        return self.places[0].line if self.places else None

    @property
    def start(self) -> int | None:
        """The first character's position in that line, counted from 0."""
        return self.places[0].start if self.places else None

    @property
    def scale(self) -> Decimal | None:
        """What the printed number is multiplied with."""
        return self.places[0].scale if self.places else None

    @property
    def section(self) -> str | None:
        """The part of the report where the first place stands, in English."""
        return self.places[0].section if self.places else None

    def __str__(self) -> str:
        head = f"{self.dataset} {self.version} | {self.key} | {self.column} = {self.value}"
        if not self.places:
            pages = f"; pages: {', '.join(self.source_ids)}" if self.source_ids else ""
            return f"{head}\n  {self.origin}: not a value that the report prints{pages}"
        return "\n".join(
            (
                f"{head}  ({self.origin}, scale {self.scale})",
                *([f"  repaired: see erratum {self.repair}"] if self.repair else []),
                *(f"  see erratum {erratum}" for erratum in self.errata if erratum != self.repair),
                *(
                    f"  line {place.line}, character {place.start}: "
                    f"{place.printed!r}  [{place.section}]"
                    for place in self.places
                ),
            )
        )


def source(
    name: DatasetName,
    key: str | int | tuple[str | int, ...],
    column: str,
    *,
    version: str | None = None,
) -> Provenance:
    """Return where a cell's value stands in the source text.

    ``key`` is the row's primary key; a composite one is a tuple, or a text with its parts joined
    by ``|``. Raises `UnknownDatasetError`, `UnknownVersionError`, `UnknownKeyError` or
    `UnknownColumnError`, each with the close matches.

    >>> import fintech2021 as ft
    >>> found = ft.source("banks", "icbc", "tech_spend_cny")
    >>> found.line, found.printed, int(found.scale)
    (1641, '238.19', 100000000)
    """
    descriptor = pins.descriptor(name, version)
    field = descriptor.field(column)
    found, wanted = rows(descriptor), cells.key_text(key)
    if wanted not in found:
        raise UnknownKeyError(f"row of {name} with the key", wanted, found)
    return Provenance(
        dataset=name,
        version=descriptor.version,
        key=wanted,
        column=column,
        value=cells.parse(found[wanted][column], field.type),
        origin=field.origin,
        places=places(descriptor).get((wanted, column), ()),
        repair=descriptor.repair(wanted, column),
        errata=_errata(name, wanted, column),
        source_ids=_pages(found[wanted]) if field.origin == "public" else (),
    )


def _errata(name: str, key: str, column: str) -> tuple[str, ...]:
    """Return the errata about a cell, or about its whole row."""
    listed = rows(pins.descriptor("errata"))
    return tuple(
        erratum
        for erratum, row in listed.items()
        if (row["dataset"], row["key"]) == (name, key) and row["column"] in {"", column}
    )


def _pages(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(filter(None, row.get("source_ids", "").split(";")))


def agrees(descriptor: Descriptor, key: str, column: str, text: str) -> bool:
    """Tell whether a cell says what its printed characters say, times the scale."""
    group = places(descriptor)[key, column]
    characters = "".join(place.printed for place in group)
    return printed.agrees(text, descriptor.field(column), characters, group[0].scale)


@cache
def rows(descriptor: Descriptor) -> Mapping[str, Mapping[str, str]]:
    """Return every row by its key, the cells as text."""
    return {
        cells.key_of(row, descriptor.primary_key): row
        for row in cells.read_rows(descriptor.content)
    }


@cache
def places(descriptor: Descriptor) -> Mapping[tuple[str, str], tuple[Place, ...]]:
    """Return the places of every printed cell of a dataset version, by key and column."""
    content = store.read(descriptor.provenance_path, descriptor.provenance_sha256)
    found: dict[tuple[str, str], tuple[Place, ...]] = {}
    for key, column, _part, line, start, characters, scale, section in cells.read_table(content)[1]:
        place = Place(int(line), int(start), characters, Decimal(scale), section)
        found[key, column] = (*found.get((key, column), ()), place)
    return found
