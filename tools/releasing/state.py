"""What a release is called, and what stands in its way: read from the checkout."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from fintech2021._core import catalog
from tools.checking.register import git
from tools.writing.citation import with_release

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fintech2021._core.catalog import Edition

__all__ = ["ROOT", "State"]

ROOT = Path(__file__).resolve().parents[2]
_HEADING = re.compile(r"^## (?P<title>.+)$", re.MULTILINE)


class State(NamedTuple):
    """Everything of a checkout that a release depends on, besides what is built of it."""

    version: str
    changelog: str
    citation: str
    edition: Edition
    uncommitted: tuple[str, ...]
    tags: tuple[str, ...]
    tags_here: tuple[str, ...]

    @classmethod
    def read(cls, folder: Path = ROOT) -> Self:
        """Return the state of a checkout; the edition is that of the package in use."""
        project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
        return cls(
            version=project["version"],
            changelog=(folder / "CHANGELOG.md").read_text("utf-8"),
            citation=(folder / "CITATION.cff").read_text("utf-8"),
            edition=catalog.default_edition(),
            uncommitted=tuple(git("status", "--porcelain", folder=folder).splitlines()),
            tags=tuple(git("tag", "--list", folder=folder).split()),
            tags_here=tuple(git("tag", "--points-at", "HEAD", folder=folder).split()),
        )

    @property
    def tag(self) -> str:
        """The name of the release in the history."""
        return f"v{self.version}"

    def faults(self) -> Iterator[str]:
        """Yield what contradicts itself, whether or not a release is near."""
        if self.citation != with_release(self.citation):
            yield "CITATION.cff is not current: python -m tools.writing.generate"
        if f"\nversion: {self.version}\n" not in self.citation:
            yield f"CITATION.cff does not name version {self.version}"
        named = rf"^## ({re.escape(self.version)} - |Unreleased$)"
        if not re.search(named, self.changelog, re.MULTILINE):
            yield f"CHANGELOG.md has neither {self.version} nor what is unreleased"

    def waiting(self, *, tagged: bool) -> Iterator[str]:
        """Yield what is still to be done; with `tagged` the tag is to be there already."""
        if self.uncommitted:
            yield f"{len(self.uncommitted)} files are not committed: {self.uncommitted[0]}, …"
        yield from self._unnamed()
        if not self.edition.published_on:
            publish = "python -m tools.freezing.freeze --publish DAY"
            yield f"edition {self.edition.name} is a draft: {publish}"
        if tagged and self.tag not in self.tags_here:
            yield f"the commit has no tag {self.tag}, but {', '.join(self.tags_here) or 'none'}"
        if not tagged and self.tag in self.tags:
            yield f"{self.tag} is tagged already"

    def _unnamed(self) -> Iterator[str]:
        """Yield what is unreleased, which a release has to name first."""
        newest = next(_HEADING.finditer(self.changelog))["title"]
        if not re.fullmatch(rf"{re.escape(self.version)} - \d{{4}}-\d\d-\d\d", newest):
            yield (
                f"the newest part of CHANGELOG.md is called {newest!r}, expected "
                f"'{self.version} - DAY': python -m tools.releasing --prepare VERSION DAY"
            )
