"""What every picture is drawn with: colours, scales, labels at places of our own, the caption."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import east_asian_width

from fintech2021.charts.colours import BLUE, FAINT, INK
from fintech2021.charts.fonts import STACK
from fintech2021.charts.placing import SIZE, length
from fintech2021.errors import MissingDependencyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import ModuleType

    import altair as alt
    import pandas as pd

    from fintech2021.charts.placing import Label

__all__ = [
    "NAMES", "PLOT", "WIDTH", "Plane", "Row", "altair", "bars", "colours", "data", "gutter", "heading", "layered",
    "named_rows", "page", "rows_axis", "sober", "ticks", "with_names", "wrapped",
]  # fmt: skip

Row = dict[str, Any]

WIDTH = 720
"""The pixels that every picture takes: on a page of text it is shown about as large as it is drawn."""


def altair() -> ModuleType:
    """Return altair, or say how to install it."""
    try:
        import altair as alt
    except ImportError as cause:
        raise MissingDependencyError("altair", "charts", "Drawing a chart") from cause
    return alt


def data(rows: Iterable[Mapping[str, Any]]) -> Any:
    """Return rows as a chart takes them; no option of the caller concerns rows inside it."""
    return altair().InlineData(values=[dict(row) for row in rows])


_AS_IT_IS = "datum.value"


class Plane(NamedTuple):
    """A picture of two measures, where we say ourselves what stands at which pixel."""

    width: int
    height: int
    x: tuple[float, float]
    y: tuple[float, float]
    log_x: bool = False
    log_y: bool = False

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixel of a point."""
        across = _share(x, self.x, is_log=self.log_x) * self.width
        return round(across, 1), round((1 - _share(y, self.y, is_log=self.log_y)) * self.height, 1)

    def across(
        self, field: str, title: str, ticks: Sequence[float] = (), said: str = _AS_IT_IS
    ) -> Any:
        """Return the encoding of the measure from left to right; ``said`` writes its numbers."""
        scale, axis = _scale(self.x, is_log=self.log_x), _axis(title, ticks, said)
        return altair().X(f"{field}:Q", scale=scale, axis=axis)

    def upwards(self, field: str, title: str, ticks: Sequence[float] = ()) -> Any:
        """Return the encoding of the measure from bottom to top."""
        scale, axis = _scale(self.y, is_log=self.log_y), _axis(title, ticks)
        return altair().Y(f"{field}:Q", scale=scale, axis=axis)


def _share(value: float, ends: tuple[float, float], *, is_log: bool) -> float:
    low, high, here = (map(math.log, (*ends, value))) if is_log else (*ends, value)
    return (here - low) / (high - low)


def _scale(ends: tuple[float, float], *, is_log: bool) -> Any:
    kind = "log" if is_log else "linear"
    return altair().Scale(type=kind, domain=list(ends), nice=False, zero=False)


def _axis(title: str, ticks: Sequence[float], said: str = _AS_IT_IS) -> Any:
    values = {"values": list(ticks)} if ticks else {}
    return altair().Axis(title=title, labelExpr=said, **values)


def rows_axis(names: Sequence[str], *, shown: bool = True) -> Any:
    """Return the encoding of rows by their names."""
    alt = altair()
    lines = alt.Axis(
        title=None, grid=False, ticks=False, domain=False, labelLimit=600, labelPadding=8,
    )  # fmt: skip
    scale = alt.Scale(domain=list(names))  # Also rows without a bar have their place.
    return alt.Y("row:N", sort=None, scale=scale, axis=lines if shown else None)


