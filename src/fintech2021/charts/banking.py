"""Pictures of banks: their technology, their subsidiaries, virtual banks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from fintech2021.charts.colours import BLUE, INK, OCHRE, ORANGE
from fintech2021.charts.drawing import (
    WIDTH,
    Plane,
    altair,
    bars,
    colours,
    data,
    gutter,
    heading,
    layered,
    page,
    rows_axis,
    ticks,
    wrapped,
)
from fintech2021.charts.placing import around, beside
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
    year,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import altair as alt

    from fintech2021.charts.drawing import Row

__all__ = [
    "bank_technology_spending", "bank_technology_spending_share", "bank_technology_staff",
    "fintech_subsidiaries", "virtual_banks",
]  # fmt: skip

_LEFT = 56
"""The pixels that the numbers and the title of an upright scale take."""


def bank_technology_spending(lang: Literal["en", "zh"] = "en") -> alt.VConcatChart:
    """Draw what banks spend on technology over the years, printed and public figures apart.

    Parameters
    ----------
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    altair.VConcatChart
        A line per bank; a bank that changed what it counts has one for each measure.

    Raises
    ------
    UnknownNameError
        When there is no such language.
    MissingDependencyError
        When altair is not installed.

    Examples
    --------
    >>> from fintech2021 import charts
    >>> charts.bank_technology_spending("zh").title.text
    ['银行科技投入（亿元）']
    """
    spoken, say = speaker(lang)
    frame = table("bank_technology", "fiscal_year", "tech_spend_cny", "evidence", "scope")
    rows = given(records(frame), "tech_spend_cny")
    scale = money([row["tech_spend_cny"] for row in rows], spoken)
    kinds = {
        say("printed in the report", "报告所印"): BLUE,
        say("on public pages", "公开网页"): ORANGE,
    }
    points = [_spending(row, scale.divisor, list(kinds), spoken) for row in rows]
    plane = _plane_of_years(points)
    return page(
        spoken,
        say(f"Banks' spending on technology ({scale.unit})", f"银行科技投入（{scale.unit}）"),
        say(
            "The scale is logarithmic. Where a bank changed what it counts, its line is broken.",
            "纵轴为对数刻度。银行变更统计口径处，折线断开。",
        ),
        [frame],
        _lines(plane, points, kinds, say("fiscal year", "年度")),
        left=_LEFT,
    )


def _spending(row: Row, divisor: int, kinds: Sequence[str], lang: str) -> Row:
    return {
        "bank": name(row, lang),
        "short": _short(row, "bank_id", lang),
        "line": f"{row['bank_id']} {row['scope'] or ''}",
        "year": int(row["fiscal_year"]),
        "value": row["tech_spend_cny"] / divisor,
        "kind": kinds[row["evidence"] != "report"],
    }


def _short(row: Row, key: str, lang: str) -> str:
    """Return a short name: in English a bank's letters, which its key has."""
    return name(row, lang) if lang == "zh" else row[key].removesuffix("_bank").upper()


def _plane_of_years(points: Sequence[Row]) -> Plane:
    years, values = [row["year"] for row in points], [row["value"] for row in points]
    ends = (min(years) - 0.2, max(years) + 0.1)
    return Plane(
        WIDTH - _LEFT - 76, 460, ends, (min(values) * 0.85, max(values) * 1.15), log_y=True
    )


def _lines(plane: Plane, points: Sequence[Row], kinds: Mapping[str, str], title: str) -> Any:
    alt = altair()
    years = sorted({row["year"] for row in points})
    base = alt.Chart(data(points)).encode(
        plane.across("year", title, years), plane.upwards("value", "", ticks(plane.y))
    )
    drawn = alt.layer(
        base.mark_line(color=INK, strokeWidth=1, opacity=0.55).encode(detail="line:N"),
        base.mark_circle(size=46, opacity=1).encode(
            color=colours("kind", kinds), tooltip=["bank:N", "year:Q", "value:Q", "kind:N"]
        ),
    )
    ends = {row["short"]: row for row in sorted(points, key=lambda row: row["year"])}
    labels = beside(
        ((text, *plane.at(row["year"], row["value"])) for text, row in ends.items()),
        plane.width + 24,
        plane.height,
    )
    return layered(drawn, plane, labels)


