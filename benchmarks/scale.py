"""Measure validation at size: every engine, beside what one would write by hand, in one run.

``python benchmarks/scale.py`` prints tables; ``--write`` writes docs/scale.md, docs/scale.svg and
benchmarks/scale.json, ``--check`` fails if a ratio is over its limit. How to run and read it:
benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, NamedTuple

import by_hand
from scale_page import page
from scale_picture import picture

import fintech2021 as ft
from fintech2021._contracts import engines
from fintech2021.testing import make_frame, make_parents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
SHAPES = ("banks", "technology_parks", "funding_rounds")
BY_ROW = 1_000_000
"""Up to so many rows are validated row by row."""
SLOW = 3_000_000
"""From here on only what is fast is measured."""
FAST = {"polars", "lazy", "polars by hand", "duckdb", "duckdb by hand"}
TABLES = ("valid", "ten rows of one rule", "ten rows of ten rules")


class Limit(NamedTuple):
    """A cost, what it is compared with, and how many times that it may be."""

    cost: tuple[str, str]
    """A tool and a table."""
    measure: tuple[str, str]
    limit: float
    rows: int = 1_000_000


LIMITS = (
    Limit(("polars", "valid"), ("polars by hand", "valid"), 1.3),
    Limit(("duckdb", "valid"), ("duckdb by hand", "valid"), 1.1),
    Limit(("pandas", "valid"), ("pandera by hand", "valid"), 0.5),
    Limit(("pandas alone", "valid"), ("pandera by hand", "valid"), 1.1),
    Limit(("polars", "ten rows of one rule"), ("polars", "valid"), 1.1),
    Limit(("polars", "ten rows of ten rules"), ("polars", "valid"), 1.8),
    Limit(("polars", "valid"), ("dataframely", "valid"), 1.0),
    Limit(("polars", "valid"), ("patito", "valid"), 1.0),
    Limit(("polars", "valid"), ("pandera on polars", "valid"), 1.0),
    Limit(("polars", "valid"), ("pointblank", "valid"), 1.0),
    Limit(("polars", "ten rows of ten rules"), ("dataframely", "ten rows of ten rules"), 1.0),
    Limit(("polars", "ten rows of ten rules"), ("pandera on polars", "ten rows of ten rules"), 1.0),
    Limit(("polars", "ten rows of ten rules"), ("pointblank", "ten rows of ten rules"), 1.0),
    Limit(("pandas", "valid"), ("pandera by hand", "valid"), 1.0, rows=1_000),
)


class Tables(NamedTuple):
    """A table and its parents, as pandas frames and as what other engines have."""

    shape: str
    frame: pd.DataFrame
    parents: dict[str, pd.DataFrame]


def made(shape: str, rows: int, table: str) -> Tables:
    """Return a made-up table; of the broken ones ten rows are changed."""
    frame = make_frame(shape, rows, seed=1)
    parents = make_parents(frame, shape)
    for number, (column, value) in enumerate(by_hand.FAULTS[shape] if table != TABLES[0] else ()):
        at = (number + 1) * rows // 12
        if table == TABLES[2]:
            frame.loc[at, column] = value
        else:
            first, bad = by_hand.FAULTS[shape][0]
            frame.loc[at, first] = bad
    return Tables(shape, frame, parents)


def ours(engine: str, tables: Tables) -> Callable[[], object]:
    """Return a call of `validate` on an engine, the frame being there."""
    frame, parents = as_engine(engine, tables)

    def call() -> object:
        return ft.validate(frame, tables.shape, references=parents)

    if engine != "pandas alone":
        return call

    def alone() -> object:
        there, engines.has = engines.has, lambda *_: False
        try:
            return call()
        finally:
            engines.has = there

    return alone


def as_engine(engine: str, tables: Tables) -> tuple[Any, dict[str, Any]]:
    """Return a table and its parents as frames of an engine."""
    convert = CONVERSIONS[engine]
    parents = {name: convert(frame, name) for name, frame in tables.parents.items()}
    return convert(tables.frame, tables.shape), parents


def _arrow(frame: pd.DataFrame, name: str) -> Any:
    from fintech2021.testing.frames import frame_as

    return frame_as(frame, ft.info(name), "pyarrow")


def _polars(frame: pd.DataFrame, name: str) -> Any:
    import polars as pl

    return pl.from_arrow(_arrow(frame, name))


def _duckdb(frame: pd.DataFrame, name: str) -> Any:
    import duckdb

    connection = CONNECTION.setdefault("duckdb", duckdb.connect())
    table = f"{name}_{len(CONNECTION)}"
    CONNECTION[table] = table
    connection.register("made", _arrow(frame, name))
    connection.execute(f"CREATE TABLE {table} AS SELECT * FROM made")  # noqa: S608 - Our own name.
    connection.unregister("made")
    return connection.table(table)


def _ibis(frame: pd.DataFrame, name: str) -> Any:
    import ibis

    connection = CONNECTION.setdefault("ibis", ibis.duckdb.connect())
    table = f"{name}_{len(CONNECTION)}"
    CONNECTION[table] = table
    return connection.create_table(table, _arrow(frame, name))


CONNECTION: dict[str, Any] = {}
CONVERSIONS: dict[str, Callable[[Any, str], Any]] = {
    "pandas": lambda frame, _: frame,
    "pandas alone": lambda frame, _: frame,
    "polars": _polars,
    "lazy": lambda frame, name: _polars(frame, name).lazy(),
    "pyarrow": _arrow,
    "duckdb": _duckdb,
    "ibis": _ibis,
}
BY_HAND: dict[str, tuple[str, Callable[[Any, dict[str, Any], str], object]]] = {
    "polars by hand": ("polars", by_hand.polars),
    "duckdb by hand": ("duckdb", by_hand.duckdb),
    "pandera by hand": ("pandas", by_hand.pandera),
    "pandera on polars": ("polars", by_hand.pandera_polars),
    "pydantic by row": ("pandas", by_hand.pydantic),
    "dataframely": ("polars", by_hand.dataframely),
    "patito": ("polars", by_hand.patito),
    "pointblank": ("polars", by_hand.pointblank),
}
NEEDS = {
    "lazy": "polars",
    "pandas alone": "pandas",
    "polars by hand": "polars",
    "duckdb by hand": "duckdb",
    "pandera by hand": "pandera",
    "pandera on polars": "polars",
    "pydantic by row": "pydantic",
}
"""The library of a tool, where it has not its name."""


def tools(rows: int) -> Iterator[str]:
    """Yield every tool that is installed and can do so many rows in a time."""
    for tool in (*CONVERSIONS, *BY_HAND):
        is_able = tool in FAST or rows < SLOW
        is_able &= tool != "pydantic by row" or rows <= BY_ROW
        if is_able and engines.has(NEEDS.get(tool, tool)):
            yield tool


def call_of(tool: str, tables: Tables) -> Callable[[], object]:
    """Return the call that is measured."""
    if tool in CONVERSIONS:
        return ours(tool, tables)
    engine, check = BY_HAND[tool]
    frame, parents = as_engine(engine, tables)
    return partial(check, frame, parents, tables.shape)


class Cost(NamedTuple):
    """What one call took."""

    cpu: float
    wall: float
    refused: bool


def cost(call: Callable[[], object]) -> Cost:
    """Return what a call takes, of all threads of this process."""
    cpu, wall = process_time(), perf_counter()
    refused = False
    try:
        call()
    except (ft.ValidationError, by_hand.RefusedError):
        refused = True
    return Cost(process_time() - cpu, perf_counter() - wall, refused)


def rounds(shape: str, rows: int, times: int) -> dict[tuple[str, str], list[Cost]]:
    """Return the costs of each tool on each table, every round in another order."""
    found: dict[tuple[str, str], list[Cost]] = {}
    for table in TABLES if rows < SLOW else TABLES[:1]:
        tables = made(shape, rows, table)
        calls = {tool: call_of(tool, tables) for tool in tools(rows)}
        for tool in [*calls]:
            warm = cost(calls[tool])  # Fills caches; what is wrong is seen here.
            if warm.refused != (table != TABLES[0]):
                raise AssertionError(f"{tool} on {shape} {table}: refused is {warm.refused}")
            if warm.cpu > 60:  # noqa: PLR2004 - A minute is measured once.
                found[tool, table] = [warm]
                del calls[tool]
        for _ in range(times):
            for tool in random.sample([*calls], len(calls)):
                found.setdefault((tool, table), []).append(cost(calls[tool]))
    return found


MEMORY = """
import sys
sys.path[:0] = {path!r}
import scale
scale.peak({tool!r}, {shape!r}, {rows})
"""


def peak(tool: str, shape: str, rows: int) -> None:
    """Print the bytes that a call needs at most beyond what was there, and those of the frame."""
    tables = made(shape, rows, TABLES[0])
    call = call_of(tool, tables)
    size = int(_arrow(tables.frame, shape).nbytes)
    with suppress(AttributeError):
        import pyarrow as pa

        pa.default_memory_pool().release_unused()
    Path("/proc/self/clear_refs").write_text("5", "ascii")
    before = _resident("VmRSS")
    call()
    print(json.dumps({"beyond": _resident("VmHWM") - before, "frame": size}))


def _resident(name: str) -> int:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    (kilobytes,) = (line.split()[1] for line in lines if line.startswith(f"{name}:"))
    return int(kilobytes) * 1024


def memory(tool: str, shape: str, rows: int) -> float:
    """Return the peak of a fresh process beyond the frame, as a share of the frame's own size."""
    code = MEMORY.format(path=[str(ROOT / "benchmarks")], tool=tool, shape=shape, rows=rows)
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True
    )
    told = json.loads(done.stdout.splitlines()[-1])
    return float(told["beyond"] / told["frame"])


