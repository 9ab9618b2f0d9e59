"""A transcription: the cells of one dataset version and where each stands in the source text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from fintech2021._core.kinds import KINDS, parse
from fintech2021._core.origin import BY_ROW, EVIDENCE, of_evidence, origin_of
from fintech2021._core.rows import key_of, read_table, write_table
from fintech2021._evidence import reading
from fintech2021._evidence.places import PLACE_HEADER
from tools.freezing.derive import derived_cells
from tools.freezing.describe import describe
from tools.freezing.sections import section_of
from tools.models import keys

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path

    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._records.record import Record

    Rows = Callable[[str], Mapping[str, Mapping[str, str]]]
    """Gives the rows of a dataset by their keys."""

__all__ = [
    "FreezeError",
    "TranscribedPlace",
    "Transcript",
    "elsewhere",
    "rank",
    "section",
    "unproven",
]


class FreezeError(Exception):
    """A transcription breaks a rule and is not frozen."""


class TranscribedPlace(NamedTuple):
    """One row of a provenance file, as text."""

    key: str
    column: str
    part: str
    line: str
    start: str
    printed: str
    scale: str


_SCALE = KINDS["number"]


def section(line: int) -> str:
    """Return the part of the report that a line belongs to."""
    return section_of(line).en


@dataclass(frozen=True, kw_only=True)
class Transcript:
    """Rows and places of a version, in the order in which they are published."""

    name: str
    header: list[str]
    rows: list[list[str]]
    places: list[TranscribedPlace]
    repairs: list[list[str]]

    @classmethod
    def read(cls, folder: Path, version: str) -> Transcript:
        """Read the two files of a transcription."""
        header, rows = read_table((folder / f"{version}.csv").read_bytes())
        _, places = read_table((folder / f"{version}.provenance.csv").read_bytes())
        mended = folder / f"{version}.repairs.csv"
        return cls(
            name=f"{folder.name} {version}",
            header=header,
            rows=rows,
            places=[TranscribedPlace(*place) for place in places],
            repairs=read_table(mended.read_bytes())[1] if mended.exists() else [],
        )

    def table(self) -> bytes:
        """Return the CSV file."""
        return write_table(self.header, self.rows)

    def provenance(self) -> bytes:
        """Return the provenance file, with the part of the report that each line belongs to."""
        rows = [[*place, section(int(place.line))] for place in self.places]
        return write_table([*PLACE_HEADER], rows)

    def checked(self, model: type[Record], rows: Rows) -> tuple[bytes, bytes]:
        """Return both files if the transcription keeps every rule; else raise `FreezeError`."""
        faults = list(self._faults(model, rows))
        if faults:
            raise FreezeError("\n".join(f"{self.name}: {fault}" for fault in faults))
        return self.table(), self.provenance()

    def _faults(self, model: type[Record], rows: Rows) -> Iterator[str]:
        descriptor = describe(model, keys())
        names = [column.name for column in descriptor.columns]
        if self.header != names:
            yield f"the columns are {self.header}, expected {names}"
            return
        faults = [*self._cell_faults(descriptor, model), *self._malformed_places()]
        yield from faults or self._place_faults(descriptor)
        yield from self._derived_faults(descriptor, rows)

    def _derived_faults(self, descriptor: Descriptor, rows: Rows) -> Iterator[str]:
        """Yield every derived cell that is not what its rule gives."""
        rows = cache(rows)
        for row in self.rows:
            held = dict(zip(self.header, row, strict=True))
            key = key_of(held, descriptor.primary_key)
            for name, text in derived_cells(descriptor, held, rows).items():
                if held[name] != text:
                    yield f"{key}: {name} is {held[name]!r}, its rule gives {text!r}"

    def key(self, row: list[str], descriptor: Descriptor) -> str:
        """Return the primary key of a row as text."""
        return key_of(dict(zip(self.header, row, strict=True)), descriptor.primary_key)

    def _cell_faults(self, descriptor: Descriptor, model: type[Record]) -> Iterator[str]:
        seen = set()
        for row in self.rows:
            key = self.key(row, descriptor)
            if key in seen:
                yield f"the key {key} stands twice"
            seen.add(key)
            try:
                values = map(parse, row, [column.type for column in descriptor.columns])
                model.model_validate(dict(zip(self.header, values, strict=True)))
            except (ValueError, ValidationError) as fault:
                yield f"{key}: {fault}"
        order = [rank(dict(zip(self.header, row, strict=True)), model) for row in self.rows]
        if order != sorted(order):
            wrong = next(i for i in range(1, len(order)) if order[i] < order[i - 1])
            yield f"rows are not in the order of their key: {order[wrong]} stands too late"

    def _malformed_places(self) -> Iterator[str]:
        for place in self.places:
            numbers = (place.part, place.line, place.start)
            if not all(map(str.isdecimal, numbers)) or not _SCALE.admits(place.scale):
                yield f"{place.key}: part, line, start or scale is malformed in {tuple(place)}"
            if place.column not in self.header:
                yield f"{place.key}: a place is given for {place.column}, which is no column"

    def _place_faults(self, descriptor: Descriptor) -> Iterator[str]:
        texts = {
            self.key(row, descriptor): dict(zip(self.header, row, strict=True)) for row in self.rows
        }
        order = [
            (place.key, self.header.index(place.column), int(place.part)) for place in self.places
        ]
        if order != sorted(order):
            yield "the places are not in the order of key, column and part"
        cited = set()
        repaired = {(key, column) for key, column, _ in self.repairs}
        for (key, column), group in groupby(self.places, lambda place: (place.key, place.column)):
            cited.add((key, column))
            places = list(group)
            if key not in texts:
                yield f"a place is given for {key}, which is no row"
            else:
                fault = _disagreement(texts[key][column], descriptor.column(column), places)
                if fault and (key, column) not in repaired:
                    yield fault
                if not fault and (key, column) in repaired:
                    yield f"{key}: the repair of {column} repairs nothing"
                if elsewhere(texts[key], int(places[0].line)):
                    yield f"{key}: the line is {texts[key]['line']}, its place is {places[0].line}"
        for key, column in sorted(repaired - cited):
            yield f"{key}: the repair of {column} repairs nothing: the cell has no place"
        for key, row in texts.items():
            proven = {name for name in row if (key, name) in cited}
            yield from (f"{key}: {fault}" for fault in unproven(row, descriptor, proven))


def unproven(
    row: Mapping[str, str], descriptor: Descriptor, places: Collection[str]
) -> Iterator[str]:
    """Yield what a row lacks of what its cells rest on: places of printed ones, pages of others."""
    for column in descriptor.columns:
        origin = origin_of(column, row)
        if row[column.name] and origin == "printed" and column.name not in places:
            yield f"{column.name} is printed but has no place"
        if column.origin == BY_ROW and origin != "printed" and column.name in places:
            yield f"{column.name} has a place, but the evidence of the row is {row[EVIDENCE]}"
    by_row = any(column.origin == BY_ROW for column in descriptor.columns)
    if by_row and of_evidence(row[EVIDENCE]) == "public" and not row["source_ids"]:
        yield f"the evidence is {row[EVIDENCE]}, but source_ids names no page"


def elsewhere(row: Mapping[str, str], line: int) -> bool:
    """Tell whether a row that says in which line it stands names another than that of its place."""
    return row.get("line", str(line)) != str(line)


def _disagreement(cell: str, column: Column, group: list[TranscribedPlace]) -> str:
    """Say how a cell differs from what its places print; the empty text if it does not."""
    characters, scale = "".join(place.printed for place in group), Decimal(group[0].scale)
    try:
        agrees = reading.agrees(cell, column, characters, scale)
    except ValueError as fault:
        agrees, characters = False, f"{characters} ({fault})"
    if agrees:
        return ""
    return (
        f"{group[0].key}: {column.name} is {cell!r}, but line {group[0].line} prints "
        f"{characters!r} and the scale is {scale}"
    )


def rank(row: Mapping[str, str], model: type[Record]) -> tuple[int | str, ...]:
    """Return what the rows of a table are sorted by: texts, periods too, and numbers by size."""
    cells = ((column, row[column]) for column in (*model.table.order, *model.table.key))
    return tuple(
        int(text) if text.isdigit() and model.model_fields[column].annotation is not str else text
        for column, text in cells
    )
