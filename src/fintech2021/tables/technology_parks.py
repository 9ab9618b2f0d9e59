"""Blockchain parks and big-data parks in China.

Source: the two tables of parks, lines 1039 to 1130 and 1280 to 1353 of the report's text; the
first is printed in two interleaved columns.
Limitations: a region is the heading under which the table prints the park, a province for most;
big-data parks are printed without a date; one blockchain incubator stands under two headings.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from fintech2021._core.yearmonth import YearMonth
from fintech2021._records.columns import NameEn, NameZh, Position, Slug, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule, observed

__all__ = ["RULES", "ParkKind", "TechnologyPark"]


class ParkKind(StrEnum):
    """The two tables of parks."""

    BLOCKCHAIN = "blockchain"
    BIG_DATA = "big_data"


class TechnologyPark(Record):
    """A blockchain or big-data park."""

    table: ClassVar = TableInfo(
        name="technology_parks",
        key=("park_id",),
        order=("kind", "position"),
        title_en="Blockchain and big-data parks",
        title_zh="区块链与大数据园区",
    )

    park_id: Annotated[Slug, editorial("Park", "园区标识")]
    """Identifier of the park."""
    kind: Annotated[ParkKind, editorial("Kind", "类别")]
    """Which of the two tables lists it."""
    name_en: NameEn
    """English name, translated here."""
    name_zh: NameZh
    """Chinese name as printed."""
    region_id: Annotated[Slug, editorial("Region", "地区标识", references="regions")]
    """Heading under which the table prints the park."""
    founded_month: Annotated[
        YearMonth | None, printed("Founded", "成立时间", missing="no date is printed")
    ] = None
    """Month of foundation."""
    position: Position
    """Order in the table, the left column first."""


RULES = (
    Rule(
        "positions of each kind count from 1 without a gap",
        lambda parks, _: all(
            group.tolist() == list(range(1, len(group) + 1))
            for _, group in parks.groupby("kind")["position"]
        ),
    ),
    Rule(
        "every blockchain park has a month, no big-data park has one",
        lambda parks, _: parks["founded_month"].notna().eq(parks["kind"] == "blockchain").all(),
    ),
    Rule(
        "the blockchain parks have as many different names as the prose counts parks",
        lambda parks, tables: (
            parks.loc[parks["kind"] == "blockchain", "name_zh"].nunique()
            == observed(tables, "cn_blockchain_parks_to_date")
        ),
    ),
)
