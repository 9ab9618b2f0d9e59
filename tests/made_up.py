"""Descriptors of datasets that do not exist, for what the published ones do not show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import fintech2021 as ft
from fintech2021._core import store
from fintech2021._core.descriptor import Descriptor
from fintech2021._core.rows import write_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest


__all__ = ["publish"]

COLUMN = {"title": "Column", "title_zh": "列", "description": "A column.", "origin": "editorial"}


def publish(
    monkeypatch: pytest.MonkeyPatch,
    columns: dict[str, str],
    rows: Iterable[tuple[str, ...]],
    *,
    key: tuple[str, ...] = ("id",),
    required: tuple[str, ...] = (),
    **more: Any,
) -> Descriptor:
    """Return the descriptor of a table whose file is only in memory; columns are name → type."""
    content = write_table(list(columns), [list(row) for row in rows])
    path = "made_up.csv"
    document = _document() | {
        "path": path,
        "hash": f"sha256:{store.digest(content)}",
        "rows": len(content.splitlines()) - 1,
        "schema": {
            "foreignKeys": [],
            "primaryKey": list(key),
            "fields": [
                COLUMN | {"name": name, "type": kind, "constraints": {"required": name in required}}
                for name, kind in columns.items()
            ],
        },
        **more,
    }
    made = Descriptor.from_resource(document)
    packaged = store.read
    monkeypatch.setattr(
        store, "read", lambda name, sha256: content if name == made.path else packaged(name, sha256)
    )
    return made


def _document() -> dict[str, Any]:
    descriptor = ft.info("banks", "1.0.0")
    path = descriptor.path.replace(".csv", ".json")
    document: dict[str, Any] = json.loads(store.read_unchecked(path))
    return document
