"""An edition as one Data Package: every table of it, with what holds between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.freezing.describe import LICENSE, REPORT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["package", "packages", "path_of"]

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

Document = dict[str, Any]


def path_of(edition: str) -> str:
    """Return the path of an edition's package, relative to the data folder."""
    return f"datapackage-{edition}.json"


def packages(
    editions: Mapping[str, Document], document: Callable[[str, str], Document]
) -> dict[str, Document]:
    """Return the package of every edition by its path; `document` gives a version's descriptor."""
    return {path_of(name): package(name, edition, document) for name, edition in editions.items()}


def package(name: str, edition: Document, document: Callable[[str, str], Document]) -> Document:
    """Return an edition as a Data Package v2; paths are relative to the data folder."""
    published = edition.get("published_on")
    return {
        "$schema": _PROFILE,
        "name": "fintech2021",
        "title": f"fintech2021, edition {name}",
        "description": "Tables from a report on fintech and digital inclusive finance in China.",
        "version": name,
        **({"created": f"{published}T00:00:00Z"} if published else {}),
        "licenses": [LICENSE._asdict()],
        "sources": [{"title": REPORT}],
        "resources": [_resource(document(*item)) for item in edition["datasets"].items()],
    }


def _resource(document: Document) -> Document:
    """Return a descriptor as a package has it: among the others, not beside its file."""
    folder, schema = document["name"], document["schema"]
    provenance = document["provenance"]
    return {
        **document,
        # What versions before edition 2026.3 do not say or say against the standard.
        "licenses": document.get("licenses", [LICENSE._asdict()]),
        "schema": {key: value for key, value in schema.items() if key != "foreignKeys" or value},
        "path": f"{folder}/{document['path']}",
        "provenance": {**provenance, "path": f"{folder}/{provenance['path']}"},
    }
