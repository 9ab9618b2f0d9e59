"""The record model of every dataset, found in the folder of tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fintech2021 import tables
from fintech2021._core.deferred import table_module
from fintech2021._records.record import Record

if TYPE_CHECKING:
    from types import ModuleType

FOLDER = Path(tables.__file__).parent


def modules() -> dict[str, ModuleType]:
    """Return every module in the folder of tables by its name."""
    names = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
    return {name: table_module(name) for name in names}


def models() -> dict[str, type[Record]]:
    """Return the record model of every dataset by the dataset's name."""
    records = [
        item
        for module in modules().values()
        for item in vars(module).values()
        if isinstance(item, type)
        and issubclass(item, Record)
        and item.__module__ == module.__name__
    ]
    return {model.table.name: model for model in records}


def keys() -> dict[str, str]:
    """Return the first column of every dataset's primary key."""
    return {name: model.table.key[0] for name, model in models().items()}
