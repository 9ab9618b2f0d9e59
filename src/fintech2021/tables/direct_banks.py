"""Direct banks with a licence of their own.

Source: the paragraph on direct banks, lines 1700 to 1702 of the report's text.
Limitations: the month of an approval is that of the parent's announcement; aiBank's month is not
printed.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from fintech2021._core.yearmonth import YearMonth
from fintech2021._records.columns import NameEn, NameZh, Period, Slug, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule

__all__ = ["RULES", "DirectBank", "DirectBankEvent"]


class DirectBankEvent(StrEnum):
    """What the report says has happened to a direct bank."""

    APPROVED_TO_PREPARE = "approved_to_prepare"
    ESTABLISHED = "established"


class DirectBank(Record):
    """A direct bank with its own licence."""

    table: ClassVar = TableInfo(
        name="direct_banks",
        key=("bank_id",),
        title_en="Direct banks with their own licence",
        title_zh="独立法人直销银行",
    )

    bank_id: Annotated[Slug, editorial("Bank", "银行标识", references="institutions")]
    """Identifier of the bank."""
    name_en: NameEn
    """English name of the bank."""
    name_zh: NameZh
    """Chinese name as printed."""
    parent_id: Annotated[
        Slug | None,
        editorial("Parent bank", "母行", references="institutions", missing="no parent is printed"),
    ] = None
    """Bank that announced it."""
    event: Annotated[DirectBankEvent, editorial("Event", "事件")]
    """What happened."""
    event_period: Annotated[Period, printed("When", "时间", unit="period")]
    """ISO 8601 year or month of the event, as precise as printed."""
    event_month: Annotated[
        YearMonth | None, printed("Month", "月份", missing="only a year is printed")
    ] = None
    """Month of the event."""


RULES = (
    Rule(
        "a month agrees with the period",
        lambda banks, _: (
            banks["event_month"]
            .dropna()
            .dt.strftime("%Y-%m")
            .eq(banks.loc[banks["event_month"].notna(), "event_period"])
            .all()
        ),
    ),
)
