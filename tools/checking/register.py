"""Hold what each publishing commit published against what stands there now.

``python -m tools.checking.register`` finds, in the history, the commit that published each edition
and compares the register as that commit left it with today's. A shallow clone cannot be checked:
that is said, and fails where the environment variable CI is set.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from fintech2021._core.catalog import read_register

__all__ = ["changes", "main", "publishing_commits"]

ROOT = Path(__file__).resolve().parents[2]
DATA = "src/fintech2021/data"


def git(*arguments: str, folder: Path = ROOT) -> str:
    """Return what git prints."""
    done = subprocess.run(  # noqa: S603 - The arguments are those below.
        ["git", *arguments],  # noqa: S607 - Whichever git the maintainer has.
        cwd=folder,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout


def register_at(commit: str, folder: Path) -> dict[tuple[str, str], str]:
    """Return the register as a commit left it."""
    return read_register(git("show", f"{commit}:{DATA}/register.csv", folder=folder).encode())


def publishing_commits(folder: Path) -> dict[str, str]:
    """Return the first commit in which each edition is published."""
    commits = git("log", "--format=%H", "--reverse", "--", f"{DATA}/editions.json", folder=folder)
    found: dict[str, str] = {}
    for commit in commits.split():
        for name, edition in editions_at(commit, folder).items():
            if edition["status"] == "published":
                found.setdefault(name, commit)
    return found


def editions_at(commit: str, folder: Path) -> dict[str, Any]:
    """Return the editions as a commit left them."""
    found: dict[str, Any] = json.loads(git("show", f"{commit}:{DATA}/editions.json", folder=folder))
    return found


def changes(folder: Path) -> list[str]:
    """Return what has changed since it was published."""
    now, editions = register_at("HEAD", folder), editions_at("HEAD", folder)
    published = publishing_commits(folder)
    moved = [
        f"edition {edition} no longer is what it was when it was published"
        for edition, commit in published.items()
        if editions.get(edition) != editions_at(commit, folder)[edition]
    ]
    return moved + [
        f"{name} {version}, published in {edition}: registered as {digest}, now {now.get(item)}"
        for edition, commit in published.items()
        for item, digest in register_at(commit, folder).items()
        for name, version in [item]
        if now.get(item) != digest
    ]


def main(folder: Path = ROOT) -> int:
    """Print the verdict and return the exit status."""
    if git("rev-parse", "--is-shallow-repository", folder=folder).strip() == "true":
        print("this is a shallow clone: the register cannot be compared with its history")
        return int("CI" in os.environ)
    found = changes(folder)
    print("\n".join(found) or f"{len(publishing_commits(folder))} published editions unchanged")
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
