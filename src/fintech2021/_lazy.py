"""The front door's finder: from a public name to the object, when it is first asked for."""

from __future__ import annotations

from importlib import import_module

from fintech2021._core.deferred import PACKAGE, installed
from fintech2021._core.names import MODULE_OF

__all__ = ["resolve"]


def resolve(name: str) -> object:
    """Return the public object of that name, which the generated map finds."""
    if name == "__version__":
        return installed()
    if name.startswith("load_"):  # Functions of one make: no module has them.
        from fintech2021._frames.load import loader

        return loader(name.removeprefix("load_"))
    return getattr(import_module(f"{PACKAGE}.{MODULE_OF[name]}"), name)
