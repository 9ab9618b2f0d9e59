"""For the tests of other projects: records and frames, good and broken, and the pytest plugin.

pytest loads the plugin by itself. Where it must not load what it finds, ``-p fintech2021.testing``
or ``pytest_plugins = ["fintech2021.testing"]`` in the topmost ``conftest.py`` turn it on, and do no
harm beside it.

PYTEST_DONT_REWRITE: it may be imported before pytest loads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

    from fintech2021._pytest.fixtures import LoadFixture, RecordsFixture
    from fintech2021.testing.breaking import BrokenFrame, broken
    from fintech2021.testing.frames import make_frame, make_parents
    from fintech2021.testing.matching import assert_matches
    from fintech2021.testing.records import make

__all__ = [
    "BrokenFrame",
    "LoadFixture",
    "RecordsFixture",
    "assert_matches",
    "broken",
    "make",
    "make_frame",
    "make_parents",
    "pytest_addoption",
]


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Turn the plugin on, once: pytest stops where one module is registered under two names."""
    from fintech2021 import _pytest

    if not pluginmanager.is_registered(_pytest):
        # The name of the entry point, which is then passed over; `-p no:` may have blocked it.
        is_blocked = pluginmanager.is_blocked("fintech2021")
        pluginmanager.register(_pytest, _pytest.__name__ if is_blocked else "fintech2021")


def __getattr__(name: str) -> Any:
    """Import what is asked for: pytest asks for nothing here but the plugin."""
    match name:
        case "BrokenFrame" | "broken":
            from fintech2021.testing import breaking as module
        case "LoadFixture" | "RecordsFixture":
            from fintech2021._pytest import fixtures as module  # type: ignore[no-redef]
        case "make_frame" | "make_parents":
            from fintech2021.testing import frames as module  # type: ignore[no-redef]
        case "assert_matches":
            from fintech2021.testing import matching as module  # type: ignore[no-redef]
        case "make":
            from fintech2021.testing import records as module  # type: ignore[no-redef]
        case _:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(module, name)
