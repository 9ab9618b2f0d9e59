"""What the tools answer: documents for JSON, in which every number says where it comes from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fintech2021._audit.claim import claim as audited
from fintech2021._core.rows import by_key
from fintech2021._evidence.places import source as source_of
from fintech2021._explore.cite import cite as cited
from fintech2021._explore.find import Asked, found
from fintech2021._given import shown
from fintech2021._versions import pins
from fintech2021.errors import ArgumentError, UnknownKeyError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fintech2021._audit.claim import AuditedCell
    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._evidence.places import Provenance
    from fintech2021._explore.find import Found

__all__ = ["TOOLS", "cite", "claim", "find", "info", "list_datasets", "rows", "source"]

MOST = 200
"""More rows or places than this go into no answer: who reads has a small memory."""


def list_datasets() -> dict[str, Any]:
    """List every dataset: name, version, edition, number of rows, titles in English and Chinese."""
    return {"datasets": [_listed(pins.resolve(name)) for name in pins.datasets()]}


def _listed(chosen: pins.Resolved) -> dict[str, Any]:
    it = chosen.descriptor
    titles = {"title_en": it.title_en, "title_zh": it.title_zh}
    return {"name": it.name, **_version(chosen), "rows": it.rows, **titles}


def _version(chosen: pins.Resolved) -> dict[str, Any]:
    """Return which version answers, and why another should, if one should."""
    it = chosen.descriptor
    successor = {"superseded": it.superseded} if it.superseded else {}
    return {"version": it.version, "edition": chosen.edition, **successor}


def info(dataset: str, version: str | None = None) -> dict[str, Any]:
    """Describe a dataset: what each column means, its unit, closed list and why it is empty.

    A version is a published one, such as 1.0.0; without it the one of the newest edition.
    """
    chosen = pins.resolve(dataset, version)
    return {**chosen.descriptor.to_resource(), **_version(chosen)}


def find(  # noqa: PLR0913, PLR0917 - As `fintech2021.find` takes them.
    text: str | None = None,
    topic: str | None = None,
    region: str | None = None,
    institution: str | None = None,
    dataset: str | None = None,
    limit: int = 20,
) -> dict[str, Any]:
    """Say where a text stands: dataset, key and column, the nearest first.

    English and Chinese, simplified or traditional, a number too. Topic, region and institution keep
    the rows about one thing, by any of its names. A figure comes with its source.
    """
    asked = Asked(text, topic, region, institution, dataset, _at_most(limit))
    return {"found": [_found(each) for each in found(asked)]}


def _at_most(limit: int) -> int:
    if 0 < limit <= MOST:
        return limit
    raise ArgumentError(f"limit is {shown(limit)}, expected a number from 1 to {MOST}")


def _found(hit: Found) -> dict[str, Any]:
    return {**hit._asdict(), **_version(pins.resolve(hit.dataset)), "source": _behind(hit)}


def _behind(hit: Found) -> dict[str, Any] | None:
    """Return where the figure of a place comes from; a row that tells another cell's says whose."""
    if hit.key is None or hit.value is None:
        return None
    descriptor = pins.requested(hit.dataset)
    row = by_key(descriptor)[hit.key]
    columns = [hit.column, "value", "count"]
    column = next((it for it in columns if it and row.get(it) == hit.value), None)
    return None if column is None else _evidence(source_of(hit.dataset, hit.key, column))


def rows(  # noqa: PLR0913, PLR0917 - What a client may say by name.
    dataset: str,
    key: str | None = None,
    columns: list[str] | None = None,
    limit: int = 20,
    offset: int = 0,
    version: str | None = None,
) -> dict[str, Any]:
    """Give rows of a dataset, or the one with a key; every number with its source.

    The parts of a composite key are joined with |. An empty cell is null; info says why.
    """
    chosen = pins.resolve(dataset, version)
    it = chosen.descriptor
    asked = [it.column(name) for name in columns] if columns else list(it.columns)
    keys = _keys(it, key, _from(offset), _at_most(limit))
    found = [{"key": each, **_row(it, each, asked)} for each in keys]
    return {"dataset": it.name, **_version(chosen), "of": it.rows, "rows": found}


