"""Load a dataset as a frame, by name or by the function that is its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol, overload

from . import frames, pins

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from ._names import DatasetName

    Backend = Literal["pandas", "polars", "pyarrow"]

__all__ = ["TableLoader", "load", "typed"]


@overload
def load(
    name: DatasetName, version: str | None = None, backend: Literal["pandas"] = "pandas"
) -> pd.DataFrame: ...
@overload
def load(
    name: DatasetName, version: str | None = None, *, backend: Literal["polars"]
) -> pl.DataFrame: ...
@overload
def load(
    name: DatasetName, version: str | None = None, *, backend: Literal["pyarrow"]
) -> pa.Table: ...
def load(name: DatasetName, version: str | None = None, backend: Backend = "pandas") -> Any:
    """Return a dataset as a fresh frame with exact types.

    Parameters
    ----------
    name
        One of `catalog()`'s names.
    version
        A published version such as ``"1.0.0"``; by default the one of the newest edition.
    backend
        ``"pandas"`` (a `pandas.DataFrame`), ``"polars"`` (a `polars.DataFrame`; needs the extra
        ``polars``) or ``"pyarrow"`` (a `pyarrow.Table`; needs the extra ``pyarrow``).

    Raises
    ------
    UnknownDatasetError, UnknownVersionError, UnknownBackendError
        With the close matches and what exists.
    MissingDependencyError
        When the backend is not installed.
    IntegrityError
        When a packaged file is missing or damaged.

    >>> import fintech2021 as ft
    >>> ft.load("banks").shape
    (18, 10)

    """
    return frames.build(pins.descriptor(name, version), backend)


class TableLoader(Protocol):
    """The signature that the loader of every dataset has."""

    @overload
    def __call__(
        self, *, version: str | None = None, backend: Literal["pandas"] = "pandas"
    ) -> pd.DataFrame: ...
    @overload
    def __call__(
        self, *, version: str | None = None, backend: Literal["polars"]
    ) -> pl.DataFrame: ...
    @overload
    def __call__(self, *, version: str | None = None, backend: Literal["pyarrow"]) -> pa.Table: ...


def typed(function: Callable[..., Any]) -> TableLoader:
    """Give a loader function the overloads that tie the backend to what comes back."""
    return function
