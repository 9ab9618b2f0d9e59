"""Give what is unreleased a version and a day: in the project and in the changelog."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from packaging.version import InvalidVersion, Version

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["NEXT", "prepare"]

NEXT = """Then, in this order:
  python -m tools.freezing.freeze --publish {day}   # unless the edition is published
  pip install -q -e '.[test]'                               # the page of pins names the release
  python -m tools.writing.generate
  python -m tools.writing.pin_page
  .ci/run
  git commit -am 'Publish edition {edition} with package release {version}'
  python -m tools.releasing                                 # checks, and makes the tag v{version}
  git push --follow-tags                                    # the workflow publishes
"""


def prepare(root: Path, version: str, day: str) -> None:
    """Write version and day where they stand; raises `ValueError` for what cannot be released."""
    project, changelog = root / "pyproject.toml", root / "CHANGELOG.md"
    _check(version, day, project.read_text("utf-8"))
    _replace(project, r'^version = ".+"$', f'version = "{version}"')
    _replace(changelog, r"^## Unreleased$", f"## {version} - {day}")


def _check(version: str, day: str, project: str) -> None:
    """Refuse what is no version, not the next one, or no day."""
    date.fromisoformat(day)
    found = re.search(r'^version = "(.+)"$', project, re.MULTILINE)
    try:
        newer = found is not None and Version(version) > Version(found[1])
    except InvalidVersion:
        newer = False
    if not newer or str(Version(version)) != version:
        raise ValueError(f"{version!r} is no version after {found and found[1]}, such as 0.3.0")


def _replace(path: Path, pattern: str, line: str) -> None:
    """Replace the one line of a file that has a form."""
    text, count = re.subn(pattern, line, path.read_text("utf-8"), flags=re.MULTILINE)
    if count != 1:
        raise ValueError(f"{path.name} has {count} lines like {pattern}, expected one")
    path.write_text(text, "utf-8")
