"""The first import of pandera: whole, and the process left as it was."""

from __future__ import annotations

import os
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fintech2021._core.deferred import whole_first

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["as_it_was", "import_pandera"]

_SET_BY_PANDERA = ("SPARK_LOCAL_IP", "PYARROW_IGNORE_TIMEZONE")


def import_pandera() -> None:
    """Import pandera for pandas."""
    whole_first("pandera", _import_pandera)


def _import_pandera() -> None:
    with as_it_was():
        import pandera.pandas  # noqa: F401 - So that it is there.


@contextmanager
def as_it_was() -> Iterator[None]:
    """Leave the environment as it was before an import of pandera.

    It sets two variables for Spark, and imports that, if it is installed, which warns.
    """
    with warnings.catch_warnings():
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