def bars(  # noqa: PLR0913 - What pictures of bars differ in.
    rows: Sequence[Row],
    names: Sequence[str],
    *,
    title: str,
    width: int,
    colour: str = BLUE,
    shown: bool = True,
    step: int = 26,
) -> Any:
    """Return bars of ``value`` with ``text`` behind each, a row for every name.

    The text stands right of all bars' ends: the scale leaves room for the widest one.
    """
    alt = altair()
    room = max((length(row["text"], SIZE) for row in rows), default=0) + 12
    top = max((row["value"] for row in rows), default=1) * width / max(width - room, 60)
    scale = alt.Scale(domain=[0, top], nice=False)
    base = alt.Chart(data(rows), title=heading(title))
    drawn = base.encode(
        y=rows_axis(names, shown=shown), x=alt.X("value:Q", scale=scale, axis=None), tooltip=_tip()
    )
    layers = alt.layer(
        drawn.mark_bar(color=colour, height=min(round(0.62 * step), 16)),
        drawn.mark_text(align="left", dx=6).encode(text="text:N"),
    )
    return layers.properties(width=width, height=step * len(names))


def heading(title: str) -> Any:
    """Return the title of a part of a picture."""
    return altair().Title(title, fontSize=SIZE, anchor="start", color=INK)


def gutter(names: Iterable[str]) -> int:
    """Return how many pixels the names of rows take, left of where their bars begin."""
    return round(max(length(name, SIZE) for name in names)) + 10


def ticks(ends: tuple[float, float]) -> list[float]:
    """Return 1, 2 and 5 and their tenfolds between two ends."""
    steps = (digit * 10.0**power for power in range(-4, 10) for digit in (1, 2, 5))
    return [round(step, 4) for step in steps if ends[0] <= step <= ends[1]]


NAMES = 254
"""The pixels that names of rows take where they are broken into lines."""
PLOT = WIDTH - NAMES - 8
"""What they leave of a picture."""


def with_names(names: Sequence[str], step: int, plot: Any) -> Any:
    """Return a picture of rows that are so high, with their names left of it."""
    lines = ["\n".join(wrapped(line, NAMES) for line in name.split("\n")) for name in names]
    told = named_rows(lines, step, width=NAMES)
    return altair().hconcat(told, plot, spacing=8)


def named_rows(names: Sequence[str], step: int, *, width: int) -> Any:
    """Return the names of rows that are so high, in lines, each in the middle of its row."""
    alt = altair()
    told = [
        {"line": line, "y": row * step + step / 2 + (place - name.count("\n") / 2) * _LINE_HEIGHT}
        for row, name in enumerate(names)
        for place, line in enumerate(name.split("\n"))
    ]
    y = alt.Y("y:Q", scale=alt.Scale(domain=[step * len(names), 0], nice=False), axis=None)
    lines = alt.Chart(data(told)).mark_text(align="right", baseline="middle", x=width)
    return lines.encode(y=y, text="line:N").properties(width=width, height=step * len(names))


_LINE_HEIGHT = 15


def _tip() -> list[Any]:
    alt = altair()
    return [alt.Tooltip("row:N", title=" "), alt.Tooltip("text:N", title="  ")]


def colours(field: str, named: Mapping[str, str], *, legend: bool = True) -> Any:
    """Return the encoding of kinds by their colours, with a legend above the picture."""
    alt = altair()
    scale = alt.Scale(domain=list(named), range=list(named.values()))
    shown = (
        alt.Legend(title=None, orient="top", labelLimit=400, columns=0, symbolOpacity=1)
        if legend
        else None
    )
    return alt.Color(f"{field}:N", scale=scale, legend=shown)


