"""What the cells of a dataset answer when they are asked: a small document beside its page.

It holds what `fintech2021.source` says and nothing of the report's sentences. Numbers and names
that recur stand once: sections, pages, errata.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fintech2021._core import catalog
from fintech2021._core.rows import by_key
from fintech2021._evidence.places import source
from fintech2021._export.schemaorg import known
from tools.freezing.sections import sections as sections_of_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._evidence.places import Provenance

__all__ = ["cells", "rule"]

RULES = {
    "first_day": ("the first day of {of}", "{of}的第一天"),
    "last_day": ("the last day of {of}", "{of}的最后一天"),
    "lookup": ("looked up: {of}", "查表所得：{of}"),
    "difference": ("{of} less {less}", "{of}减{less}"),
}
"""How a derived column follows from others, in both languages."""
CHINESE_SECTIONS = {section.en: section.zh for section in sections_of_report()}
"""What a section of the report is called in Chinese."""


def cells(descriptor: Descriptor) -> dict[str, Any]:
    """Return what every cell of a dataset version answers that has more to say than its column."""
    asked = [found for found in _all_of(descriptor) if _says_more(found)]
    sections = list(dict.fromkeys(place.section for found in asked for place in found.places))
    return {
        "dataset": descriptor.name,
        "version": descriptor.version,
        "columns": {column.name: _about(column) for column in descriptor.columns},
        "sections": sections,
        "sections_zh": [CHINESE_SECTIONS[section] for section in sections],
        "errata": dict(_errata(asked)),
        "pages": dict(_pages(asked)),
        "cells": _by_key(asked, sections),
    }


def _all_of(descriptor: Descriptor) -> Iterator[Provenance]:
    for key in by_key(descriptor):
        for column in descriptor.columns:
            yield source(descriptor.name, key, column.name, version=descriptor.version)


def _says_more(found: Provenance) -> bool:
    return bool(found.places or found.errata or found.source_ids or found.cross_check)


def _about(column: Column) -> dict[str, Any]:
    return known(
        {
            "meaning": [column.description, column.description_zh],
            "missing": [column.missing, column.missing_zh] if column.missing else None,
            "rule": rule(column),
        }
    )


def rule(column: Column) -> list[str]:
    """Return how a derived column follows from others, in English and in Chinese."""
    if not column.derivation:
        return []
    taken = {name: str(value).replace("/", " → ") for name, value in column.derivation.items()}
    return [form.format(**taken) for form in RULES[taken["rule"]]]


def _errata(asked: Iterable[Provenance]) -> Iterator[tuple[str, list[str]]]:
    """Yield each erratum that a cell has: kind and reading in both languages."""
    errata = catalog.load_descriptor("errata")
    kinds, rows = errata.column("kind"), by_key(errata)
    for name in sorted({erratum for found in asked for erratum in found.errata}):
        row = rows[name]
        labels = kinds.labels_en[row["kind"]], kinds.labels[row["kind"]]
        yield name, [*labels, row["reading_en"], row["reading_zh"]]


def _pages(asked: Iterable[Provenance]) -> Iterator[tuple[str, list[str]]]:
    """Yield each page on which a value or a comparison rests: titles, publishers, address."""
    rows = by_key(catalog.load_descriptor("sources"))
    told = ("publisher_en", "publisher_zh", "title_en", "title_zh", "url")
    for name in sorted({page for found in asked for page in _pages_of(found)}):
        yield name, [rows[name][column] for column in told]


def _pages_of(found: Provenance) -> tuple[str, ...]:
    return found.source_ids + (found.cross_check.source_ids if found.cross_check else ())


def _by_key(asked: Iterable[Provenance], sections: list[str]) -> dict[str, dict[str, Any]]:
    made: dict[str, dict[str, Any]] = {}
    for found in asked:
        made.setdefault(found.key, {})[found.column] = _answer(found, sections)
    return made


def _answer(found: Provenance, sections: list[str]) -> Mapping[str, Any]:
    """Return what `source` says of a cell: what is not known is left out."""
    return known(
        {
            "origin": found.origin if found.origin != "printed" else None,
            "places": [
                [each.line, each.start, each.printed, str(each.scale), sections.index(each.section)]
                for each in found.places
            ],
            "repair": found.repair,
            "errata": list(found.errata),
            "pages": list(found.source_ids),
            "check": list(found.cross_check) if found.cross_check else None,
        }
    )