def _halves(ends: tuple[float, float]) -> list[float]:
    """Return whole numbers and halves between two ends."""
    return [step / 2 for step in range(int(ends[0] * 2) + 1, int(ends[1] * 2) + 1)]


def bank_technology_spending_share(lang: Literal["en", "zh"] = "en") -> alt.VConcatChart:
    """Draw what banks spend on technology against the share of their revenue that it is.

    Parameters
    ----------
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    altair.VConcatChart
        A point per bank for which the report prints both figures.

    Raises
    ------
    UnknownNameError
        When there is no such language.
    MissingDependencyError
        When altair is not installed.

    Examples
    --------
    >>> from fintech2021 import charts
    >>> charts.bank_technology_spending_share().title.text
    ['Technology spending and its share of revenue, 2020']
    """
    spoken, say = speaker(lang)
    frame = table("banks", "tech_spend_cny", "tech_spend_revenue_pct", "bank_type")
    rows = given(records(frame), "tech_spend_cny", "tech_spend_revenue_pct")
    scale = money([row["tech_spend_cny"] for row in rows], spoken)
    kinds = _bank_types(spoken)
    points = [
        {
            "bank": name(row, spoken),
            "short": _short(row, "bank_id", spoken),
            "value": row["tech_spend_cny"] / scale.divisor,
            "share": row["tech_spend_revenue_pct"],
            "kind": labels_of("banks", "bank_type", spoken)[row["bank_type"]],
        }
        for row in rows
    ]
    period = _years(rows)
    return page(
        spoken,
        say(f"Technology spending and its share of revenue, {period}", f"{period}年银行科技投入及其占营收比重"),
        say("The scale of spending is logarithmic.", "投入的刻度为对数。"),
        [frame],
        _scatter(
            points, kinds,
            say(f"spending ({scale.unit})", f"科技投入（{scale.unit}）"),
            say("share of revenue (%)", "占营收比重（%）"),
        ),
        left=_LEFT,
    )  # fmt: skip


def _years(rows: Iterable[Row]) -> str:
    return "–".join(map(str, sorted({int(row["fiscal_year"]) for row in rows})))


def _bank_types(lang: str) -> dict[str, str]:
    return dict(zip(labels_of("banks", "bank_type", lang).values(), (BLUE, ORANGE), strict=False))


def _scatter(points: Sequence[Row], kinds: Mapping[str, str], across: str, upwards: str) -> Any:
    values, shares = [row["value"] for row in points], [row["share"] for row in points]
    plane = Plane(
        WIDTH - _LEFT, 420, (min(values) * 0.8, max(values) * 1.4),
        (min(shares) - 0.3, max(shares) + 0.3), log_x=True,
    )  # fmt: skip
    base = altair().Chart(data(points)).mark_circle(size=70, opacity=1)
    drawn = base.encode(
        plane.across("value", across, ticks(plane.x)),
        plane.upwards("share", upwards, _halves(plane.y)),
        colours("kind", kinds),
        tooltip=["bank:N", "value:Q", "share:Q"],
    )
    return _named(drawn, plane, points, "value", "share")


def _named(drawn: Any, plane: Plane, points: Sequence[Row], x: str, y: str) -> Any:
    """Return a picture of points with the short name of each beside it."""
    places = [(row["short"], *plane.at(row[x], row[y])) for row in points]
    return layered(drawn, plane, around(places, plane.width, plane.height))


