"""The eight cases that the report describes.

Source: the eight pages headed as cases, between lines 1434 and 3279 of the report's text.
Limitations: descriptions are ours; the cases' figures stand in `observations`.

来源：报告中标为“案例”的八页，位于原文第1434行至第3279行之间。
局限：概述由本库撰写；案例中的数值见`observations`。
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.columns import (
    Position,
    Slug,
    Slugs,
    Text,
    derived,
    editorial,
    lookup,
    printed,
)
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, distinct
from fintech2021.tables.vocabulary import Topic

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "CaseStudy"]


class CaseStudy(Record):
    """A case: who did what with which technology.

    一个案例：哪家机构以何种技术做了什么。
    """

    table: ClassVar = TableInfo(
        name="case_studies",
        key=("case_id",),
        order=("position",),
        title_en="Case studies",
        title_zh="案例",
    )

    case_id: Annotated[Slug, editorial("Case", "案例标识")]
    """Identifier of the case.

    案例的标识。
    """
    institution_id: Annotated[Slug, editorial("Institution", "机构标识", references="institutions")]
    """Organisation whose case it is.

    案例所属机构。
    """
    project_zh: Annotated[Text, printed("Project", "项目")]
    """Project as its heading prints it.

    标题所印的项目名称。
    """
    project_en: Annotated[Text, editorial("Project, English", "项目英文名称")]
    """Project in English.

    项目的英文名称。
    """
    technologies: Annotated[Slugs, editorial("Technologies", "技术")]
    """Technologies that the case uses.

    案例所用技术。
    """
    summary_en: Annotated[Text, editorial("Summary", "英文概述")]
    """What is done, described here in English.

    案例内容的英文概述。
    """
    summary_zh: Annotated[Text, editorial("Chinese summary", "中文概述")]
    """What is done, described here in Chinese.

    案例内容的中文概述。
    """
    region_id: Annotated[
        Slug | None,
        editorial(
            "Region",
            "地区标识",
            references="regions",
            missing=("the text names no place", "原文未提及地点"),
        ),
    ] = None
    """Place of the case.

    案例所在地。
    """
    position: Position
    """Order in the report.

    在报告中的次序。
    """
    region: Annotated[
        Text | None,
        derived(
            "Region, in words",
            "地区英文名称",
            rule=lookup("region_id/name_en"),
            missing=("the text names no place", "原文未提及地点"),
        ),
    ] = None
    """English name of the place of the case.

    案例所在地的英文名称。
    """
    topics: Annotated[tuple[Topic, ...], editorial("Topics", "主题")]
    """What it is about, the main subject first.

    所涉主题，主要主题在前。
    """


def _places_agree(cases: pd.DataFrame, tables: Tables) -> bool:
    names = tables("regions").set_index("region_id")["name_en"]
    return bool(cases["region_id"].map(names).fillna("").eq(cases["region"].fillna("")).all())


INVARIANTS = (
    distinct("projects and summaries", "project_en", "project_zh", "summary_en"),
    distinct("the Chinese summaries", "summary_zh", since="1.2.0"),
)
FACTS = (
    Fact("a place is called as in the table of regions", _places_agree, since="1.1.0"),
    Fact(
        "there are eight cases in the order of the report",
        lambda cases, _: cases["position"].tolist() == list(range(1, 9)),
    ),
    Fact(
        "every case is of another organisation",
        lambda cases, _: cases["institution_id"].is_unique,
    ),
)
