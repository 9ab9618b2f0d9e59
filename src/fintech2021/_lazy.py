"""What is put off until it is needed: public names, table modules, other libraries, the version.

Nothing else in the package imports by a name that is only known at run time, so that whoever reads
the imports of a module has read all of them.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

__all__ = ["Deferred", "Missing", "installed", "resolve", "table_module"]

PACKAGE = "fintech2021"


def resolve(name: str) -> object:
    """Return the public object of that name, which the generated map finds."""
    if name == "__version__":
        return installed()
    from ._core.names import MODULE_OF

    if name.startswith("load_"):  # Twenty-eight functions of one make: no module has them.
        from ._frames.load import loader

        return loader(name.removeprefix("load_"))
    return getattr(import_module(f"{PACKAGE}.{MODULE_OF[name]}"), name)


def table_module(dataset: str) -> ModuleType:
    """Return the module of a dataset: its record model and its rules."""
    return import_module(f"{PACKAGE}.tables.{dataset}")


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
        if attribute.startswith("__"):  # Whoever walks over all names of a module is not that one.
            raise AttributeError(attribute)
        try:
            return getattr(import_module(self._name), attribute)
        except ImportError:
            return Missing
