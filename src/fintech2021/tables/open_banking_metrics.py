"""Figures of banks' open-banking platforms.

Source: the table of eleven banks' open-banking data, lines 1757 to 1803 of the report's text.
Limitations: each bank reports what it likes, so metrics of the same name can count different
things; a date stands only where the table prints one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.columns import Period, Slug, TitleEn, TitleZh, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule
from fintech2021.tables.vocabulary import HEDGES, Qualifier, Unit

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["RULES", "OpenBankingMetric"]


class OpenBankingMetric(Record):
    """One figure of one bank's open-banking platform."""

    table: ClassVar = TableInfo(
        name="open_banking_metrics",
        key=("bank_id", "metric"),
        title_en="Open-banking metrics of banks",
        title_zh="银行开放平台指标",
    )

    bank_id: Annotated[Slug, editorial("Bank", "银行标识", references="institutions")]
    """Identifier of the bank."""
    metric: Annotated[Slug, editorial("Metric", "指标标识")]
    """What is counted."""
    title_en: TitleEn
    """What is counted, in English."""
    title_zh: TitleZh
    """What is counted, in Chinese."""
    value: Annotated[Decimal, printed("Value", "数值", unit="unit of the row")]
    """The figure, in the row's unit."""
    unit: Annotated[Unit, editorial("Unit", "单位")]
    """Unit of the value: count, percent or multiple."""
    qualifier: Annotated[Qualifier, editorial("Qualifier", "限定", printed_as=HEDGES)]
    """How the report hedges the figure."""
    as_of: Annotated[
        Period | None, printed("As of", "截至", unit="period", missing="no date is printed")
    ] = None
    """ISO 8601 year or month of the figure."""
    base_period: Annotated[
        Period | None, printed("Compared with", "比较基期", unit="period", missing="no comparison")
    ] = None
    """ISO 8601 year or month that an increase starts from."""


def _growth_follows(metrics: pd.DataFrame, _tables: Tables) -> bool:
    values = metrics.loc[metrics["bank_id"] == "ceb"].set_index("metric")["value"]
    added = values["projects_added"]
    implied = added / (values["projects_connected"] - added) * 100
    return bool(abs(implied - values["projects_connected_growth"]) < 0.01)


RULES = (
    Rule("eleven banks report", lambda metrics, _: metrics["bank_id"].nunique() == 11),
    Rule(
        "units are counts, percents and multiples",
        lambda metrics, _: metrics["unit"].isin(["count", "percent", "multiple"]).all(),
    ),
    Rule(
        "Everbright's growth follows from its level and its increase",
        _growth_follows,
    ),
)
