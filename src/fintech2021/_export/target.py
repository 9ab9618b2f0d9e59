"""Where an export goes: whole, or not at all."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from fintech2021._given import plain, shown
from fintech2021._versions.lockfile import printable
from fintech2021.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fintech2021._export.format import Format

__all__ = ["path_of", "refuse_another_kind", "replaced", "staged"]


def path_of(target: object) -> Path:
    """Return a path that was given, absolute; raises `ExportError` for what is none."""
    try:
        given = os.fspath(plain(target))  # type: ignore[call-overload] # What is none is refused.
        path = Path(os.path.abspath(given))  # noqa: PTH100 - It follows no link.
        os.fsencode(path)  # Half a character is no part of a name.
        if "\0" in str(path):
            raise ValueError("a zero byte")  # noqa: TRY301 - One place says what is no path.
    except Exception as cause:  # A path may be of anybody's class.
        raise ExportError(f"{shown(target)} is no path: give a file or a folder") from cause
    if not path.parent.is_dir():
        raise ExportError(f"The folder {printable(path.parent)} is not there: make it first")
    return path


def refuse_another_kind(path: Path, form: Format, to: str) -> None:
    """Refuse to write over what is not a file of the format; an empty file is anything."""
    if not path.exists():
        return
    if not path.is_file():
        raise ExportError(
            f"{printable(path)} is {_kind(path)}, and a file is to be written: name another"
        )
    if path.stat().st_size and not form.is_one(path):
        raise ExportError(
            f"{printable(path)} is there and is no {to} that was written from here: it stays. "
            f"Name another, or remove it first"
        )


def _kind(path: Path) -> str:
    return "a folder" if path.is_dir() else "no regular file"


@contextmanager
def staged(beside: Path) -> Iterator[Path]:
    """Give a folder that is gone at the end, on the disk on which the target is."""
    folder = Path(mkdtemp(prefix=".fintech2021-", dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def replaced(made: Path, path: Path) -> None:
    """Put a file that is whole into its place, with the rights of what it replaces."""
    if path.exists():
        shutil.copymode(path, made)
    made.replace(path)
