"""A Data Package v2 in one zip: the published files with all descriptors in one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from fintech2021._core import store
from fintech2021._export.format import Format
from fintech2021._export.schemaorg import sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fintech2021._export.choice import Choice, Table

__all__ = ["FORMAT"]

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_HEAD = "datapackage.json"
_NAME = "fintech2021"


def _write(choice: Choice, path: Path) -> Iterator[str]:
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        _put(package, _HEAD, json.dumps(_package(choice), ensure_ascii=False, indent=2).encode())
        _put(package, "README.md", _readme(choice).encode())
        for table in choice.tables:
            it = table.descriptor
            _put(package, it.path, it.content)
            _put(package, it.provenance_path, store.read(it.provenance_path, it.provenance_sha256))
            yield table.name


def _put(package: ZipFile, name: str, content: bytes) -> None:
    """Put a file into the zip without a time, so that equal data give equal bytes."""
    part = ZipInfo(name)
    part.compress_type, part.external_attr = ZIP_DEFLATED, 0o644 << 16
    package.writestr(part, content)


def _package(choice: Choice) -> dict[str, Any]:
    day = choice.edition.published_on
    return {
        "$schema": _PROFILE,
        "name": _NAME,
        "title": f"{_NAME}, edition {choice.edition.name}",
        "description": choice.citation("plain"),
        "version": choice.edition.name,
        **({"created": f"{day}T00:00:00Z"} if day else {}),
        "licenses": [each._asdict() for each in choice.licences],
        "sources": [{"title": each} for each in sources(choice)],
        "resources": [_resource(table) for table in choice.tables],
    }


def _resource(table: Table) -> dict[str, Any]:
    """Return a descriptor as it stands among others, with the references that hold there."""
    it, document = table.descriptor, table.descriptor.to_resource()
    kept = {column.name for column in table.references}
    keys = [key for key in document["schema"].pop("foreignKeys", []) if key["fields"][0] in kept]
    if keys:
        document["schema"]["foreignKeys"] = keys
    document["path"], document["provenance"]["path"] = it.path, it.provenance_path
    return document


def _readme(choice: Choice) -> str:
    listed = "\n".join(
        f"| `{it.name}` | {it.version} | {it.rows} | {it.title_en} | {it.title_zh} |"
        for it in (table.descriptor for table in choice.tables)
    )
    return f"""# {_NAME}, edition {choice.edition.name}

{choice.citation("plain")}

| Dataset | Version | Rows | Title | 标题 |
|---|---|---|---|---|
{listed}

`datapackage.json` says what each column is. A `.provenance.csv` says of each printed cell where it
stands in the text.

```bibtex
{choice.citation("bibtex")}
```
"""


def _is_one(path: Path) -> bool:
    """Tell whether a file is a package that was made here: another may hold anything."""
    try:
        with ZipFile(path) as parts:
            return bool(json.loads(parts.read(_HEAD)).get("name") == _NAME)
    except (BadZipFile, KeyError, ValueError, AttributeError):
        return False


FORMAT = Format("file", (".zip",), _write, _is_one)
