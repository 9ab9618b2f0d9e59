"""Collect the data, the modules that are found by their names, and the version."""

# Nothing is imported from PyInstaller before it calls this: programs that look at every module of
# an installation come by here as well.
from __future__ import annotations

from typing import Any


def hook(hook_api: Any) -> None:
    """Add what the analysis of imports cannot see."""
    from PyInstaller.utils.hooks import collect_data_files, collect_submodules, copy_metadata

    hook_api.add_datas(collect_data_files("fintech2021") + copy_metadata("fintech2021"))
    hook_api.add_imports(*collect_submodules("fintech2021", filter=_runs_in_an_app))


def _runs_in_an_app(module: str) -> bool:
    """Tell whether an app can need the module: not what is for tests, with all of pytest."""
    return not module.startswith(("fintech2021.testing", "fintech2021._pyinstaller"))
