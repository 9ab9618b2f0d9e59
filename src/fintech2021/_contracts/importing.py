"""The first import of pandera: one thread at a time, and the process left as it was."""

from __future__ import annotations

import os
import warnings
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["pandera_imported"]

_FIRST_IMPORT = RLock()
"""Modules of pandera import one another in circles: threads that begin at once would block."""
_SET_BY_PANDERA = ("SPARK_LOCAL_IP", "PYARROW_IGNORE_TIMEZONE")


@contextmanager
def pandera_imported() -> Iterator[None]:
    """Let one thread import pandera, and leave the environment as it was.

    Its import sets two variables for Spark, and imports that, if it is installed, which warns.
    """
    with _FIRST_IMPORT, warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        before = {name: os.environ.get(name) for name in _SET_BY_PANDERA}
        try:
            yield
        finally:
            for name, value in before.items():
                _restore(name, value)


def _restore(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value