def _from(offset: int) -> int:
    if offset >= 0:
        return offset
    raise ArgumentError(f"offset is {shown(offset)}, expected a number from 0 on")


def _keys(it: Descriptor, key: str | None, offset: int, limit: int) -> list[str]:
    known = by_key(it)
    if key is None:
        return list(known)[offset : offset + limit]
    if key not in known:
        raise UnknownKeyError(f"row of {it.name} with the key", key, known)
    return [key]


def _row(it: Descriptor, key: str, columns: list[Column]) -> dict[str, Any]:
    return {column.name: _cell(it, key, column) for column in columns}


def _cell(it: Descriptor, key: str, column: Column) -> Any:
    """Return a cell: a number as an object with its source, all else as it is."""
    found = source_of(it.name, key, column.name, version=it.version)
    is_bare = found.value is None or not column.is_number
    return _plain(found.value) if is_bare else _evidence(found, column.unit)


def source(dataset: str, key: str, column: str, version: str | None = None) -> dict[str, Any]:
    """Say where one value comes from: line, character, printed characters, scale, errata.

    The value is the number in the printed characters times the scale.
    """
    found, chosen = source_of(dataset, key, column, version=version), pins.resolve(dataset, version)
    where = {"dataset": found.dataset, "key": found.key, "column": found.column}
    unit = chosen.descriptor.column(found.column).unit
    return {**where, **_version(chosen), **_evidence(found, unit)}


def _evidence(found: Provenance, unit: str | None = None) -> dict[str, Any]:
    """Return a value with where it stands, leaving out what there is nothing of."""
    told = {
        "value": _plain(found.value),
        "unit": unit,
        "version": found.version,
        "edition": found.edition,
        "origin": found.origin,
        "places": [_plain(place._asdict()) for place in found.places],
        "repaired_by_erratum": found.repair,
        "errata": list(found.errata),
        "pages": list(found.source_ids),
        "public_figure": found.cross_check and _plain(found.cross_check._asdict()),
    }
    return {name: each for name, each in told.items() if each not in (None, [])}


def claim(claim_id: str) -> dict[str, Any]:
    """Judge one claim of the report's own arithmetic: the relation, its figures, the verdict.

    The dataset claims lists them. Every figure comes with its source.
    """
    found = audited(claim_id)
    names = [name for name in found.__dataclass_fields__ if name != "operands"]
    told = {name: _plain(getattr(found, name)) for name in names}
    operands = [
        {
            "letter": each.letter,
            "name": each.name,
            "cells": [_of_claim(cell) for cell in each.cells],
        }
        for each in found.operands
    ]
    return {**told, **_version(pins.resolve("claims")), "operands": operands}


def _of_claim(cell: AuditedCell) -> dict[str, Any]:
    where = source_of(cell.dataset, cell.key, cell.column)
    return {**_plain(cell._asdict()), "source": _evidence(where)}


def cite(
    dataset: str | None = None,
    key: str | None = None,
    column: str | None = None,
    style: str = "plain",
    version: str | None = None,
) -> dict[str, Any]:
    """Say how to cite the edition, a dataset, a row or one number.

    The style is plain, bibtex, csl, apa or gbt7714.
    """
    return {"style": style, "text": cited(dataset, key, column, style=style, version=version)}


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: days as text, whole decimals as whole numbers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return _members(value)
    is_json = value is None or isinstance(value, str | int | float)
    return str(value) if isinstance(value, date) or not is_json else value


def _members(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(each) for name, each in value.items()}


TOOLS: dict[str, Callable[..., dict[str, Any]]] = {
    "list": list_datasets,
    "info": info,
    "find": find,
    "rows": rows,
    "source": source,
    "claim": claim,
    "cite": cite,
}
"""What can be asked, by the name of the tool."""
