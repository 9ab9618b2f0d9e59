"""Croissant: Parquet files with the JSON-LD that loaders for machine learning read.

Not CSV: they read it by pandas, which makes "2021.0" of a year that is text, and nothing of "NA".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fintech2021._core import store
from fintech2021._explore.cited import AUTHOR, TITLE_ZH
from fintech2021._export.arrow import PARQUET, parquet
from fintech2021._export.format import Format
from fintech2021._export.schemaorg import is_ours, known, sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._export.choice import Choice, Table

__all__ = ["FORMAT"]

_HEAD = "croissant.json"

_WORDS = (
    "citeAs",
    "column",
    "equivalentProperty",
    "extract",
    "field",
    "fileProperty",
    "fileObject",
    "fileSet",
    "format",
    "includes",
    "isLiveDataset",
    "jsonPath",
    "key",
    "md5",
    "parentField",
    "path",
    "recordSet",
    "references",
    "regex",
    "repeated",
    "replace",
    "samplingRate",
    "separator",
    "source",
    "subField",
    "transform",
)
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    **{name: f"cr:{name}" for name in _WORDS},
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "sc": "https://schema.org/",
}
"""The context of version 1.0, to the letter: readers warn of any other."""

_TYPES = {
    "string": "sc:Text",
    "list": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "yearmonth": "sc:Date",
}


def _write(choice: Choice, folder: Path) -> Iterator[str]:
    files = {}
    for table in choice.tables:
        files[_file(table.descriptor)] = content = parquet(choice, table)
        (folder / _file(table.descriptor)).write_bytes(content)
        yield table.name
    document = json.dumps(_document(choice, files), ensure_ascii=False, indent=2)
    (folder / _HEAD).write_text(f"{document}\n", "utf-8")


def _file(it: Descriptor) -> str:
    return f"{it.name}.parquet"


def _document(choice: Choice, files: Mapping[str, bytes]) -> dict[str, Any]:
    day = choice.edition.published_on
    return known(
        {
            "@context": _CONTEXT,
            "@type": "sc:Dataset",
            "conformsTo": "http://mlcommons.org/croissant/1.0",
            "name": "fintech2021",
            "alternateName": TITLE_ZH,
            "description": choice.citation("plain"),
            "version": f"{choice.edition.name}.0",
            "creator": {"@type": "Organization", "name": AUTHOR},
            "datePublished": day or f"{choice.year}-01-01",
            "license": [each.path for each in choice.licences],
            "citeAs": choice.citation("bibtex"),
            "isBasedOn": sources(choice),
            "distribution": [_distribution(*file) for file in files.items()],
            "recordSet": [_records(table) for table in choice.tables],
        }
    )


def _distribution(name: str, content: bytes) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{len(content)} B",
        "encodingFormat": "application/x-parquet",
        "sha256": store.digest(content),
    }


def _records(table: Table) -> dict[str, Any]:
    it = table.descriptor
    keys = [{"@id": f"{it.name}/{part}"} for part in it.primary_key]
    return {
        "@type": "cr:RecordSet",
        "@id": it.name,
        "name": it.name,
        "description": f"{it.title_en} ({it.title_zh}). {it.description}",
        "key": keys[0] if len(keys) == 1 else keys,
        "field": [_field(it, column) for column in it.columns],
    }


def _field(it: Descriptor, column: Column) -> dict[str, Any]:
    return known(
        {
            "@type": "cr:Field",
            "@id": f"{it.name}/{column.name}",
            "name": column.name,
            "description": f"{column.title_en} ({column.title_zh}). {column.description}",
            "dataType": _TYPES[column.type],
            "repeated": column.is_list or None,
            "source": {
                "fileObject": {"@id": _file(it)},
                "extract": {"column": column.name},
                **({"transform": {"separator": ";"}} if column.is_list else {}),
            },
        }
    )


def _is_one(path: Path) -> bool:
    return is_ours(path) if path.name == _HEAD else PARQUET.is_one(path)


FORMAT = Format("folder", (), _write, _is_one)
