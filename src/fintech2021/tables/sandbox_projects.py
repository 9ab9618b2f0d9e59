"""Named projects of the central bank's sandbox pilot.

Source: public pages; every row names the ones that it rests on.
Limitations: the report counts 90 projects and names almost none; the pages found name 62, four of
them outside the report's count. A type that a page only lets one infer is left empty; a region or
batch that it only lets one infer stands in a column of its own.

来源：公开网页，每行均注明所依据的网页。
局限：报告统计90个项目，几乎未列名称；所查网页列出62个，其中4个不在报告口径之内。仅能推断的类型留空；仅能推断的地区、批次另列一栏。
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

from annotated_types import Ge

from fintech2021._core import catalog
from fintech2021._core.rows import by_key
from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import NameEn, Names, Note, Slug, Slugs, Text, editorial, public
from fintech2021._records.expressions import col
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, cites_two, distinct, in_both_languages

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "Evidence", "ProjectType", "SandboxProject", "SandboxStatus"]


class ProjectType(ClosedList):
    """The central bank's two classes of projects."""

    FINANCIAL_SERVICE = "financial_service", "Financial service", "金融服务"
    TECHNOLOGY_PRODUCT = "technology_product", "Technology product", "科技产品"


class SandboxStatus(ClosedList):
    """How far a project is known to have come."""

    ANNOUNCED = "announced", "Announced", "已公示"
    REGISTERED = "registered", "Registered", "已登记"
    EXITED = "exited", "Testing finished", "已完成测试"


class Evidence(ClosedList):
    """How many pages name a project."""

    TWO_PAGES = "two_pages", "Two pages or more", "两个及以上网页"
    ONE_PAGE = "one_page", "One page", "一个网页"


