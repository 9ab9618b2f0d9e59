"""Pictures of trust: what fails in the report's arithmetic, what public pages say, where a cell is from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal

from fintech2021._core.names import DatasetName
from fintech2021._evidence.places import source
from fintech2021.charts.drawing import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    OCHRE,
    ORANGE,
    altair,
    colours,
    data,
    named_rows,
    page,
    rows_axis,
    wrapped,
)
from fintech2021.charts.reading import catalog_column, labels_of, names, records, speaker, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

    from fintech2021._evidence.places import Provenance

__all__ = ["cell_provenance", "cross_checks", "failed_claims"]

Row = dict[str, Any]


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
        say("Printed against computed: the claims that fail", "所印与所算：不成立的论断"),
        say(
            "Each row has its own scale. A triangle: without bound on that side.",
            "各行刻度不同。三角形表示该侧无界。",
        ),
        [verdicts, claims],
        _intervals(rows, statements, kinds, spoken),
        width=820,
    )  # fmt: skip


def _intervals(
    rows: Sequence[Row], statements: dict[str, str], kinds: dict[str, str], lang: str
) -> Any:
    alt = altair()
    statements_ = [wrapped(statements[row["claim_id"]], 360) for row in rows]
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
    lefts = alt.layer(lines, open_left, open_right).properties(width=250, height=_STEP * len(order))
    told = alt.Chart(data(drawn)).mark_text(align="left", x=0).encode(
        y=rows_axis(order, shown=False), yOffset=offset, text="text:N", color=colours("kind", kinds)
    )  # fmt: skip
    rights = told.properties(width=190, height=_STEP * len(order))
    return alt.hconcat(named_rows(statements_, _STEP, width=360), lefts, rights, spacing=12)


_STEP = 48


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
    return page(
        spoken,
        say("The report's figures beside public pages", "报告数字与公开网页核对"),
        say(
            "Below, how far the printed figure is above or below the public one, in percent of the latter. "
            f"Left out there: {rest} cells of names and months.",
            f"下图为报告所印数字高于或低于公开数字的幅度，以后者为100%；另有{rest}个名称、月份单元格未列入。",
        ),
        [frame],
        _by_dataset(rows, words, kinds, spoken),
        _apart(apart, words, kinds, spoken),
        width=820,
    )  # fmt: skip


_VERDICTS = {"agrees": GREEN, "other_scope": OCHRE, "differs": ORANGE}


def _by_dataset(rows: Sequence[Row], words: Any, kinds: dict[str, str], lang: str) -> Any:
    alt = altair()
    counts = Counter((row["dataset"], row["verdict"]) for row in rows)
    totals = Counter(row["dataset"] for row in rows)
    order = [_titled(dataset, lang) for dataset, _ in totals.most_common()]
    drawn = list(_stretches(totals, counts, words, lang))
    scale = alt.Scale(domain=[0, max(totals.values()) * 1.25], nice=False)
    x = alt.X("from:Q", scale=scale, axis=None)
    base = alt.Chart(data(drawn)).encode(
        y=rows_axis(order), x=x, tooltip=["row:N", "verdict:N", "number:Q"]
    )
    ends = [row for row in drawn if row["text"]]
    told = alt.Chart(data(ends)).mark_text(align="left", dx=6).encode(
        y=rows_axis(order), x=alt.X("to:Q", scale=scale, axis=None), text="text:N"
    )  # fmt: skip
    stacked = base.mark_bar(height=15).encode(x2="to:Q", color=colours("verdict", kinds))
    return alt.layer(stacked, told).properties(width=420, height=24 * len(order))


def _titled(dataset: str, lang: str) -> str:
    from fintech2021._versions import pins

    descriptor = pins.requested(dataset)
    return descriptor.title_zh if lang == "zh" else descriptor.title_en


def _stretches(totals: Any, counts: Any, words: Any, lang: str) -> Iterator[Row]:
    """Yield the stretch of each verdict in the bar of its dataset; the last one carries the counts."""
    for dataset in totals:
        start, present = 0, [key for key in _VERDICTS if counts[dataset, key]]
        for key in present:
            end = start + counts[dataset, key]
            text = " + ".join(str(counts[dataset, each]) for each in present)
            yield {
                "row": _titled(dataset, lang), "verdict": words[key], "number": end - start,
                "from": start, "to": end, "text": text if key == present[-1] else "",
            }  # fmt: skip
            start = end


def _apart(rows: Sequence[Row], words: Any, kinds: dict[str, str], lang: str) -> Any:
    alt = altair()
    drawn = [_distance(row, words, lang) for row in rows]
    drawn.sort(key=lambda row: -row["value"])
    order = [row["row"] for row in drawn]
    reach = max((abs(row["value"]) for row in drawn), default=1) * 2.4
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    base = alt.Chart(data(drawn)).encode(
        y=rows_axis(order),
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
    return layers.properties(width=420, height=26 * len(order))


def _distance(row: Row, words: Any, lang: str) -> Row:
    share, told = _compared(row["printed_value"], row["public_value"], lang)
    column = catalog_column(row["dataset"], row["column"])
    title = column.title_zh if lang == "zh" else column.title_en
    who = names(row["dataset"], lang).get(row["key"], row["key"])
    return {
        "row": f"{who} · {title}",
        "value": share,
        "verdict": words[row["verdict"]],
        "text": told,
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
        The cell, as ``source`` takes it.

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
    frame = table(found.dataset, column)
    known = catalog_column(found.dataset, column)
    who = names(found.dataset, spoken).get(key, key)
    title = known.title_zh if spoken == "zh" else known.title_en
    steps = _steps(found, say)
    return page(
        spoken,
        say(f"The way of a number: {who}, {title.lower()}", f"一个数字的来历：{who}，{title}"),
        say(
            "ft.source() tells the same of every printed cell.",
            "ft.source() 可查每个所印单元格的来历。",
        ),
        [frame],
        _chain(steps),
        width=820,
    )


def _steps(found: Provenance, say: Any) -> list[tuple[str, str]]:
    steps = []
    if found.printed is not None:
        steps = [
            (say("line of the report", "报告行号"), say(f"line {found.line}", f"第{found.line}行")),
            (say("printed characters", "所印字符"), f"“{found.printed}”"),
            (say("scale", "单位换算"), f"× {found.scale:,f}"),
        ]
    steps.append((say("value of the cell", "单元格取值"), str(found.value)))
    if found.cross_check is not None:
        public = str(found.cross_check.value)
        steps.append((say("public pages", "公开网页"), public))
    return steps


def _chain(steps: Sequence[tuple[str, str]]) -> Any:
    """Return boxes from left to right, an arrow between each and the next."""
    alt = altair()
    wide, gap = 148, 20
    boxes = [
        {"left": n * (wide + gap), "right": n * (wide + gap) + wide, "middle": n * (wide + gap) + wide / 2,
         "after": n * (wide + gap) + wide + gap / 2, "head": head, "text": text}
        for n, (head, text) in enumerate(steps)
    ]  # fmt: skip
    total = len(steps) * (wide + gap) - gap
    scale = alt.Scale(domain=[0, total], nice=False)
    base = alt.Chart(data(boxes)).encode(x=alt.X("middle:Q", scale=scale, axis=None))
    arrows = alt.Chart(data(boxes[:-1])).mark_text(text="→", fontSize=15, y=36)
    layers = alt.layer(
        base.mark_rect(fill=FAINT, stroke=BLUE, strokeWidth=1.2, cornerRadius=4).encode(
            y=alt.value(6), y2=alt.value(66), x=alt.X("left:Q", scale=scale, axis=None), x2="right:Q"
        ),
        base.mark_text(y=22, fontSize=11).encode(text="head:N"),
        base.mark_text(y=46, fontSize=15, fontWeight="bold").encode(text="text:N"),
        arrows.encode(x=alt.X("after:Q", scale=scale, axis=None)),
    )  # fmt: skip
    return layers.properties(width=total, height=72)
