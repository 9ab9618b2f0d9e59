"""Direct banks with a licence of their own.

Source: the paragraph on direct banks, lines 1700 to 1702 of the report's text.
Limitations: the report dates the parents' announcements of two approvals, not the approvals, and
gives only a year for CITIC aiBank. Which parent announced which bank follows from the order of two
lists.

来源：报告正文第1700至1702行，关于直销银行的段落。
局限：其中两家银行，报告注明的是母行发布公告的月份，而非获批时间；百信银行仅注明年份。母行与直销银行的对应关系
依据两处列举的先后顺序。
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import (
    NameZh,
    Period,
    Slug,
    Text,
    derived,
    editorial,
    first_day,
    last_day,
    lookup,
    printed,
)
from fintech2021._records.expressions import col
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "DirectBank", "DirectBankEvent"]


class DirectBankEvent(ClosedList):
    """What the report dates of a direct bank."""

    ESTABLISHED = "established", "established", "成立"
    PREPARATION_APPROVAL_ANNOUNCED = (
        "preparation_approval_announced",
        "approval to prepare announced by the parent",
        "母行公告获准筹建",
    )


class DirectBank(Record):
    """A direct bank with its own licence.

    持有独立牌照的直销银行。
    """

    table: ClassVar = TableInfo(
        name="direct_banks",
        key=("bank_id",),
        title_en="Direct banks with their own licence",
        title_zh="独立法人直销银行",
    )

    bank_id: Annotated[Slug, editorial("Bank", "银行标识", references="institutions")]
    """Identifier of the bank.

    银行的标识。
    """
    name_en: Annotated[Text, derived("English name", "英文名称", rule=lookup("bank_id/name_en"))]
    """English name of the bank.

    银行的英文名称。
    """
    name_zh: NameZh
    """Chinese name as printed.

    报告所用的中文名称。
    """
    parent_id: Annotated[
        Slug | None,
        editorial(
            "Parent bank",
            "母行",
            references="institutions",
            missing=("no parent is printed", "报告未提及母行"),
        ),
    ] = None
    """Bank that announced the approval.

    发布获准筹建公告的银行。
    """
    event: Annotated[DirectBankEvent, editorial("Event", "事件")]
    """What happened at the date.

    所注时间对应的事件。
    """
    event_period: Annotated[Period, printed("When", "时间", unit="period")]
    """ISO 8601 year or month of the event, as precise as printed.

    事件发生的年或月（ISO 8601），精度与报告一致。
    """
    event_period_start: Annotated[
        date, derived("First day", "起始日", rule=first_day("event_period"))
    ]
    """First day of that year or month.

    该年或该月的第一天。
    """
    event_period_end: Annotated[date, derived("Last day", "截止日", rule=last_day("event_period"))]
    """Last day of that year or month.

    该年或该月的最后一天。
    """


def _parents_agree(banks: pd.DataFrame, tables: Tables) -> bool:
    parents = tables("institutions").set_index("institution_id")["parent_id"]
    known = banks.dropna(subset="parent_id")
    return bool((known["bank_id"].map(parents) == known["parent_id"]).all())


INVARIANTS = (
    Invariant(
        "an approval has the parent that announced it",
        col("parent_id").is_given() != (col("event") == "preparation_approval_announced"),
        since="2.0.0",
    ),
)
FACTS = (Fact("a parent is the one in `institutions`", _parents_agree, since="2.0.0"),)
