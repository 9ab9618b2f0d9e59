"""A pytest plugin for projects that use the data: their tests run on the locked versions.

Turn it on with ``pytest -p fintech2021.testing`` or ``pytest_plugins = ["fintech2021.testing"]``
in the topmost ``conftest.py``. The lock file is the one of ``--fintech2021-lock``, or the one that
``[tool.fintech2021]`` in ``pyproject.toml`` names; without either, nothing is pinned.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from . import pins, project
from .errors import Fintech2021Error

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

__all__ = ["fintech2021_load", "pytest_addoption", "pytest_configure"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the lock file."""
    group = parser.getgroup("fintech2021")
    group.addoption("--fintech2021-lock", metavar="PATH", help="use the data of this lock file")


def pytest_configure(config: pytest.Config) -> None:
    """Pin the session to the lock file, or stop it when the installed data differ."""
    named = config.getoption("--fintech2021-lock")
    try:
        path = Path(named) if named else project.lock_path(config.rootpath)
        if path is None:
            return
        pinned = pins.pinned(path)
    except Fintech2021Error as error:
        raise pytest.UsageError(str(error)) from error
    pinned.__enter__()
    config.add_cleanup(lambda: pinned.__exit__(None, None, None))


@pytest.fixture
def fintech2021_load() -> Callable[..., pd.DataFrame]:
    """Give the function that loads a dataset by its name as a fresh pandas frame."""
    from .loaders import load

    return load
