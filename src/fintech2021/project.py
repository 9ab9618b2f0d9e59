"""What a project says of itself: the lock file that its ``pyproject.toml`` names."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from .errors import LockError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["lock_in", "lock_path"]

_DEFAULT_LOCK = "fintech2021.lock"


def lock_path(folder: Path) -> Path | None:
    """Return the lock file that ``[tool.fintech2021]`` of the folder's ``pyproject.toml`` names."""
    path = folder / "pyproject.toml"
    if not path.is_file():
        return None
    try:
        document = tomllib.loads(path.read_text("utf-8"))
        named = document.get("tool", {}).get("fintech2021", {}).get("lock")
    except (AttributeError, OSError, ValueError) as cause:
        raise LockError(f"{path} cannot be read: {cause}") from cause
    if named is None:
        return None
    if not isinstance(named, str) or not named:
        raise LockError(f"{path}: [tool.fintech2021] lock is {named!r}, expected a path as text")
    return folder / named


def lock_in(folder: Path) -> Path:
    """Return the lock file that the folder's ``pyproject.toml`` names, or the usual one."""
    return lock_path(folder) or folder / _DEFAULT_LOCK
