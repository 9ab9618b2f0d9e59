"""Show one broken table to every engine that is installed: each refuses it with the same failures.

``python examples/engines/run.py`` leaves out what is not installed and says so; ``--without spark``
leaves out an engine. The status is 1 if two of them tell different things.
"""

from __future__ import annotations

import argparse
import shutil
import warnings
from typing import TYPE_CHECKING, Any

import fintech2021 as ft
from fintech2021.testing import make_frame, make_parents

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

NAME = "banks"


class NotHereError(Exception):
    """An engine is not installed, or lacks what it runs on."""


def broken() -> pd.DataFrame:
    """Return twelve made-up banks with a fault in six places."""
    frame = make_frame(NAME, rows=12, seed=2021)
    frame.loc[1, "tech_spend_revenue_pct"] = 101.5
    frame.loc[3, "name_zh"] = "银行\u3000"  # A full-width space at the end.
    frame.loc[4, "bank_type"] = "foreign"
    frame.loc[6, "name_en"] = None
    frame.loc[8, "bank_id"] = "nobody"
    frame.loc[10, "bank_id"] = "bank_1"
    return frame


def pandas(frame: pd.DataFrame) -> Any:
    """Return the frame itself."""
    return frame


def pyarrow(frame: pd.DataFrame) -> Any:
    """Return an Arrow table."""
    import pyarrow as pa

    # Cells that must not be missing are, in this table.
    fields = [field.with_nullable(nullable=True) for field in ft.arrow_schema(NAME)]
    return pa.Table.from_pandas(frame, pa.schema(fields), preserve_index=False)


def polars(frame: pd.DataFrame) -> Any:
    """Return a polars frame."""
    import polars as pl

    return pl.from_arrow(pyarrow(frame))


def lazy(frame: pd.DataFrame) -> Any:
    """Return a query of polars that nobody has run."""
    return polars(frame).lazy()


def duckdb(frame: pd.DataFrame) -> Any:
    """Return a relation of a database in memory."""
    from duckdb import connect

    return connect().from_arrow(pyarrow(frame))


def ibis(frame: pd.DataFrame) -> Any:
    """Return a table of ibis, in a database in memory."""
    import ibis as library

    return library.duckdb.connect().create_table(NAME, pyarrow(frame))


def spark(frame: pd.DataFrame) -> Any:
    """Return a frame of Spark, of a session in this process."""
    _java()
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session.createDataFrame(pyarrow(frame))


def spark_connect(frame: pd.DataFrame) -> Any:
    """Return a frame of Spark Connect, of a server that this process starts."""
    _java()
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:  # A process has one kind of session at a time.
        running.stop()
    return SparkSession.builder.remote("local[2]").getOrCreate().createDataFrame(pyarrow(frame))


def _java() -> None:
    if shutil.which("java") is None:
        raise NotHereError("Java is not installed")


ENGINES: dict[str, Callable[[pd.DataFrame], Any]] = {
    "pandas": pandas,
    "polars": polars,
    "polars, lazy": lazy,
    "pyarrow": pyarrow,
    "DuckDB": duckdb,
    "ibis": ibis,
    "Spark": spark,
    "Spark Connect": spark_connect,
}


def told(make: Callable[[pd.DataFrame], Any], frame: pd.DataFrame) -> pd.DataFrame:
    """Return the failures with which an engine refuses the table."""
    try:
        held = make(frame)
    except ImportError as error:
        raise NotHereError(f"{error.name or error} is not installed") from error
    parents = make_parents(make_frame(NAME, rows=12, seed=2021), NAME)
    try:
        ft.validate(held, NAME, references=parents)
    except ft.ValidationError as error:
        return error.failures.drop(columns=["row", "message"])
    raise AssertionError("the broken table was accepted")


def main() -> int:
    """Show the table to every engine, print what they tell, and whether they agree."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--without", action="append", default=[], metavar="ENGINE")
    without = tuple(name.casefold() for name in parser.parse_args().without)
    warnings.filterwarnings("ignore", module="pyspark")  # It does not know pandas 3 yet.
    frame, first, differ = broken(), None, 0
    for name, make in ENGINES.items():
        if name.casefold().startswith(without):
            print(f"{name}: left out")
            continue
        try:
            found = told(make, frame)
        except NotHereError as error:
            print(f"{name}: left out, {error}")
            continue
        if first is None:
            first = found
            print(found.to_string(index=False), end="\n\n")
        agrees = found.equals(first)
        differ += not agrees
        print(f"{name}: {'the same' if agrees else 'other'} {len(found)} failures", flush=True)
        if not agrees:
            print(found.to_string(index=False))
    return min(differ, 1)


if __name__ == "__main__":
    raise SystemExit(main())
