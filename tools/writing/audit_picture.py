"""The picture of the audit: what is printed against what follows, for every claim that fails."""

from __future__ import annotations

from decimal import Decimal
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Row", "compact", "picture"]

WIDTH = 900
HEAD, ROW, MARGIN = 84, 58, 20
LEFT, RIGHT = 370, 680
"""Where the bars begin and end; statements stand left of them and numbers right of them."""
THICK, THIN = 10, 4
ROOM = Decimal("0.06")
PRINTED, COMPUTED = "#0072b2", "#d55e00"
STYLE = (
    "text{font-family:system-ui,'Segoe UI',Helvetica,Arial,sans-serif;font-size:12px;fill:#222}"
    ".title{font-size:17px;font-weight:600}.note{fill:#666}"
    f".printed{{fill:{PRINTED}}}.computed{{fill:{COMPUTED}}}"
)


class Row(NamedTuple):
    """A claim that fails: its words, and the ends of both sides, ``None`` where unbounded."""

    statement: str
    printed: tuple[Decimal | None, Decimal | None]
    computed: tuple[Decimal | None, Decimal | None]


def picture(rows: Sequence[Row]) -> str:
    """Return the picture as SVG."""
    height = HEAD + ROW * len(rows) + MARGIN
    title = "Printed against computed: the claims that fail"
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            f'width="{WIDTH}" height="{height}" role="img" aria-labelledby="title">',
            f'<title id="title">{title}</title>',
            f"<style>{STYLE}</style>",
            f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
            _text(MARGIN, 32, title, "title"),
            *_legend(),
            *(line for number, row in enumerate(rows) for line in _row(row, HEAD + ROW * number)),
            "</svg>",
            "",
        )
    )


def _legend() -> Iterator[str]:
    yield _bar(MARGIN, 50, 24, "printed")
    yield _text(MARGIN + 32, 60, "what the printed figure can stand for")
    yield _bar(MARGIN + 270, 50, 24, "computed")
    yield _text(MARGIN + 302, 60, "what follows from the other figures")
    yield _text(RIGHT + 14, 60, "each row has its own scale", "note")


def _row(row: Row, top: int) -> Iterator[str]:
    yield f'<path d="M{MARGIN} {top}H{WIDTH - MARGIN}" stroke="#ddd"/>'
    lines = wrap(row.statement, 54)
    for number, line in enumerate(lines):
        yield _text(MARGIN, top + 34 - 8 * (len(lines) - 1) + 16 * number, line)
    low, high = _scale(row)
    for name, ends, y in (("printed", row.printed, top + 15), ("computed", row.computed, top + 35)):
        start, end = (
            edge if value is None else _place(value, low, high)
            for value, edge in zip(ends, (LEFT, RIGHT), strict=True)
        )
        yield _bar(start, y, max(end - start, THIN), name)
        yield from _arrows(ends, y, name)
        yield _text(RIGHT + 14, y + THICK - 1, _range(*ends))


def _scale(row: Row) -> tuple[Decimal, Decimal]:
    """Return the ends of a row's scale: the outermost numbers, and some room."""
    ends = [end for end in (*row.printed, *row.computed) if end is not None]
    room = (max(ends) - min(ends)) * ROOM
    return min(ends) - room, max(ends) + room


def _place(value: Decimal, low: Decimal, high: Decimal) -> int:
    return round(LEFT + (RIGHT - LEFT) * (value - low) / (high - low))


def _bar(x: int, y: int, width: int, name: str) -> str:
    return f'<rect class="{name}" x="{x}" y="{y}" width="{width}" height="{THICK}" rx="1"/>'


def _arrows(ends: tuple[Decimal | None, Decimal | None], y: int, name: str) -> Iterator[str]:
    """Point outward where a side is unbounded."""
    for end, x, tip in zip(ends, (LEFT, RIGHT), (-8, 8), strict=True):
        if end is None:
            path = f"M{x} {y - 2}l{tip} {THICK // 2 + 2}l{-tip} {THICK // 2 + 2}z"
            yield f'<path class="{name}" d="{path}"/>'


def _text(x: int, y: int, text: str, name: str = "") -> str:
    marked = f' class="{name}"' if name else ""
    return f'<text x="{x}" y="{y}"{marked}>{escape(text)}</text>'


def _range(low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None:
        return f"at least {compact(low)}" if high is None else f"at most {compact(high)}"
    start, end = compact(low), compact(high)
    return start if start == end else f"{start} to {end}"


def compact(number: Decimal | None) -> str:
    """Return a number in six digits, large ones in billions or millions."""
    if number is None:
        return "unbounded"
    for factor, name in ((10**9, " bn"), (10**6, " m")):
        if abs(number) >= factor:
            return f"{_short(number / factor)}{name}"
    return _short(number)


def _short(number: Decimal) -> str:
    text = f"{number:.6g}" if abs(number) < 10**5 else f"{number:,.0f}"
    text = text.replace("-", "\N{MINUS SIGN}")
    return text.rstrip("0").rstrip(".") if "." in text else text
