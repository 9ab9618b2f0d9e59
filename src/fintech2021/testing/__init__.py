"""For the tests of other projects: the pytest plugin.

Turn it on with ``pytest -p fintech2021.testing`` or ``pytest_plugins = ["fintech2021.testing"]``
in the topmost ``conftest.py``. The lock file is the one of ``--fintech2021-lock``, or the one that
``[tool.fintech2021]`` in ``pyproject.toml`` names; without either, nothing is pinned.
"""

from __future__ import annotations

from fintech2021.testing.plugin import fintech2021_load, pytest_addoption, pytest_configure

__all__ = ["fintech2021_load", "pytest_addoption", "pytest_configure"]
