"""Where each public name lives; read only when a name is first asked for."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from . import errors
from ._names import OWNERS

HOMES = {
    "auditing": ("audit",),
    "errors": tuple(errors.__all__),
    "compare": ("Difference", "diff"),
    "ledger": ("Coverage", "Verification", "coverage", "verify"),
    "loaders": ("load",),
    "lockfile": ("verify_lock",),
    "overview": ("catalog", "editions", "info"),
    "pins": ("pinned",),
    "provenance": ("Place", "Provenance", "source"),
    "records": ("Record",),
    "steps": ("Step",),
    "store": ("data_dir",),
    "validation": ("schema", "validate"),
    "yearmonth": ("YearMonth",),
}
"""The public names of each module that is written by hand."""


def find(name: str) -> object:
    """Return the public object of that name."""
    if name == "__version__":
        from .release import installed

        return installed()
    with _without_collecting():
        return getattr(import_module(f"fintech2021.{_home(name)}"), name)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Put off the search for garbage: an import makes much and drops nothing, and 4 % is search."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _home(name: str) -> str:
    if name in OWNERS:
        return f"tables.{OWNERS[name]}"
    by_hand = (module for module, names in HOMES.items() if name in names)
    return next(by_hand, "dataset_loaders")
