"""Pilot areas of the digital renminbi (e-CNY), by wave.

Source: public pages; every row names the ones that it rests on. The report speaks of pilots
without a list.
Limitations: areas up to April 2022. Pages do not agree on when the first two waves began, so they
have no date; the central bank's white paper was not found as a page.

来源：公开网页，每行均注明所依据的网页。报告提及试点，但未列名单。
局限：截至2022年4月的试点地区。前两批的开始时间网页说法不一，不列日期；未查到央行白皮书的网页。
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

from annotated_types import Ge, Le

from fintech2021._records.columns import (
    Note,
    Slug,
    Slugs,
    Text,
    derived,
    editorial,
    lookup,
    public,
)
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, called_as, cites_two, in_both_languages
from fintech2021.tables.vocabulary import PageEvidence

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "DigitalRmbArea"]


class DigitalRmbArea(Record):
    """A place where the digital renminbi is tried out.

    数字人民币的一个试点地区。
    """

    table: ClassVar = TableInfo(
        name="digital_rmb_areas",
        key=("region_id",),
        title_en="Pilot areas of the digital renminbi",
        title_zh="数字人民币试点地区",
    )

    region_id: Annotated[Slug, public("Region", "地区标识", references="regions")]
    """Identifier of the place.

    地区标识。
    """
    name_en: Annotated[Text, derived("English name", "英文名称", rule=lookup("region_id/name_en"))]
    """English name of the place.

    地区的英文名称。
    """
    name_zh: Annotated[Text, derived("Chinese name", "中文名称", rule=lookup("region_id/name_zh"))]
    """Chinese name of the place.

    地区的中文名称。
    """
    wave: Annotated[int, Ge(1), Le(3), public("Wave", "批次")]
    """First, second or third group of areas.

    第几批试点地区。
    """
    announced_on: Annotated[
        date | None,
        public("Announced on", "公布日期", missing=("pages do not agree", "网页说法不一")),
    ] = None
    """Day on which the central bank announced the area.

    人民银行公布该试点地区之日。
    """
    evidence: Annotated[PageEvidence, editorial("Evidence", "依据")]
    """What the row rests on: the weakest evidence of membership, wave and day.

    该行的依据，以试点身份、批次、日期中依据最弱者为准。
    """
    source_ids: Annotated[Slugs, public("Sources", "来源", references="sources")]
    """Pages that the row rests on, those that the note weighs included.

    本行所依据的网页，含备注中比对的网页。
    """
    note: Note | None = None
    """How pages differ, and what was taken.

    网页之间的出入及取舍。
    """
    note_zh: Annotated[
        Text | None, editorial("Note in Chinese", "中文备注", missing=("nothing to add", "无"))
    ] = None
    """The note in Chinese.

    备注的中文。
    """


def _waves_are_whole(areas: pd.DataFrame, _tables: Tables) -> bool:
    return bool(areas["wave"].value_counts().to_dict() == {1: 4, 2: 6, 3: 13})


def _one_day_for_the_third(areas: pd.DataFrame, _tables: Tables) -> bool:
    dated = areas[areas["announced_on"].notna()]
    return set(dated["wave"]) == {3} and len(set(dated["announced_on"])) == 1


def _in_china(areas: pd.DataFrame, tables: Tables) -> bool:
    parents = tables("regions").set_index("region_id")["parent_id"]
    provinces = areas["region_id"].map(parents)
    return bool((provinces.eq("china") | provinces.map(parents).eq("china")).all())


INVARIANTS = (
    in_both_languages("note"),
    cites_two(),
)
FACTS = (
    Fact("4 areas of the first wave, 6 of the second, 13 of the third: 23", _waves_are_whole),
    Fact(
        "areas of the third wave have one day, where one is agreed on, and no other area has any",
        _one_day_for_the_third,
    ),
    Fact("every area is a province of China or lies in one", _in_china),
    called_as("region_id", "regions"),
    called_as("region_id", "regions", "name_zh"),
)
