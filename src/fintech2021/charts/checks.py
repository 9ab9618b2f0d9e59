"""Pictures of trust: what fails in the report's arithmetic, what public pages say, where a cell is from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal

from fintech2021._core.names import DatasetName
from fintech2021._evidence.places import source
from fintech2021._explore.units import unit_in_words
from fintech2021.charts.colours import BLUE, INK, ORANGE
from fintech2021.charts.drawing import (
    NAMES,
    PLOT,
    WIDTH,
    altair,
    colours,
    data,
    named_rows,
    page,
    rows_axis,
    with_names,
    wrapped,
)
from fintech2021.charts.placing import SIZE, length
from fintech2021.charts.reading import catalog_column, labels_of, names, records, speaker, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import altair as alt

    from fintech2021._evidence.places import Provenance
    from fintech2021.charts.drawing import Row

__all__ = ["cell_provenance", "cross_checks", "failed_claims"]


def failed_claims(lang: Literal["en", "zh"] = "en") -> alt.VConcatChart:
    """Draw the claims of the report that its own figures contradict.

    Parameters
    ----------
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    altair.VConcatChart
        A row per claim: what the printed figure can stand for, and what follows from the others.

    Raises
    ------
    UnknownNameError
        When there is no such language.
    MissingDependencyError
        When altair is not installed.

    Examples
    --------
    >>> from fintech2021 import charts
    >>> charts.failed_claims().title.text
    ['Printed against computed: the claims that fail']
    """
    spoken, say = speaker(lang)
    verdicts = table("verdicts", "claim_id", "verdict", "printed_low", "computed_high")
    claims = table("claims", "claim_id", f"statement_{spoken}")
    statements = {row["claim_id"]: row[f"statement_{spoken}"] for row in records(claims)}
    rows = [row for row in records(verdicts) if row["verdict"] == "fails"]
    kinds = {
        say("what the printed figure can stand for", "所印数字可代表的范围"): BLUE,
        say("what follows from the other figures", "由其他数字推算的范围"): ORANGE,
    }
    return page(
        spoken,
        say("Printed against computed: the claims that fail", "所印与所算：不成立的命题"),
        say(
            "Each row has its own scale. A triangle: without bound on that side.",
            "各行刻度不同。三角形表示该侧无界。",
        ),
        [verdicts, claims],
        _intervals(rows, statements, kinds, spoken),
    )  # fmt: skip


def _intervals(
    rows: Sequence[Row], statements: dict[str, str], kinds: dict[str, str], lang: str
) -> Any:
    alt = altair()
    statements_ = [wrapped(statements[row["claim_id"]], _STATEMENT) for row in rows]
    order = [row["claim_id"] for row in rows]
    drawn = [bar for row in rows for bar in _two_bars(row, row["claim_id"], list(kinds), lang)]
    scale = alt.Scale(domain=[-0.04, 1.04], nice=False)
    x = alt.X("low:Q", scale=scale, axis=None)
    offset = alt.YOffset("kind:N", sort=list(kinds))
    base = alt.Chart(data(drawn)).encode(
        x=x,
        y=rows_axis(order, shown=False),
        yOffset=offset,
        color=colours("kind", kinds),
        tooltip=["kind:N", "text:N"],
    )
    open_left, open_right = (
        base.transform_filter(f"datum.{side} == null").mark_point(
            filled=True, size=60, shape=f"triangle-{way}", opacity=1
        ).encode(x=alt.X(f"{end}:Q", scale=scale, axis=None))
        for side, way, end in (("start", "left", "low"), ("end", "right", "high"))
    )  # fmt: skip
    lines = base.mark_bar(height=9).encode(x2="high:Q")
    lefts = alt.layer(lines, open_left, open_right).properties(
        width=_SCALE, height=_STEP * len(order)
    )
    told = alt.Chart(data(drawn)).mark_text(align="left", x=0).encode(
        y=rows_axis(order, shown=False), yOffset=offset, text="text:N", color=colours("kind", kinds)
    )  # fmt: skip
    rights = told.properties(width=WIDTH - 24 - _STATEMENT - _SCALE, height=_STEP * len(order))
    return alt.hconcat(named_rows(statements_, _STEP, width=_STATEMENT), lefts, rights, spacing=12)


_STEP, _STATEMENT, _SCALE = 52, 310, 190


def _two_bars(row: Row, claim: str, kinds: Sequence[str], lang: str) -> Iterator[Row]:
    """Yield both sides of a claim, as shares of the stretch from the least number to the greatest."""
    ends = {side: (row[f"{side}_low"], row[f"{side}_high"]) for side in ("printed", "computed")}
    known = [end for side in ends.values() for end in side if end is not None]
    low, high = min(known), max(known)
    for kind, (start, end) in zip(kinds, ends.values(), strict=True):
        left, right = (
            edge if value is None else (value - low) / (high - low)
            for value, edge in ((start, 0.0), (end, 1.0))
        )
        middle, half = (left + right) / 2, max((right - left) / 2, 0.008)
        yield {
            "row": claim, "kind": kind, "text": _range(start, end, lang), "start": start, "end": end,
            "low": round(middle - half, 4), "high": round(middle + half, 4),
        }  # fmt: skip


def _range(low: float | None, high: float | None, lang: str) -> str:
    """Return an interval in words, large numbers in 亿 or billions."""
    if low is None or high is None:
        one = _compact(low if high is None else high, lang)
        words = ("at least {}", "不小于{}") if high is None else ("at most {}", "不大于{}")
        return words[lang == "zh"].format(one)
    start, end = _compact(low, lang), _compact(high, lang)
    joined = f"{start}至{end}" if lang == "zh" else f"{start} to {end}"
    return start if start == end else joined


_LONG = 100_000
_LARGE = {"en": (1e9, " bn"), "zh": (1e8, "亿")}


def _compact(value: float | None, lang: str) -> str:
    divisor, unit = _LARGE[lang]
    if value is None or abs(value) < divisor:
        form = ",.6g" if abs(value or 0) >= _LONG else ".6g"
        return f"{value or 0:{form}}".replace("-", "−")
    return f"{value / divisor:.6g}{unit}".replace("-", "−")


def cross_checks(lang: Literal["en", "zh"] = "en") -> alt.VConcatChart:
    """Draw how the report's figures agree with public pages, and by how much those differ that do.

    Parameters
    ----------
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    altair.VConcatChart
        Verdicts by dataset; below, a row per cell that differs or has another scope.

    Raises
    ------
    UnknownNameError
        When there is no such language.
    MissingDependencyError
        When altair is not installed.

    Examples
    --------
    >>> from fintech2021 import charts
    >>> charts.cross_checks("zh").title.text
    ['报告数字与公开网页核对']
    """
    spoken, say = speaker(lang)
    frame = table("cross_checks", "dataset", "verdict", "printed_value", "public_value")
    rows = records(frame)
    words = labels_of("cross_checks", "verdict", spoken)
    kinds = {words[key]: colour for key, colour in _VERDICTS.items()}
    unlike = [row for row in rows if row["verdict"] != "agrees"]
    apart = [row for row in unlike if row["difference"] is not None]
    rest = len(unlike) - len(apart)
    stretches = list(_stretches(rows, words, spoken))
    distances = [_distance(row, words, spoken) for row in apart]
    return page(
        spoken,
        say("The report's figures beside public pages", "报告数字与公开网页核对"),
        say(
            "Below, how far the printed figure is above or below the public one, in percent of the latter. "
            f"Left out there: {rest} cells of names and months.",
            f"下图为报告所印数字高于或低于公开数字的幅度，以后者为100%；另有{rest}个名称、月份单元格未列入。",
        ),
        [frame],
        _by_dataset(stretches, kinds),
        _apart(distances, kinds),
    )  # fmt: skip


_VERDICTS = {"agrees": BLUE, "other_scope": INK, "differs": ORANGE}


def _by_dataset(drawn: Sequence[Row], kinds: dict[str, str]) -> Any:
    alt = altair()
    order = list(dict.fromkeys(row["row"] for row in drawn))
    scale = alt.Scale(domain=[0, max(row["to"] for row in drawn) * 1.25], nice=False)
    x = alt.X("from:Q", scale=scale, axis=None)
    base = alt.Chart(data(drawn)).encode(
        y=rows_axis(order, shown=False), x=x, tooltip=["row:N", "verdict:N", "number:Q"]
    )
    ends = [row for row in drawn if row["text"]]
    told = alt.Chart(data(ends)).mark_text(align="left", dx=6).encode(
        y=rows_axis(order, shown=False), x=alt.X("to:Q", scale=scale, axis=None), text="text:N"
    )  # fmt: skip
    stacked = base.mark_bar(height=15).encode(x2="to:Q", color=colours("verdict", kinds))
    layers = alt.layer(stacked, told).properties(width=PLOT, height=_ROW * len(order))
    return with_names(order, _ROW, layers)


_ROW = 32


def _titled(dataset: str, lang: str) -> str:
    from fintech2021._versions import pins

    descriptor = pins.requested(dataset)
    return descriptor.title_zh if lang == "zh" else descriptor.title_en


def _stretches(rows: Sequence[Row], words: Mapping[str, str], lang: str) -> Iterator[Row]:
    """Yield the stretch of each verdict in the bar of its dataset; the last one carries the counts."""
    counts = Counter((row["dataset"], row["verdict"]) for row in rows)
    for dataset, _ in Counter(row["dataset"] for row in rows).most_common():
        start, present = 0, [key for key in _VERDICTS if counts[dataset, key]]
        for key in present:
            end = start + counts[dataset, key]
            text = " + ".join(str(counts[dataset, each]) for each in present)
            yield {
                "row": _titled(dataset, lang), "verdict": words[key], "number": end - start,
                "from": start, "to": end, "text": text if key == present[-1] else "",
            }  # fmt: skip
            start = end


def _apart(rows: Sequence[Row], kinds: dict[str, str]) -> Any:
    alt = altair()
    drawn = sorted(rows, key=lambda row: -row["value"])
    order = [row["row"] for row in drawn]
    scale = alt.Scale(domain=_reach(drawn), nice=False)
    base = alt.Chart(data(drawn)).encode(
        y=rows_axis(order, shown=False),
        x=alt.X("value:Q", scale=scale, axis=None),
        color=colours("verdict", kinds, legend=False),
    )
    zero = (
        alt.Chart(data([{"value": 0}]))
        .mark_rule(color=INK)
        .encode(x=alt.X("value:Q", scale=scale, axis=None))
    )
    sides = [
        base.transform_filter(f"datum.value {sign} 0").mark_text(align=align, dx=dx, color=INK).encode(
            text="text:N", color=alt.value(INK)
        )
        for sign, align, dx in ((">=", "left", 7), ("<", "right", -7))
    ]  # fmt: skip
    layers = alt.layer(base.mark_bar(height=13), zero, *sides)
    whole = layers.properties(width=PLOT, height=_ROW * len(order))
    return with_names(order, _ROW, whole)


def _reach(drawn: Sequence[Row]) -> list[float]:
    """Return the ends of a scale on which the texts at the ends of bars have room on both sides."""
    sides = [[row for row in drawn if (row["value"] < 0) is each] for each in (True, False)]
    room = [max((length(row["text"], SIZE) for row in side), default=0) + 14 for side in sides]
    far = [max((abs(row["value"]) for row in side), default=1) for side in sides]
    step = sum(far) / (PLOT - sum(room))
    return [-far[0] - room[0] * step, far[1] + room[1] * step]


def _distance(row: Row, words: Any, lang: str) -> Row:
    share, both = _compared(row["printed_value"], row["public_value"], lang)
    column = catalog_column(row["dataset"], row["column"])
    title = column.title_zh if lang == "zh" else column.title_en
    who = names(row["dataset"], lang).get(row["key"], row["key"])
    told = f"{who} · {title}"
    return {
        "row": told if length(told, SIZE) < NAMES else f"{who}\n{title}",
        "value": share,
        "verdict": words[row["verdict"]],
        "text": both,
    }


def _compared(printed: str, public: str, lang: str) -> tuple[float, str]:
    """Return by how many percent two figures differ, and both."""
    ours, theirs = float(printed), float(public)
    share = round(100 * (ours / theirs - 1), 2)
    both = f"{_compact(ours, lang)} / {_compact(theirs, lang)}"
    return share, f"{share:+.1f}%".replace("-", "−") + (
        f"（{both}）" if lang == "zh" else f" ({both})"
    )


def cell_provenance(
    lang: Literal["en", "zh"] = "en",
    *,
    dataset: DatasetName | str = "banks",
    key: str = "icbc",
    column: str = "tech_spend_cny",
) -> alt.VConcatChart:
    """Draw the way of a number from a line of the report to a cell of a table.

    Parameters
    ----------
    lang
        ``"en"`` or ``"zh"``.
    dataset, key, column
        The cell, as `fintech2021.source` takes it.

    Returns
    -------
    altair.VConcatChart
        Line, printed characters, scale and value, and what public pages say of it.

    Raises
    ------
    UnknownNameError
        When there is no such language, dataset, key or column.
    MissingDependencyError
        When altair is not installed.

    Examples
    --------
    >>> from fintech2021 import charts
    >>> charts.cell_provenance("zh", key="cmb").title.text
    ['一个数字的来历：招商银行，科技投入']
    """
    spoken, say = speaker(lang)
    found = source(dataset, key, column)
    frame = table(found.dataset, found.column)
    known = catalog_column(found.dataset, found.column)
    who = names(found.dataset, spoken).get(found.key, found.key)
    title = known.title_zh if spoken == "zh" else known.title_en
    unit = unit_in_words(known.unit, spoken)
    return page(
        spoken,
        say(f"The way of a number: {who}, {title.lower()}", f"一个数字的来历：{who}，{title}"),
        say(
            "ft.source() tells the same of every printed cell.",
            "ft.source() 可查每个所印单元格的来历。",
        ),
        [frame],
        _chain(_steps(found, unit, say)),
    )


def _steps(found: Provenance, unit: str, say: Callable[[str, str], str]) -> list[Row]:
    """Return the stations, each with the mark that leads to it."""
    steps = []
    if found.printed is not None:
        steps = [
            _step("", say("line of the report", "报告行号"), str(found.line)),
            _step("→", say("printed characters", "所印字符"), found.printed),
            _step("×", say("scale", "单位换算"), f"{found.scale:,f}"),
        ]
    equals = "=" if steps else ""
    steps.append(_step(equals, say("value of the cell", "单元格取值"), _read(found.value), unit))
    if found.cross_check is not None:
        is_same = found.cross_check.verdict == "agrees"
        public = _read(found.cross_check.value)
        steps.append(_step("=" if is_same else "≠", say("public pages", "公开网页"), public, unit))
    return steps


def _step(mark: str, head: str, text: str, unit: str = "") -> Row:
    return {"mark": mark, "head": head, "text": wrapped(text, _BOX - 12, _LARGE_SIZE), "unit": unit}


def _read(value: object) -> str:
    """Return a value with its thousands parted, if it is a long number."""
    text = str(value)
    return f"{int(text):,}" if text.isdigit() and len(text) > len("2021") else text


_BOX, _BETWEEN, _LARGE_SIZE = 128, 20, 14


def _chain(steps: Sequence[Row]) -> Any:
    """Return boxes from left to right, a mark between each and the next."""
    alt, height = altair(), 62 + 18 * max(row["text"].count("\n") for row in steps)
    boxes = [
        {
            **row,
            "left": at,
            "right": at + _BOX,
            "middle": at + _BOX / 2,
            "before": at - _BETWEEN / 2,
        }
        for at, row in zip(range(0, WIDTH, _BOX + _BETWEEN), steps, strict=False)
    ]
    scale = alt.Scale(domain=[0, boxes[-1]["right"]], nice=False)
    base = alt.Chart(data(boxes)).encode(x=alt.X("middle:Q", scale=scale, axis=None))
    marks = base.mark_text(fontSize=_LARGE_SIZE, y=height / 2)
    layers = alt.layer(
        base.mark_rect(fill=None, stroke=BLUE, strokeWidth=1.2, cornerRadius=4).encode(
            y=alt.value(0), y2=alt.value(height), x=alt.X("left:Q", scale=scale, axis=None), x2="right:Q"
        ),
        base.mark_text(y=14, fontSize=11).encode(text="head:N"),
        base.mark_text(y=33, fontSize=_LARGE_SIZE, fontWeight="bold", lineBreak="\n").encode(text="text:N"),
        base.mark_text(y=height - 12, fontSize=11).encode(text="unit:N"),
        marks.encode(x=alt.X("before:Q", scale=scale, axis=None), text="mark:N"),
    )  # fmt: skip
    return layers.properties(width=boxes[-1]["right"], height=height)