FIRST = """
import time, pandas, fintech2021 as ft
frame = ft.load_banks()
start = time.process_time()
ft.validate(frame, "banks")
print(time.process_time() - start)
"""


def first_call() -> float:
    """Return the seconds of the first `validate` of a fresh process."""
    done = subprocess.run(
        [sys.executable, "-c", FIRST], check=True, stdout=subprocess.PIPE, text=True
    )
    return float(done.stdout)


def measured(sizes: list[int], shapes: list[str], times: int) -> dict[str, Any]:
    """Return everything that the page shows."""
    found: dict[str, Any] = {"costs": [], "memory": []}
    for shape in shapes:
        for rows in sizes:
            taken = rounds(shape, rows, times if rows < SLOW else 1)
            for (tool, table), costs in taken.items():
                found["costs"].append(
                    {
                        "shape": shape,
                        "rows": rows,
                        "tool": tool,
                        "table": table,
                        "cpu": median(c.cpu for c in costs),
                        "wall": median(c.wall for c in costs),
                        "each": [round(c.cpu, 6) for c in costs],
                    }
                )
            print(f"{shape}, {rows} rows: measured", file=sys.stderr, flush=True)
    largest = max(sizes)
    for tool in tools(largest):
        if Path("/proc/self/clear_refs").exists() and (tool in FAST or largest <= BY_ROW):
            share = memory(tool, shapes[0], largest)
            found["memory"].append(
                {"shape": shapes[0], "rows": largest, "tool": tool, "share": share}
            )
    found["first"] = median(first_call() for _ in range(5))
    found["date"] = datetime.now(UTC).date().isoformat()
    found["cores"] = os.cpu_count()
    return found


