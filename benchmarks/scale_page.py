"""What benchmarks/scale.py measured, as a page and as a picture."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["page", "picture"]

_CORES = {1: "one core", 2: "two cores", 4: "four cores", 8: "eight cores"}
_OURS = ("polars", "lazy", "pyarrow", "duckdb", "ibis", "pandas", "pandas alone")
_VALID, _ONE, _TEN = "valid", "ten rows of one rule", "ten rows of ten rules"
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
    floor = cpu[_FLOOR, _VALID]
    for tool in dict.fromkeys(tool for tool, _ in cpu):
        valid = cpu[tool, _VALID]
        name = f"`ft.validate`, {tool}" if tool in _OURS else tool
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


_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 760, 460, 60, 180, 20, 50
_COLOURS = ("#1b6ca8", "#3fa7d6", "#0f9d8a", "#7a4ea3", "#b06fc4", "#c8553d", "#8a8d91", "#5c6670")


def picture(found: dict[str, Any], shape: str = "banks") -> str:
    """Return the seconds by rows as a picture, both in steps of ten."""
    costs = [x for x in found["costs"] if x["shape"] == shape and x["table"] == _VALID]
    rows = sorted({line["rows"] for line in costs})
    low = min(log10(line["cpu"]) for line in costs)
    high = max(log10(line["cpu"]) for line in costs)
    span = (log10(rows[-1]) - log10(rows[0])) or 1

    def across(number: float) -> float:
        return _LEFT + (log10(number) - log10(rows[0])) / span * (_WIDTH - _LEFT - _RIGHT)

    def down(seconds: float) -> float:
        height = _HEIGHT - _TOP - _BOTTOM
        return _TOP + (high - log10(seconds)) / ((high - low) or 1) * height

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="11" role="img">',
        "<title>Seconds of the processor by rows</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
    ]
    for number in rows:
        parts.append(_line(across(number), _TOP, across(number), _HEIGHT - _BOTTOM))
        parts.append(_said(across(number), _HEIGHT - _BOTTOM + 18, f"{number:,}", "middle"))
    for power in range(int(low // 1) + 1, int(high // 1) + 1):
        parts.append(_line(_LEFT, down(10**power), _WIDTH - _RIGHT, down(10**power)))
        parts.append(_said(_LEFT - 6, down(10**power) + 4, f"{10.0**power:g} s", "end"))
    parts.append(_said((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 10, "rows", "middle"))
    ends = []
    for number, tool in enumerate(dict.fromkeys(line["tool"] for line in costs)):
        own = sorted((x["rows"], x["cpu"]) for x in costs if x["tool"] == tool)
        points = " ".join(f"{across(n):.1f},{down(seconds):.1f}" for n, seconds in own)
        colour = _COLOURS[number % len(_COLOURS)]
        dashes = "" if tool in _OURS else ' stroke-dasharray="4 3"'
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" '
            f'stroke-width="1.8"{dashes}/>'
        )
        ends.append((down(own[-1][1]), across(own[-1][0]), tool, colour))
    parts += _names(ends)
    return "\n".join([*parts, "</svg>", ""])


def _names(ends: list[tuple[float, float, str, str]]) -> Iterator[str]:
    """Yield the names at the ends of the lines, each below the one above it."""
    last = 0.0
    for height, _, tool, colour in sorted(ends):
        last = max(height + 4, last + 13)
        yield _said(_WIDTH - _RIGHT + 10, last, tool, "start", colour)


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="#ddd"/>'


def _said(x: float, y: float, text: str, anchor: str, colour: str = "#333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{text}</text>'
