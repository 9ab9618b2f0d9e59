"""Commands about what a figure means: find it, follow it, hold it beside public ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from fintech2021._cli import completing
from fintech2021._cli.output import readable
from fintech2021._cli.view import Field, Table, View, emit, in_tables
from fintech2021._core.digits import without_zeros

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COMMANDS"]


@click.command(epilog='Example: fintech2021 find "registered capital" --region shenzhen')
@click.argument("text", nargs=-1)
@click.option("--topic", help="Only what is about this topic.")
@click.option(
    "--region", help="Only this place, by any name.", shell_complete=completing.keys_of("regions")
)
@click.option(
    "--institution",
    help="Only this organisation, by any name.",
    shell_complete=completing.keys_of("institutions"),
)
@click.option("--dataset", help="Only this dataset.", shell_complete=completing.datasets)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    metavar="N",
    help="The N nearest places.",
)
@in_tables
def find(text: tuple[str, ...], view: View, **asked: Any) -> None:
    """Say where TEXT stands: in which dataset, row and column, in English or Chinese.

    Exits with status 1 where nothing is found.
    """
    from fintech2021._explore.find import Asked, Found, found

    try:
        places = found(Asked(" ".join(text) or None, **asked))
    except TypeError as cause:
        raise click.UsageError(_NOTHING) from cause
    rows = [["" if cell is None else str(cell) for cell in place] for place in places]
    fields = [_found(name, view) for name in Found._fields]
    people = [[*row[:_VALUE], readable(row[_VALUE]), *row[_VALUE + 1 :]] for row in rows]
    for row in people:
        row[_FOUND_IN] = view.word(row[_FOUND_IN])
    if places or view.form != "table":
        emit(view, Table(fields, people), Table(fields, rows))
    if not places:
        click.echo(view.one_of("Nothing was found.", "未找到。"), err=True)
        raise SystemExit(1)


_NOTHING = (
    "there is nothing to look for: give a word or a number as TEXT, or one of --topic, --region, "
    "--institution, --dataset"
)
_VALUE, _FOUND_IN = 3, 7
_FOUND = {
    "dataset": ("Dataset", "数据集", 0),
    "key": ("Key", "主键", 0),
    "column": ("Column", "列", 0),
    "value": ("Value", "值", 1),
    "unit": ("Unit", "单位", 2),
    "period": ("Period", "期间", 2),
    "line": ("Line", "行号", 3),
    "found_in": ("Found in", "所在", 5),
    "matched": ("Matched", "匹配内容", 4),
    "score": ("Score", "匹配度", 5),
}
_NUMBERS = {"line": "integer", "score": "number"}


def _found(name: str, view: View) -> Field:
    english, chinese, weight = _FOUND[name]
    return Field(name, view.one_of(english, chinese), _NUMBERS.get(name, "string"), weight)


@click.command(epilog="Example: fintech2021 series bank_it_market_size")
@click.argument("indicator", required=False, shell_complete=completing.keys_of("indicators"))
@click.option("--segment", help="Only the figures of this part.")
@click.option("--region", help="Only this place.", shell_complete=completing.keys_of("regions"))
@click.option(
    "--institution",
    help="Only this organisation.",
    shell_complete=completing.keys_of("institutions"),
)
@in_tables
def series(indicator: str | None, view: View, **only: Any) -> None:
    """Show the figures of INDICATOR over time, or list the indicators that have a series."""
    from fintech2021._explore.series import series as over_time

    frame = over_time(indicator, **only)
    titles = _SERIES if view.lang == "en" else {**_SERIES, **_SERIES_ZH}
    emit(view, *_tables(frame, titles, _SERIES_WEIGHTS))


_SERIES = {
    "period": "Period",
    "start": "First day",
    "end": "Last day",
    "value": "Value",
    "value_high": "Upper end",
    "unit": "Unit",
    "qualifier": "Hedge",
    "modality": "Modality",
    "dated_by": "Dated by",
    "segment": "Segment",
    "region_id": "Region",
    "institution_id": "Institution",
    "observation_id": "Observation",
    "indicator_id": "Indicator",
    "title_en": "Title",
    "title_zh": "Chinese title",
    "points": "Points",
    "first": "First",
    "last": "Last",
}
_SERIES_ZH = {
    "period": "期间",
    "start": "起始日",
    "end": "截止日",
    "value": "值",
    "value_high": "上限",
    "unit": "单位",
    "qualifier": "限定语",
    "modality": "实际、预测或目标",
    "dated_by": "日期依据",
    "segment": "细分",
    "region_id": "地区",
    "institution_id": "机构",
    "observation_id": "观察值",
    "indicator_id": "指标",
    "title_en": "英文标题",
    "title_zh": "中文标题",
    "points": "点数",
    "first": "最早",
    "last": "最晚",
}
_SERIES_WEIGHTS = {
    **dict.fromkeys(("period", "value", "indicator_id"), 0),
    **dict.fromkeys(("unit", "title_en", "title_zh", "segment", "points"), 1),
    **dict.fromkeys(("start", "end", "dated_by", "observation_id"), 4),
}


_OF_NUMBERS = {"integer", "number"}
_COMPARED = {"printed_value", "public_value"}
"""Texts, most of which are numbers."""


def _tables(
    frame: pd.DataFrame, titles: dict[str, str], weights: dict[str, int]
) -> tuple[Table, Table]:
    """Return a frame as a table for people and one for programs."""
    fields = [
        Field(name, titles[name], _kind(frame[name]), weights.get(name, 2))
        for name in frame.columns
    ]
    rows = [[_text(cell) for cell in row] for row in frame.itertuples(index=False)]
    people = [
        [
            readable(cell) if field.kind in _OF_NUMBERS or field.name in _COMPARED else cell
            for field, cell in zip(fields, row, strict=True)
        ]
        for row in rows
    ]
    return Table(fields, people), Table(fields, rows)


def _kind(column: pd.Series[Any]) -> str:
    return {"f": "number", "i": "integer"}.get(column.dtype.kind, "string")


def _text(cell: Any) -> str:
    """Return a cell of a frame as a text: a day without a time, a whole number without a point."""
    if cell is None or cell != cell:  # noqa: PLR0124 - What is missing is not itself.
        return ""
    if isinstance(cell, float):
        text = without_zeros(f"{cell:.10f}")
        return text if text not in {"-0", ""} else "0"
    return str(cell.date()) if hasattr(cell, "date") else str(cell)


@click.command("cross-check", epilog="Example: fintech2021 cross-check banks --differs")
@click.argument("dataset", required=False, shell_complete=completing.datasets)
@click.option("--differs", is_flag=True, help="Only the cells where public pages differ.")
@click.option("--strict", is_flag=True, help="Exit with status 1 if any differs.")
@in_tables
def cross_check(dataset: str | None, view: View, *, differs: bool, strict: bool) -> None:
    """Show the printed cells beside what independent public pages say, those that differ first."""
    from fintech2021._explore.cross_check import cross_check as checked

    frame = checked(dataset)
    wrong = frame["verdict"] == "differs"
    shown = frame[wrong] if differs else frame
    titles = {name: (zh if view.lang == "zh" else en) for name, (en, zh, _) in _CHECKED.items()}
    weights = {name: weight for name, (_, _, weight) in _CHECKED.items()}
    emit(view, *_tables(shown[list(_CHECKED)], titles, weights))
    if strict and wrong.any():
        raise SystemExit(1)


_CHECKED = {
    "dataset": ("Dataset", "数据集", 1),
    "key": ("Key", "主键", 0),
    "column": ("Column", "列", 0),
    "verdict": ("Verdict", "结论", 0),
    "printed_value": ("Printed", "报告所载", 0),
    "public_value": ("Public", "公开数字", 0),
    "unit": ("Unit", "单位", 1),
    "difference": ("Difference", "差", 2),
    "evidence": ("Evidence", "依据", 3),
    "source_ids": ("Pages", "网页", 4),
}


COMMANDS: tuple[click.Command, ...] = (find, series, cross_check)
"""The commands of this module."""
