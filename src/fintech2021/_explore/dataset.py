"""One version of one dataset as an object that every engine can read."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import TYPE_CHECKING

from fintech2021._core.deferred import Deferred, table_module  # noqa: TID251 - It is above `tables`.
from fintech2021._core.descriptor import Descriptor
from fintech2021._core.names import DatasetName
from fintech2021._core.rows import read_table
from fintech2021._core.whole import Whole
from fintech2021._frames.engines import frame
from fintech2021._frames.info import info
from fintech2021._versions import pins

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from fintech2021._records import record
else:
    pd, pl, pa, record = map(
        Deferred, ("pandas", "polars", "pyarrow", "fintech2021._records.record")
    )

__all__ = ["Dataset", "dataset"]


@dataclass(frozen=True)
class Dataset(Whole):
    """One version of one dataset, for every engine: nothing is read before it is asked for.

    Whatever takes Arrow's PyCapsule interface reads it as it is: polars since 1.3, DuckDB (also
    ``duckdb.sql("from banks")`` where a variable of that name is one), pyarrow, pandas since 3,
    narwhals, ibis; it needs the extra ``pyarrow``. Two are equal that are the same version.

    Attributes
    ----------
    info : Descriptor
        Everything that is known about the version, as `fintech2021.info` gives it.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> ft.dataset("regions", version="1.0.0")
    <Dataset regions 1.0.0: 58 rows, 6 columns, Regions>
    """

    __module__ = "fintech2021"

    info: Descriptor

    @property
    def name(self) -> str:
        """The name of the dataset."""
        return self.info.name

    @property
    def version(self) -> str:
        """The version."""
        return self.info.version

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the file; `info` says what each is."""
        return tuple(column.name for column in self.info.columns)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.info.rows

    def __len__(self) -> int:
        return self.rows

    def to_pandas(self) -> pd.DataFrame:
        """Return a fresh pandas frame.

        Returns
        -------
        pandas.DataFrame
            What `load` returns.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> ft.dataset("banks").to_pandas().shape
        (18, 10)
        """
        made: pd.DataFrame = frame(self.info, "pandas")
        made.attrs["fintech2021"] |= {"edition": self.info.edition, "pin": self.info.pin}
        return made

    def to_polars(self) -> pl.DataFrame:
        """Return a fresh polars frame.

        Returns
        -------
        polars.DataFrame
            What ``load(…, backend="polars")`` returns; needs the extra ``polars``.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> ft.dataset("banks").to_polars().height
        18
        """
        made: pl.DataFrame = frame(self.info, "polars")
        return made

    def to_arrow(self) -> pa.Table:
        """Return a fresh Arrow table.

        Returns
        -------
        pyarrow.Table
            What ``load(…, backend="pyarrow")`` returns; needs the extra ``pyarrow``.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> ft.dataset("banks").to_arrow().num_rows
        18
        """
        made: pa.Table = frame(self.info, "pyarrow")
        return made

    def records(self) -> tuple[record.Record, ...]:
        """Return the rows as records.

        Returns
        -------
        tuple[Record, ...]
            What the record class gives for this version: pandas is not imported.

        Raises
        ------
        RecordVersionError
            When rows of an old version do not fit today's class.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> ft.dataset("banks").records()[0].bank_id
        'abc'
        """
        model: type[record.Record] = getattr(table_module(self.name), self.info.record)
        with pins.pinned({self.name: self.version}):
            return model.all()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the rows as a stream of Arrow, for whoever asks by that interface."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return (
            f"<Dataset {self.name} {self.version}: {self.rows} rows, {len(self.columns)} columns, "
            f"{self.info.title_en}>"
        )

    def _repr_html_(self) -> str:
        """Return what a notebook shows: titles, the first rows, and how many there are."""
        head, rows = read_table(self.info.content)
        titles = (f"{column.title_en}\n{column.title_zh}" for column in self.info.columns)
        named = (
            f'<th title="{escape(title)}">{escape(name)}</th>'
            for name, title in zip(head, titles, strict=True)
        )
        more = f"<p>{self.rows} rows × {len(head)} columns</p>"
        return (
            f"<div><strong>{escape(self.name)} {self.version}</strong>: "
            f"{escape(self.info.title_en)} ({escape(self.info.title_zh)})"
            f"<table><thead><tr>{''.join(named)}</tr></thead>"
            f"<tbody>{''.join(_shown(rows))}</tbody></table>{more}</div>"
        )


_FIRST_ROWS = 5
_LONGEST_CELL = 40


def _shown(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the first rows, long cells cut."""
    for row in islice(rows, _FIRST_ROWS):
        cells = (f"<td>{escape(_cut(cell))}</td>" for cell in row)
        yield f"<tr>{''.join(cells)}</tr>"


def _cut(cell: str) -> str:
    return cell if len(cell) <= _LONGEST_CELL else f"{cell[: _LONGEST_CELL - 1]}…"


def dataset(name: DatasetName | str, version: str | None = None) -> Dataset:
    """Return one version of a dataset as an object that every engine can read.

    Parameters
    ----------
    name
        One of `catalog`'s names.
    version
        A published version or a specifier such as ``"~=1.0"``; by default the one of the newest
        edition.

    Returns
    -------
    Dataset
        With name, version, columns and rows, as a frame of each engine, as records, and as a
        stream of Arrow. It keeps its version when the pin ends that chose it.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.
    PinError
        When the pin around the call rules the dataset out.

    Examples
    --------
    >>> import duckdb, pyarrow
    >>> import fintech2021 as ft
    >>> banks = ft.dataset("banks")
    >>> pyarrow.table(banks).num_rows
    18
    >>> duckdb.sql("from banks select bank_id where tech_staff > 10000").fetchall()
    [('ccb',), ('icbc',)]
    """
    return Dataset(info(name, version))
