"""The pytest plugin: a session on the locked versions, and a fixture that loads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fintech2021._versions import pins
from fintech2021._versions.project import lock_path
from fintech2021.errors import Fintech2021Error

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

__all__ = ["fintech2021_load", "pytest_addoption", "pytest_configure"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the lock file."""
    group = parser.getgroup("fintech2021")
    group.addoption("--fintech2021-lock", metavar="PATH", help="use the data of this lock file")


def pytest_configure(config: pytest.Config) -> None:
    """Pin the session, its threads and its child processes, or stop it when the data differ."""
    named = config.getoption("--fintech2021-lock")
    try:
        path = Path(named) if named else lock_path(config.rootpath)
        if path is not None:
            config.add_cleanup(pins.using(path))
    except Fintech2021Error as error:
        raise pytest.UsageError(str(error)) from error


@pytest.fixture
def fintech2021_load() -> Callable[..., pd.DataFrame]:
    """Give the function that loads a dataset by its name as a fresh pandas frame."""
    from fintech2021._frames.load import load

    return load
