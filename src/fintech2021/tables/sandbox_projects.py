"""Named projects of the central bank's sandbox pilot.

Source: public pages; every row names the ones that it rests on.
Limitations: the report counts 90 projects and names almost none; the pages found name 62, four of
them outside the report's count. A type, region or batch that a page only lets one infer is left
empty or marked.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar

from annotated_types import Ge

from fintech2021._records.columns import NameEn, Names, Note, Slug, Slugs, Text, editorial, public
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["RULES", "Evidence", "ProjectType", "SandboxProject", "SandboxStatus"]


class ProjectType(StrEnum):
    """The central bank's two classes of projects."""

    FINANCIAL_SERVICE = "financial_service"
    TECHNOLOGY_PRODUCT = "technology_product"


class SandboxStatus(StrEnum):
    """How far a project is known to have come."""

    ANNOUNCED = "announced"
    REGISTERED = "registered"
    EXITED = "exited"


class Evidence(StrEnum):
    """How well a row is supported."""

    TWO_PAGES = "two_pages"
    ONE_PAGE = "one_page"
    INFERRED = "inferred"


class SandboxProject(Record):
    """A named project of the central bank's sandbox pilot."""

    table: ClassVar = TableInfo(
        name="sandbox_projects",
        key=("project_id",),
        title_en="Named projects of the fintech sandbox pilot",
        title_zh="监管沙箱具名项目",
        caveats=(
            (
                "Rows with evidence 'inferred' rest on a deduction of region or batch: "
                "do not use those as stated facts.",
                "证据为“inferred”的行，其地区或批次系推断，不宜当作已载明的事实使用。",
            ),
            ("English project names are translations made here.", "项目英文名称为编者所译。"),
        ),
    )

    project_id: Annotated[Slug, editorial("Project", "项目标识")]
    """Identifier: region, batch and a short English name."""
    name_en: NameEn
    """Our translation of the project's name."""
    name_zh: Annotated[Text | None, public("Chinese name", "中文名称")] = None
    """Chinese name of the project."""
    region_id: Annotated[Slug | None, public("Region", "地区标识", references="regions")] = None
    """Region of the pilot."""
    batch: Annotated[int | None, Ge(1), public("Batch", "批次")] = None
    """Number of the region's batch."""
    announced_on: Annotated[date | None, public("Announced on", "公示日期")] = None
    """Day of the public notice."""
    registered_on: Annotated[date | None, public("Registered on", "登记日期")] = None
    """Day of registration."""
    exited_on: Annotated[date | None, public("Exited on", "出箱日期")] = None
    """Day on which the test ended."""
    project_type: Annotated[ProjectType | None, public("Project type", "项目类型")] = None
    """Financial service or technology product, only where a page states it."""
    status: Annotated[SandboxStatus, public("Status", "状态")]
    """The furthest step that a page shows."""
    applicants: Annotated[Names, public("Applicants", "申请机构")]
    """Chinese names of the applicants."""
    in_report_count: Annotated[bool, editorial("In the report's count", "是否计入报告")]
    """Whether the project is one of the 90 that the report counts in June 2021."""
    evidence: Annotated[Evidence, editorial("Evidence", "证据")]
    """Supported by two or more pages, by one, or inferred in part."""
    source_ids: Annotated[Slugs, public("Sources", "来源", references="sources")]
    """Pages that the row rests on."""
    note: Note | None = None
    """A doubt or conflict between pages."""


def _dates_in_order(projects: pd.DataFrame, _tables: Tables) -> bool:
    steps = projects[["announced_on", "registered_on", "exited_on"]].bfill(axis=1)
    return bool(
        ((steps.shift(-1, axis=1) >= steps) | steps.shift(-1, axis=1).isna()).to_numpy().all()
    )


def _no_region_beyond_the_report(projects: pd.DataFrame, tables: Tables) -> bool:
    counted = projects.loc[projects["in_report_count"], "region_id"].value_counts()
    printed = tables("sandbox_regions").set_index("region_id")["projects"]
    return bool((counted <= printed.reindex(counted.index, fill_value=0)).all())


RULES = (
    Rule("announcement, registration and exit follow one another", _dates_in_order),
    Rule(
        "no region has more projects in the count than the report prints",
        _no_region_beyond_the_report,
    ),
    Rule(
        "only exited projects have a day of exit",
        lambda projects, _: projects["exited_on"].notna().eq(projects["status"] == "exited").all(),
    ),
)
