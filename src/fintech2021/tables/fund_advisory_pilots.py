"""Institutions admitted to the fund advisory pilot, 2019 to 2021.

Source: the table of 60 institutions, lines 2354 to 2404 of the report's text.
Limitations: the supplementary batch has no date; a name is the licence holder's short form as
printed.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.columns import Count, NameEn, NameZh, Slug, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule, observed

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["RULES", "FundAdvisoryPilot", "PilotBatch", "PilotType"]


class PilotType(StrEnum):
    """The report's four kinds of institutions in the pilot."""

    FUND_MANAGER = "fund_manager"
    FUND_DISTRIBUTOR = "fund_distributor"
    BANK = "bank"
    SECURITIES_FIRM = "securities_firm"


class PilotBatch(StrEnum):
    """The batches of admission."""

    FIRST = "first"
    SECOND = "second"
    SUPPLEMENT = "supplement"


class FundAdvisoryPilot(Record):
    """An institution admitted to the fund advisory pilot."""

    table: ClassVar = TableInfo(
        name="fund_advisory_pilots",
        key=("institution_id",),
        title_en="Institutions in the fund advisory pilot",
        title_zh="基金投顾试点机构",
    )

    institution_id: Annotated[Slug, editorial("Institution", "机构标识", references="institutions")]
    """Identifier of the institution."""
    name_en: NameEn
    """English name of the institution."""
    name_zh: NameZh
    """Chinese name as printed."""
    pilot_type: Annotated[PilotType, editorial("Type", "类型")]
    """Kind of institution under which the table lists it."""
    batch: Annotated[PilotBatch, editorial("Batch", "批次")]
    """Batch of admission."""
    approved_on: Annotated[
        date | None, printed("Approved on", "获批时间", missing="no date is printed")
    ] = None
    """Day of approval."""
    group_institutions: Annotated[Count, printed("Group size", "获批家数", unit="count")]
    """Number of institutions that the table prints for the row's group."""


_GROUP = ["batch", "approved_on", "pilot_type"]
_COUNTS = {
    "fund_manager": "cn_fund_advisory_pilot_fund_managers",
    "securities_firm": "cn_fund_advisory_pilot_securities_firms",
    "bank": "cn_fund_advisory_pilot_banks",
    "fund_distributor": "cn_fund_advisory_pilot_independent_distributors",
}


def _groups_have_their_size(pilots: pd.DataFrame, _tables: Tables) -> bool:
    sizes = pilots.groupby(_GROUP, dropna=False)["institution_id"].transform("size")
    return bool((sizes == pilots["group_institutions"]).all())


def _types_agree(pilots: pd.DataFrame, tables: Tables) -> bool:
    found = pilots["pilot_type"].value_counts().to_dict()
    return found == {kind: observed(tables, count) for kind, count in _COUNTS.items()}


RULES = (
    Rule("every group has as many institutions as the table prints", _groups_have_their_size),
    Rule(
        "the institutions are as many in all, and of each kind, as the prose counts",
        lambda pilots, tables: (
            len(pilots) == observed(tables, "cn_fund_advisory_pilot_institutions")
            and _types_agree(pilots, tables)
        ),
    ),
)
