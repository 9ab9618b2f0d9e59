"""Projects of the central bank's sandbox pilot by region, June 2021.

Source: the paragraph on the pilot, lines 583 to 593 of the report's text.
Limitations: counts as printed; the shares are rounded to whole percents. Two regions' counts are
in doubt: their caveats, since version 1.1.0, say why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._core.yearmonth import YearMonth
from fintech2021._records.columns import (
    Count,
    NameEn,
    NameZh,
    Percent,
    Slug,
    SourceIds,
    Text,
    editorial,
    printed,
    public,
)
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule, observed

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["RULES", "SandboxRegion"]


class SandboxRegion(Record):
    """A region of the sandbox pilot with its number of projects."""

    table: ClassVar = TableInfo(
        name="sandbox_regions",
        key=("region_id",),
        title_en="Fintech sandbox projects by region, June 2021",
        title_zh="监管沙箱项目地区分布",
    )

    region_id: Annotated[Slug, editorial("Region", "地区标识", references="regions")]
    """Identifier of the region."""
    name_en: NameEn
    """English name of the region."""
    name_zh: NameZh
    """Chinese name as printed."""
    as_of: Annotated[YearMonth, printed("As of", "截至")]
    """Month that the count describes."""
    projects: Annotated[Count, printed("Projects", "项目数", unit="count")]
    """Number of pilot projects."""
    share_pct: Annotated[Percent, printed("Share of projects", "项目占比", unit="percent")]
    """Share of all pilot projects, rounded to a whole percent by the report."""
    named_projects: Annotated[
        Count | None, public("Named projects", "具名项目数", unit="count")
    ] = None
    """Number of the counted projects that `sandbox_projects` names; since 1.1.0."""
    caveat: Annotated[
        Text | None, editorial("Caveat", "注意事项", missing="nothing speaks against it")
    ] = None
    """What public pages say against the printed count; since 1.1.0."""
    source_ids: SourceIds | None = None
    """Pages that the public columns of the row rest on; since 1.1.0."""


def _counts_agree(regions: pd.DataFrame, tables: Tables) -> bool:
    return bool(
        len(regions) == observed(tables, "cn_sandbox_regions_2021_06")
        and regions["projects"].sum() == observed(tables, "cn_sandbox_projects_2021_06")
    )


def _named_projects_agree(regions: pd.DataFrame, tables: Tables) -> bool:
    projects = tables("sandbox_projects")
    counted = projects.loc[projects["in_report_count"], "region_id"].value_counts()
    named = regions.set_index("region_id")["named_projects"]
    return bool(named.eq(counted.reindex(named.index, fill_value=0)).all())


RULES = (
    Rule(
        "the named projects are those of the table of projects",
        _named_projects_agree,
        since="1.1.0",
    ),
    Rule(
        "no region has more named projects than projects",
        lambda regions, _: (regions["named_projects"] <= regions["projects"]).all(),
        since="1.1.0",
    ),
    Rule("the regions and their projects are as many as the prose counts", _counts_agree),
    Rule(
        "the shares add up to 100 within their rounding",
        lambda regions, _: abs(regions["share_pct"].sum() - 100) <= len(regions) / 2,
    ),
    Rule(
        "every share is its projects' share of all within rounding",
        lambda regions, _: (
            (regions["projects"] / regions["projects"].sum() * 100 - regions["share_pct"])
            .abs()
            .max()
            <= 0.5
        ),
    ),
)
