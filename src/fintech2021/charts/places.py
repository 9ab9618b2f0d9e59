"""Pictures of places and rules: sandbox, technology parks, policies."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal

from fintech2021.charts.colours import BLUE, FAINT, GREEN, INK, OCHRE, ORANGE
from fintech2021.charts.drawing import (
    WIDTH,
    Plane,
    altair,
    bars,
    colours,
    data,
    gutter,
    page,
    rows_axis,
)
from fintech2021.charts.reading import labels_of, name, names, records, speaker, table, year

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import altair as alt

    from fintech2021.charts.drawing import Row

__all__ = ["policies", "sandbox_projects", "technology_parks"]


def sandbox_projects(lang: Literal["en", "zh"] = "en") -> alt.VConcatChart:
    """Draw the projects of the regulatory sandbox by region and batch, named beside counted.

    Parameters
    ----------
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    altair.VConcatChart
        A row per region: named projects by batch, and the number that the report counts.

    Raises
    ------
    UnknownNameError
        When there is no such language.
    MissingDependencyError
        When altair is not installed.

    Examples
    --------
    >>> from fintech2021 import charts
    >>> charts.sandbox_projects().title.text
    ['Regulatory sandbox: named and counted projects by region']
    """
    spoken, say = speaker(lang)
    regions = table("sandbox_regions", "projects", "region_id", "period")
    projects = table("sandbox_projects", "batch", "in_report_count", "region_id")
    rows = sorted(records(regions), key=lambda row: (-row["projects"], row["region_id"]))
    named = Counter(
        (row["region_id"], _batch(row["batch"], spoken))
        for row in records(projects)
        if row["in_report_count"] and row["region_id"] in {each["region_id"] for each in rows}
    )
    return page(
        spoken,
        say("Regulatory sandbox: named and counted projects by region", "监管沙箱（监管沙盒）：各地具名项目与报告所计项目"),
        say(
            "A frame is what the report counts, its filling the projects known by name; behind it: named / counted.",
            "方框为报告所计项目数，填充为已知名称的项目；右侧为具名数 / 所计数。",
        ),
        [regions, projects],
        _stacks(rows, named, spoken),
        left=gutter(name(row, spoken) for row in rows),
    )  # fmt: skip


def _batch(batch: int | None, lang: str) -> str:
    if batch is None:
        return "批次不详" if lang == "zh" else "batch unknown"
    return f"第{batch}批" if lang == "zh" else f"batch {batch}"


def _stacks(rows: Sequence[Row], named: Mapping[tuple[str, str], int], lang: str) -> Any:
    alt = altair()
    order = [name(row, lang) for row in rows]
    batches = {batch for _, batch in named}
    last = _batch(None, lang)
    kinds = dict(
        zip(
            sorted(batches - {last}) + sorted(batches & {last}),
            (BLUE, OCHRE, INK, FAINT),
            strict=False,
        )
    )
    scale = alt.Scale(domain=[0, max(row["projects"] for row in rows) + 3], nice=False)
    x = alt.X("projects:Q", scale=scale, axis=None)
    stacked = alt.Chart(data(_named(rows, named, list(kinds), lang))).mark_bar(height=16)
    counted = alt.Chart(data(_counted(rows, named, lang))).encode(y=rows_axis(order), x=x)
    layers = alt.layer(
        counted.mark_bar(height=22, fill=None, stroke=INK, strokeWidth=1.2),
        stacked.encode(
            y=rows_axis(order), x=alt.X("from:Q", scale=scale, axis=None), x2="to:Q",
            color=colours("batch", kinds), tooltip=["row:N", "batch:N", "number:Q"],
        ),
        counted.mark_text(align="left", dx=8).encode(text="text:N"),
    )  # fmt: skip
    return layers.properties(width=WIDTH - gutter(order), height=34 * len(order))


def _named(
    rows: Sequence[Row], named: Mapping[tuple[str, str], int], batches: Sequence[str], lang: str
) -> Iterator[Row]:
    """Yield the stretch that the projects of each batch take in the bar of their region."""
    for row in rows:
        start = 0
        for batch in batches:
            end = start + named.get((row["region_id"], batch), 0)
            if end > start:
                told = {"row": name(row, lang), "batch": batch, "number": end - start}
                yield {**told, "from": start, "to": end}
            start = end


def _counted(rows: Sequence[Row], named: Mapping[tuple[str, str], int], lang: str) -> Iterator[Row]:
    for row in rows:
        own = sum(number for (region, _), number in named.items() if region == row["region_id"])
        text = f"{own} / {row['projects']}"
        yield {"row": name(row, lang), "projects": int(row["projects"]), "text": text}


def technology_parks(lang: Literal["en", "zh"] = "en") -> alt.VConcatChart:
    """Draw the parks of the report: for big data by area, for blockchain by year of founding.

    Parameters
    ----------
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    altair.VConcatChart
        Two groups of bars.

    Raises
    ------
    UnknownNameError
        When there is no such language.
    MissingDependencyError
        When altair is not installed.

    Examples
    --------
    >>> from fintech2021 import charts
    >>> charts.technology_parks("zh").title.text
    ['大数据与区块链产业园']
    """
    spoken, say = speaker(lang)
    frame = table("technology_parks", "kind", "area", "founded_month", "region_id")
    rows = records(frame)
    areas = labels_of("technology_parks", "area", spoken)
    chains = [row for row in rows if row["kind"] == "blockchain"]
    known = names("regions", spoken)
    by_area = _ordered(areas[row["area"]] for row in rows if row["area"])
    founded = [row["founded_month"] for row in chains if row["founded_month"] is not None]
    by_year = _ordered((str(day.year) for day in founded), by_size=False)
    by_place = _ordered(known.get(row["region_id"], row["region_id"]) for row in chains)
    left = gutter([*by_area, *by_year, *by_place])
    return page(
        spoken,
        say("Parks for big data and for blockchain", "大数据与区块链产业园"),
        say("The report has no years for big data parks, and no areas for blockchain parks.", "报告未载大数据产业园的成立年份，亦未按大区列区块链产业园。"),
        [frame],
        altair().hconcat(
            altair().vconcat(
                _tally(by_area, say("big data parks by area", "大数据产业园，按大区"), BLUE, left),
                _tally(by_year, say("blockchain parks by year of founding", "区块链产业园，按成立年份"), OCHRE, left),
                spacing=30,
            ).resolve_scale(y="independent"),
            _tally(by_place, say("blockchain parks by place", "区块链产业园，按所在地"), GREEN, left),
            spacing=24,
        ).resolve_scale(y="independent"),
        left=left,
    )  # fmt: skip


def _ordered(texts: Iterable[str], *, by_size: bool = True) -> dict[str, int]:
    """Return how often each text stands there, the most frequent first or in their own order."""
    counts = Counter(texts)
    return {text: counts[text] for text in sorted(counts, key=lambda t: (-counts[t] * by_size, t))}


def _tally(counts: Mapping[str, int], title: str, colour: str, left: int) -> Any:
    """Return a bar for each count, in a half of the picture."""
    rows = [{"row": text, "value": count, "text": str(count)} for text, count in counts.items()]
    width = (WIDTH - 24) // 2 - left
    return bars(rows, list(counts), title=title, colour=colour, width=width, step=22)


def policies(lang: Literal["en", "zh"] = "en") -> alt.VConcatChart:
    """Draw when the laws and policies of the report were issued, by topic.

    Parameters
    ----------
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    altair.VConcatChart
        A row per topic, a mark per document; one with several topics stands in each row.

    Raises
    ------
    UnknownNameError
        When there is no such language.
    MissingDependencyError
        When altair is not installed.

    Examples
    --------
    >>> from fintech2021 import charts
    >>> charts.policies().title.text
    ['Laws and policies by topic and time of issue']
    """
    spoken, say = speaker(lang)
    frame = table("policies", "topics", "issued_on", "issued_on_start", "jurisdictions")
    rows = records(frame)
    dated = [row for row in rows if row["issued_on"] is not None]
    kinds = {say("China", "中国"): BLUE, say("elsewhere", "其他"): ORANGE}
    marks = list(_numbered(_marks(dated, list(kinds), spoken)))
    left = gutter(row["topic"] for row in marks)
    return page(
        spoken,
        say("Laws and policies by topic and time of issue", "法律与政策：按主题与发布时间"),
        say(
            f"{len(dated)} of {len(rows)} documents have a date in the report. A bar is a document of which "
            "only the year is known; one with several topics stands in each of their rows.",
            f"报告中{len(rows)}份文件有{len(dated)}份载明发布时间。横条为仅知年份的文件；一份文件有多个主题的，各行均列。",
        ),
        [frame],
        _timeline(marks, kinds, left),
        left=left,
    )  # fmt: skip


def _marks(rows: Sequence[Row], kinds: Sequence[str], lang: str) -> Iterator[Row]:
    """Yield a mark per document and topic; bars of a year stand below its points."""
    topics, lanes = labels_of("policies", "topics", lang), Counter[tuple[str, str]]()
    exact_first = sorted(
        rows, key=lambda row: (-len(row["issued_on"]), row["issued_on"], row["policy_id"])
    )
    for row in exact_first:
        for topic in (row["topics"] or "").split(";"):
            slot, whole = (topic, row["issued_on"][:7]), (topic, row["issued_on"][:_YEAR])
            yield {
                "topic": topics.get(topic, topic),
                "title": row[f"title_{lang}"],
                "issued": row["issued_on"],
                "kind": kinds["CN" not in (row["jurisdictions"] or "").split(";")],
                "from": year(row["issued_on_start"]),
                "to": year(row["issued_on_end"]) if len(row["issued_on"]) == _YEAR else None,
                "lane": lanes[slot],
            }
            lanes[slot] += 1
            lanes[whole] = max(lanes[whole], lanes[slot])


_YEAR = len("2021")
_LANE = 8


def _numbered(marks: Iterable[Row]) -> Iterator[Row]:
    """Yield marks whose topics say how many there are, those of the largest topic first."""
    told = list(marks)
    counts = Counter(row["topic"] for row in told)
    for row in sorted(told, key=lambda row: (-counts[row["topic"]], row["topic"])):
        yield {**row, "topic": f"{row['topic']} ({counts[row['topic']]})"}


def _timeline(marks: Sequence[Row], kinds: Mapping[str, str], left: int) -> Any:
    """Return rows of topics, each as high as its fullest time."""
    alt = altair()
    order = list(dict.fromkeys(row["topic"] for row in marks))
    tops, height = _heights(marks, order)
    drawn = [{**row, "y": tops[row["topic"]] + 8 + _LANE * row["lane"]} for row in marks]
    y = alt.Y("y:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)
    starts = [row["from"] for row in marks]
    first, last = int(min(starts)), int(max(starts))
    plane = Plane(WIDTH - left, height, (first - 0.1, max(starts) + 0.2), (0, 1))
    x = plane.across("from", "", range(first, last + 1))
    base = alt.Chart(data(drawn)).encode(
        x=x, y=y, color=colours("kind", kinds), tooltip=["title:N", "issued:N", "topic:N"]
    )
    spans = base.transform_filter("datum.to != null").mark_bar(height=4, opacity=0.55)
    heads = [{"topic": topic, "y": tops[topic] + 8, "line": tops[topic] - 1} for topic in order]
    named = alt.Chart(data(heads)).encode(y=y)
    layers = alt.layer(
        named.mark_rule(color=FAINT).encode(y=alt.Y("line:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)),
        spans.encode(x2="to:Q"),
        base.transform_filter("datum.to == null").mark_circle(size=48, opacity=1),
        named.mark_text(align="right", x=-8, baseline="middle").encode(text="topic:N"),
    )  # fmt: skip
    return layers.properties(width=WIDTH - left, height=height)


def _heights(marks: Sequence[Row], order: Sequence[str]) -> tuple[dict[str, int], int]:
    tops, below = {}, 0
    for topic in order:
        tops[topic] = below
        lanes = max(row["lane"] for row in marks if row["topic"] == topic) + 1
        below += max(16, 8 + _LANE * lanes)
    return tops, below