def ratio(found: dict[str, Any], limit: Limit, shape: str) -> float | None:
    """Return the median ratio within the rounds, if both were measured."""
    each = {
        (line["tool"], line["table"]): line["each"]
        for line in found["costs"]
        if line["shape"] == shape and line["rows"] == limit.rows
    }
    if limit.cost not in each or limit.measure not in each:
        return None
    if limit.cost[1] != limit.measure[1]:  # Of other rounds.
        return float(median(each[limit.cost]) / median(each[limit.measure]))
    return float(median(a / b for a, b in zip(each[limit.cost], each[limit.measure], strict=False)))


def limits(found: dict[str, Any], shapes: list[str]) -> list[tuple[Limit, str, float]]:
    """Return the ratio for every limit and shape that was measured."""
    ratios = ((limit, shape, ratio(found, limit, shape)) for limit in LIMITS for shape in shapes)
    return [(limit, shape, value) for limit, shape, value in ratios if value is not None]


def _on_lines(found: dict[str, Any]) -> str:
    """Return what was measured as JSON, a line for each cost, so that two runs can be compared."""
    rest = {name: value for name, value in found.items() if name != "costs"}
    costs = ",\n".join(json.dumps(cost, separators=(",", ":")) for cost in found["costs"])
    return f'{json.dumps(rest)[:-1]}, "costs": [\n{costs}\n]}}\n'


def main() -> int:
    """Measure, print, and with --check tell by the status whether every limit is kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, nargs="+", default=[10**3, 10**4, 10**5, 10**6])
    parser.add_argument("--shapes", nargs="+", choices=SHAPES, default=list(SHAPES))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--write", action="store_true", help="write docs/scale.md and its picture")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--keep", type=Path, metavar="JSON", help="write what was measured")
    parser.add_argument("--take", type=Path, metavar="JSON", help="measure nothing, take this")
    chosen = parser.parse_args()
    if chosen.take:
        found = json.loads(chosen.take.read_bytes())
    else:
        found = measured(chosen.rows, chosen.shapes, chosen.rounds)
    if chosen.keep:
        chosen.keep.write_text(json.dumps(found, indent=1), "utf-8")
    compared = limits(found, chosen.shapes)
    told = page(found, compared)
    print(told)
    if chosen.write:
        (ROOT / "docs" / "scale.md").write_text(told, "utf-8")
        (ROOT / "docs" / "scale.svg").write_text(picture(found), "utf-8")
        (ROOT / "benchmarks" / "scale.json").write_text(_on_lines(found), "utf-8")
    over = any(value > limit.limit for limit, _, value in compared)
    return int(over) if chosen.check else 0


if __name__ == "__main__":
    raise SystemExit(main())
