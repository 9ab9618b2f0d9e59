"""Which engines there are, and what to say where one is not installed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from fintech2021._core.deferred import whole_first
from fintech2021._core.kinds import KINDS, parse
from fintech2021._core.rows import read_table
from fintech2021._given import plain
from fintech2021.errors import MissingDependencyError, UnknownBackendError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fintech2021._core.descriptor import Column, Descriptor

__all__ = [
    "BACKENDS",
    "Backend",
    "frame",
    "known",
    "of_texts",
    "plain_values",
    "require",
    "spelled",
    "texts",
]

Backend = Literal["pandas", "polars", "pyarrow"]
"""The libraries whose frames `load` returns."""

BACKENDS: tuple[Backend, ...] = ("pandas", "polars", "pyarrow")


def frame(descriptor: Descriptor, backend: str) -> Any:
    """Return a fresh frame of a dataset version; raises `UnknownBackendError`."""
    name = known(backend)
    return whole_first(name, lambda: _module(name).frame(descriptor))


def of_texts(columns: Iterable[tuple[Column, tuple[str, ...]]], backend: str) -> Any:
    """Return columns with their cells as a file spells them as a frame of a backend."""
    name, held = known(backend), tuple(columns)
    return whole_first(name, lambda: _module(name).of_texts(held))


def known(backend: str) -> str:
    """Return the name of a backend as a plain text; raises `UnknownBackendError`."""
    name = plain(backend)
    if not isinstance(name, str) or name not in BACKENDS:
        raise UnknownBackendError("backend", backend, BACKENDS)
    return name


def _module(backend: str) -> Any:
    return import_module(f"fintech2021._frames.{backend}")


def require(module: str) -> Any:
    """Return an engine's library, or say which extra brings it."""
    try:
        return import_module(module)
    except ImportError as cause:
        raise MissingDependencyError(module, module, f'backend="{module}"') from cause


def texts(descriptor: Descriptor) -> Iterator[tuple[Column, tuple[str, ...]]]:
    """Yield every column with its cells as the file spells them."""
    return spelled(descriptor, read_table(descriptor.content)[1])


def spelled(
    descriptor: Descriptor, rows: Iterable[Sequence[str]]
) -> Iterator[tuple[Column, tuple[str, ...]]]:
    """Yield every column with its cells out of the rows of a file."""
    return zip(descriptor.columns, zip(*rows, strict=True), strict=True)


def plain_values(column: Column, cells: tuple[str, ...]) -> list[Any]:
    """Return the cells as values that polars and Arrow take, ``None`` for an empty one."""
    kind = KINDS[column.type]
    values = (parse(cell, column.type) for cell in cells)
    return [None if value is None else kind.plain(value) for value in values]
