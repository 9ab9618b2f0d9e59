"""How many projects the sandbox pilot had at a day, in all and by region.

Source: public pages; every row names the ones that it rests on.
Limitations: eight counts, of which four are split by region or by type; the split of June 2021
comes from a page that shares the report's source.

来源：公开网页，每行均注明所依据的网页。
局限：共八个时点，其中四个分地区或分类型；2021年6月的分布所据网页与报告同源。
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.columns import (
    Count,
    Note,
    Period,
    Slug,
    Slugs,
    Text,
    derived,
    editorial,
    last_day,
    public,
)
from fintech2021._records.expressions import col
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, in_both_languages

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "SandboxTotal"]


class SandboxTotal(Record):
    """The number of sandbox projects that a page counts up to a day or month.

    网页统计的截至某日或某月的监管沙箱（监管沙盒）项目数。
    """

    table: ClassVar = TableInfo(
        name="sandbox_totals",
        key=("period", "region_id"),
        title_en="Projects of the fintech sandbox pilot over time",
        title_zh="监管沙盒（沙箱）项目数量变化",
        caveats=(
            (
                "What the report itself counts stands in `sandbox_regions` and `observations`.",
                "报告自身的统计见`sandbox_regions`和`observations`。",
            ),
        ),
    )

    period: Annotated[Period, public("Up to", "截至", unit="period")]
    """Day or month up to which the page counts.

    网页统计的截止日或截止月。
    """
    period_start: Annotated[date, derived("First day", "起始日", rule=last_day("period"))]
    """The day that stands for the period: a count is a state, so its last day.

    代表该时点的日期：数量为时点数，取末日。
    """
    period_end: Annotated[date, derived("Last day", "截止日", rule=last_day("period"))]
    """Last day of the period.

    时期末日。
    """
    region_id: Annotated[Slug, public("Region", "地区标识", references="regions")]
    """Region that is counted; `china` for all together.

    所统计的地区；`china`为全国合计。
    """
    projects: Annotated[Count, public("Projects", "项目数", unit="count")]
    """Number of projects announced so far.

    累计公示项目数。
    """
    financial_services: Annotated[
        Count | None, public("Financial services", "金融服务项目数", unit="count")
    ] = None
    """How many of them are financial services.

    其中金融服务类项目数。
    """
    technology_products: Annotated[
        Count | None, public("Technology products", "科技产品项目数", unit="count")
    ] = None
    """How many of them are technology products.

    其中科技产品类项目数。
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


def _regions_add_up(totals: pd.DataFrame, _tables: Tables) -> bool:
    whole = totals[totals["region_id"] == "china"].set_index("period")["projects"]
    parts = totals[totals["region_id"] != "china"].groupby("period")["projects"].sum()
    return bool(parts.eq(whole.reindex(parts.index)).all())


def _batches_before(totals: pd.DataFrame, tables: Tables) -> bool:
    batches = tables("sandbox_batches")
    whole = totals[totals["region_id"] == "china"]
    return all(
        batches.loc[batches["announced_on"] <= day, "projects"].sum() <= count
        for day, count in zip(whole["period_end"], whole["projects"], strict=True)
    )


def _regions_are_known(totals: pd.DataFrame, tables: Tables) -> bool:
    return set(totals["region_id"]) == {"china", *tables("sandbox_regions")["region_id"]}


def _june_is_printed(totals: pd.DataFrame, tables: Tables) -> bool:
    found = totals[totals["period"] == "2021-06"].set_index("region_id")["projects"]
    printed = tables("sandbox_regions").set_index("region_id")["projects"]
    return bool(found.drop("china").to_dict() == printed.to_dict())


def _batches_of_regions_before(totals: pd.DataFrame, tables: Tables) -> bool:
    pairs = totals.merge(tables("sandbox_batches"), on="region_id", suffixes=("", "_of_batch"))
    before = pairs[pairs["announced_on"] <= pairs["period_end"]]
    sizes = before.groupby(["region_id", "period", "projects"])["projects_of_batch"].sum()
    short = sizes.index[sizes > sizes.index.get_level_values("projects")]
    return set(short.get_level_values("region_id")) <= {"guangzhou"}


INVARIANTS = (
    Invariant(
        "no count falls over time",
        col("projects") < col("projects").previous("region_id", order=("period_end", "period")),
    ),
    in_both_languages("note"),
    Invariant(
        "services and products together are the projects, and are told together",
        (col("financial_services").is_given() != col("technology_products").is_given())
        | (col("financial_services") + col("technology_products") != col("projects")),
    ),
)
FACTS = (
    Fact("the regions add up to the whole wherever they are given", _regions_add_up),
    Fact("no total is smaller than the batches announced by then", _batches_before),
    Fact("every region but the whole is one of `sandbox_regions`", _regions_are_known),
    Fact("at the end of June 2021 the regions have what the report prints", _june_is_printed),
    Fact(
        "no region but Guangzhou has fewer projects than the batches announced by then",
        _batches_of_regions_before,
    ),
)
