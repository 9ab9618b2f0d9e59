"""Institutions admitted to the fund advisory pilot, 2019 to 2021.

Source: the table of 60 institutions, lines 2354 to 2404 of the report's text.
Limitations: the supplementary batch has no date; a name is the licence holder's short form as
printed; days are printed once for all groups up to the next day.

来源：报告文本第 2354 至 2404 行的 60 家试点机构表。
局限：“补充”批次未注明日期；名称为原文所用的持牌机构简称；日期只印一次，适用于下一日期之前的各组。
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import Count, NameEn, NameZh, Slug, SourceIds, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, called_as, observed

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "FundAdvisoryPilot", "PilotBatch", "PilotType"]


class PilotType(ClosedList):
    """The report's four types of institutions in the pilot.

    报告所列的四类试点机构。
    """

    FUND_MANAGER = "fund_manager", "Fund manager", "基金公司"
    FUND_DISTRIBUTOR = "fund_distributor", "Independent fund distributor", "基金销售公司"
    BANK = "bank", "Bank", "银行"
    SECURITIES_FIRM = "securities_firm", "Securities firm", "证券公司"


class PilotBatch(ClosedList):
    """The batches of admission.

    获批的批次。
    """

    FIRST = "first", "First batch", "第一批"
    SECOND = "second", "Second batch", "第二批"
    SUPPLEMENT = "supplement", "Supplement", "补充"


_PRINTED_TYPES = {kind.value: (kind.label_zh,) for kind in PilotType}
_PRINTED_BATCHES = {batch.value: (batch.label_zh,) for batch in PilotBatch}


class FundAdvisoryPilot(Record):
    """An institution admitted to the fund advisory pilot.

    获准开展基金投顾试点的机构。
    """

    table: ClassVar = TableInfo(
        name="fund_advisory_pilots",
        key=("institution_id",),
        title_en="Institutions in the fund advisory pilot",
        title_zh="基金投顾试点机构",
        caveats=(
            (
                "Ten rows have 9 February 2020, as printed, a Sunday. The day is probably "
                "29 February with a digit lost: a page of 5 March 2020 reports the letters to "
                "the three banks as news.",
                "十行的日期照录为 2020 年 2 月 9 日（星期日），疑为 2 月 29 日脱漏一字："
                "2020 年 3 月 5 日的网页仍将三家银行获批作为新闻报道。",
            ),
            (
                "group_institutions repeats the printed size of a group in each of its rows; "
                "summed over rows it gives 424, not 60. Take one row per batch, day and type.",
                "group_institutions 在同组各行重复同一数字，逐行相加得 424 而非 60；"
                "求和时每个批次、日期、类型只取一行。",
            ),
            (
                "A law firm's count of 26 November 2021 has the same 60 institutions as 26 fund "
                "companies and 28 securities firms, where the report has 25 and 29 "
                "(JunHe LLP, junhe.com/legal-updates/1613).",
                "君合律师事务所 2021 年 11 月 26 日的统计同为 60 家，但为 26 家基金公司和 "
                "28 家证券公司，报告则为 25 家和 29 家（junhe.com/legal-updates/1613）。",
            ),
            (
                "Three of the fund companies of the first group (Harvest Wealth, ChinaAMC "
                "Wealth, Zhong Ou Qiangungun) are subsidiaries of fund managers; the type is "
                "the one under which the table prints them.",
                "第一组基金公司中的嘉实财富、华夏财富和中欧钱滚滚为基金公司的子公司；"
                "类型以表中所列为准。",
            ),
        ),
    )

    institution_id: Annotated[Slug, editorial("Institution", "机构标识", references="institutions")]
    """Identifier of the institution.

    机构的标识。
    """
    name_en: NameEn
    """English name of the institution.

    机构的英文名称。
    """
    name_zh: NameZh
    """Chinese name as printed.

    报告所印的中文名称。
    """
    pilot_type: Annotated[PilotType, printed("Type", "类型", printed_as=_PRINTED_TYPES)]
    """Type of institution under which the table lists it.

    表中所列的机构类型。
    """
    batch: Annotated[PilotBatch, printed("Batch", "批次", printed_as=_PRINTED_BATCHES)]
    """Batch of admission, as printed last before the row.

    获批批次，取该行之前最近印出的批次。
    """
    approved_on: Annotated[
        date | None,
        printed("Approved on", "获批时间", missing=("no date is printed", "原文未印日期")),
    ] = None
    """Day that the table prints beside the group.

    表中该组旁所印的日期。
    """
    group_institutions: Annotated[Count, printed("Group size", "获批家数", unit="count")]
    """Number of institutions that the table prints for the row's group; the same in all its rows.

    表中该组的获批家数，同组各行相同。
    """
    source_ids: SourceIds | None = None
    """Pages outside the report that name the institution as admitted.

    报告之外记载该机构获批的网页。
    """


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


INVARIANTS: tuple[Invariant, ...] = ()
FACTS = (
    Fact("every group has as many institutions as the table prints", _groups_have_their_size),
    Fact(
        "the institutions are as many in all, and of each kind, as the prose counts",
        lambda pilots, tables: (
            len(pilots) == observed(tables, "cn_fund_advisory_pilot_institutions")
            and _types_agree(pilots, tables)
        ),
    ),
    called_as("institution_id", "institutions"),
    Fact(
        "pages are cited for the first batch, securities firms apart",
        lambda pilots, _: (
            pilots["source_ids"]
            .notna()
            .eq((pilots["batch"] == "first") & (pilots["pilot_type"] != "securities_firm"))
            .all()
        ),
        since="1.1.0",
    ),
)