def bank_technology_staff(lang: Literal["en", "zh"] = "en") -> alt.VConcatChart:
    """Draw how many people banks have in technology, and which share of all staff they are.

    Parameters
    ----------
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    altair.VConcatChart
        Two bars per bank, those with the most people first.

    Raises
    ------
    UnknownNameError
        When there is no such language.
    MissingDependencyError
        When altair is not installed.

    Examples
    --------
    >>> from fintech2021 import charts
    >>> charts.bank_technology_staff("zh").title.text
    ['2020年银行科技人员']
    """
    spoken, say = speaker(lang)
    frame = table("banks", "tech_staff", "tech_staff_pct")
    rows = given(records(frame), "tech_staff", "tech_staff_pct")
    rows.sort(key=lambda row: -row["tech_staff"])
    order = [name(row, spoken) for row in rows]
    people = [_bar(row, row["tech_staff"], f"{row['tech_staff']:,}", spoken) for row in rows]
    shares = [
        _bar(row, row["tech_staff_pct"], f"{row['tech_staff_pct']:.2f}%", spoken) for row in rows
    ]
    period, left = _years(rows), gutter(order)
    half = (WIDTH - left - 20) // 2
    return page(
        spoken,
        say(f"Technology staff of banks, {period}", f"{period}年银行科技人员"),
        say("Banks without a printed number are left out.", "报告未印出人数的银行未列入。"),
        [frame],
        altair().hconcat(
            bars(people, order, title=say("people", "人数"), width=half),
            bars(shares, order, title=say("share of all staff", "占全行员工比重"), width=half, shown=False, colour=OCHRE),
            spacing=20,
        ),
        left=left,
    )  # fmt: skip


def _bar(row: Row, value: float, text: str, lang: str) -> Row:
    return {"row": name(row, lang), "value": value, "text": text}


def fintech_subsidiaries(lang: Literal["en", "zh"] = "en") -> alt.VConcatChart:
    """Draw when banks founded their fintech subsidiaries, and with which capital.

    Parameters
    ----------
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    altair.VConcatChart
        A point per subsidiary.

    Raises
    ------
    UnknownNameError
        When there is no such language.
    MissingDependencyError
        When altair is not installed.

    Examples
    --------
    >>> from fintech2021 import charts
    >>> charts.fintech_subsidiaries().title.text
    ["Banks' fintech subsidiaries: founding and registered capital"]
    """
    spoken, say = speaker(lang)
    frame = table("fintech_subsidiaries", "founded_month", "registered_capital_cny")
    rows = given(records(frame), "founded_month", "registered_capital_cny")
    scale = money([row["registered_capital_cny"] for row in rows], spoken)
    points = [
        {
            "short": name(row, spoken),
            "year": year(row["founded_month"]),
            "month": f"{row['founded_month']:%Y-%m}",
            "value": row["registered_capital_cny"] / scale.divisor,
        }
        for row in rows
    ]
    return page(
        spoken,
        say("Banks' fintech subsidiaries: founding and registered capital", "银行系金融科技子公司的成立时间与注册资本"),
        say("The scale of capital is logarithmic.", "注册资本的刻度为对数。"),
        [frame],
        _founded(points, say(f"registered capital ({scale.unit})", f"注册资本（{scale.unit}）")),
        left=_LEFT,
    )  # fmt: skip


def _founded(points: Sequence[Row], title: str) -> Any:
    years, values = [row["year"] for row in points], [row["value"] for row in points]
    plane = Plane(
        WIDTH - _LEFT, 420, (int(min(years)), int(max(years)) + 1.1),
        (min(values) * 0.6, max(values) * 1.8), log_y=True,
    )  # fmt: skip
    base = altair().Chart(data(points)).mark_circle(size=70, opacity=1, color=BLUE)
    drawn = base.encode(
        plane.across("year", "", range(int(min(years)), int(max(years)) + 2)),
        plane.upwards("value", title, ticks(plane.y)),
        tooltip=["short:N", "month:N", "value:Q"],
    )
    return _named(drawn, plane, points, "year", "value")


