"""What authorities and companies in China do with regulatory technology.

Source: the table of practice in regulatory technology, lines 2652 to 2708 of the report's text.
Limitations: measures are described here in English; actors as printed, including two "exchanges"
that probably are the stock exchanges.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from fintech2021._records.columns import Names, Position, Slug, Slugs, Text, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule

__all__ = ["RULES", "RegtechActorGroup", "RegtechPractice"]


class RegtechActorGroup(StrEnum):
    """The table's groups of actors."""

    GOVERNMENT_AND_REGULATORS = "government_and_regulators"
    LOCAL_FINANCIAL_AUTHORITIES = "local_financial_authorities"
    INTERNET_FINANCE_GIANTS = "internet_finance_giants"
    FINTECH_COMPANIES = "fintech_companies"


class RegtechPractice(Record):
    """A row of the table on regulatory technology."""

    table: ClassVar = TableInfo(
        name="regtech_practices",
        key=("practice_id",),
        order=("position",),
        title_en="Practice in regulatory technology",
        title_zh="监管科技实践",
    )

    practice_id: Annotated[Slug, editorial("Practice", "实践标识")]
    """Identifier of the row."""
    actor_group: Annotated[RegtechActorGroup, editorial("Group of actors", "主体类别")]
    """Group under which the table lists the actor."""
    actor_en: Annotated[Text, editorial("Actor", "主体英文名称")]
    """Who acts, in English."""
    actor_zh: Annotated[Text, printed("Actor, Chinese", "主体")]
    """Who acts, as printed."""
    institution_ids: Annotated[
        Slugs, editorial("Institutions", "机构标识", references="institutions")
    ]
    """Identifiers of the actors."""
    technologies: Annotated[
        Names | None, printed("Technologies", "技术", missing='printed as "-" or not at all')
    ] = None
    """Technologies as printed."""
    measure_en: Annotated[Text, editorial("Measure", "举措")]
    """What is done, described here."""
    position: Position
    """Order in the table."""


RULES = (
    Rule(
        "positions count from 1 without a gap",
        lambda rows, _: rows["position"].tolist() == list(range(1, len(rows) + 1)),
    ),
    Rule("all four groups of actors occur", lambda rows, _: rows["actor_group"].nunique() == 4),
)
