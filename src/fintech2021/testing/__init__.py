"""For the tests of other projects: made-up frames, and the pytest plugin.

`make_frame`, `make_parents` and `broken` need neither pytest nor the plugin. Turn the plugin on
with ``pytest -p fintech2021.testing`` or ``pytest_plugins = ["fintech2021.testing"]`` in the
topmost ``conftest.py``. The lock file is the one of ``--fintech2021-lock``, or the one that
``[tool.fintech2021]`` in ``pyproject.toml`` names; without either, nothing is pinned.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

with suppress(ModuleNotFoundError):  # Frames are made without pytest, too.
    from fintech2021.testing.plugin import fintech2021_load, pytest_addoption, pytest_configure

if TYPE_CHECKING:
    from fintech2021.testing.breaking import BrokenFrame, broken
    from fintech2021.testing.frames import make_frame, make_parents

__all__ = [
    "BrokenFrame",
    "broken",
    "fintech2021_load",
    "make_frame",
    "make_parents",
    "pytest_addoption",
    "pytest_configure",
]


def __getattr__(name: str) -> Any:
    """Import what makes frames when it is asked for: the plugin imports pytest only."""
    match name:
        case "BrokenFrame" | "broken":
            from fintech2021.testing import breaking as module
        case "make_frame" | "make_parents":
            from fintech2021.testing import frames as module  # type: ignore[no-redef]
        case _:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(module, name)
