"""The page for whoever moves from edition 2026.2: it leaves no table out, in either language."""

from __future__ import annotations

from pathlib import Path

import pytest

import fintech2021 as ft

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("folder", ["docs", "docs/zh"])
def test_the_page_names_every_table_and_its_versions_in_both_editions(folder: str) -> None:
    lines = (ROOT / folder / "from-2026.2-to-2026.3.md").read_text("utf-8").splitlines()
    with ft.pinned("2026.2"):
        old = dict(ft.catalog()[["name", "version"]].to_numpy().tolist())
    with ft.pinned("2026.3"):
        new = dict(ft.catalog()[["name", "version"]].to_numpy().tolist())
    missed = [
        name
        for name, version in new.items()
        if not any(f"`{name}`" in line and _says(line, old.get(name), version) for line in lines)
    ]
    assert missed == []


def _says(line: str, old: str | None, new: str) -> bool:
    """Tell whether a line has both versions; a new table has none of them to be named."""
    return old is None or (old in line and new in line)
