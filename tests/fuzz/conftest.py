"""How much is tried: a small sample with all other tests, all of it by `nox -s fuzz`."""

from __future__ import annotations

import pytest

__all__ = ["pytest_addoption"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fuzz", action="store_true", help="try all of it, for some minutes")


@pytest.fixture
def share(request: pytest.FixtureRequest) -> float:
    """The share that is tried of what could be."""
    # With all other tests, this file is read after the options.
    return 1.0 if request.config.getoption("--fuzz", default=False) else 0.02
