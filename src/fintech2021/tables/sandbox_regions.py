"""Projects of the central bank's sandbox pilot by region, June 2021.

Source: the paragraph on the pilot, lines 583 to 593 of the report's text.
Limitations: counts as printed; the shares are rounded to whole percents. Two regions' counts are
in doubt: their caveats say why.

来源：报告正文第583至593行，关于监管沙箱试点的段落。
局限：项目数以报告为准；占比已取整。两个地区的项目数存疑，原因见各自的注意事项。
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.columns import (
    Count,
    NameZh,
    Percent,
    Period,
    Slug,
    SourceIds,
    Text,
    derived,
    editorial,
    last_day,
    lookup,
    printed,
    public,
)
from fintech2021._records.expressions import col
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, called_as, in_both_languages, observed

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "SandboxRegion"]


class SandboxRegion(Record):
    """A region of the sandbox pilot with its number of projects.

    参与监管沙箱（监管沙盒）试点的地区及其项目数。
    """

    table: ClassVar = TableInfo(
        name="sandbox_regions",
        key=("region_id",),
        title_en="Fintech sandbox projects by region, June 2021",
        title_zh="监管沙盒（沙箱）项目地区分布（2021年6月）",
    )

    region_id: Annotated[Slug, editorial("Region", "地区标识", references="regions")]
    """Identifier of the region.

    地区的标识。
    """
    name_en: Annotated[Text, derived("English name", "英文名称", rule=lookup("region_id/name_en"))]
    """English name of the region.

    地区的英文名称。
    """
    name_zh: NameZh
    """Chinese name as printed.

    报告所用的中文名称。
    """
    period: Annotated[Period, printed("As of", "截至", unit="period")]
    """ISO 8601 month up to whose end the projects are counted.

    统计截至的月份（ISO 8601）。
    """
    period_start: Annotated[date, derived("First day", "起始日", rule=last_day("period"))]
    """Last day of the month, as for every state.

    该月最后一天：时点数的起始日与截止日相同。
    """
    period_end: Annotated[date, derived("Last day", "截止日", rule=last_day("period"))]
    """Last day of the month.

    该月最后一天。
    """
    projects: Annotated[Count, printed("Projects", "项目数", unit="count")]
    """Number of pilot projects.

    试点项目数。
    """
    share_pct: Annotated[Percent, printed("Share of projects", "项目占比", unit="percent")]
    """Share of all pilot projects, rounded to a whole percent by the report.

    占全部试点项目的比重，报告已取整。
    """
    named_projects: Annotated[
        Count | None, public("Named projects", "具名项目数", unit="count")
    ] = None
    """Number of the counted projects that `sandbox_projects` names and places in the region.

    `sandbox_projects`中具名且明确属于该地区、并计入报告总数的项目数。
    """
    caveat: Annotated[
        Text | None, editorial("Caveat", "注意事项", missing=("nothing to add", "无"))
    ] = None
    """What is to be known beside the printed count: pages that speak against it, projects left out.

    阅读该项目数时须知：与之不符的网页、未计入的项目（英文）。
    """
    caveat_zh: Annotated[
        Text | None,
        editorial("Chinese caveat", "中文注意事项", missing=("nothing to add", "无")),
    ] = None
    """What is to be known beside the printed count, in Chinese.

    阅读该项目数时须知：与之不符的网页、未计入的项目（中文）。
    """
    source_ids: SourceIds | None = None
    """Pages that the public columns and the caveat of the row rest on.

    公开信息各列及注意事项所依据的网页。
    """


def _counts_agree(regions: pd.DataFrame, tables: Tables) -> bool:
    return bool(
        len(regions) == observed(tables, "cn_sandbox_regions_2021_06")
        and regions["projects"].sum() == observed(tables, "cn_sandbox_projects_2021_06")
    )


def _named_projects_agree(regions: pd.DataFrame, tables: Tables) -> bool:
    projects = tables("sandbox_projects")
    counted = projects.loc[projects["in_report_count"], "region_id"].value_counts()
    named = regions.set_index("region_id")["named_projects"]
    same = named.eq(counted.reindex(named.index, fill_value=0))
    return bool(same.fillna(value=False).all())


INVARIANTS = (
    Invariant(
        "no region has more named projects than projects",
        col("named_projects") > col("projects"),
        since="1.1.0",
    ),
    in_both_languages("caveat", since="2.0.0"),
)
FACTS = (
    Fact(
        "the named projects are those of the table of projects",
        _named_projects_agree,
        since="1.1.0",
    ),
    Fact("the regions and their projects are as many as the prose counts", _counts_agree),
    Fact(
        "the shares add up to 100 within their rounding",
        lambda regions, _: abs(regions["share_pct"].sum() - 100) <= len(regions) / 2,
    ),
    Fact(
        "every share is its projects' share of all within rounding",
        lambda regions, _: (
            (regions["projects"] / regions["projects"].sum() * 100 - regions["share_pct"])
            .abs()
            .max()
            <= 0.5
        ),
    ),
    called_as("region_id", "regions", since="2.0.0"),
)
