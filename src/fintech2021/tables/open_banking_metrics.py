"""Figures of banks' open-banking platforms.

Source: the table of eleven banks' open-banking data, lines 1757 to 1803 of the report's text.
Limitations: each bank reports what it likes, so metrics of the same name can count different
things; a date stands only where the table prints one.

来源：报告中十一家银行开放银行数据表，原文第1757行至第1803行。
局限：各行自行选择披露内容，同名指标的口径未必一致；仅在表中印有日期时注明时期。
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.columns import (
    Period,
    Slug,
    Text,
    derived,
    editorial,
    first_day,
    last_day,
    printed,
)
from fintech2021._records.expressions import col
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, distinct
from fintech2021.tables.vocabulary import HEDGES, PeriodBasis, Qualifier, TimeBasis, Unit

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "OpenBankingMetric"]


class OpenBankingMetric(Record):
    """One figure of one bank's open-banking platform.

    一家银行开放平台的一项数值。
    """

    table: ClassVar = TableInfo(
        name="open_banking_metrics",
        key=("bank_id", "metric"),
        title_en="Open-banking metrics of banks",
        title_zh="银行开放平台指标",
    )

    bank_id: Annotated[Slug, editorial("Bank", "银行标识", references="institutions")]
    """Identifier of the bank.

    银行的标识。
    """
    metric: Annotated[Slug, editorial("Metric", "指标标识")]
    """What is counted.

    所计指标。
    """
    title_en: Annotated[Text, editorial("Title", "英文标题")]
    """What is counted, in English.

    指标的英文说明。
    """
    title_zh: Annotated[Text, editorial("Chinese title", "中文标题")]
    """What is counted, in Chinese.

    指标的中文说明。
    """
    value: Annotated[Decimal, printed("Value", "数值", unit="unit of the row")]
    """The figure, in the row's unit.

    数值，单位见本行。
    """
    unit: Annotated[Unit, editorial("Unit", "单位")]
    """Unit of the value: count, percent or multiple.

    数值的单位：数量、百分比或倍数。
    """
    qualifier: Annotated[Qualifier, editorial("Qualifier", "限定", printed_as=HEDGES)]
    """How the report hedges the figure.

    报告对数值所加的限定词。
    """
    time_basis: Annotated[TimeBasis, editorial("Time basis", "时点或时期")]
    """Whether it is a state at a point in time, or against another state, or of a span of time.

    属于时点状态（含与另一时点相比的变动）还是时期数。
    """
    period: Annotated[
        Period | None,
        printed(
            "Period",
            "时期",
            unit="period",
            missing=("the report gives no date for it", "报告未注明"),
        ),
    ] = None
    """ISO 8601 year or month of the figure.

    数值所属的年份或月份。
    """
    period_start: Annotated[
        date | None,
        derived(
            "First day",
            "起始日",
            rule=first_day("period", stock="time_basis"),
            missing=("no period is printed", "报告未注明时期"),
        ),
    ] = None
    """First day of the period; the last day where the figure is a state.

    时期的第一天；时点数则为最后一天。
    """
    period_end: Annotated[
        date | None,
        derived(
            "Last day",
            "截止日",
            rule=last_day("period"),
            missing=("no period is printed", "报告未注明时期"),
        ),
    ] = None
    """Last day of the period.

    时期的最后一天。
    """
    assumed_period: Annotated[
        Period | None,
        editorial(
            "Assumed period",
            "推定时期",
            unit="period",
            missing=("a period is printed, or none can be argued", "报告已注明，或无从推定"),
        ),
    ] = None
    """Best guess where the report does not date the figure.

    报告未注明时期时的推定。
    """
    assumed_period_start: Annotated[
        date | None,
        derived(
            "Assumed, first day",
            "推定起始日",
            rule=first_day("assumed_period", stock="time_basis"),
            missing=("no period is assumed", "未作推定"),
        ),
    ] = None
    """First day of the assumed period; the last day where the figure is a state.

    推定时期的第一天；时点数则为最后一天。
    """
    assumed_period_end: Annotated[
        date | None,
        derived(
            "Assumed, last day",
            "推定截止日",
            rule=last_day("assumed_period"),
            missing=("no period is assumed", "未作推定"),
        ),
    ] = None
    """Last day of the assumed period.

    推定时期的最后一天。
    """
    period_basis: Annotated[
        PeriodBasis | None,
        editorial("Basis", "推定依据", missing=("no period is assumed", "未作推定")),
    ] = None
    """What the assumed period rests on.

    推定时期的依据。
    """
    base_period: Annotated[
        Period | None,
        printed(
            "Compared with",
            "比较基期",
            unit="period",
            missing=("no base is printed", "报告未注明基期"),
        ),
    ] = None
    """ISO 8601 year or month from whose end an increase starts.

    增量的比较基期，以其期末为准。
    """
    base_period_start: Annotated[
        date | None,
        derived(
            "Base, first day",
            "基期起始日",
            rule=last_day("base_period"),
            missing=("no base is printed", "报告未注明基期"),
        ),
    ] = None
    """Day of the base: the last day of its period, which is a point in time.

    基期为时点，取其最后一天。
    """
    base_period_end: Annotated[
        date | None,
        derived(
            "Base, last day",
            "基期截止日",
            rule=last_day("base_period"),
            missing=("no base is printed", "报告未注明基期"),
        ),
    ] = None
    """Day of the base, once more: a point in time begins and ends on one day.

    同为基期的最后一天：时点的起止为同一天。
    """


def _growth_follows(metrics: pd.DataFrame, _tables: Tables) -> bool:
    values = metrics.loc[metrics["bank_id"] == "ceb"].set_index("metric")["value"]
    added = values["projects_added"]
    implied = added / (values["projects_connected"] - added) * 100
    return bool(abs(implied - values["projects_connected_growth"]) < 0.01)


INVARIANTS = (
    Invariant(
        "units are counts, percents and multiples",
        ~col("unit").is_in(("count", "percent", "multiple")),
    ),
    Invariant(
        "every figure is of a point or a span of time",
        ~col("time_basis").is_in(("stock", "flow")),
        since="2.0.0",
    ),
    Invariant(
        "a period is printed, or assumed on a basis, never both",
        (col("period").is_given() & col("assumed_period").is_given())
        | (col("assumed_period").is_given() != col("period_basis").is_given()),
        since="2.0.0",
    ),
    Invariant(
        "the base lies before the period",
        col("base_period_end") >= col("period_end"),
        since="2.0.0",
    ),
    distinct("the titles", "title_en", "title_zh"),
)
FACTS = (
    Fact("eleven banks report", lambda metrics, _: metrics["bank_id"].nunique() == 11),
    Fact(
        "Everbright's growth follows from its level and its increase",
        _growth_follows,
    ),
)
