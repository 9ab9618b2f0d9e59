"""Pictures of markets: insurers, funding, sizes of markets, e-CNY."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from fintech2021.charts.drawing import (
    BLUE,
    INK,
    OCHRE,
    ORANGE,
    Plane,
    altair,
    bars,
    colours,
    data,
    page,
    rows_axis,
    wrapped,
)
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

__all__ = ["e_cny", "funding", "internet_life_insurers", "market_sizes"]

Row = dict[str, Any]


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
    return page(
        spoken,
        say(f"The ten largest insurers in internet life insurance, {period}", f"{period}年互联网人身险规模保费前十位"),
        say("Health insurers are counted with life insurers.", "含健康险公司。"),
        [frame],
        bars(
            drawn, [row["row"] for row in drawn], width=480,
            title=say(f"market share · premiums ({scale.unit})", f"市场份额 · 规模保费（{scale.unit}）"),
        ),
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
    return page(
        spoken,
        say("Funding of fintech and related industries in China", "中国金融科技及相关行业融资"),
        say(
            "Deals and amounts have scales of their own; US dollars are not drawn as bars beside yuan. "
            "What the report leaves without a date is taken to be of the period of its neighbours.",
            "笔数与金额刻度不同；美元金额不与人民币同列。报告未注明时间者，按相邻数字的时期推定。",
        ),
        [frame],
        _pair(parts, _part_name(spoken), spoken, say),
        _pair(totals, _industry_name(spoken), spoken, say),
    )  # fmt: skip


def _pair(
    rows: Sequence[Row], called: Callable[[Row], str], lang: str, say: Callable[[str, str], str]
) -> Any:
    """Return bars of deals beside bars of amounts, one row for each thing that has either."""
    deals = [row for row in rows if row["measure"] == "deals"]
    amounts = [row for row in rows if row["measure"] == "amount" and row["unit"] == "CNY"]
    order = list(dict.fromkeys(map(called, sorted([*deals, *amounts], key=lambda r: -r["value"]))))
    order.sort(key=lambda text: -max((r["value"] for r in deals if called(r) == text), default=0))
    scale = money([row["value"] for row in amounts], lang)
    return altair().hconcat(
        bars(_funded(deals, called, 1, lang), order, title=say("deals", "融资笔数"), width=300),
        bars(
            _funded(amounts, called, scale.divisor, lang), order, width=230, shown=False, colour=OCHRE,
            title=say(f"amount ({scale.unit})", f"融资额（{scale.unit}）"),
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
    alt, scale = altair(), money([row["value"] for row in rows], lang, unit)
    drawn = [_size(row, scale.divisor, list(kinds), segments, lang) for row in rows]
    order = list(dict.fromkeys(row["row"] for row in sorted(drawn, key=_by_market)))
    values = [row["value"] for row in drawn]
    plane = Plane(480, 0, (min(values) * 0.1, max(values) * 3), (0, 1), log_x=True)
    ticks = [10.0**power for power in range(-2, 6) if plane.x[0] <= 10**power <= plane.x[1]]
    base = alt.Chart(data(drawn)).encode(
        plane.across("value", scale.unit, ticks),
        rows_axis(order),
        tooltip=["row:N", "text:N", "kind:N"],
    )
    marks = base.mark_point(filled=True, size=75, opacity=1).encode(color=colours("kind", kinds))
    ties = base.mark_line(color=INK, opacity=0.5, strokeWidth=1).encode(detail="row:N")
    layers = [ties, marks, *(_beside(base, drawn, side) for side in ("first", "last"))]
    return alt.layer(*layers).properties(width=480, height=30 * len(order))


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


def _beside(base: Any, drawn: Sequence[Row], side: str) -> Any:
    """Return labels: of each row's last point, right of it, or of all others, left of the first."""
    ordered = sorted(drawn, key=lambda row: row["value"])
    of_row = [
        [row for row in ordered if row["row"] == name] for name in {r["row"]: 0 for r in drawn}
    ]
    if side == "last":
        shown = [points[-1] for points in of_row]
    else:
        texts = [", ".join(row["text"] for row in points[:-1]) for points in of_row]
        shown = [{**points[0], "text": text} for points, text in zip(of_row, texts, strict=True)]
    align, dx = ("left", 9) if side == "last" else ("right", -9)
    text = base.mark_text(align=align, dx=dx).encode(text="text:N")
    return text.properties(data=data(shown))


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
    drawn = _e_cny_bars(rows, spoken)
    return page(
        spoken,
        say("e-CNY: use in the pilots, and where they are", "数字人民币：试点规模与试点地区"),
        say("Bars compare the figures of one indicator only.", "条形仅可在同一指标内比较。"),
        [frame, areas],
        bars(drawn, [row["row"] for row in drawn], title=say("figures of the report", "报告所载数字"), width=370),
        _areas(records(areas), spoken, say("pilot areas by wave (public pages)", "试点地区，按批次（公开网页）")),
    )  # fmt: skip


def _is_e_cny(row: Row) -> bool:
    told = str(row["indicator_id"]).startswith("e_cny_") and row["restates"] is None
    return told and (row["period"] or row["assumed_period"]) is not None


def _e_cny_bars(rows: Sequence[Row], lang: str) -> list[Row]:
    largest: dict[str, float] = {}
    for row in rows:
        largest[row["indicator_id"]] = max(largest.get(row["indicator_id"], 0), row["value"])
    drawn = [
        {
            "row": f"{row[f'title_{lang}']}{_time(row, lang)}",
            "value": row["value"] / largest[row["indicator_id"]],
            "text": _hedged(_amount(row, lang), row["qualifier"], lang),
        }
        for row in sorted(
            rows, key=lambda row: (-largest[row["indicator_id"]], row["indicator_id"], row["value"])
        )
    ]
    return list({row["row"]: row for row in drawn}.values())


def _amount(row: Row, lang: str) -> str:
    """Return a figure with its unit: money in a readable one, counts in 亿 and 万 or millions."""
    scale = money([row["value"]], lang, row["unit"] if row["unit"] == "CNY" else "CNY")
    unit = (
        scale.unit if row["unit"] == "CNY" else scale.unit.removesuffix("元").removesuffix("yuan")
    )
    gap = "" if lang == "zh" else " "
    return f"{number(row['value'] / scale.divisor)}{gap}{unit}".strip()


def _areas(rows: Sequence[Row], lang: str, title: str) -> Any:
    alt = altair()
    waves = sorted({row["wave"] for row in rows})
    mark = "、" if lang == "zh" else ", "
    told = [
        {"line": line, "at": number_}
        for number_, line in enumerate(
            line
            for wave in waves
            for line in wrapped(_wave(wave, rows, lang, mark), 640, 12).split("\n")
        )
    ]
    lines = alt.Chart(data(told), title=alt.Title(title, fontSize=12))
    text = lines.mark_text(align="left", x=0).encode(
        text="line:N", y=alt.Y("at:O", axis=None, sort=None)
    )
    return text.properties(width=640, height=19 * len(told))


def _wave(wave: int, rows: Sequence[Row], lang: str, mark: str) -> str:
    known = names("digital_rmb_areas", lang)
    inside = [known.get(row["region_id"], name(row, lang)) for row in rows if row["wave"] == wave]
    head = f"第{wave}批：" if lang == "zh" else f"Wave {wave}: "
    return head + mark.join(inside)