def virtual_banks(lang: Literal["en", "zh"] = "en") -> alt.VConcatChart:
    """Draw Hong Kong's virtual banks: licence and opening, deposits, owners.

    Parameters
    ----------
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    altair.VConcatChart
        A row per bank, in the order in which they opened.

    Raises
    ------
    UnknownNameError
        When there is no such language.
    MissingDependencyError
        When altair is not installed.

    Examples
    --------
    >>> from fintech2021 import charts
    >>> charts.virtual_banks("zh").title.text
    ['香港虚拟银行：牌照、开业、存款、股东']
    """
    spoken, say = speaker(lang)
    columns = ("opened_on", "licensed_on", "shareholder_ids", "deposit_share_pct")
    frame, results = table("virtual_banks", *columns), table("virtual_bank_results", "measure")
    rows = sorted(given(records(frame), "opened_on", "licensed_on"), key=_opened)
    order = [name(row, spoken) for row in rows]
    deposits, unit = _deposits(rows, records(results), spoken)
    left = gutter(order)
    width = WIDTH - left - 2 * 16 - _OPENED - _HELD
    owners = [_owner_lines(row, spoken, width) for row in rows]
    step = 14 + 15 * max(map(len, owners))
    return page(
        spoken,
        say("Virtual banks of Hong Kong: licence, opening, deposits, owners", "香港虚拟银行：牌照、开业、存款、股东"),
        say(
            "Deposits are of the newest day that a public page tells; in percent, where the report "
            "prints it, the bank's share in the deposits of all virtual banks. For the others none was found.",
            "存款为公开网页所载最近日期的数字；百分比为报告所印该行占全部虚拟银行存款的比重。其余银行未查到。",
        ),
        [frame, results],
        altair().hconcat(
            _openings(rows, order, spoken, say("○ licence  ● opening", "○ 获牌  ● 开业"), step),
            bars(deposits, order, title=say(f"deposits ({unit})", f"存款（{unit}）"), width=_HELD, shown=False, step=step),
            _owners(order, owners, say("owners", "股东"), width, step),
            spacing=16,
        ),
        left=left,
    )  # fmt: skip


_OPENED, _HELD = 112, 190
"""The pixels of the scale of time, and of deposits."""


def _opened(row: Row) -> Any:
    return row["opened_on"]


def _deposits(rows: Sequence[Row], results: Sequence[Row], lang: str) -> tuple[list[Row], str]:
    stocks = [row for row in results if row["measure"] == "deposits"]
    newest = {row["bank_id"]: row for row in sorted(stocks, key=lambda row: row["period_end"])}
    held = [(row, newest.get(row["bank_id"])) for row in rows]
    scale = money([own["value"] for _, own in held if own], lang, "HKD")
    return [_held(row, own, scale.divisor, lang) for row, own in held], scale.unit


def _held(row: Row, own: Row | None, divisor: int, lang: str) -> Row:
    value = own["value"] / divisor if own else 0
    parts = [f"{number(value)}, {own['period']}"] if own else []
    share = row["deposit_share_pct"]
    text = " · ".join([*parts, *([f"{share:g}%"] if share is not None else [])])
    return _bar(row, value, text or "–", lang)


def _openings(rows: Sequence[Row], order: Sequence[str], lang: str, title: str, step: int) -> Any:
    alt = altair()
    spans = [
        {"row": name(row, lang), "from": year(row["licensed_on"]), "to": year(row["opened_on"]),
         "days": f"{row['licensed_on']:%Y-%m-%d} – {row['opened_on']:%Y-%m-%d}"}
        for row in rows
    ]  # fmt: skip
    x = Plane(_OPENED, 0, (2019, 2021.05), (0, 1)).across("from", "", [2019, 2020, 2021])
    base = alt.Chart(data(spans), title=heading(title)).encode(
        x=x, y=rows_axis(order), tooltip=["row:N", "days:N"]
    )
    line = base.mark_rule(color=BLUE, strokeWidth=2).encode(x2="to:Q")
    opening = base.mark_point(color=BLUE, filled=True, size=70, opacity=1).encode(x="to:Q")
    ring = base.mark_point(color=BLUE, size=60, strokeWidth=2)
    return alt.layer(line, ring, opening).properties(width=_OPENED, height=step * len(order))


def _owners(
    order: Sequence[str], owners: Sequence[Sequence[str]], title: str, width: int, step: int
) -> Any:
    alt = altair()
    told = [
        {"line": line, "y": (row + 0.5) * step + 15 * (place - (len(lines) - 1) / 2)}
        for row, lines in enumerate(owners)
        for place, line in enumerate(lines)
    ]
    y = alt.Y("y:Q", scale=alt.Scale(domain=[step * len(order), 0], nice=False), axis=None)
    lines = alt.Chart(data(told), title=heading(title)).mark_text(align="left", x=0)
    return lines.encode(y=y, text="line:N").properties(width=width, height=step * len(order))


def _owner_lines(row: Row, lang: str, width: int) -> list[str]:
    known = names("institutions", lang)
    mark = "、" if lang == "zh" else ", "
    owners = mark.join(known.get(each, each) for each in (row["shareholder_ids"] or "").split(";"))
    return wrapped(owners, width).split("\n")
