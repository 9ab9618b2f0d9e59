"""Spark frames, of a session in this process or of Spark Connect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from fintech2021._contracts.queries import Source

if TYPE_CHECKING:
    from datetime import date

__all__ = ["joins", "names_of", "source", "takes"]


def takes(frame: object) -> bool:
    """Tell whether it is a Spark frame: those of Connect are of a class of their own."""
    kind = type(frame)
    return kind.__module__.startswith("pyspark.sql") and kind.__name__ == "DataFrame"


def names_of(frame: Any) -> list[str]:
    """Return the names of the columns."""
    return list(frame.columns)


def source(frame: Any, names: list[str] | None = None) -> Source:
    """Return the frame to ask."""
    known = nw.from_native(frame)

    def relation(keys: tuple[str, ...], name: str) -> Any:
        rows = [(key,) for key in keys]
        return nw.from_native(frame.sparkSession.createDataFrame(rows, f"{name} string"))

    return Source(known if names is None else known.select(*names), relation, day=_day)


def _day(day: date) -> Any:
    """Return a day: pyspark writes years before 1000 with too few digits for Java."""
    return nw.lit(day.isoformat()).cast(nw.Date)


def joins(frame: Any, other: Any) -> bool:
    """Tell whether two frames are of one session."""
    return frame.sparkSession is other.sparkSession or frame.sparkSession == other.sparkSession
