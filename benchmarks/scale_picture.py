"""What benchmarks/scale.py measured, as a picture: seconds by rows, both in steps of ten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fintech2021.charts.colours import BLUE, INK
from fintech2021.charts.drawing import WIDTH, Plane, altair, colours, data, layered, sober
from fintech2021.charts.placing import beside
from fintech2021.charts.saving import drawn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fintech2021.charts.drawing import Row

__all__ = ["picture"]

OURS = ("polars", "lazy", "pyarrow", "duckdb", "ibis", "pandas", "pandas alone")
VALID = "valid"
_KINDS = {"ft.validate": BLUE, "by hand or another library": INK}
_LEFT, _NAMES, _HEIGHT = 60, 150, 460
"""The pixels of the seconds, of the names of tools, and from top to bottom."""


def picture(found: Mapping[str, Any], shape: str = "banks") -> str:
    """Return the picture as SVG, in colours that are read on light and on dark pages."""
    points = [
        {**cost, "kind": list(_KINDS)[cost["tool"] not in OURS]}
        for cost in found["costs"]
        if cost["shape"] == shape and cost["table"] == VALID
    ]
    plane = _plane(points)
    last = {point["tool"]: point for point in sorted(points, key=lambda point: point["rows"])}
    ends = ((tool, *plane.at(point["rows"], point["cpu"])) for tool, point in last.items())
    named = beside(ends, plane.width + 24, plane.height)
    whole = layered(_lines(points, plane), plane, named)
    title = f"Seconds of the processor by rows, for valid tables of the shape of {shape}"
    return drawn(sober(whole, altair().Title(title))) + "\n"


def _plane(points: Sequence[Row]) -> Plane:
    rows, seconds = ([point[name] for point in points] for name in ("rows", "cpu"))
    ends = (min(seconds) * 0.8, max(seconds) * 1.2)
    across = (min(rows) * 0.9, max(rows))
    return Plane(WIDTH - _LEFT - _NAMES, _HEIGHT, across, ends, log_x=True, log_y=True)


def _lines(points: Sequence[Row], plane: Plane) -> Any:
    rows = sorted({row["rows"] for row in points})
    tens = [10.0**power for power in range(-4, 3)]
    seconds = [ten for ten in tens if plane.y[0] <= ten <= plane.y[1]]
    base = (
        altair()
        .Chart(data(points))
        .encode(
            plane.across("rows", "rows", rows, "format(datum.value, ',')"),
            plane.upwards("cpu", "seconds", seconds),
            colours("kind", _KINDS),
            detail="tool:N",
        )
    )
    return altair().layer(base.mark_line(strokeWidth=1.4), base.mark_circle(size=28, opacity=1))
