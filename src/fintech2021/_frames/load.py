"""Load a dataset as a frame, by name or by the function that is its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol, get_type_hints, overload

from fintech2021._core import catalog
from fintech2021._core.deferred import Deferred
from fintech2021._core.names import DatasetName
from fintech2021._frames.engines import Backend, frame
from fintech2021._given import plain
from fintech2021._versions import pins
from fintech2021.errors import IntegrityError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from fintech2021._core.descriptor import Descriptor
    from fintech2021._versions.pins import Resolved
else:
    pd, pl, pa = map(Deferred, ("pandas", "polars", "pyarrow"))

__all__ = ["TableLoader", "load", "loader"]


# The first overload is for completion: it offers the names. The others take any text, for a name
# that is known only at run time is a text to a type checker.
@overload
def load(
    name: DatasetName, version: str | None = None, backend: Literal["pandas"] = "pandas"
) -> pd.DataFrame: ...
@overload
def load(
    name: str, version: str | None = None, backend: Literal["pandas"] = "pandas"
) -> pd.DataFrame: ...
@overload
def load(name: str, version: str | None, backend: Literal["polars"]) -> pl.DataFrame: ...
@overload
def load(name: str, version: str | None = None, *, backend: Literal["polars"]) -> pl.DataFrame: ...
@overload
def load(name: str, version: str | None, backend: Literal["pyarrow"]) -> pa.Table: ...
@overload
def load(name: str, version: str | None = None, *, backend: Literal["pyarrow"]) -> pa.Table: ...
@overload
def load(name: str, version: str | None = None, backend: str = "pandas") -> Any: ...
def load(
    name: DatasetName | str, version: str | None = None, backend: Backend | str = "pandas"
) -> Any:
    """Return a dataset as a fresh frame with exact types.

    Parameters
    ----------
    name
        One of `catalog`'s names.
    version
        A published version such as ``"1.0.0"`` or a specifier such as ``"~=1.0"``, which means
        the newest that it admits; by default the one of the newest edition.
    backend
        ``"pandas"`` (a `pandas.DataFrame`), ``"polars"`` (a `polars.DataFrame`; needs the extra
        ``polars``) or ``"pyarrow"`` (a `pyarrow.Table`; needs the extra ``pyarrow``).

    Returns
    -------
    pandas.DataFrame or polars.DataFrame or pyarrow.Table
        The rows of the version; `info` says what each column is. A pandas frame says in
        ``attrs["fintech2021"]`` the dataset, its version and digest, an edition that names the
        version, and the pin that chose it, if one did; the metadata of an Arrow table say the same
        as JSON. Parquet keeps both.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.
    PinError
        When the pin around the call rules the dataset out.
    UnknownBackendError
        When there is no such backend.
    MissingDependencyError
        When the backend is not installed.
    IntegrityError
        When a packaged file is missing or damaged.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> ft.load("banks").shape
    (18, 10)
    """
    chosen = pins.resolve(name, version)
    made = frame(chosen.descriptor, backend)
    if plain(backend) == "pandas":
        made.attrs["fintech2021"] |= {"edition": chosen.edition, "pin": chosen.pin}
    if plain(backend) == "pyarrow":
        return made.replace_schema_metadata({"fintech2021": _pointer(chosen)})
    return made


def _pointer(chosen: Resolved) -> str:
    """Return which table it is, as JSON: what `attrs` of a pandas frame say."""
    from json import dumps

    it = chosen.descriptor
    told = {"dataset": it.name, "version": it.version, "sha256": it.sha256}
    return dumps({**told, "edition": chosen.edition, "pin": chosen.pin}, ensure_ascii=False)


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
    @overload
    def __call__(self, *, version: str | None = None, backend: str) -> Any: ...


def loader(name: str) -> TableLoader:
    """Return the function that loads one dataset; its help is the dictionary of its columns."""

    def load_dataset(*, version: str | None = None, backend: Backend | str = "pandas") -> Any:
        return load(name, version, backend=backend)

    load_dataset.__name__ = load_dataset.__qualname__ = f"load_{name}"
    load_dataset.__module__ = "fintech2021"
    # It is looked up on the package, and so would its annotations be, were they still texts.
    load_dataset.__annotations__ = get_type_hints(load_dataset)
    try:
        load_dataset.__doc__ = _help(catalog.load_descriptor(name))
    except (
        IntegrityError
    ):  # Said to whoever calls it: many programs look at every name of a module.
        load_dataset.__doc__ = f"Load {name}, whose packaged files cannot be read."
    return load_dataset


def _help(descriptor: Descriptor) -> str:
    columns = "\n".join(
        f"{column.name} : {column.type}{f' ({column.unit})' if column.unit else ''}, "
        f"{column.origin}\n    {column.description}"
        for column in descriptor.columns
    )
    return f"""Load {descriptor.title_en} ({descriptor.title_zh}).

{descriptor.description}

Parameters
----------
version
    A published version; by default the one of the newest edition.
backend
    ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

Returns
-------
pandas.DataFrame or polars.DataFrame or pyarrow.Table
    A fresh frame: {descriptor.rows} rows in version {descriptor.version}, with the columns below.

Raises
------
UnknownVersionError, UnknownBackendError, MissingDependencyError, IntegrityError
    As `load` does.

Notes
-----
{columns}

Examples
--------
>>> import fintech2021 as ft
>>> ft.load_{descriptor.name}(version="{descriptor.version}").shape
({descriptor.rows}, {len(descriptor.columns)})
"""
