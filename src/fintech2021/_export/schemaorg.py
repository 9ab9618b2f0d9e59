"""schema.org: what search engines for data read, as JSON-LD for a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fintech2021._explore.cited import AUTHOR, TITLE_EN, TITLE_ZH
from fintech2021._export.format import Format

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._export.choice import Choice

__all__ = ["FORMAT", "is_ours", "known", "sources", "variable"]


def _write(choice: Choice, path: Path) -> Iterator[str]:
    path.write_text(json.dumps(_document(choice), ensure_ascii=False, indent=2) + "\n", "utf-8")
    yield path.name


def _document(choice: Choice) -> dict[str, Any]:
    return known(
        {
            # A vocabulary and no address: whoever reads it asks no other server for a context.
            "@context": {"@vocab": "https://schema.org/"},
            "@type": "Dataset",
            "name": TITLE_EN,
            "alternateName": TITLE_ZH,
            "description": choice.citation("plain"),
            "version": choice.edition.name,
            "creator": {"@type": "Organization", "name": AUTHOR},
            "datePublished": choice.edition.published_on,
            "creativeWorkStatus": None if choice.edition.published_on else "Draft",
            "license": [each.path for each in choice.licences],
            "inLanguage": ["en", "zh"],
            "isAccessibleForFree": True,
            "citation": choice.citation("apa"),
            "isBasedOn": [{"@type": "CreativeWork", "name": each} for each in sources(choice)],
            "hasPart": [_table(table.descriptor) for table in choice.tables],
        }
    )


def known(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document without what is not known."""
    return {name: value for name, value in document.items() if value not in (None, [], "")}


def sources(choice: Choice) -> list[str]:
    """Return what the values come from."""
    return [*dict.fromkeys(each for it in choice.tables for each in it.descriptor.sources)]


def _table(it: Descriptor) -> dict[str, Any]:
    return known(
        {
            "@type": "Dataset",
            "@id": f"#{it.name}",
            "name": it.title_en,
            "alternateName": it.title_zh,
            "description": it.description,
            "version": it.version,
            "identifier": [
                {"@type": "PropertyValue", "propertyID": "name", "value": it.name},
                {"@type": "PropertyValue", "propertyID": "sha256", "value": it.sha256},
            ],
            "license": [each.path for each in it.licenses],
            "variableMeasured": [variable(column) for column in it.columns],
        }
    )


def variable(column: Column) -> dict[str, Any]:
    """Return what a column is."""
    return known(
        {
            "@type": "PropertyValue",
            "name": column.name,
            "alternateName": [column.title_en, column.title_zh],
            "description": column.description,
            "unitText": column.unit,
            "minValue": column.minimum,
            "maxValue": column.maximum,
        }
    )


def is_ours(path: Path) -> bool:
    """Tell whether a file of JSON-LD is about this library: another may say anything."""
    try:
        return bool(json.loads(path.read_text("utf-8")).get("alternateName") == TITLE_ZH)
    except (ValueError, AttributeError):
        return False


FORMAT = Format("file", (".jsonld", ".json"), _write, is_ours)
