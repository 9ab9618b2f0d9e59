"""The eight cases that the report describes.

Source: the eight pages headed as cases, between lines 1434 and 3279 of the report's text.
Limitations: descriptions are ours; the cases' figures stand in `observations`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.columns import Position, Slug, Slugs, Text, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["RULES", "CaseStudy"]


class CaseStudy(Record):
    """A case: who did what with which technology."""

    table: ClassVar = TableInfo(
        name="case_studies",
        key=("case_id",),
        order=("position",),
        title_en="Case studies",
        title_zh="案例",
    )

    case_id: Annotated[Slug, editorial("Case", "案例标识")]
    """Identifier of the case."""
    institution_id: Annotated[Slug, editorial("Institution", "机构标识", references="institutions")]
    """Organisation whose case it is."""
    project_zh: Annotated[Text, printed("Project", "项目")]
    """Project as its heading prints it."""
    project_en: Annotated[Text, editorial("Project, English", "项目英文名称")]
    """Project in English."""
    technologies: Annotated[Slugs, editorial("Technologies", "技术")]
    """Technologies that the case uses."""
    summary_en: Annotated[Text, editorial("Summary", "概述")]
    """What is done, described here."""
    region_id: Annotated[
        Slug | None,
        editorial("Region", "地区标识", references="regions", missing="the text names no place"),
    ] = None
    """Place of the case."""
    position: Position
    """Order in the report."""
    region: Annotated[
        Text | None, editorial("Region, in words", "地区", missing="the text names no place")
    ] = None
    """English name of the place of the case; since 1.1.0."""


def _places_agree(cases: pd.DataFrame, tables: Tables) -> bool:
    names = tables("regions").set_index("region_id")["name_en"]
    return bool(cases["region_id"].map(names).fillna("").eq(cases["region"].fillna("")).all())


RULES = (
    Rule("a place is called as in the table of regions", _places_agree, since="1.1.0"),
    Rule(
        "there are eight cases in the order of the report",
        lambda cases, _: cases["position"].tolist() == list(range(1, 9)),
    ),
    Rule(
        "every figure on a case is about an organisation of a case",
        lambda cases, tables: (
            tables("observations")
            .query("topic == 'cases'")["institution_id"]
            .isin(cases["institution_id"])
            .all()
        ),
    ),
)
