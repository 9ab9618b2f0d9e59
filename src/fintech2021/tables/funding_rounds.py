"""Financing rounds of named companies in 2020.

Source: the paragraph on insurance technology funding, lines 2121 to 2125 of the report's text.
Limitations: the four rounds that the report names, out of 27 deals that it counts. Dates and
investors are from public pages; `confirmation` says what the pages found amount to.

来源：报告正文第2121至2125行，关于保险科技投融资的段落。
局限：仅为报告点名的四轮融资，报告统计的融资共27笔。日期和投资方来自公开网页，所见网页能证实到何种程度见
`confirmation`。
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import (
    Count,
    Names,
    Note,
    Slug,
    SourceIds,
    Text,
    Year,
    derived,
    editorial,
    lookup,
    printed,
    public,
)
from fintech2021._records.expressions import col, duplicated
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, in_both_languages
from fintech2021.tables.vocabulary import Currency, Industry

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "FundingRound", "FundingStage", "RoundConfirmation"]


class FundingStage(ClosedList):
    """Stages of the rounds."""

    SERIES_B_PLUS = "series_b_plus", "series B+", "B+轮"
    SERIES_C = "series_c", "series C", "C轮"
    SERIES_D = "series_d", "series D", "D轮"
    STRATEGIC = "strategic", "strategic investment", "战略投资"


class RoundConfirmation(ClosedList):
    """What the public pages that were found say of a round."""

    ANNOUNCED = "announced", "announced by the company", "企业已公布"
    REPORTED = "reported", "reported by the press, companies silent", "媒体报道，企业未予证实"
    NOT_FOUND = "not_found", "no page found", "未找到网页"


class FundingRound(Record):
    """A named company's financing round.

    具名公司的一轮融资。
    """

    table: ClassVar = TableInfo(
        name="funding_rounds",
        key=("round_id",),
        title_en="Financing rounds of named companies, 2020",
        title_zh="具名公司融资轮次（2020年）",
    )

    round_id: Annotated[Slug, editorial("Round", "轮次标识")]
    """Identifier: company, stage and year.

    标识：由公司、轮次和年份组成。
    """
    company_id: Annotated[Slug, editorial("Company", "公司标识", references="institutions")]
    """Identifier of the company.

    公司的标识。
    """
    company_en: Annotated[
        Text,
        derived("Company, English name", "公司英文名称", rule=lookup("company_id/name_en")),
    ]
    """English name of the company.

    公司的英文名称。
    """
    company_zh: Annotated[Text, printed("Company, Chinese name", "公司中文名称")]
    """Chinese name as printed.

    报告所用的公司中文名称。
    """
    stage: Annotated[FundingStage, editorial("Stage", "融资轮次")]
    """Stage of the round.

    融资所处的轮次。
    """
    stage_zh: Annotated[Text, printed("Stage as printed", "融资轮次（原文）")]
    """The word that the report prints for the stage.

    报告对该轮次的用词。
    """
    amount: Annotated[Count, printed("Amount", "融资金额", unit="currency of the row")]
    """Money raised, in units of the row's currency.

    融资金额，币种见“货币”列。
    """
    currency: Annotated[Currency, editorial("Currency", "货币")]
    """ISO 4217 code of the amount's currency.

    金额的ISO 4217货币代码。
    """
    year: Annotated[Year, printed("Year", "年份", unit="year")]
    """Year of the round: that of the list of the ten largest in which the report places it.

    融资年份，即报告所列前十大融资的年份。
    """
    sector: Annotated[Industry, editorial("Sector", "行业")]
    """Industry of the company.

    公司所属行业。
    """
    announced_on: Annotated[
        date | None,
        public("Announced on", "公布日期", missing=("no announcement was found", "未找到企业公告")),
    ] = None
    """Day of the company's announcement.

    企业公布融资的日期。
    """
    lead_investors: Annotated[Names, public("Lead investors", "领投方")] | None = None
    """Who led the round or made it alone, in English.

    领投方或唯一投资方（英文）。
    """
    confirmation: Annotated[RoundConfirmation, editorial("Confirmation", "证实情况")]
    """What the public pages that were found say of the round.

    所见公开网页对该轮融资的证实程度。
    """
    source_ids: SourceIds | None = None
    """Pages that the public columns and the note of the row rest on.

    公开信息各列及备注所依据的网页。
    """
    note: Note | None = None
    """A doubt, or how the pages and the report differ.

    存疑之处，或网页与报告的差异（英文）。
    """
    note_zh: Annotated[
        Text | None, editorial("Chinese note", "中文备注", missing=("nothing to add", "无"))
    ] = None
    """The note in Chinese.

    存疑之处，或网页与报告的差异（中文）。
    """


def _rounds_are_counted(rounds: pd.DataFrame, tables: Tables) -> bool:
    statistics = tables("funding_statistics")
    places = statistics[statistics["institution_id"].notna()].set_index("institution_id")["value"]
    return dict(rounds["company_id"].value_counts()) == dict(places)


INVARIANTS = (
    Invariant(
        "an announced round has its day, a round without a page is one not found",
        (col("announced_on").is_given() != (col("confirmation") == "announced"))
        | (col("source_ids").is_missing() != (col("confirmation") == "not_found")),
        since="2.0.0",
    ),
    Invariant(
        "every announcement falls in the year of the round",
        col("announced_on").year() != col("year"),
        since="1.1.0",
    ),
    Invariant(
        "no company has two rounds of the same stage in a year",
        duplicated("company_id", "stage", "year"),
    ),
    in_both_languages("note", since="2.0.0"),
)
FACTS = (
    Fact(
        "a company has as many rounds as places among the ten largest",
        _rounds_are_counted,
        since="2.0.0",
    ),
)
