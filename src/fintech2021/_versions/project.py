"""Where a project has its lock file, and what its ``pyproject.toml`` says of it."""

from __future__ import annotations

import os
import re
import tomllib
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fintech2021._given import shown
from fintech2021._versions.lockfile import printable
from fintech2021.errors import LockError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["applied_by", "lock_in", "lock_path", "project_of", "writable"]

_DEFAULT_LOCK = "fintech2021.lock"
_MARKS = (_DEFAULT_LOCK, "pyproject.toml", ".git")
_LONGEST = 10_000_000


def project_of(folder: Path) -> Path:
    """Return the project of a folder: the first one upwards with one of its marks, or itself."""
    here = folder.resolve()
    for above in (here, *here.parents):
        if any((above / mark).exists() for mark in _MARKS):
            return above
    return here


def lock_path(folder: Path) -> Path | None:
    """Return the lock file that ``[tool.fintech2021]`` of the folder's project names."""
    project = project_of(folder)
    path = project / "pyproject.toml"
    if not path.is_file():
        return None
    table = _table(path)
    if unknown := sorted(table.keys() - {"lock"}):
        raise LockError(
            f"{printable(path)}: [tool.fintech2021] has no key {shown(unknown[0])}; known is "
            f"lock, the path of the lock file"
        )
    named = table.get("lock")
    if named is None:
        return None
    if not isinstance(named, str) or not named or "\0" in named:
        raise LockError(
            f"{printable(path)}: [tool.fintech2021] lock is {shown(named)}, expected a path as text"
        )
    return project / named


def _table(path: Path) -> Mapping[str, Any]:
    """Return what a ``pyproject.toml`` says of this library."""
    try:
        with path.open("rb") as file:
            document = tomllib.loads(file.read(_LONGEST).decode("utf-8-sig"))
        table = document.get("tool", {}).get("fintech2021", {})
        if not isinstance(table, dict):
            raise TypeError(f"tool.fintech2021 is {shown(table)}, expected a table")  # noqa: TRY301 - One place says which file.
    except (AttributeError, OSError, TypeError, ValueError, RecursionError) as cause:
        raise LockError(f"{printable(path)} cannot be read: {printable(cause)}") from cause
    return table


def lock_in(folder: Path) -> Path:
    """Return the lock file that the folder's project names, or the usual one."""
    return lock_path(folder) or project_of(folder) / _DEFAULT_LOCK


_CODE = {".py", ".ipynb", ".qmd"}
_SETTINGS = {".toml", ".cfg", ".ini", ".yml", ".yaml", ".sh", ".env"}
_SETTINGS_NAMED = {"Dockerfile", "Makefile", "justfile", ".env"}
_NOT_OURS = {"__pycache__", "build", "dist", "env", "node_modules", "site-packages", "venv"}
_PINS = re.compile(r"\b(use|pinned)\s*\(")
_MOST_FILES = 5_000
_LONGEST_FILE = 1_000_000


def applied_by(project: Path) -> list[str]:
    """Return the files of a project that seem to pin: by their words, nothing is run."""
    paths = islice(_files(project), _MOST_FILES)
    return sorted(path.relative_to(project).as_posix() for path in paths if _applies(path))


def _files(project: Path) -> Iterator[Path]:
    """Yield the files of code and settings in a project, none of an environment in it."""
    for folder, folders, names in os.walk(project):
        folders[:] = sorted(
            name
            for name in folders
            if name not in _NOT_OURS and (name == ".github" or not name.startswith("."))
        )
        for path in (Path(folder, name) for name in sorted(names)):
            if path.suffix in _CODE | _SETTINGS or path.name in _SETTINGS_NAMED:
                yield path


def _applies(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            text = file.read(_LONGEST_FILE).decode("utf-8", "replace")
    except OSError:
        return False
    if "FINTECH2021_LOCK" in text or "fintech2021.testing" in text:
        return True
    return path.suffix in _CODE and "fintech2021" in text and bool(_PINS.search(text))


def writable(path: Path, project: Path, *, named_by_hand: bool) -> Path:
    """Return a lock file that may be written; what a project names lies in the project.

    Raises `LockError` for a link that leads out of the project, and for a file of the project that
    lies elsewhere: a checkout of somebody else's must not choose what is overwritten.
    """
    home, real = project.resolve(), path.resolve()
    is_inside = real.is_relative_to(home)
    if not is_inside and (path.is_symlink() or not named_by_hand):
        raise LockError(
            f"{printable(path)} leads to {printable(real)}, outside the project in "
            f"{printable(home)}: nothing is written there. Name that file with --output."
        )
    return path
