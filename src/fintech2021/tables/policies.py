"""Laws, plans, guidelines, standards and notices that the report names.

Source: every title in 《》 and every law or plan named without them, throughout the report's text.
Limitations: issuer, date and status only as far as the report gives them; a month without a year
is read as 2021, the report's year; joint issuers that the report does not name are left out.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from fintech2021._records.columns import Alpha2, Period, Slug, Slugs, Text, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule
from fintech2021.tables.vocabulary import Topic

__all__ = ["RULES", "Policy", "PolicyStatus"]


class PolicyStatus(StrEnum):
    """How far a document has come, as the report words it."""

    NAMED = "named"
    DRAFT = "draft"
    PLANNED = "planned"
    ANNOUNCED = "announced"
    PUBLISHED = "published"
    ISSUED = "issued"
    SIGNED = "signed"
    IN_FORCE = "in_force"


class Policy(Record):
    """A law, plan, guideline, standard or notice named in the report."""

    table: ClassVar = TableInfo(
        name="policies",
        key=("policy_id",),
        title_en="Laws, plans and standards named in the report",
        title_zh="政策法规与标准",
    )

    policy_id: Annotated[Slug, editorial("Policy", "政策标识")]
    """Identifier of the document."""
    title_en: Annotated[Text, editorial("English title", "英文标题")]
    """English title, translated here unless a well-known one exists."""
    title_zh: Annotated[Text, printed("Title", "标题")]
    """Title as printed, without 《》."""
    issuers: Annotated[
        Slugs | None,
        editorial(
            "Issuers", "发布机构", references="institutions", missing="not stated in the report"
        ),
    ] = None
    """Who issued it."""
    jurisdiction: Annotated[Alpha2, editorial("Jurisdiction", "法域")]
    """ISO 3166-1 alpha-2 code of the place where it applies; EU for the European Union."""
    date: Annotated[Period | None, printed("Date", "日期", unit="period")] = None
    """ISO 8601 date as precise as printed; its meaning follows the status."""
    status: Annotated[PolicyStatus, editorial("Status", "状态")]
    """How far the document has come."""
    topic: Annotated[Topic, editorial("Topic", "主题")]
    """What it is about."""


RULES = (
    Rule("no title stands twice", lambda policies, _: policies["title_zh"].is_unique),
    Rule(
        "no date lies after the report",
        lambda policies, _: (policies["date"].dropna().str[:4].astype(int) <= 2022).all(),
    ),
)
