"""ibis tables: everything is asked of the database behind them."""

from __future__ import annotations

from typing import Any

import ibis
import narwhals as nw

from fintech2021._contracts.queries import Source

__all__ = ["joins", "names_of", "source", "takes"]


def takes(frame: object) -> bool:
    """Tell whether it is an ibis table."""
    return isinstance(frame, ibis.Table)


def names_of(frame: ibis.Table) -> list[str]:
    """Return the names of the columns."""
    return list(frame.columns)


def source(frame: ibis.Table, names: list[str] | None = None) -> Source:
    """Return the table to ask; what ``$`` matches depends on the database."""
    known = nw.from_native(frame)
    return Source(known if names is None else known.select(*names), _relation)


def _relation(keys: tuple[str, ...], name: str) -> Any:
    return nw.from_native(ibis.memtable({name: list(keys)}, schema={name: "string"}))


def joins(frame: ibis.Table, other: ibis.Table) -> bool:
    """Tell whether two tables are of one database."""
    return frame.get_backend() is other.get_backend()
