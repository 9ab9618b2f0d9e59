"""What is put off until it is needed: other libraries, the modules of tables, the version.

Nothing else below the front door imports by a name that is only known at run time, save the
engines' loader, so that whoever reads the imports of a module has read all of them.
"""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any, TypeVar

    _Given = TypeVar("_Given")

__all__ = ["PACKAGE", "Deferred", "Missing", "installed", "table_module", "whole_first"]

PACKAGE = "fintech2021"

_USED: set[str] = set()


def whole_first(library: str, use: Callable[[], _Given]) -> _Given:
    """Return what a use of a library gives; until one has, only one thread uses it, and none forks.

    Libraries import much of themselves when they are first used; modules of some import one another
    in circles, so that threads that begin at once would fail.
    """
    if library in _USED:
        return use()
    front_door = vars(sys.modules[PACKAGE])  # It has the lock, for it is there before all others.
    with front_door["_FIRST_USE"]:
        if not _USED:
            # These lock themselves before a fork, and imports need them: what is registered last
            # comes first.
            import_module("concurrent.futures.thread")
            import_module("logging")
            front_door["_let_forks_wait"]()
        given = use()
        _USED.add(library)
    return given


def table_module(dataset: str) -> ModuleType:
    """Return the module of a dataset: its record model and its rules."""
    name = f"{PACKAGE}.tables.{dataset}"
    return whole_first(name, lambda: import_module(name))  # It imports pydantic.


def installed() -> str:
    """Return the version of the installed package, or what stands for an unknown one."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(PACKAGE)
    except PackageNotFoundError:  # A bare copy of the package: in a zip, in a frozen app.
        return "0+unknown"


class Missing:
    """Stands in annotations for a type of a library that is not installed."""


class Deferred:
    """A library that is imported when somebody asks what an annotation means, and not before.

    Annotations are texts until ``typing.get_type_hints`` or pydantic looks them up among the names
    of their module; a plain import there would cost every user what only those two need.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("_"):  # Whoever walks over all names of a module is not that one.
            raise AttributeError(attribute)
        try:
            return getattr(import_module(self._name), attribute)
        except ImportError:
            return Missing
