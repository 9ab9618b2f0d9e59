"""The bytes of the packaged files: the only room that touches them, and it checks what it reads."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from fintech2021._core.deferred import Deferred
from fintech2021.errors import IntegrityError

if TYPE_CHECKING:
    import contextlib
    import pathlib
else:
    contextlib, pathlib = Deferred("contextlib"), Deferred("pathlib")

__all__ = ["CURE", "data_dir", "digest", "read", "read_unchecked"]

# The loader that brought this module also has the data: the file system, a zip, a frozen app. Not
# `importlib.resources` or `pkgutil`: the first import of either takes longer than a small table.
_LOADER: Any = __spec__.loader
_PACKAGE = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - pathlib costs an import.
CURE = "Reinstall the package: pip install --force-reinstall fintech2021"


def digest(content: bytes) -> str:
    """Return the SHA-256 of the content as lower-case hexadecimal digits."""
    return sha256(content).hexdigest()


def read_unchecked(path: str) -> bytes:
    """Return the bytes of a packaged file, whose path is relative to the data folder."""
    place = os.path.join(_PACKAGE, "data", *path.split("/"))  # noqa: PTH118 - as above.
    try:
        content: bytes = _LOADER.get_data(place)
    except MemoryError:
        raise
    except Exception as cause:
        raise IntegrityError(_unreadable(path, cause)) from cause
    return content


def _unreadable(path: str, cause: Exception) -> str:
    """Say why a packaged file cannot be read, and what helps."""
    if not isinstance(
        cause, OSError
    ):  # Of a zip: each of its parts fails with an error of its own.
        return f"The packaged file {path} is damaged: {cause!r}. {CURE}"
    if cause.errno and not isinstance(cause, FileNotFoundError | NotADirectoryError):
        return f"The packaged file {path} is there, but cannot be read now: {cause.strerror}."
    if getattr(sys, "frozen", False) or "__compiled__" in globals():
        return f"The packaged file {path} is missing: {_FROZEN}"
    return f"The packaged file {path} is missing. {CURE}"


_FROZEN = (
    "this program was built without the data of fintech2021. Build it again with them: PyInstaller "
    "takes --collect-data fintech2021, Nuitka takes --include-package-data=fintech2021."
)


@cache
def read(path: str, published: str) -> bytes:
    """Return the bytes of a packaged file after comparing them with their published digest."""
    content = read_unchecked(path)
    found = digest(content)
    if found != published:
        raise IntegrityError(
            f"The packaged file {path} is damaged: published with SHA-256 {published}, "
            f"found {found}. {CURE}"
        )
    return content


def data_dir() -> contextlib.AbstractContextManager[pathlib.Path]:
    """Give the real folder of the packaged data, for engines that need paths.

    A package inside a zip is unpacked to a temporary folder that is gone when the block ends.

    Returns
    -------
    contextlib.AbstractContextManager[pathlib.Path]
        For a ``with`` block: the folder, with ``<dataset>/<version>.csv``, ``.json`` (the
        descriptor) and ``.provenance.csv``.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> with ft.data_dir() as folder:
    ...     (folder / "banks" / "1.0.0.csv").exists()
    True
    """
    from importlib_resources import as_file, files

    folder: contextlib.AbstractContextManager[pathlib.Path] = as_file(files("fintech2021") / "data")
    return folder
