"""Aggregates of deals and money raised, by period, region, stage and sector.

Source: the passages on funding throughout the report's text.
Limitations: figures of different counters and definitions stand side by side; a row holds one
figure of one statement; quarters without a year are read as those of 2021, the report's year.

来源：报告正文中各处关于投融资的段落。
局限：不同统计机构、不同口径的数据并列；每行只收录一处表述中的一个数字；
只写季度的时间按报告所属的2021年理解。
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar

from annotated_types import Ge

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import (
    Period,
    Slug,
    TitleEn,
    TitleZh,
    derived,
    editorial,
    first_day,
    last_day,
    printed,
)
from fintech2021._records.expressions import any_of, col, duplicated
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, Traced
from fintech2021.tables.vocabulary import HEDGES, Industry, PeriodBasis, Qualifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from fintech2021._records.rules import Cells, Tables

__all__ = [
    "FACTS",
    "INVARIANTS",
    "FundingCategory",
    "FundingDimension",
    "FundingMeasure",
    "FundingStatistic",
    "FundingTimeBasis",
    "FundingUnit",
]


class FundingTimeBasis(ClosedList):
    """Whether a figure is of the deals of a period, or a state at its end."""

    FLOW = "flow", "over a period", "时期数"
    STOCK = "stock", "at a point in time", "时点数"


class FundingDimension(ClosedList):
    """What an aggregate is broken down by."""

    TOTAL = "total", "total", "总量"
    STAGE = "stage", "by stage", "按轮次"
    SECTOR = "sector", "by sector", "按领域"
    SECTOR_GROUP = "sector_group", "several sectors together", "多个领域合计"
    REGION = "region", "by region", "按地区"
    SIZE = "size", "by size of the deal", "按单笔规模"


class FundingCategory(ClosedList):
    """The stage, sector, region or size that a row describes."""

    SEED_ANGEL = "seed_angel", "seed and angel rounds", "种子轮与天使轮"
    SERIES_A = "series_a", "series A", "A轮"
    SERIES_D = "series_d", "series D", "D轮"
    AFTER_SERIES_C = "after_series_c", "stages after series C", "C轮之后"
    ENTERPRISE_SERVICES = "enterprise_services", "enterprise services", "企业服务"
    PAYMENT = "payment", "payment", "支付"
    BLOCKCHAIN = "blockchain", "blockchain", "区块链"
    CLOUD_NATIVE = "cloud_native", "cloud native", "云原生"
    THREE_SECTORS = (
        "enterprise_services_payment_blockchain",
        "enterprise services, payment and blockchain together",
        "企业服务、支付与区块链合计",
    )
    ASIA = "asia", "Asia", "亚洲"
    EUROPE = "europe", "Europe", "欧洲"
    NORTH_AMERICA = "north_america", "North America", "北美"
    TOP_10 = "top_10", "ten largest deals", "前十大融资"


class FundingMeasure(ClosedList):
    """What a figure measures."""

    DEALS = "deals", "number of deals", "融资笔数"
    AMOUNT = "amount", "money raised", "融资额"
    COMPANIES = "companies", "companies that raised money", "获得融资的企业数"
    SMALLEST_DEAL = "smallest_deal", "money raised in the smallest deal", "最小单笔融资额"
    SHARE_OF_DEALS = "share_of_deals", "share of the deals", "融资笔数占比"
    SHARE_OF_AMOUNT = "share_of_amount", "share of the money raised", "融资额占比"
    SHARE = "share", "share, of deals or money is not said", "占比（未说明按笔数或金额）"
    AMOUNT_GROWTH = "amount_growth", "growth of the money raised", "融资额增速"
    AMOUNT_HIGH_YEARS = (
        "amount_high_years",
        "years over which the money raised is highest",
        "融资额为近若干年最高的年数",
    )


class FundingUnit(ClosedList):
    """Units of the figures."""

    COUNT = "count", "count", "笔（家）"
    CNY = "CNY", "yuan", "元人民币"
    USD = "USD", "US dollars", "美元"
    PERCENT = "percent", "percent", "百分比"
    YEARS = "years", "years", "年"


_UNITS: dict[str, set[str]] = {
    "deals": {"count"},
    "amount": {"CNY", "USD"},
    "companies": {"count"},
    "smallest_deal": {"CNY", "USD"},
    "share_of_deals": {"percent"},
    "share_of_amount": {"percent"},
    "share": {"percent"},
    "amount_growth": {"percent"},
    "amount_high_years": {"years"},
}
_UNDATED = ("the report gives no date for it", "报告未注明时间")
_DATED = ("the report dates it, or no guess can be argued", "报告已注明时间，或无从推定")
_NO_BASE = ("no base is printed, or the row is no growth", "报告未注明基期，或该行不是增速")


class FundingStatistic(Record):
    """One figure of deals or of money raised.

    一项投融资统计数字，如笔数、金额、占比或增速。
    """

    table: ClassVar = TableInfo(
        name="funding_statistics",
        key=("statistic_id",),
        title_en="Funding statistics",
        title_zh="投融资统计",
        caveats=(
            (
                "For the sectors and stages of Chinese fintech and for the regions of the world no "
                "total is printed: shares are of a whole that the report does not give, and the "
                "printed parts do not add up to it.",
                "中国金融科技分领域、分轮次以及全球分地区的数据均未给出总量：占比所对应的总量报告"
                "未列出，所列各部分相加也不等于总量。",
            ),
            (
                "The ten largest deals are deals, not companies: two companies made two each.",
                "前十大融资按笔计，而非按企业计：其中两家企业各占两笔。",
            ),
        ),
    )

    statistic_id: Annotated[Slug, editorial("Statistic", "统计标识")]
    """Identifier of the row.

    该行的标识。
    """
    title_en: TitleEn
    """What is counted, where and when, in English.

    统计的内容、地区与时期（英文）。
    """
    title_zh: TitleZh
    """What is counted, where and when, in Chinese.

    统计的内容、地区与时期（中文）。
    """
    region_id: Annotated[Slug, editorial("Region", "地区标识", references="regions")]
    """Where the companies are; for a share, the whole of which it is one.

    企业所在地区；占比类数字则为其总量所属的地区。
    """
    industry: Annotated[Industry, editorial("Industry", "行业")]
    """Industry of the companies.

    企业所属行业。
    """
    period: Annotated[Period | None, printed("Period", "时期", unit="period", missing=_UNDATED)] = (
        None
    )
    """ISO 8601 year, month or interval of the deals, where the report states it of this figure.

    融资发生的年、月或区间（ISO 8601），仅在报告就该数字注明时填写。
    """
    period_start: Annotated[
        date | None, derived("First day", "起始日", rule=first_day("period", stock="time_basis"))
    ] = None
    """First day of the period; of a state, the last one.

    时期的第一天；时点数则为最后一天。
    """
    period_end: Annotated[date | None, derived("Last day", "截止日", rule=last_day("period"))] = (
        None
    )
    """Last day of the period.

    时期的最后一天。
    """
    assumed_period: Annotated[
        Period | None, editorial("Assumed period", "推定时期", missing=_DATED)
    ] = None
    """The period that is most likely meant, where the report does not state one of this figure.

    报告未就该数字注明时间时，最可能指的时期。
    """
    period_basis: Annotated[
        PeriodBasis | None, editorial("Basis of the assumed period", "推定依据", missing=_DATED)
    ] = None
    """What the assumed period rests on.

    推定时期的依据。
    """
    assumed_period_start: Annotated[
        date | None,
        derived(
            "First assumed day",
            "推定起始日",
            rule=first_day("assumed_period", stock="time_basis"),
        ),
    ] = None
    """First day of the assumed period.

    推定时期的第一天。
    """
    assumed_period_end: Annotated[
        date | None, derived("Last assumed day", "推定截止日", rule=last_day("assumed_period"))
    ] = None
    """Last day of the assumed period.

    推定时期的最后一天。
    """
    time_basis: Annotated[FundingTimeBasis, editorial("Time basis", "时点或时期")]
    """Whether the figure is of the deals of the period, or a state at its end.

    该数字是时期内的发生额，还是期末状态。
    """
    dimension: Annotated[FundingDimension, editorial("Dimension", "维度")]
    """What the aggregate is broken down by.

    统计的分类维度。
    """
    category: Annotated[
        FundingCategory | None,
        editorial("Category", "类别", missing=("the row is a total", "该行为总量")),
    ] = None
    """The stage, sector, region or size that the row describes.

    该行所述的轮次、领域、地区或规模。
    """
    members: Annotated[
        tuple[FundingCategory, ...] | None,
        editorial("Members", "组成", missing=("the row is no group", "该行不是合计组")),
    ] = None
    """The sectors that a group of sectors unites.

    合计组所包含的领域。
    """
    institution_id: Annotated[
        Slug | None,
        editorial(
            "Company",
            "企业标识",
            references="institutions",
            missing=("the row is about no single company", "该行不针对单个企业"),
        ),
    ] = None
    """The company whose deals are counted.

    所统计融资的企业。
    """
    measure: Annotated[FundingMeasure, editorial("Measure", "指标")]
    """What the figure measures.

    该数字衡量的内容。
    """
    value: Annotated[Decimal, Ge(0), printed("Value", "数值", unit="unit of the row")]
    """The figure, in the unit of the row.

    数值，单位见“单位”列。
    """
    unit: Annotated[FundingUnit, editorial("Unit", "单位")]
    """Unit of the figure; for money the ISO 4217 code of its currency.

    数值的单位；金额以ISO 4217货币代码表示。
    """
    qualifier: Annotated[Qualifier, editorial("Qualifier", "限定", printed_as=HEDGES)]
    """How the report hedges this very figure.

    报告对该数字所加的限定语。
    """
    base_period: Annotated[
        Period | None, printed("Base period", "基期", unit="period", missing=_NO_BASE)
    ] = None
    """ISO 8601 period over which a growth is reckoned.

    增速所对比的时期（ISO 8601）。
    """
    base_period_start: Annotated[
        date | None, derived("First day of the base", "基期起始日", rule=first_day("base_period"))
    ] = None
    """First day of the base period.

    基期的第一天。
    """
    base_period_end: Annotated[
        date | None, derived("Last day of the base", "基期截止日", rule=last_day("base_period"))
    ] = None
    """Last day of the base period.

    基期的最后一天。
    """


_SINCE = "2.0.0"
_WHEN = col("period").or_else(col("assumed_period"))
"""The period that is printed or assumed."""
_WHOLE = ("region_id", "industry", _WHEN, "dimension", "measure")
_SHARES = ("share_of_deals", "share_of_amount", "share")


def _not_groups(rows: Cells) -> Iterator[int]:
    """Yield the rows that have members and are no group of sectors, or the other way round."""
    sectors = {category for dimension, category, _ in rows if dimension == "sector"}
    for number, (dimension, _, members) in enumerate(rows):
        named = members.split(";") if members else []
        is_group = len(named) > 1 and sectors.issuperset(named)
        if is_group != (dimension == "sector_group") or (named and not is_group):
            yield number


def _top_ten_within_total(statistics: pd.DataFrame, _tables: Tables) -> bool:
    amounts = statistics.query("industry == 'insurtech' and measure == 'amount'")
    value = amounts.set_index("dimension")["value"]
    return bool(value["size"] <= value["total"])


def _titles_name_the_place(statistics: pd.DataFrame, tables: Tables) -> bool:
    regions = tables("regions").set_index("region_id")
    return all(
        regions["name_en"][region] in english or regions["name_zh"][region] in chinese
        for region, english, chinese in zip(
            statistics["region_id"], statistics["title_en"], statistics["title_zh"], strict=True
        )
    )


INVARIANTS: tuple[Invariant | Traced, ...] = (
    Invariant(
        "no two rows give the same measure of the same thing and time",
        duplicated(*_WHOLE, "category", "institution_id"),
        since=_SINCE,
    ),
    Invariant(
        "a period is printed or assumed, never both, and an assumed one has its basis",
        (col("period").is_given() & col("assumed_period").is_given())
        | (col("assumed_period").is_given() != col("period_basis").is_given()),
        since=_SINCE,
    ),
    Invariant(
        "the unit fits the measure",
        ~any_of(
            (col("measure") == measure) & col("unit").is_in(units)
            for measure, units in _UNITS.items()
        ),
        since=_SINCE,
    ),
    Invariant(
        "the shares of one whole come to no more than 100",
        col("measure").is_in(_SHARES)
        & (col("value").where(col("measure").is_in(_SHARES)).sum_over(*_WHOLE) > 100),
        since=_SINCE,
    ),
    Traced(
        "only a group of sectors has members, more than one, each a sector of the table",
        ("dimension", "category", "members"),
        _not_groups,
        since=_SINCE,
    ),
    Invariant(
        "only a growth has a base period",
        col("base_period").is_given() & (col("measure") != "amount_growth"),
        since=_SINCE,
    ),
    Invariant(
        "the titles are distinct in both languages",
        duplicated("title_en") | duplicated("title_zh"),
        since=_SINCE,
    ),
    Invariant(
        "a total has no category, every other row has one",
        col("category").is_missing() != (col("dimension") == "total"),
    ),
)
FACTS = (
    Fact(
        "the ten largest insurtech financings stay within the year's total",
        _top_ten_within_total,
        since=_SINCE,
    ),
    Fact("a title names the place, in one language at least", _titles_name_the_place, since=_SINCE),
)
