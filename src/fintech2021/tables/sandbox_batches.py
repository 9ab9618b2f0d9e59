"""Batches of projects that the regions of the sandbox pilot have published.

Source: public pages; every row names the ones that it rests on.
Limitations: the 15 batches for which a page was found, to June 2021. By the counts of March 2021
Suzhou, Chengdu and Xiong'an must have published second batches, whose pages were not found.

来源：公开网页，每行均注明所依据的网页。
局限：截至2021年6月查到网页的15个批次。据2021年3月的数量，苏州、成都、雄安应已公布第二批，但未查到网页。
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

from annotated_types import Ge

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import Count, Note, Slug, Slugs, Text, editorial, public
from fintech2021._records.expressions import col
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, in_both_languages

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "SandboxBatch", "SizeBasis"]


class SizeBasis(ClosedList):
    """Whether pages state the size of a batch."""

    STATED = "stated", "Stated by a page", "网页写明"
    BY_DIFFERENCE = "by_difference", "Difference of totals that pages state", "由网页所列总数相减"


class SandboxBatch(Record):
    """A batch of sandbox projects that a region made public together.

    某地区同一次公示的一批监管沙箱（监管沙盒）项目。
    """

    table: ClassVar = TableInfo(
        name="sandbox_batches",
        key=("region_id", "batch"),
        title_en="Batches of the fintech sandbox pilot",
        title_zh="监管沙盒（沙箱）各批次",
    )

    region_id: Annotated[Slug, public("Region", "地区标识", references="regions")]
    """Region of the pilot.

    试点地区。
    """
    batch: Annotated[int, Ge(1), public("Batch", "批次")]
    """Number of the region's batch.

    该地区批次序号。
    """
    projects: Annotated[Count, public("Projects", "项目数", unit="count")]
    """Number of projects in the batch.

    该批次项目数。
    """
    size_basis: Annotated[SizeBasis, editorial("Basis of the size", "项目数依据")]
    """Whether a page states the number of projects, or it is a difference.

    项目数由网页写明，还是相减得出。
    """
    financial_services: Annotated[
        Count | None, public("Financial services", "金融服务项目数", unit="count")
    ] = None
    """How many of the projects are financial services.

    其中金融服务类项目数。
    """
    technology_products: Annotated[
        Count | None, public("Technology products", "科技产品项目数", unit="count")
    ] = None
    """How many of the projects are technology products.

    其中科技产品类项目数。
    """
    announced_on: Annotated[date, public("Announced on", "公示日期")]
    """Day of the public notice.

    对外公示之日。
    """
    registered_on: Annotated[date | None, public("Registered on", "登记日期")] = None
    """Day on which the batch was registered.

    该批次完成登记之日。
    """
    source_ids: Annotated[Slugs, public("Sources", "来源", references="sources")]
    """Pages that the row rests on.

    本行所依据的网页。
    """
    note: Note | None = None
    """A doubt or conflict between pages.

    疑点或网页之间的出入。
    """
    note_zh: Annotated[
        Text | None, editorial("Note in Chinese", "中文备注", missing=("nothing to add", "无"))
    ] = None
    """The note in Chinese.

    备注的中文。
    """


def _projects_fit(batches: pd.DataFrame, tables: Tables) -> bool:
    named = tables("sandbox_projects").dropna(subset=["region_id", "batch"])
    joined = named.merge(batches, on=["region_id", "batch"], how="left", suffixes=("", "_of_batch"))
    known = joined["announced_on"].eq(joined["announced_on_of_batch"])
    sizes = joined.groupby(["region_id", "batch"])["projects"].agg(["count", "max"])
    return bool(known.all() and (sizes["count"] <= sizes["max"]).all())


def _batches_count(batches: pd.DataFrame, _tables: Tables) -> bool:
    ordered = batches.sort_values(["region_id", "batch"]).groupby("region_id")["batch"]
    return bool((ordered.cumcount() + 1).eq(batches["batch"]).all())


INVARIANTS = (
    Invariant(
        "the batches of a region are numbered in the order of their days",
        col("announced_on").rank_over("region_id") != col("batch").rank_over("region_id"),
    ),
    Invariant(
        "services and products together are the projects of the batch",
        col("financial_services") + col("technology_products") != col("projects"),
    ),
    Invariant(
        "no batch was registered before it was announced",
        col("registered_on") < col("announced_on"),
    ),
    in_both_languages("note"),
    Invariant(
        "services and products are told together",
        col("financial_services").is_given() != col("technology_products").is_given(),
    ),
)
FACTS = (
    Fact(
        "every named project has the day of its batch, and no batch names more than it has",
        _projects_fit,
    ),
    Fact("the batches of a region count from 1 without a gap", _batches_count),
)
