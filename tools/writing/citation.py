"""The citation names the release and the edition: they stand elsewhere and are taken from there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from fintech2021._core import catalog
from tools.writing.markdown import renewed

__all__ = ["with_release"]

ROOT = Path(__file__).resolve().parents[2]


def with_release(text: str) -> str:
    """Return the citation with today's release and the edition that it reads by default."""
    text = renewed(text, "# <release>", "# </release>", "\n".join(_release()))
    return renewed(text, "# <edition>", "# </edition>", "\n".join(_edition()))


def _release() -> list[str]:
    """Return version and address of the project, and the day if the changelog tells one."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    version = settings["project"]["version"]
    address = settings["tool"]["hatch"]["metadata"]["hooks"]["custom"]["repository"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    days = re.findall(rf"^## {re.escape(version)} - (\S+)$", changelog, re.MULTILINE)
    code = [f'repository-code: "{address}"'] if address else []
    return [f"version: {version}", *(f"date-released: {day}" for day in days), *code]


def _edition() -> list[str]:
    edition = catalog.default_edition()
    published = edition.published_on
    return [
        "  - type: data",
        f'    title: "fintech2021, edition {edition.name}"',
        f'    edition: "{edition.name}"',
        f"    date-published: {published}" if published else "    status: in-preparation",
        "    authors:",
        '      - name: "The fintech2021 founders"',
        "    license: MIT",
    ]
