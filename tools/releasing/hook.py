"""Hatchling's hook: the long description and the addresses, both from one setting.

The setting is ``[tool.hatch.metadata.hooks.custom]`` in ``pyproject.toml``.
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

__all__ = ["Described"]


class Described(MetadataHookInterface):
    """Gives the metadata what they cannot say by themselves."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the long description, and the addresses if there are any."""
        root, repository = Path(self.root), self.config["repository"]
        beside = runpy.run_path(str(root / "tools" / "releasing" / "description.py"))
        addresses = beside["Addresses"](repository, f"v{metadata['version']}")
        readme = (root / "README.md").read_text("utf-8")
        text = beside["described"](readme, addresses)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
        if repository:
            metadata["urls"] = _urls(repository, addresses.page("CHANGELOG.md"))


def _urls(repository: str, changelog: str) -> dict[str, str]:
    return {
        "Repository": repository,
        "Issues": f"{repository.rstrip('/')}/issues",
        "Changelog": changelog,
    }
