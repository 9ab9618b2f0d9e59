"""Three versions of banks, told apart by one cell: the published 1.0.0 and two made-up ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tools.freezing.freeze import INDEXES, digests_module

from fintech2021._core import catalog, digests, store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest

__all__ = ["EDITIONS", "STAFF", "WHY", "files", "forget", "package", "write"]

STAFF = {"1.0.0": 35400, "1.1.0": 35401, "2.0.0": 35402}
"""The number of people who work in technology at icbc, by version."""

EDITIONS = {"2026.1": "1.0.0", "2026.2": "1.1.0", "2026.3": "2.0.0"}
"""The version of banks in every edition; the last one is a draft."""

WHY = "made up"
"""Why version 1.1.0 is superseded."""


def files() -> Mapping[str, bytes]:
    """Return the packaged files that differ, by their paths in the data folder."""
    made = {path: content for version in ("1.1.0", "2.0.0") for path, content in _banks(version)}
    lines = store.read_unchecked("register.csv").decode("ascii").splitlines()
    kept = [line for line in lines if not line.startswith("banks,") or line[6:12] == "1.0.0,"]
    new = [f"banks,{v},{store.digest(made[f'banks/{v}.json'])}" for v in ("1.1.0", "2.0.0")]
    made["register.csv"] = "\n".join([*kept, *new, ""]).encode("ascii")
    made["editions.json"] = json.dumps(_editions()).encode()
    made["superseded.csv"] = f"dataset,version,reason\nbanks,1.1.0,{WHY}\n".encode("ascii")
    return made


def _banks(version: str) -> list[tuple[str, bytes]]:
    document: dict[str, Any] = json.loads(store.read_unchecked("banks/1.0.0.json"))
    published = store.read_unchecked("banks/1.0.0.csv")
    content = published.replace(b",35400,", f",{STAFF[version]},".encode("ascii"))
    assert content != published
    repair = {"key": "icbc", "column": "tech_staff", "erratum_id": "made_up"}
    document |= {
        "version": version,
        "path": f"{version}.csv",
        "hash": f"sha256:{store.digest(content)}",
        "repairs": [repair],
    }
    document["provenance"] |= {"path": "1.0.0.provenance.csv"}
    descriptor = json.dumps(document, ensure_ascii=False).encode()
    return [(f"banks/{version}.csv", content), (f"banks/{version}.json", descriptor)]


def _editions() -> dict[str, Any]:
    others = dict(catalog.default_edition().datasets)
    published = {"status": "published", "published_on": "2026-11-23"}
    made: dict[str, Any] = {
        name: {**published, "datasets": others | {"banks": version}}
        for name, version in EDITIONS.items()
    }
    made["2026.3"] = {"status": "draft", "datasets": made["2026.3"]["datasets"]}
    return made


def package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process read them in place of the packaged files."""
    made, packaged = files(), store.read_unchecked
    monkeypatch.setattr(
        store, "read_unchecked", lambda path: made[path] if path in made else packaged(path)
    )
    monkeypatch.setattr(digests, "INDEX_SHA256", _digests(made))
    forget()


def _digests(made: Mapping[str, bytes]) -> dict[str, str]:
    return {path: store.digest(made[path]) for path in INDEXES}


def forget() -> None:
    """Empty the caches of what is packaged."""
    for cached in (
        catalog._register,
        catalog.editions,
        catalog._superseded,
        catalog._load,
        store.read,
    ):
        cached.cache_clear()


def write(data: Path) -> None:
    """Write them into the data folder of a copied package."""
    made = files()
    for path, content in made.items():
        (data / path).write_bytes(content)
    guard = digests_module(_digests(made))
    (data.parent / "_core" / "digests.py").write_text(guard, "ascii")
