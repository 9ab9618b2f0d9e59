"""What a claim is about: cells of datasets, as text and as the numbers that they can stand for."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from . import pins, provenance
from .errors import RelationError, UnknownKeyError
from .intervals import Interval, hedged, of_printed
from .relations import Operand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .descriptors import Descriptor, Field

__all__ = ["cells_of", "read_operand"]


def read_operand(text: str, hedges: bool) -> Operand:  # noqa: FBT001
    """Return the cells that an operand names, as text and as the numbers that they can be.

    Raises `RelationError` for what is no operand, and `UnknownDatasetError`, `UnknownKeyError` or
    `UnknownColumnError` for what does not exist.
    """
    dataset, key, column = _parts(text)
    descriptor = pins.descriptor(dataset)
    field = descriptor.field(column)
    chosen = _chosen(descriptor, key)
    numeric = field.type in {"integer", "number"}
    return Operand(
        [row[column] for row in chosen.values() if row[column]],
        [
            _interval(descriptor, field, name, row, hedges=hedges)
            for name, row in chosen.items()
            if numeric and row[column]
        ],
    )


def _parts(text: str) -> list[str]:
    parts = text.split("/")
    if len(parts) != 3:  # noqa: PLR2004
        raise RelationError(f"The operand {text!r} is not written dataset/key/column")
    return parts


def _chosen(descriptor: Descriptor, key: str) -> Mapping[str, Mapping[str, str]]:
    """Return the rows that the key of an operand names: one, or those that have certain texts."""
    rows = provenance.rows(descriptor)
    if not key.startswith("*"):
        if key not in rows:
            raise UnknownKeyError(f"row of {descriptor.name} with the key", key, rows)
        return {key: rows[key]}
    wanted = [(descriptor.field(column).name, text) for column, text in _wanted(key)]
    return {name: row for name, row in rows.items() if all(row[c] == text for c, text in wanted)}


def _wanted(key: str) -> list[tuple[str, str]]:
    """Return the columns and texts that ``*[column=text,column=text]`` asks for; ``*`` for none."""
    if key == "*":
        return []
    pairs = [pair.split("=") for pair in key[2:-1].split(",")]
    if not (key.startswith("*[") and key.endswith("]") and all(len(pair) == 2 for pair in pairs)):  # noqa: PLR2004
        raise RelationError(f"The selector {key!r} is not written *[column=text]")
    return [(column, text) for column, text in pairs]


_COUNTED = frozenset({"count", "rank", "years", "days"})


def _interval(
    descriptor: Descriptor, field: Field, key: str, row: Mapping[str, str], *, hedges: bool
) -> Interval:
    places = provenance.places(descriptor).get((key, field.name), ())
    if not places or descriptor.repair(key, field.name):
        return Interval.exact(Decimal(row[field.name]))
    characters = "".join(place.printed for place in places)
    counted = field.unit is None or bool({field.unit, row.get("unit")} & _COUNTED)
    whole = abs(places[0].scale) == 1 and "." not in characters
    found = of_printed(characters, places[0].scale, exact=counted and whole)
    return hedged(found, row.get("qualifier", "")) if hedges else found
