"""What benchmarks/scale.py measured, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scale_picture import OURS, VALID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["page"]

_CORES = {1: "one core", 2: "two cores", 4: "four cores", 8: "eight cores"}
_ONE, _TEN = "ten rows of one rule", "ten rows of ten rules"
_FLOOR = "polars by hand"
_HEAD = """# Validation at size

<!-- Written by `python benchmarks/scale.py --write`; do not edit. -->

How long `ft.validate` takes beside what one would write by hand with other libraries, for the
same rules. Measured on {date} on a machine with {cores}, everything in one run, in turn, in an
order shuffled anew each round. Seconds are of the processor, of all threads; a ratio is the
median of the rounds. Ratios hold on other machines, seconds do not.

Rules, tables and programs stand in `benchmarks/`: `by_hand.py` has what is compared. Tables are
made up by [`make_frame`](for-test-authors.md): they have the columns of the dataset, and its
references are checked against parents of their own size, as a growing table's are.

![Seconds of the processor by rows, for valid tables of the shape of banks](scale.svg)
"""


def page(found: dict[str, Any], compared: Iterable[tuple[Any, str, float]]) -> str:
    """Return the page."""
    cores = _CORES.get(found["cores"], f"{found['cores']} cores")
    parts = [_HEAD.format(date=found["date"], cores=cores), *_limits(compared)]
    for shape in dict.fromkeys(line["shape"] for line in found["costs"]):
        parts += _of_shape([line for line in found["costs"] if line["shape"] == shape], shape)
    parts += _memory(found["memory"])
    first = f"{found['first']:.2f} s"
    parts.append(f"\nThe first `validate` of a fresh process, pandas being there, takes {first}.\n")
    return "\n".join(parts)


def _limits(compared: Iterable[tuple[Any, str, float]]) -> Iterator[str]:
    yield "## Limits\n"
    yield "| Work | Compared with | Rows | Table | Ratio | Limit | |"
    yield "|---|---|---|---|---|---|---|"
    for limit, shape, value in compared:
        cost, measure = (f"{tool}, {table}" for tool, table in (limit.cost, limit.measure))
        kept = "kept" if value <= limit.limit else "**missed**"
        cells = (cost, measure, f"{limit.rows:,}", shape, f"{value:.2f}", str(limit.limit), kept)
        yield f"| {' | '.join(cells)} |"


def _of_shape(lines: list[dict[str, Any]], shape: str) -> Iterator[str]:
    rows = max(line["rows"] for line in lines if line["table"] == _TEN)
    yield f"\n## {shape}, {rows:,} rows\n"
    yield f"| Tool | Rows a second | Seconds | of {_FLOOR} | {_ONE} | {_TEN} |"
    yield "|---|---|---|---|---|---|"
    cpu = {(x["tool"], x["table"]): x["cpu"] for x in lines if x["rows"] == rows}
    floor = cpu[_FLOOR, VALID]
    for tool in sorted({tool for tool, _ in cpu}, key=lambda tool: cpu[tool, VALID]):
        valid = cpu[tool, VALID]
        name = f"`ft.validate`, {tool}" if tool in OURS else tool
        broken = (f"{cpu[tool, table]:.3f}" for table in (_ONE, _TEN))
        yield (
            f"| {name} | {rows / valid:,.0f} | {valid:.3f} | {valid / floor:.2f} | "
            f"{' | '.join(broken)} |"
        )


def _memory(lines: list[dict[str, Any]]) -> Iterator[str]:
    if not lines:
        return
    yield f"\n## Memory, {lines[0]['shape']}, {lines[0]['rows']:,} rows\n"
    yield "The peak beyond what was there before the call, as a share of the table in Arrow.\n"
    yield "| Tool | Peak |"
    yield "|---|---|"
    for line in lines:
        yield f"| {line['tool']} | {line['share']:.2f} |"
