"""Places that any table refers to: countries, provinces, cities, new areas and larger regions.

Source: the names as the report's text prints them; levels, parents and ISO codes are assigned
here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from fintech2021._records.columns import NameEn, NameZh, Slug, Text, editorial
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule, has_no_loops

__all__ = ["RULES", "Region", "RegionLevel"]


class RegionLevel(StrEnum):
    """The size of a place, the largest first."""

    WORLD = "world"
    MACRO_REGION = "macro_region"
    ECONOMY = "economy"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"


class Region(Record):
    """A place that any table refers to."""

    table: ClassVar = TableInfo(
        name="regions", key=("region_id",), title_en="Regions", title_zh="地区"
    )

    region_id: Annotated[Slug, editorial("Region", "地区标识")]
    """Identifier that other tables refer to."""
    name_en: NameEn
    """English name."""
    name_zh: NameZh
    """Chinese name as the report prints it."""
    level: Annotated[RegionLevel, editorial("Level", "层级")]
    """Size of the place; municipalities such as Beijing are provinces."""
    parent_id: Annotated[Slug | None, editorial("Parent", "上级地区", references="regions")] = None
    """The next larger place in this table that contains it."""
    iso_3166: Annotated[
        Text | None, editorial("ISO 3166 code", "ISO 3166 代码", missing="has no code")
    ] = None
    """ISO 3166-1 alpha-2 code of an economy, ISO 3166-2 code of a province."""


RULES = (
    Rule("no place is its own ancestor", lambda regions, _: has_no_loops(regions)),
    Rule(
        "every province, city and district lies in another place",
        lambda regions, _: (
            regions.loc[regions["level"].isin(["province", "city", "district"]), "parent_id"]
            .notna()
            .all()
        ),
    ),
)