class SandboxProject(Record):
    """A named project of the central bank's sandbox pilot.

    央行金融科技创新监管试点（监管沙箱，又称监管沙盒）中的具名项目。
    """

    table: ClassVar = TableInfo(
        name="sandbox_projects",
        key=("project_id",),
        title_en="Named projects of the fintech sandbox pilot",
        title_zh="监管沙盒（沙箱）具名项目",
        caveats=(
            (
                "English project names are translations made here.",
                "项目英文名称均为本库自译。",
            ),
            (
                "The identifiers of two projects contain an assumed region or batch: "
                "`assumed_region_id` says which.",
                "两个项目的标识含推定的地区或批次，见`assumed_region_id`。",
            ),
        ),
    )

    project_id: Annotated[Slug, editorial("Project", "项目标识")]
    """Identifier: region, batch and a short English name.

    标识，由地区、批次和英文简称组成。
    """
    name_en: NameEn
    """Our translation of the project's name.

    项目英文名称（自译）。
    """
    name_zh: Annotated[Text | None, public("Chinese name", "中文名称")] = None
    """Chinese name of the project.

    项目中文名称。
    """
    region_id: Annotated[
        Slug | None,
        public(
            "Region",
            "地区标识",
            references="regions",
            missing=("no page states it", "网页未写明"),
        ),
    ] = None
    """Region of the pilot, where a page states it.

    网页写明的试点地区。
    """
    batch: Annotated[
        Annotated[int, Ge(1)] | None,
        public("Batch", "批次", missing=("no page states it", "网页未写明")),
    ] = None
    """Number of the region's batch, where a page states it.

    网页写明的该地区批次序号。
    """
    assumed_region_id: Annotated[
        Slug | None,
        editorial(
            "Assumed region",
            "推定地区",
            references="regions",
            missing=("a page states the region", "网页已写明地区"),
        ),
    ] = None
    """Region that is only inferred; the note says from what.

    仅为推断的地区，依据见备注。
    """
    assumed_batch: Annotated[
        Annotated[int, Ge(1)] | None,
        editorial(
            "Assumed batch",
            "推定批次",
            missing=(
                "a page states the batch, or none can be inferred",
                "网页已写明批次，或无从推断",
            ),
        ),
    ] = None
    """Batch that is only inferred; the note says from what.

    仅为推断的批次，依据见备注。
    """
    announced_on: Annotated[date | None, public("Announced on", "公示日期")] = None
    """Day of the public notice.

    对外公示之日。
    """
    registered_on: Annotated[date | None, public("Registered on", "登记日期")] = None
    """Day of registration.

    完成登记之日。
    """
    exited_on: Annotated[
        date | None,
        public("Exited on", "出箱日期", missing=("no exit was found", "未查到完成测试的信息")),
    ] = None
    """Day on which the end of the test was made public.

    公布完成测试（出箱）之日。
    """
    project_type: Annotated[ProjectType | None, public("Project type", "项目类型")] = None
    """Financial service or technology product, only where a page states it.

    金融服务或科技产品，仅在网页写明时填写。
    """
    status: Annotated[SandboxStatus, public("Status", "状态")]
    """The furthest step that a page shows.

    网页所示的最新进展。
    """
    applicants: Annotated[Names, public("Applicants", "申请机构")]
    """Chinese names of the applicants as the pages give them.

    网页所列申请机构的中文名称。
    """
    institution_ids: Annotated[
        Slugs | None,
        editorial(
            "Institutions",
            "机构标识",
            references="institutions",
            missing=("which company applied is not stated", "未写明是哪家公司"),
        ),
    ] = None
    """The applicants as institutions, each once, a branch by its bank.

    申请机构对应的机构标识，每家一次，分行归入总行。
    """
    in_report_count: Annotated[bool, editorial("In the report's count", "是否计入报告")]
    """Whether the project is one of the 90 that the report counts in June 2021.

    是否属于报告所称2021年6月的90个项目。
    """
    evidence: Annotated[Evidence, editorial("Evidence", "证据")]
    """Whether two or more pages name the project, or one.

    列出该项目的网页为两个及以上，还是一个。
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


def _no_region_beyond_the_report(projects: pd.DataFrame, tables: Tables) -> bool:
    # Before 2.0.0 one column had both.
    both = projects.reindex(columns=["region_id", "assumed_region_id"])
    regions = both.bfill(axis=1)["region_id"]
    counted = regions[projects["in_report_count"]].value_counts()
    printed = tables("sandbox_regions").set_index("region_id")["projects"]
    return bool((counted <= printed.reindex(counted.index, fill_value=0)).all())


def _known_institutions(projects: pd.DataFrame, tables: Tables) -> bool:
    named = projects["institution_ids"].dropna().str.split(";").explode()
    return bool(named.isin(tables("institutions")["institution_id"]).all())


def _keys_begin(projects: pd.DataFrame, _tables: Tables) -> bool:
    regions = projects["region_id"].fillna(projects["assumed_region_id"])
    batches = projects["batch"].fillna(projects["assumed_batch"]).astype("object").fillna("x")
    begins = zip(projects["project_id"], regions, batches, strict=True)
    return all(key.startswith(f"{region}_{batch}_") for key, region, batch in begins)


def _registered_with_batch(projects: pd.DataFrame, tables: Tables) -> bool:
    joined = projects.merge(
        tables("sandbox_batches"), on=["region_id", "batch"], suffixes=("", "_of_batch")
    ).dropna(subset="registered_on_of_batch")
    return bool(joined["registered_on"].eq(joined["registered_on_of_batch"]).all())


def _keys_go_on(projects: pd.DataFrame, _tables: Tables) -> bool:
    first = by_key(catalog.load_descriptor("sandbox_projects", {"": "1.0.0"}))
    return set(first) <= set(projects["project_id"])


INVARIANTS = (
    Invariant(
        "announcement, registration and exit follow one another",
        (col("announced_on") > col("registered_on"))
        | (col("registered_on") > col("exited_on"))
        | (col("announced_on") > col("exited_on")),
    ),
    Invariant(
        "only exited projects have a day of exit",
        col("exited_on").is_given() != (col("status") == "exited"),
    ),
    Invariant(
        "a region or batch is stated or assumed, never both",
        (col("region_id").is_given() == col("assumed_region_id").is_given())
        | (col("batch").is_given() & col("assumed_batch").is_given()),
        since="2.0.0",
    ),
    in_both_languages("note", since="2.0.0"),
    cites_two(),
    distinct("the names", "name_en", "name_zh"),
)
FACTS = (
    Fact(
        "no region has more projects in the count than the report prints",
        _no_region_beyond_the_report,
    ),
    Fact("every applicant that is named is an institution", _known_institutions, since="2.0.0"),
    Fact("a key begins with the region and the batch", _keys_begin, since="2.0.0"),
    Fact(
        "a project was registered on the day of its batch, where that has one",
        _registered_with_batch,
        since="2.0.0",
    ),
    Fact("every key of version 1.0.0 goes on", _keys_go_on, since="2.0.0"),
)
