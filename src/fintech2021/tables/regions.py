"""Places that any table refers to: countries, provinces, cities, new areas and larger regions.

Source: the names as the report's text prints them, and places that only public pages name; levels,
parents and ISO codes are assigned here.

来源：报告文本所印的名称，以及仅见于公开网页的地区；层级、上级地区和 ISO 代码由本库编定。
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import NameEn, Slug, Text, by_row, editorial
from fintech2021._records.expressions import any_of, col
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, Traced, distinct, in_loops

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "Region", "RegionLevel", "RegionNameEvidence"]


class RegionNameEvidence(ClosedList):
    """Where the Chinese name of a place comes from.

    中文地名的来处。
    """

    REPORT = "report", "The report prints it", "报告所印"
    EDITORIAL = "editorial", "Given here, the report does not print it", "报告未印，由本库给出"


class RegionLevel(ClosedList):
    """The size of a place, the largest first.

    地区的层级，由大到小。
    """

    WORLD = "world", "World", "全球"
    MACRO_REGION = "macro_region", "Larger region", "大区域"
    ECONOMY = "economy", "Economy", "国家或经济体"
    PROVINCE = "province", "Province", "省级"
    CITY = "city", "City", "城市"
    DISTRICT = "district", "District, county or new area", "区县或新区"


class Region(Record):
    """A place that any table refers to.

    各表引用的地区。
    """

    table: ClassVar = TableInfo(
        name="regions",
        key=("region_id",),
        title_en="Regions",
        title_zh="地区",
        caveats=(
            (
                "A parent is the next larger place in this table, not always the next level of "
                "administration: a county may stand straight under its province.",
                "上级地区指本表中包含该地的下一个更大地区，不一定是直接行政上级，例如县可直接列于省之下。",
            ),
        ),
    )

    region_id: Annotated[Slug, editorial("Region", "地区标识")]
    """Identifier that other tables refer to.

    供其他表引用的标识。
    """
    name_en: NameEn
    """English name.

    英文名称。
    """
    name_zh: Annotated[Text, by_row("Chinese name", "中文名称")]
    """Chinese name as the report prints it, or the usual one of a place that it does not name.

    报告所印的中文名称；报告未提及的地区用通行名称。
    """
    evidence: Annotated[RegionNameEvidence, editorial("Evidence of the name", "名称依据")]
    """Whether the report prints the Chinese name; since 1.1.0.

    报告是否印有该中文名称；自1.1.0版起。
    """
    level: Annotated[RegionLevel, editorial("Level", "层级")]
    """Size of the place; municipalities such as Beijing are provinces.

    地区的层级；北京等直辖市归入省级。
    """
    parent_id: Annotated[
        Slug | None,
        editorial(
            "Parent",
            "上级地区",
            references="regions",
            missing=("the world lies in no larger place", "全球没有上级地区"),
        ),
    ] = None
    """The next larger place in this table that contains it.

    本表中包含该地的下一个更大地区。
    """
    iso_3166: Annotated[
        Text | None,
        editorial(
            "ISO 3166 code",
            "ISO 3166 代码",
            missing=(
                "no code of a country or province",
                "不是国家或省级地区，未编代码",
            ),
        ),
    ] = None
    """ISO 3166-1 alpha-2 code of an economy, ISO 3166-2 code of a province.

    经济体为 ISO 3166-1 两位代码，省级地区为 ISO 3166-2 代码。
    """


_HOLDERS = {
    "district": ("city", "province"),
    "city": ("province", "economy"),
    "province": ("economy",),
    "economy": ("economy", "macro_region"),
    "macro_region": ("economy", "macro_region", "world"),
}
"""The levels of the places in which one of each level can lie."""


_CODES = {"economy": "[A-Z]{2}", "province": "[A-Z]{2}-[A-Z0-9]{1,3}"}


def _codes_fit(regions: pd.DataFrame, _tables: Tables) -> bool:
    coded = regions.dropna(subset="iso_3166")
    fit = (
        re.fullmatch(_CODES.get(level, ""), code)
        for level, code in zip(coded["level"], coded["iso_3166"], strict=True)
    )
    return bool(coded["iso_3166"].is_unique) and all(fit)


INVARIANTS: tuple[Invariant | Traced, ...] = (
    Traced(
        "no place is its own ancestor",
        ("region_id", "parent_id"),
        in_loops,
    ),
    Invariant(
        "every province, city and district lies in another place",
        col("level").is_in(("province", "city", "district")) & col("parent_id").is_missing(),
    ),
    distinct("the names", "name_en", "name_zh"),
    Invariant(
        "economies and provinces have a code, and no other place has",
        col("iso_3166").is_given() != col("level").is_in(("economy", "province")),
    ),
    Invariant(
        "a place lies in one that can hold it",
        any_of(
            (col("level") == level) & ~col("parent_id").looked_up("level").is_in(holders)
            for level, holders in _HOLDERS.items()
        ),
    ),
)
FACTS = (
    Fact(
        "a code is one of ISO 3166-1 or 3166-2, as its place is, and none stands twice", _codes_fit
    ),
)
