"""What search engines for data read on the page of a dataset: schema.org as JSON-LD."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fintech2021._core import catalog
from fintech2021._core.rows import by_key
from fintech2021._explore.cite import cite
from fintech2021._explore.cited import AUTHOR
from fintech2021._export.schemaorg import known, variable
from tools.site.embedding import embedded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fintech2021._core.descriptor import Column, Descriptor
    from tools.writing.languages import Language

__all__ = ["document", "script"]


def script(descriptor: Descriptor, language: Language, base: str = "", page: str = "") -> str:
    """Return the element of a page that says what the dataset is."""
    made = embedded(document(descriptor, language, base, page))
    return f'<script type="application/ld+json">{made}</script>'


def document(
    descriptor: Descriptor, language: Language, base: str = "", page: str = ""
) -> dict[str, Any]:
    """Return what a dataset is, in the vocabulary of schema.org; addresses only under a base."""
    edition = catalog.default_edition()
    both = descriptor.title_en, descriptor.title_zh
    return known(
        {
            # A vocabulary and no address: whoever reads it asks no other server for a context.
            "@context": {"@vocab": "https://schema.org/"},
            "@type": "Dataset",
            "@id": f"{base}{page}" if base else f"#{descriptor.name}",
            "url": f"{base}{page}" if base else None,
            "name": language.of(*both),
            "alternateName": [language.of(*both[::-1]), descriptor.name],
            "description": language.of(
                descriptor.description, descriptor.description_zh or descriptor.description
            ),
            "version": descriptor.version,
            "creativeWorkStatus": None if edition.published_on else "Draft",
            "datePublished": edition.published_on,
            "creator": {"@type": "Organization", "name": AUTHOR},
            "license": [each.path for each in descriptor.licenses],
            "isAccessibleForFree": True,
            "inLanguage": ["en", "zh-CN"],
            "temporalCoverage": _span(descriptor),
            "citation": cite(descriptor.name, version=descriptor.version, style="apa"),
            "isBasedOn": [{"@type": "CreativeWork", "name": each} for each in descriptor.sources],
            "isPartOf": {"@type": "Dataset", "name": "fintech2021", "version": edition.name},
            "identifier": {
                "@type": "PropertyValue",
                "propertyID": "sha256",
                "value": descriptor.sha256,
            },
            "variableMeasured": [_variable(each, language) for each in descriptor.columns],
        }
    )


def _variable(column: Column, language: Language) -> dict[str, Any]:
    said = language.of(column.description, column.description_zh or column.description)
    return variable(column) | known({"description": said})


_TIMES = re.compile(r"(?:period|date|event_period|issued_on)_(?:start|end)|fiscal_year|year")


def _span(descriptor: Descriptor) -> str | None:
    """Return the first and the last time of which the rows speak, as an interval of ISO 8601."""
    times = sorted(_times(descriptor))
    if not times:
        return None
    return times[0] if times[0] == times[-1] else f"{times[0]}/{times[-1]}"


def _times(descriptor: Descriptor) -> Iterator[str]:
    named = [column.name for column in descriptor.columns if _TIMES.fullmatch(column.name)]
    for row in by_key(descriptor).values():
        yield from (row[name] for name in named if row[name])
