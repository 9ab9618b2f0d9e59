"""Where a cell comes from: line, place and characters in the source text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._core import catalog, store
from fintech2021._core.card import Card, Shown, brief
from fintech2021._core.kinds import parse
from fintech2021._core.names import DatasetName
from fintech2021._core.naming import unknown_key
from fintech2021._core.origin import origin_of
from fintech2021._core.rows import by_key, key_text, read_table
from fintech2021._core.words import word
from fintech2021._evidence import reading
from fintech2021._versions import pins

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fintech2021._core.descriptor import Descriptor

__all__ = ["PLACE_HEADER", "Place", "Provenance", "PublicFigure", "agrees", "places", "source"]


class Place(NamedTuple):
    """Characters that stand together in one line of the source text.

    Attributes
    ----------
    line : int
        The line, counted from 1; only line feeds end one.
    start : int
        The position of the first character in that line, counted from 0.
    printed : str
        The characters.
    scale : decimal.Decimal
        What the printed number is multiplied with.
    section : str
        The part of the report, in English.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> place = ft.source("banks", "icbc", "tech_spend_cny").places[0]
    >>> place.line, place.start, place.printed, place.section
    (1641, 5, '238.19', 'Banking: technology spending')
    """

    line: int
    start: int
    printed: str
    scale: Decimal
    section: str


class PublicFigure(NamedTuple):
    """What independent public pages say of a printed cell: a row of the dataset ``cross_checks``.

    Attributes
    ----------
    value : str
        The public value, in the unit of the cell.
    unit : str or None
        The unit; ``None`` for days and names.
    verdict : str
        ``agrees``, ``differs`` or ``other_scope``.
    source_ids : tuple[str, ...]
        The pages: keys of the dataset ``sources``.
    """

    value: str
    unit: str | None
    verdict: str
    source_ids: tuple[str, ...]

    def __str__(self) -> str:
        value = f"{self.value} {self.unit}" if self.unit else self.value
        return f"{_SAID[self.verdict]}: {value} ({', '.join(self.source_ids)})"


_SAID = {
    "agrees": "public pages agree",
    "differs": "public pages differ",
    "other_scope": "public pages mean something else",
}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Provenance(Shown):
    """Where the value of one cell comes from. Printing it gives a text for reading.

    A ``printed`` cell has one place, or several where the characters are broken over lines;
    ``value == number(printed) × scale``. A ``public`` or ``editorial`` cell has none.

    Attributes
    ----------
    dataset : str
        The name of the dataset.
    version : str
        Its version.
    key : str
        The row's primary key, the parts of a composite one joined with ``|``.
    column : str
        The name of the column.
    value : object
        What a record holds: a text, an integer, a `decimal.Decimal`, …, or ``None``.
    origin : str
        The column's: ``printed``, ``public``, ``editorial`` or ``derived``. Of a column whose rows
        differ, ``by_row``, it is what the ``evidence`` of the row says.
    places : tuple[Place, ...]
        Where the characters stand.
    repair : str or None
        The erratum on which the value rests where the printed one is an evident misprint.
    source_ids : tuple[str, ...]
        The pages on which a public value rests: keys of the dataset ``sources``.
    errata : tuple[str, ...]
        What is wrong or doubtful about the cell: keys of the dataset ``errata``.
    cross_check : PublicFigure or None
        What public pages say of the same thing, where some were found.
    edition : str or None
        An edition that names the version: the pinned one, or else the newest.
    pin : str or None
        The pin that chose the version, as ``"use('2026.1')"``.
    """

    __module__ = "fintech2021"

    dataset: str
    version: str
    key: str
    column: str
    value: Any
    origin: str
    places: tuple[Place, ...]
    repair: str | None = None
    source_ids: tuple[str, ...] = ()
    errata: tuple[str, ...] = ()
    cross_check: PublicFigure | None = None
    edition: str | None = None
    pin: str | None = None

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

    def __repr__(self) -> str:
        where = f"printed in line {self.line}" if self.places else self.origin
        return brief(f"Provenance {self._cell}", f"{self.value}", where)

    @property
    def _cell(self) -> str:
        return f"{self.dataset} {self.version} | {self.key} | {self.column}"

    def _titles(self, language: str) -> tuple[str, ...]:
        titles = catalog.told(self.dataset, self.version, self.column)
        return titles[::-1] if language == "zh" else titles

    def _card(self, language: str = "en") -> Card:
        said = self.cross_check
        remark = () if self.places else (word("not printed in the report", language),)
        public = said and (
            f"{word(said.verdict, language)}: {' '.join(filter(None, (said.value, said.unit)))} "
            f"({', '.join(said.source_ids)})"
        )
        return Card(
            self._cell,
            (*self._titles(language), *remark),
            (
                ("value", self.value),
                ("origin", word(self.origin, language)),
                ("repaired by", self.repair),
                ("erratum", ", ".join(self.errata)),
                ("pages", ", ".join(self.source_ids)),
                ("public figure", public),
                ("chosen by", self.pin),
                ("edition", self.edition if self.pin else None),
            ),
            ("line", "start", "printed characters", "scale", "section"),
            self.places,
            language,
        )

    def __str__(self) -> str:
        head = f"{self.dataset} {self.version} | {self.key} | {self.column} = {self.value}"
        doubts = [f"  see erratum {erratum}" for erratum in self.errata if erratum != self.repair]
        if self.pin:
            doubts.append(f"  chosen by {self.pin}, edition {self.edition}")
        if not self.places:
            pages = f"; pages: {', '.join(self.source_ids)}" if self.source_ids else ""
            said = f"  {self.origin}: not a value that the report prints{pages}"
            return "\n".join((head, said, *doubts))
        return "\n".join(
            (
                f"{head}  ({self.origin}, scale {self.scale})",
                *([f"  repaired: see erratum {self.repair}"] if self.repair else []),
                *doubts,
                *(
                    f"  line {place.line}, character {place.start}: "
                    f"{place.printed!r}  [{place.section}]"
                    for place in self.places
                ),
                *([f"  {self.cross_check}"] if self.cross_check else []),
            )
        )


def source(
    name: DatasetName | str,
    key: str | int | tuple[str | int, ...],
    column: str,
    *,
    version: str | None = None,
) -> Provenance:
    """Return where a cell's value stands in the source text.

    Parameters
    ----------
    name
        One of `catalog`'s names.
    key
        The row's primary key; a composite one is a tuple, or a text with its parts joined by ``|``.
    column
        The name of the column.
    version
        A published version or a specifier; by default the one of the newest edition.

    Returns
    -------
    Provenance
        The value, its places with line, start and printed characters, the scale, and the errata or
        pages that concern it. A cell that the report does not print has no place.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.
    UnknownKeyError
        When no row has that key.
    UnknownColumnError
        When no column has that name.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> found = ft.source("banks", "icbc", "tech_spend_cny")
    >>> found.line, found.printed, int(found.scale)
    (1641, '238.19', 100000000)
    """
    chosen = pins.resolve(name, version)
    descriptor = chosen.descriptor
    about = descriptor.column(column)
    rows, wanted = by_key(descriptor), key_text(key)
    if wanted not in rows:
        raise unknown_key(f"row of {descriptor.name} with the key", wanted, descriptor)
    origin = origin_of(about, rows[wanted])
    return Provenance(
        dataset=descriptor.name,
        version=descriptor.version,
        key=wanted,
        column=about.name,
        value=parse(rows[wanted][about.name], about.type),
        origin=origin,
        places=places(descriptor).get((wanted, about.name), ()),
        repair=descriptor.repair(wanted, about.name),
        errata=_errata(descriptor, wanted, about.name),
        source_ids=_pages(rows[wanted]) if origin == "public" else (),
        cross_check=_cross_check(descriptor, wanted, about.name, rows[wanted][about.name]),
        edition=chosen.edition,
        pin=chosen.pin,
    )


def _errata(descriptor: Descriptor, key: str, column: str) -> tuple[str, ...]:
    """Return the errata about a cell, or about its whole row."""
    links = _links(descriptor)
    linked = () if links is None else _linked(links).get((descriptor.name, key), ())
    return tuple(erratum for about, erratum in linked if about in {"", column})


def _links(descriptor: Descriptor) -> Descriptor | None:
    """Return the table that links errata to cells: since errata 2.0.0 it is one of its own.

    A pinned edition can have neither.
    """
    errata = pins.own("errata", descriptor)
    if errata is None or any(about.name == "dataset" for about in errata.columns):
        return errata
    return pins.own("erratum_cells", errata)


def _cross_check(descriptor: Descriptor, key: str, column: str, text: str) -> PublicFigure | None:
    """Return what public pages say of a cell, as long as it is the value that was compared."""
    checks = pins.own("cross_checks", descriptor)
    check = by_key(checks).get(f"{descriptor.name}|{key}|{column}") if checks else None
    if check is None or check["printed_value"] != text:
        return None
    return PublicFigure(
        check["public_value"], check["unit"] or None, check["verdict"], _pages(check)
    )


@cache
def _linked(links: Descriptor) -> Mapping[tuple[str, str], tuple[tuple[str, str], ...]]:
    """Return the column and the erratum of every link, by dataset and key."""
    linked: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    for row in by_key(links).values():
        cell = row["dataset"], row["key"]
        linked[cell] = (*linked.get(cell, ()), (row["column"], row["erratum_id"]))
    return linked


def _pages(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(filter(None, row.get("source_ids", "").split(";")))


def agrees(descriptor: Descriptor, key: str, column: str, text: str) -> bool:
    """Tell whether a cell says what its printed characters say, times the scale."""
    group = places(descriptor)[key, column]
    characters = "".join(place.printed for place in group)
    return reading.agrees(text, descriptor.column(column), characters, group[0].scale)


PLACE_HEADER = ("key", "column", "part", "line", "start", "printed", "scale", "section")
"""The columns of a provenance file; a transcription has all but the last."""


@cache
def places(descriptor: Descriptor) -> Mapping[tuple[str, str], tuple[Place, ...]]:
    """Return the places of every printed cell of a dataset version, by key and column."""
    content = store.read(descriptor.provenance_path, descriptor.provenance_sha256)
    groups: dict[tuple[str, str], tuple[Place, ...]] = {}
    for key, column, _part, line, start, characters, scale, section in read_table(content)[1]:
        place = Place(int(line), int(start), characters, Decimal(scale), section)
        groups[key, column] = (*groups.get((key, column), ()), place)
    return groups


Place.__module__ = PublicFigure.__module__ = "fintech2021"  # Named tuples refuse it inside.
