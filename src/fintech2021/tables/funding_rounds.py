"""Financing rounds of named companies in 2020.

Source: the paragraph on insurance technology funding, lines 2121 to 2125 of the report's text.
Limitations: the four rounds that the report names, out of 27 deals that it counts. Dates and
investors are from public pages, since version 1.1.0; `confirmed` says which rounds no page
confirms.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from fintech2021._records.columns import (
    Count,
    Names,
    Note,
    Slug,
    SourceIds,
    Text,
    Year,
    editorial,
    printed,
    public,
)
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule
from fintech2021.tables.vocabulary import Currency, Industry

__all__ = ["RULES", "FundingRound"]


class FundingRound(Record):
    """A named company's financing round."""

    table: ClassVar = TableInfo(
        name="funding_rounds",
        key=("round_id",),
        title_en="Financing rounds of named companies, 2020",
        title_zh="具名公司融资轮次",
    )

    round_id: Annotated[Slug, editorial("Round", "轮次标识")]
    """Identifier: company, stage and year."""
    company_id: Annotated[Slug, editorial("Company", "公司标识", references="institutions")]
    """Identifier of the company."""
    company_en: Annotated[Text, editorial("Company, English name", "公司英文名称")]
    """English name of the company."""
    company_zh: Annotated[Text, printed("Company, Chinese name", "公司中文名称")]
    """Chinese name as printed."""
    stage: Annotated[Text, printed("Stage", "融资轮次")]
    """Stage as printed."""
    amount: Annotated[Count, printed("Amount", "融资金额", unit="currency of the row")]
    """Money raised, in units of the row's currency."""
    currency: Annotated[Currency, editorial("Currency", "货币")]
    """ISO 4217 code of the amount's currency."""
    year: Annotated[Year, printed("Year", "年份", unit="year")]
    """Year of the round."""
    sector: Annotated[Industry, editorial("Sector", "行业")]
    """Industry of the company."""
    announced_on: Annotated[
        date | None, public("Announced on", "公布日期", missing="no announcement was found")
    ] = None
    """Day of the announcement; since 1.1.0."""
    lead_investors: Annotated[Names | None, public("Lead investors", "领投方")] = None
    """Who led the round, in English; since 1.1.0."""
    confirmed: Annotated[
        bool | None, editorial("Confirmed", "是否证实", missing="not looked into")
    ] = None
    """Whether public pages confirm the round; since 1.1.0."""
    source_ids: SourceIds | None = None
    """Pages that the public columns of the row rest on; since 1.1.0."""
    note: Note | None = None
    """A doubt, or how the pages and the report differ; since 1.1.0."""


RULES = (
    Rule(
        "an announcement date and sources stand with every round that is confirmed",
        lambda rounds, _: (
            rounds.loc[rounds["confirmed"].astype(bool), ["announced_on", "source_ids"]]
            .notna()
            .all(axis=None)
        ),
        since="1.1.0",
    ),
    Rule(
        "every announcement falls in the year of the round",
        lambda rounds, _: (
            rounds["announced_on"].dt.year.fillna(rounds["year"]).eq(rounds["year"]).all()
        ),
        since="1.1.0",
    ),
    Rule(
        "no company has two rounds of the same stage in a year",
        lambda rounds, _: not rounds.duplicated(["company_id", "stage", "year"]).any(),
    ),
)