def _texts(labels: Sequence[Label], width: int, height: int) -> list[Any]:
    """Return layers of labels that stand where we say, and of the lines that lead to them."""
    alt = altair()
    placed = [
        {"px": each.x, "py": each.y, "label": each.text, "size": each.size, "align": each.align}
        for each in labels
    ]
    x = alt.X("px:Q", scale=alt.Scale(domain=[0, width], nice=False), axis=None)
    y = alt.Y("py:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)
    ties = [
        {"px": each.x + each.towards, "py": each.y, "px2": each.of[0], "py2": each.of[1]}
        for each in labels
        if each.is_far
    ]
    lines = alt.Chart(data(ties)).mark_rule(color=INK, strokeWidth=0.8, strokeDash=[1, 3])
    return [
        lines.encode(x=x, y=y, x2="px2:Q", y2="py2:Q"),
        *(
            alt.Chart(data(row for row in placed if row["align"] == side))
            .mark_text(align=side, baseline="middle", fontSize=SIZE)
            .encode(x=x, y=y, text="label:N")
            for side in ("left", "right", "center")
        ),
    ]


def layered(drawn: Any, plane: Plane, labels: Sequence[Label]) -> Any:
    """Return a picture with labels, which have scales of pixels."""
    library = altair()
    whole = library.layer(drawn, library.layer(*_texts(labels, plane.width, plane.height)))
    apart = whole.resolve_scale(x="independent", y="independent")
    return apart.properties(width=plane.width, height=plane.height)


def wrapped(text: str, width: float, size: float = SIZE) -> str:
    """Return a text in lines that are at most so wide, broken at spaces or between characters."""
    lines = [""]
    for part in _parts(text):
        if lines[-1] and length(lines[-1] + part.rstrip(), size) > width:
            lines.append("")
        lines[-1] += part
    return "\n".join(line.strip() for line in lines)


_NEVER_FIRST = "，。、；：）】”！？,.;:)%·亿万元年月日"


def _parts(text: str) -> Iterable[str]:
    """Yield what is not broken: words with the space behind them, single Chinese characters."""
    part = ""
    for letter, following in pairwise(f"{text}\n"):
        part += letter
        can_break = letter == " " or "W" in (east_asian_width(letter), east_asian_width(following))
        if can_break and following not in _NEVER_FIRST:
            yield part
            part = ""
    yield part


def page(
    lang: str, title: str, note: str, tables: Sequence[pd.DataFrame], *parts: Any, left: int = 0
) -> alt.VConcatChart:
    """Return a picture under its title, above a caption with what to know of it and its source.

    Both begin so many pixels left of where scales begin, above and under the names of rows.
    """
    library = altair()
    lines = [
        line
        for text in (note, source(lang, tables))
        for line in wrapped(text, WIDTH, 11).split("\n")
    ]
    caption = library.Chart(data([{}]), width=WIDTH - left, height=15 * len(lines)).mark_text(
        text=lines, align="left", baseline="top", fontSize=11, lineHeight=15, x=-left, y=0
    )
    head = library.Title(wrapped(title, WIDTH, 17).split("\n"), dx=-left)
    drawn: alt.VConcatChart = sober(library.vconcat(*parts, caption, spacing=18), head)
    return drawn


def source(lang: str, tables: Sequence[pd.DataFrame]) -> str:
    """Return the report, the edition and the versions of the tables that a picture is drawn from."""
    told = [table.attrs["fintech2021"] for table in tables]
    edition = next((each["edition"] for each in told if each["edition"]), None)
    versions = (f"{each['dataset']} {each['version']}" for each in told)
    if lang == "zh":
        named = f"{edition}版" if edition else ""
        return f"来源：2021年中国金融科技与数字普惠金融报告；fintech2021 {named}（{'、'.join(versions)}）。"
    named = f" edition {edition}" if edition else ""
    report = "a 2021 report on fintech and digital inclusive finance in China"
    return f"Source: {report}; fintech2021{named} ({', '.join(versions)})."


def sober(chart: Any, head: Any) -> Any:
    """Return a picture in our font, without a ground: it is read on light and on dark pages."""
    plain = {"labelColor": INK, "titleColor": INK, "labelFontSize": SIZE, "titleFontSize": SIZE}
    return (
        chart.properties(title=head)
        .configure(font=STACK, background="transparent", padding=12)
        .configure_view(stroke=None)
        .configure_text(color=INK, fontSize=SIZE)
        .configure_axis(
            **plain, titleFontWeight="normal", labelFontWeight="normal", gridColor=FAINT,
            domainColor=INK, tickColor=INK, labelOverlap=True, labelSeparation=8,
        )
        .configure_legend(**plain, labelFontWeight="normal", symbolSize=90, offset=6)
        .configure_title(
            color=INK, fontSize=17, fontWeight="normal", anchor="start", frame="group", offset=12
        )
    )  # fmt: skip
