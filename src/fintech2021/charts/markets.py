"""Pictures of markets: insurers, funding, sizes of markets, e-CNY."""

from __future__ import annotations

import json
from math import exp, log, log10
from typing import TYPE_CHECKING, Any, Literal

from fintech2021.charts.colours import BLUE, INK, OCHRE, ORANGE
from fintech2021.charts.drawing import (
    PLOT,
    WIDTH,
    Plane,
    altair,
    bars,
    colours,
    data,
    gutter,
    heading,
    page,
    rows_axis,
    ticks,
    with_names,
    wrapped,
)
from fintech2021.charts.placing import SIZE, length
from fintech2021.charts.reading import (
    given,
    labels_of,
    money,
    name,
    names,
    number,
    records,
    speaker,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import altair as alt

    from fintech2021.charts.drawing import Row

__all__ = ["e_cny", "funding", "internet_life_insurers", "market_sizes"]


def internet_life_insurers(lang: Literal["en", "zh"] = "en") -> alt.VConcatChart:
    """Draw the shares of life and health insurers in internet premiums.

    Parameters
    ----------
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    altair.VConcatChart
        A bar per insurer, in the order of the report.

    Raises
    ------
    UnknownNameError
        When there is no such language.
    MissingDependencyError
        When altair is not installed.

    Examples
    --------
    >>> from fintech2021 import charts
    >>> charts.internet_life_insurers().title.text
    ['The ten largest insurers in internet life insurance, 2020']
    """
    spoken, say = speaker(lang)
    frame = table("internet_life_insurers", "premium_volume_cny", "market_share_pct", "period")
    rows = records(frame.sort_values("rank"))
    scale = money([row["premium_volume_cny"] for row in rows], spoken)
    drawn = [
        {
            "row": _insurer(row, spoken),
            "value": row["market_share_pct"],
            "text": f"{row['market_share_pct']:.1f}% · {number(row['premium_volume_cny'] / scale.divisor)}",
        }
        for row in rows
    ]
    period = "–".join(sorted({row["period"] for row in rows}))
    order = [row["row"] for row in drawn]
    left = gutter(order)
    return page(
        spoken,
        say(f"The ten largest insurers in internet life insurance, {period}", f"{period}年互联网人身险规模保费前十位"),
        say("Health insurers are counted with life insurers.", "含健康险公司。"),
        [frame],
        bars(
            drawn, order, width=WIDTH - left,
            title=say(f"market share · premiums ({scale.unit})", f"市场份额 · 规模保费（{scale.unit}）"),
        ),
        left=left,
    )  # fmt: skip


def _insurer(row: Row, lang: str) -> str:
    return name(row, lang).removesuffix("股份有限公司").removesuffix("有限公司")


def funding(lang: Literal["en", "zh"] = "en") -> alt.VConcatChart:
    """Draw the funding of Chinese fintech by sector and stage, and of whole industries.

    Parameters
    ----------
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    altair.VConcatChart
        Deals and amounts of fintech; below, deals and amounts of industries by period.

    Raises
    ------
    UnknownNameError
        When there is no such language.
    MissingDependencyError
        When altair is not installed.

    Examples
    --------
    >>> from fintech2021 import charts
    >>> charts.funding("zh").title.text
    ['中国金融科技及相关行业融资']
    """
    spoken, say = speaker(lang)
    columns = ("industry", "dimension", "category", "measure", "unit", "period", "assumed_period")
    frame = table("funding_statistics", *columns)
    rows = [row for row in records(frame) if row["region_id"] == "china"]
    fintech = [row for row in rows if row["industry"] == "fintech"]
    parts = [row for row in fintech if row["dimension"] in {"sector", "stage"}]
    totals = [row for row in rows if row["dimension"] == "total"]
    named = ((parts, _part_name(spoken)), (totals, _industry_name(spoken)))
    left = max(gutter(map(called, drawn)) for drawn, called in named)
    return page(
        spoken,
        say("Funding of fintech and related industries in China", "中国金融科技及相关行业融资"),
        say(
            "Deals and amounts have scales of their own; US dollars are not drawn as bars beside yuan. "
            "What the report leaves without a date is taken to be of the period of its neighbours.",
            "笔数与金额刻度不同；美元金额不与人民币同列。报告未注明时间者，按相邻数字的时期推定。",
        ),
        [frame],
        _pair(*named[0], spoken, left, say("fintech, by sector and stage", "金融科技，按领域与轮次")),
        _pair(*named[1], spoken, left, say("whole industries", "各行业合计")),
        left=left,
    )  # fmt: skip


def _pair(
    rows: Sequence[Row], called: Callable[[Row], str], lang: str, left: int, title: str
) -> Any:
    """Return bars of deals beside bars of amounts, one row for each thing that has either."""
    deals = [row for row in rows if row["measure"] == "deals"]
    amounts = [row for row in rows if row["measure"] == "amount" and row["unit"] == "CNY"]
    order = list(dict.fromkeys(map(called, sorted([*deals, *amounts], key=lambda r: -r["value"]))))
    order.sort(key=lambda text: -max((r["value"] for r in deals if called(r) == text), default=0))
    scale = money([row["value"] for row in amounts], lang)
    of_deals, of_amounts = (
        (f"{title}：融资笔数", f"融资额（{scale.unit}）")
        if lang == "zh"
        else (f"{title}: deals", f"amount ({scale.unit})")
    )
    half = (WIDTH - left - 20) // 2
    return altair().hconcat(
        bars(_funded(deals, called, 1, lang), order, title=of_deals, width=half),
        bars(
            _funded(amounts, called, scale.divisor, lang), order, title=of_amounts,
            width=half, shown=False, colour=OCHRE,
        ),
        spacing=20,
    )  # fmt: skip


def _funded(
    rows: Sequence[Row], called: Callable[[Row], str], divisor: int, lang: str
) -> list[Row]:
    return [
        {
            "row": called(row),
            "value": row["value"] / divisor,
            "text": _hedged(number(row["value"] / divisor), row["qualifier"], lang),
        }
        for row in rows
    ]


_HEDGES = {
    "over": (">{}", "超{}"), "at_least": ("≥{}", "不少于{}"), "about": ("about {}", "约{}"),
    "nearly": ("nearly {}", "近{}"), "under": ("<{}", "不足{}"),
}  # fmt: skip


def _hedged(text: str, qualifier: str | None, lang: str) -> str:
    """Return a number with the word that the report puts before it."""
    return _HEDGES.get(qualifier or "", ("{}", "{}"))[lang == "zh"].format(text)


def _part_name(lang: str) -> Callable[[Row], str]:
    industries = labels_of("funding_statistics", "category", lang)
    return lambda row: f"{industries.get(row['category'], row['category'])}{_time(row, lang)}"


def _industry_name(lang: str) -> Callable[[Row], str]:
    industries = labels_of("funding_statistics", "industry", lang)
    return lambda row: f"{industries.get(row['industry'], row['industry'])}{_time(row, lang)}"


def _time(row: Row, lang: str) -> str:
    period = row["period"] or row["assumed_period"] or ""
    return f"（{period.replace('/', '—')}）" if lang == "zh" else f", {period.replace('/', ' to ')}"


def market_sizes(lang: Literal["en", "zh"] = "en") -> alt.VConcatChart:
    """Draw the sizes of Chinese technology markets, forecasts apart from what was.

    Parameters
    ----------
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    altair.VConcatChart
        A row per market; figures in yuan and in US dollars have scales of their own.

    Raises
    ------
    UnknownNameError
        When there is no such language.
    MissingDependencyError
        When altair is not installed.

    Examples
    --------
    >>> from fintech2021 import charts
    >>> charts.market_sizes().title.text
    ['Sizes of technology markets in China']
    """
    spoken, say = speaker(lang)
    columns = ("indicator_id", "unit", "modality", "segment", "period", "qualifier", "restates")
    frame = table("observations", *columns)
    rows = [row for row in given(records(frame), "period", "value") if _is_size(row)]
    kinds = {say("actual", "实际"): BLUE, say("forecast", "预测"): ORANGE}
    segments = labels_of("observations", "segment", spoken)
    units = sorted({row["unit"] for row in rows})
    return page(
        spoken,
        say("Sizes of technology markets in China", "中国科技细分市场规模"),
        say(
            "The scales are logarithmic; a line joins the figures of one market. Parts of a market have rows of their own.",
            "刻度为对数；线段连接同一市场的数字；市场的组成部分单列。",
        ),
        [frame],
        *(
            _sizes([row for row in rows if row["unit"] == unit], unit, kinds, segments, spoken)
            for unit in units
        ),
    )  # fmt: skip


def _is_size(row: Row) -> bool:
    is_market = str(row["indicator_id"]).endswith("_market_size") and row["restates"] is None
    return is_market and row["region_id"] == "china"


def _sizes(rows: Sequence[Row], unit: str, kinds: dict[str, str], segments: Any, lang: str) -> Any:
    scale = money([row["value"] for row in rows], lang, unit)
    drawn = [_size(row, scale.divisor, list(kinds), segments, lang) for row in rows]
    drawn.sort(key=_by_market)
    return _dots(drawn, kinds, scale.unit, number)


def _dots(
    drawn: Sequence[Row], kinds: dict[str, str], title: str, told: Callable[[float], str]
) -> Any:
    """Return a row for each thing, with a point for each of its figures, on a scale of tenfolds."""
    alt, order = altair(), list(dict.fromkeys(row["row"] for row in drawn))
    firsts, lasts = _beside(drawn)
    plane = Plane(PLOT, 0, _room(drawn, firsts, lasts), (0, 1), log_x=True)
    base = alt.Chart(data(drawn)).encode(
        _tenfolds(plane, title, told),
        rows_axis(order, shown=False),
        tooltip=["row:N", "text:N", "kind:N"],
    )
    layers = alt.layer(
        base.mark_line(color=INK, opacity=0.5, strokeWidth=1).encode(detail="row:N"),
        base.mark_point(filled=True, size=75, opacity=1).encode(
            color=colours("kind", kinds, legend=len(kinds) > 1)
        ),
        base.mark_text(align="right", dx=-_OFF).encode(text="text:N").properties(data=data(firsts)),
        base.mark_text(align="left", dx=_OFF).encode(text="text:N").properties(data=data(lasts)),
    )
    return with_names(order, _STEP, layers.properties(width=PLOT, height=_STEP * len(order)))


_STEP, _OFF = 32, 9
"""The pixels that a row is high, and between a point and its figure."""


def _tenfolds(plane: Plane, title: str, told: Callable[[float], str]) -> Any:
    """Return the scale with a number at each tenfold, or at more where there are few of them."""
    steps = ticks(plane.x)
    tens = [step for step in steps if round(log10(step), 6).is_integer()]
    shown = tens if len(tens) > _FEW else steps
    if len(shown) <= _FEW:
        return plane.across("value", title)
    words = json.dumps([told(step) for step in shown], ensure_ascii=False)
    return plane.across("value", title, shown, f"{words}[indexof({shown}, datum.value)]")


_FEW = 2


def _beside(drawn: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Return labels: those left of each row's first point, of all but the last, and right of it."""
    ordered = sorted(drawn, key=lambda row: (row["value"], row["text"]))
    of_rows: dict[str, list[Row]] = {}
    for row in ordered:
        of_rows.setdefault(row["row"], []).append(row)
    firsts = [
        {**points[0], "text": ", ".join(row["text"] for row in points[:-1])}
        for points in of_rows.values()
    ]
    return firsts, [points[-1] for points in of_rows.values()]


def _room(drawn: Sequence[Row], firsts: Sequence[Row], lasts: Sequence[Row]) -> tuple[float, float]:
    """Return the ends of a scale on which the labels at both ends have room."""
    low, high = (pick(row["value"] for row in drawn) for pick in (min, max))
    for _ in range(20):  # A longer scale has shorter steps, so that labels take more of them.
        step = log(high / low) / PLOT + 0.001
        low = min(row["value"] / exp(step * _taken(row)) for row in firsts)
        high = max(row["value"] * exp(step * _taken(row)) for row in lasts)
    return low, high


def _taken(row: Row) -> float:
    return 2 * _OFF + length(row["text"], SIZE)


def _by_market(row: Row) -> tuple[str, float]:
    return row["market"], -row["value"]


def _size(row: Row, divisor: int, kinds: Sequence[str], segments: Any, lang: str) -> Row:
    segment = segments.get(row["segment"], row["segment"])
    market = str(row[f"title_{lang}"]).removesuffix("市场规模")
    market = market.removesuffix(" market size")
    return {
        "market": market,
        "row": market + (f" · {segment}" if segment else ""),
        "value": row["value"] / divisor,
        "kind": kinds[row["modality"] != "actual"],
        "text": f"{row['period']}: {_hedged(number(row['value'] / divisor), row['qualifier'], lang)}",
    }


def e_cny(lang: Literal["en", "zh"] = "en") -> alt.VConcatChart:
    """Draw what the report counts of the digital yuan, and the areas that try it out.

    Parameters
    ----------
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    altair.VConcatChart
        A row per figure, each indicator with a scale of its own; below, the areas by wave.

    Raises
    ------
    UnknownNameError
        When there is no such language.
    MissingDependencyError
        When altair is not installed.

    Examples
    --------
    >>> from fintech2021 import charts
    >>> charts.e_cny("zh").title.text
    ['数字人民币：试点规模与试点地区']
    """
    spoken, say = speaker(lang)
    frame = table("observations", "indicator_id", "period", "assumed_period", "qualifier")
    areas = table("digital_rmb_areas", "wave")
    rows = [row for row in given(records(frame), "value") if _is_e_cny(row)]
    rows.sort(key=lambda row: -row["value"])
    sums, counts = (
        [row for row in rows if (row["unit"] == "CNY") is each] for each in (True, False)
    )
    scale = money([row["value"] for row in sums], spoken)
    kinds = {say("figures of the report", "报告所载数字"): BLUE}
    return page(
        spoken,
        say("e-CNY: use in the pilots, and where they are", "数字人民币：试点规模与试点地区"),
        say(
            "The scales are logarithmic; a line joins the figures of two days.",
            "刻度为对数；线段连接同一指标不同日期的数字。",
        ),
        [frame, areas],
        _dots([_told(row, scale.divisor, kinds, spoken) for row in sums], kinds, scale.unit, number),
        _dots([_told(row, 1, kinds, spoken) for row in counts], kinds, "", lambda tick: _count(tick, spoken)),
        _areas(records(areas), spoken, say("pilot areas by wave (public pages)", "试点地区，按批次（公开网页）")),
    )  # fmt: skip


def _told(row: Row, divisor: int, kinds: dict[str, str], lang: str) -> Row:
    """Return a figure as a point with its day."""
    value = row["value"] / divisor
    text = number(value) if divisor > 1 else _count(value, lang)
    return {
        "row": row[f"title_{lang}"],
        "value": value,
        "kind": next(iter(kinds)),
        "text": f"{row['period'] or row['assumed_period']}: {_hedged(text, row['qualifier'], lang)}",
    }


def _is_e_cny(row: Row) -> bool:
    told = str(row["indicator_id"]).startswith("e_cny_") and row["restates"] is None
    return told and (row["period"] or row["assumed_period"]) is not None


def _count(value: float, lang: str) -> str:
    """Return how many there are as people say it, in 亿 and 万 or in millions."""
    for size, word in _COUNTED[lang]:
        if value >= size:
            return f"{number(value / size)}{word}"
    return number(value)


_COUNTED = {"en": ((10**9, " billion"), (10**6, " million")), "zh": ((10**8, "亿"), (10**4, "万"))}


def _areas(rows: Sequence[Row], lang: str, title: str) -> Any:
    alt = altair()
    waves = sorted({row["wave"] for row in rows})
    mark = "、" if lang == "zh" else ", "
    told = [
        {"line": line, "at": number_}
        for number_, line in enumerate(
            line
            for wave in waves
            for line in wrapped(_wave(wave, rows, lang, mark), WIDTH).split("\n")
        )
    ]
    lines = alt.Chart(data(told), title=heading(title))
    text = lines.mark_text(align="left", x=0).encode(
        text="line:N", y=alt.Y("at:O", axis=None, sort=None)
    )
    return text.properties(width=WIDTH, height=19 * len(told))


def _wave(wave: int, rows: Sequence[Row], lang: str, mark: str) -> str:
    known = names("digital_rmb_areas", lang)
    inside = [known.get(row["region_id"], name(row, lang)) for row in rows if row["wave"] == wave]
    head = f"第{wave}批：" if lang == "zh" else f"Wave {wave}: "
    return head + mark.join(inside)
