"""Blockchain parks and big-data parks in China.

Source: the two tables of parks, lines 1039 to 1130 and 1280 to 1353 of the report's text; the
first is printed in two interleaved columns.
Limitations: a region is the heading under which the table prints the park, a province for most;
big-data parks are printed without a date, blockchain parks without an area; one blockchain
incubator stands under two headings.

来源：报告文本第 1039 至 1130 行和第 1280 至 1353 行的两张园区表；前者左右两栏交错排印。
局限：地区为园区所列的表内标题，多为省级；大数据园区未印成立时间，区块链园区未印区域；有一家区块链孵化器列于两个标题之下。
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from fintech2021._core.yearmonth import YearMonth
from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import NameEn, NameZh, Position, Slug, editorial, printed
from fintech2021._records.expressions import col
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, distinct, observed

__all__ = ["FACTS", "INVARIANTS", "ParkArea", "ParkKind", "TechnologyPark"]


class ParkKind(ClosedList):
    """The two tables of parks.

    两张园区表。
    """

    BLOCKCHAIN = "blockchain", "Blockchain", "区块链"
    BIG_DATA = "big_data", "Big data", "大数据"


class ParkArea(ClosedList):
    """The six areas of China that the table of big-data parks prints.

    大数据园区表所印的六大区域。
    """

    NORTH = "north", "North China", "华北"
    NORTHEAST = "northeast", "Northeast China", "东北"
    EAST = "east", "East China", "华东"
    CENTRAL_SOUTH = "central_south", "Central and South China", "中南"
    SOUTHWEST = "southwest", "Southwest China", "西南"
    NORTHWEST = "northwest", "Northwest China", "西北"


_PRINTED_AREAS = {area.value: (area.label_zh,) for area in ParkArea}


class TechnologyPark(Record):
    """A blockchain or big-data park.

    区块链园区或大数据园区。
    """

    table: ClassVar = TableInfo(
        name="technology_parks",
        key=("park_id",),
        order=("kind", "position"),
        title_en="Blockchain and big-data parks",
        title_zh="区块链与大数据园区",
        caveats=(
            (
                "The blockchain table has 46 rows for the 45 parks of the prose: an incubator "
                "stands under Beijing and under Guangdong with the same month.",
                "区块链园区表有 46 行，正文称 45 家："
                "同名且同月成立的孵化器分别列于北京和广东之下。",
            ),
            (
                "The six areas are those of the big-data table; what area a province belongs to "
                "elsewhere (central or south China, say) may differ.",
                "六大区域仅为大数据园区表的划分，与其他资料的分区（如华中、华南）可能不同。",
            ),
        ),
    )

    park_id: Annotated[Slug, editorial("Park", "园区标识")]
    """Identifier of the park.

    园区的标识。
    """
    kind: Annotated[ParkKind, editorial("Kind", "类别")]
    """Which of the two tables lists it.

    列于两张表中的哪一张。
    """
    name_en: NameEn
    """English name, translated here.

    英文名称，由本库翻译。
    """
    name_zh: NameZh
    """Chinese name as printed.

    报告所印的中文名称。
    """
    area: Annotated[
        ParkArea | None,
        printed(
            "Area",
            "区域",
            printed_as=_PRINTED_AREAS,
            missing=(
                "the table of blockchain parks prints no areas",
                "区块链园区表未印区域",
            ),
        ),
    ] = None
    """Area of China under which the table prints the park's region.

    表中该地区所属的区域。
    """
    region_id: Annotated[Slug, editorial("Region", "地区标识", references="regions")]
    """Heading under which the table prints the park.

    园区在表中所列的地区。
    """
    founded_month: Annotated[
        YearMonth | None,
        printed(
            "Founded",
            "成立时间",
            missing=(
                "the table of big-data parks prints no dates",
                "大数据园区表未印成立时间",
            ),
        ),
    ] = None
    """Month of foundation.

    成立的年月。
    """
    position: Position
    """Order in the table, the left column first.

    在表中的次序，先左栏后右栏。
    """


INVARIANTS = (
    Invariant(
        "every blockchain park has a month, no big-data park has one",
        col("founded_month").is_given() != (col("kind") == "blockchain"),
    ),
    Invariant(
        "every big-data park has an area, no blockchain park has one",
        col("area").is_given() != (col("kind") == "big_data"),
        since="2.0.0",
    ),
    Invariant(
        "every region of big-data parks lies in one area",
        (col("kind") == "big_data")
        & (col("area").least_over("region_id") != col("area").greatest_over("region_id")),
        since="2.0.0",
    ),
    distinct("the English names", "name_en"),
)
FACTS = (
    Fact(
        "positions of each kind count from 1 without a gap",
        lambda parks, _: all(
            group.tolist() == list(range(1, len(group) + 1))
            for _, group in parks.groupby("kind")["position"]
        ),
    ),
    Fact(
        "East China has the most big-data parks, then Central and South China",
        lambda parks, _: (
            parks["area"].value_counts().index[:2].tolist() == ["east", "central_south"]
        ),
        since="2.0.0",
    ),
    Fact(
        "the blockchain parks have as many different names as the prose counts parks",
        lambda parks, tables: (
            parks.loc[parks["kind"] == "blockchain", "name_zh"].nunique()
            == observed(tables, "cn_blockchain_parks_to_date")
        ),
    ),
)
