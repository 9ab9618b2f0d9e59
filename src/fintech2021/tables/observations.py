"""Every figure of the report that no other table holds.

Source: the prose of the whole report's text, quantities in Chinese words included.
Limitations: a figure that the report does not date has no period, and at most a guess in
`assumed_period`; a growth rate's period is the time that it measures; hedges stand in
`qualifier`, whether a figure lay ahead in `modality`; a month without a year is read as 2021, the
report's year.

来源：报告全文的叙述部分，包括以汉字书写的数量。
局限：报告未注明时间的数字不填时期，至多在 `assumed_period` 中给出推定；增速的时期为其所衡量的时段；
限定语见 `qualifier`，是否为预测或目标见 `modality`；只写月份的日期按报告所属的2021年理解。
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import (
    Period,
    Slug,
    Slugs,
    Text,
    derived,
    editorial,
    first_day,
    last_day,
    lookup,
    printed,
)
from fintech2021._records.expressions import any_of, col, duplicated
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant
from fintech2021.tables.indicators import Measure
from fintech2021.tables.vocabulary import HEDGES, Modality, PeriodBasis, Qualifier, Topic, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "Dimension", "Observation", "Segment", "State"]


class State(ClosedList):
    """On which side of a change a figure stands."""

    BEFORE = "before", "before the change", "变化前"
    AFTER = "after", "after the change", "变化后"


class Dimension(ClosedList):
    """By what a segment is cut off."""

    INDUSTRY_SCOPE = "industry_scope", "scope of the industry", "产业口径"
    TECHNOLOGY = "technology", "technology", "技术"
    LAYER = "layer", "layer of the industry", "产业层级"
    DEPLOYMENT = "deployment", "way of deployment", "部署方式"
    SERVICE_MODEL = "service_model", "service model", "服务模式"
    MARKET_SEGMENT = "market_segment", "hardware, software or services", "市场结构"
    EQUIPMENT = "equipment", "kind of equipment", "设备类别"
    SPENDING_CATEGORY = "spending_category", "kind of spending", "支出类别"
    SIZE_CLASS = "size_class", "size", "规模等级"
    APPLICATION = "application", "application", "应用领域"
    BANK_TYPE = "bank_type", "type of bank", "银行类型"
    INSTITUTION_KIND = "institution_kind", "kind of institution", "机构类别"
    INSURANCE_LINE = "insurance_line", "line of insurance", "险种"
    OWNERSHIP = "ownership", "ownership", "资本属性"
    CHANNEL = "channel", "sales channel", "业务渠道"
    SALES_MODEL = "sales_model", "way of selling", "销售模式"
    COMPANY_GROUP = "company_group", "largest companies", "头部公司"
    CAPITAL_BAND = "capital_band", "band of registered capital", "注册资本档"
    APPLICATION_FIELD = "application_field", "field of the project", "项目领域"
    AGE_GROUP = "age_group", "age group", "年龄段"


class Segment(ClosedList):
    """The part that a figure is of."""

    CORE = "core", "core industry", "核心产业"
    DRIVEN = "driven", "industries driven by it", "带动产业"
    COMPUTER_VISION = "computer_vision", "computer vision", "计算机视觉"
    BASE_LAYER = "base_layer", "base layer", "基础层"
    PUBLIC_CLOUD = "public_cloud", "public cloud", "公有云"
    PRIVATE_CLOUD = "private_cloud", "private cloud", "私有云"
    SAAS = "saas", "software as a service (public cloud)", "公有云SaaS"
    PAAS = "paas", "platform as a service (public cloud)", "公有云PaaS"
    IAAS = "iaas", "infrastructure as a service (public cloud)", "公有云IaaS"
    HARDWARE = "hardware", "hardware", "硬件"
    SOFTWARE = "software", "software", "软件"
    SERVICES = "services", "services", "服务"
    SERVERS = "servers", "servers", "服务器"
    NETWORK_EQUIPMENT = "network_equipment", "network equipment", "网络设备"
    SECURITY_EQUIPMENT = "security_equipment", "security equipment", "安全设备"
    STORAGE_EQUIPMENT = "storage_equipment", "storage equipment", "存储设备"
    OPTICAL_MODULES = "optical_modules", "optical modules", "光模块"
    DATA_CENTRE_SYSTEMS = "data_centre_systems", "data centre systems", "数据中心系统"
    LARGE = "large", "large and larger data centres", "大型规模以上数据中心"
    SMART_MANUFACTURING = "smart_manufacturing", "smart manufacturing", "智能制造"
    SMART_TRANSPORT = "smart_transport", "smart transport", "智慧交通"
    SMART_UTILITIES = "smart_utilities", "smart public utilities", "智慧公共事业"
    COMMERCIAL_BANKS = "commercial_banks", "commercial banks", "商业银行"
    PRIVATE_BANKS = "private_banks", "private banks", "民营银行"
    STATE_OWNED_BANKS = "state_owned_banks", "large state-owned banks", "国有大型银行"
    JOINT_STOCK_BANKS = "joint_stock_banks", "joint-stock banks", "股份制银行"
    CITY_COMMERCIAL_BANKS = "city_commercial_banks", "city commercial banks", "城市商业银行"
    RURAL_CREDIT_UNIONS = (
        "rural_credit_unions",
        "provincial rural credit unions",
        "省级农村信用联社",
    )
    NATIONAL_BANKS = (
        "national_banks",
        "large state-owned and national joint-stock banks",
        "国有大行及全国性股份制银行",
    )
    REGIONAL_BANKS = "regional_banks", "regional banks", "区域性银行"
    LOCAL_SMALL_BANKS = "local_small_banks", "local small and medium-sized banks", "地方中小银行"
    BANKS = "banks", "banks", "银行"
    INSURERS = "insurers", "insurers", "保险机构"
    FUND_MANAGERS = "fund_managers", "fund managers", "基金公司"
    SECURITIES_FIRMS = "securities_firms", "securities firms", "证券公司"
    INDEPENDENT_DISTRIBUTORS = (
        "independent_distributors",
        "independent fund distributors",
        "第三方独立销售机构",
    )
    NON_BANK_PAYMENT_INSTITUTIONS = (
        "non_bank_payment_institutions",
        "non-bank payment institutions",
        "非银行支付机构",
    )
    LIFE = "life", "life and health insurance", "人身险"
    PROPERTY = "property", "property insurance", "财产险"
    HEALTH = "health", "health insurance", "健康险"
    CAR = "car", "car insurance", "车险"
    NON_CAR = "non_car", "property insurance other than car insurance", "非车险"
    DOMESTIC = "domestic", "domestic companies", "中资公司"
    FOREIGN = "foreign", "foreign-invested companies", "外资公司"
    PROFESSIONAL_INTERMEDIARIES = (
        "professional_intermediaries",
        "professional intermediaries",
        "专业中介渠道",
    )
    OWN_PLATFORMS = "own_platforms", "insurers' own platforms", "保险公司自营平台"
    MARKETING_REFERRAL = "marketing_referral", "marketing and referral", "营销宣传引流"
    CHANNELS = "channels", "through partner channels", "渠道经营"
    WEBSITE_AND_CHANNELS = (
        "website_and_channels",
        "own website and partner channels",
        "官网自营与渠道合作并行",
    )
    WEBSITE_ONLY = "website_only", "own website only", "仅官网自营"
    TOP_3 = "top_3", "three largest companies", "前三大公司"
    TOP_5 = "top_5", "five largest companies", "前五大公司"
    TOP_10 = "top_10", "ten largest companies", "前十大公司"
    ONE_BILLION_CNY_AND_OVER = (
        "one_billion_cny_and_over",
        "registered capital of 1 billion yuan and over",
        "注册资本10亿元（含）以上",
    )
    HALF_TO_ONE_BILLION_CNY = (
        "half_to_one_billion_cny",
        "registered capital of 0.5 to 1 billion yuan",
        "注册资本5亿至10亿元",
    )
    CREDIT = "credit", "credit", "信贷"
    OPERATIONS_PAYMENT_MULTI_SCENARIO = (
        "operations_payment_multi_scenario",
        "operations management, payment and multi-scenario use together",
        "运营管理、支付与多场景合计",
    )
    UNDER_35 = "under_35", "younger than 35", "35岁以下"


_AHEAD: Mapping[str, tuple[str, ...]] = {
    "forecast": ("预计", "预测", "有望", "将", "可达"),
    "target": ("拟", "计划", "将"),
}
"""The characters that say that a figure lies ahead."""
_UNDATED = ("the report gives no date for it", "报告未注明时间")
_DATED = ("the report dates it, or no guess can be argued", "报告已注明时间，或无从推定")
_NO_BASE = (
    "no base is printed, or the row is no growth or change",
    "报告未注明基期，或该行不是增速或变动",
)
_STOCK = "indicator_id/time_basis"


class Observation(Record):
    """One figure of the report.

    报告中的一个数字。
    """

    table: ClassVar = TableInfo(
        name="observations",
        key=("observation_id",),
        title_en="Observations: all other figures",
        title_zh="其他统计观察值",
        caveats=(
            (
                "A figure that the report states twice stands twice: the second row names the "
                "first one in restates; leave such rows out before counting.",
                "报告两处表述的同一数字各占一行，后一行在“再述”列指向首次表述；计数前应先剔除。",
            ),
        ),
    )

    observation_id: Annotated[Slug, editorial("Observation", "观察值标识")]
    """Identifier of the row.

    该行的标识。
    """
    indicator_id: Annotated[Slug, editorial("Indicator", "指标标识", references="indicators")]
    """What is measured, the same for the same thing at other times and places.

    所衡量的指标；同一事项在不同时间、地区的数字共用一个指标。
    """
    title_en: Annotated[Text, derived("Title", "英文标题", rule=lookup("indicator_id/title_en"))]
    """What is measured, in English: the indicator's title.

    指标的英文名称。
    """
    title_zh: Annotated[
        Text, derived("Chinese title", "中文标题", rule=lookup("indicator_id/title_zh"))
    ]
    """What is measured, in Chinese: the indicator's title.

    指标的中文名称。
    """
    value: Annotated[Decimal, printed("Value", "数值", unit="unit of the row")]
    """The figure in base units; the lower end of a range; negative for a decline.

    以基本单位计的数值；区间则为下限；下降为负。
    """
    value_high: Annotated[
        Decimal | None,
        printed(
            "Upper end", "数值上限", unit="unit of the row", missing=("not a range", "不是区间")
        ),
    ] = None
    """The upper end of a range.

    区间的上限。
    """
    unit: Annotated[Unit, derived("Unit", "单位", rule=lookup("indicator_id/unit"))]
    """Unit of the value: the indicator's.

    数值的单位，同指标。
    """
    measure: Annotated[Measure, derived("Measure", "度量类型", rule=lookup("indicator_id/measure"))]
    """Kind of measurement: the indicator's.

    度量的类型，同指标。
    """
    qualifier: Annotated[Qualifier, editorial("Qualifier", "限定", printed_as=HEDGES)]
    """How the report hedges the figure; figures of speech count as about.

    报告对该数字所加的限定语；概数、比喻性的说法记为“约”。
    """
    modality: Annotated[Modality, editorial("Modality", "实际、预测或目标", printed_as=_AHEAD)]
    """Whether the figure is a fact, or lay ahead when the report was written.

    该数字为事实，还是报告成文时的预测或目标。
    """
    state: Annotated[
        State | None,
        editorial(
            "State", "变化前后", missing=("the figure is of no change", "该数字不涉及变化前后")
        ),
    ] = None
    """On which side of a change the figure stands.

    该数字处于变化之前还是之后。
    """
    dimension: Annotated[
        Dimension | None,
        editorial("Dimension", "维度", missing=("the figure is of the whole", "该数字为整体")),
    ] = None
    """By what the segment is cut off.

    细分所依据的维度。
    """
    segment: Annotated[
        Segment | None,
        editorial("Segment", "细分", missing=("the figure is of the whole", "该数字为整体")),
    ] = None
    """The part of the whole that the figure is of.

    该数字所属的细分部分。
    """
    region_id: Annotated[
        Slug | None,
        editorial(
            "Region", "地区标识", references="regions", missing=("no place is meant", "不涉及地区")
        ),
    ] = None
    """Place that the figure is about.

    该数字所涉地区。
    """
    institution_id: Annotated[
        Slug | None,
        editorial(
            "Institution",
            "机构标识",
            references="institutions",
            missing=("none is meant", "不涉及机构"),
        ),
    ] = None
    """Organisation that the figure is about.

    该数字所涉机构。
    """
    period: Annotated[Period | None, printed("Period", "时期", unit="period", missing=_UNDATED)] = (
        None
    )
    """ISO 8601 year, month, day or interval, where the report states it of this very figure.

    时期（ISO 8601），仅在报告就该数字注明时填写。
    """
    period_start: Annotated[
        date | None,
        derived("First day", "起始日", rule=first_day("period", stock=_STOCK), missing=_UNDATED),
    ] = None
    """First day of the period; of a stock, the last one.

    时期的第一天；时点数则为最后一天。
    """
    period_end: Annotated[
        date | None, derived("Last day", "截止日", rule=last_day("period"), missing=_UNDATED)
    ] = None
    """Last day of the period.

    时期的最后一天。
    """
    assumed_period: Annotated[
        Period | None, editorial("Assumed period", "推定时期", missing=_DATED)
    ] = None
    """The period that is most likely meant, where the report does not state one of this figure.

    报告未就该数字注明时间时，最可能指的时期。
    """
    assumed_period_start: Annotated[
        date | None,
        derived(
            "First assumed day",
            "推定起始日",
            rule=first_day("assumed_period", stock=_STOCK),
            missing=_DATED,
        ),
    ] = None
    """First day of the assumed period; of a stock, the last one.

    推定时期的第一天；时点数则为最后一天。
    """
    assumed_period_end: Annotated[
        date | None,
        derived("Last assumed day", "推定截止日", rule=last_day("assumed_period"), missing=_DATED),
    ] = None
    """Last day of the assumed period.

    推定时期的最后一天。
    """
    period_basis: Annotated[
        PeriodBasis | None, editorial("Basis of the assumed period", "推定依据", missing=_DATED)
    ] = None
    """What the assumed period rests on.

    推定时期的依据。
    """
    base_period: Annotated[
        Period | None, printed("Base period", "基期", unit="period", missing=_NO_BASE)
    ] = None
    """ISO 8601 period that a growth or change is reckoned from.

    增速或变动所对比的时期（ISO 8601）。
    """
    base_period_start: Annotated[
        date | None,
        derived(
            "First day of the base",
            "基期起始日",
            rule=first_day("base_period", stock=_STOCK),
            missing=_NO_BASE,
        ),
    ] = None
    """First day of the base period; of a stock, the last one.

    基期的第一天；时点数则为最后一天。
    """
    base_period_end: Annotated[
        date | None,
        derived(
            "Last day of the base", "基期截止日", rule=last_day("base_period"), missing=_NO_BASE
        ),
    ] = None
    """Last day of the base period.

    基期的最后一天。
    """
    restates: Annotated[
        Slug | None,
        editorial(
            "Restates",
            "再述",
            references="observations",
            missing=("the first statement", "首次表述"),
        ),
    ] = None
    """The first statement of the same figure, where this one says it again, rightly or not.

    若为再次表述（数值可能不一致），指向同一数字的首次表述。
    """
    topics: Annotated[
        tuple[Topic, ...], derived("Topics", "主题", rule=lookup("indicator_id/topics"))
    ]
    """What it is about, the main subject first: the indicator's topics.

    所涉主题，主要主题在前，同指标。
    """
    attributed_to: Annotated[
        Text | None,
        printed("Attributed to", "数据来源", missing=("the report names nobody", "报告未注明出处")),
    ] = None
    """Who measured or published it, as the report names them.

    报告注明的数据来源。
    """
    attributed_to_ids: Annotated[
        Slugs | None,
        editorial(
            "Attributed to, institutions",
            "来源机构标识",
            references="institutions",
            missing=("nobody is named, or no institution", "未注明出处或出处不是机构"),
        ),
    ] = None
    """The institutions that are named.

    所注明的机构。
    """


_SINCE = "3.0.0"
_WHEN = col("period").or_else(col("assumed_period"))
"""The period that is printed or assumed."""
_THING = ["indicator_id", "dimension", "segment", "region_id", "institution_id"]
_WHOLE_UNITS = ["rank", "ranks", "tier", "count", "days"]
_FROM_A_BASE = ["growth", "compound_growth", "change", "multiple"]


def _segments_are_parts(observations: pd.DataFrame, _tables: Tables) -> bool:
    """Tell whether each segment occurs twice, or beside its whole or another part of it."""
    parts = observations.dropna(subset=["segment"])
    uses = parts["segment"].value_counts()
    rows = observations.fillna({"segment": ""}).groupby("indicator_id")["segment"].nunique()
    lone = parts[parts["segment"].map(uses).eq(1)]
    return bool(lone["indicator_id"].map(rows).gt(1).all())


INVARIANTS = (
    Invariant(
        "a range's upper end lies above its lower end",
        col("value_high") <= col("value"),
    ),
    Invariant(
        "ranks and counts are whole numbers",
        col("unit").is_in(_WHOLE_UNITS) & (col("value") % 1 != 0),
    ),
    Invariant(
        "shares lie between 0 and 100 percent",
        (col("measure") == "share") & ((col("value") < 0) | (col("value") > 100)),
        since=_SINCE,
    ),
    Invariant(
        "no two rows give the same of the same thing, time and state, unless one restates",
        duplicated(*_THING, _WHEN, "state", "restates"),
        since=_SINCE,
    ),
    Invariant(
        "a period is printed or assumed, never both, and an assumed one has its basis",
        (col("period").is_given() & col("assumed_period").is_given())
        | (col("assumed_period").is_given() != col("period_basis").is_given()),
        since=_SINCE,
    ),
    Invariant(
        "a segment has its dimension, and belongs to one only",
        (col("segment").is_given() != col("dimension").is_given())
        | (
            col("segment").is_given()
            & (col("dimension").least_over("segment") != col("dimension").greatest_over("segment"))
        ),
        since=_SINCE,
    ),
    Invariant(
        "what restates points to a first statement about the same thing",
        col("restates").is_given()
        & (
            col("restates").looked_up("indicator_id").is_missing()
            | col("restates").looked_up("restates").is_given()
            | any_of(
                col("restates").looked_up(part).or_else("") != col(part).or_else("")
                for part in _THING
            )
        ),
        since=_SINCE,
    ),
    Invariant(
        "only what is reckoned from a base has a base period",
        col("base_period").is_given() & ~col("measure").is_in(_FROM_A_BASE),
        since=_SINCE,
    ),
    Invariant(
        "institutions are named only where the report attributes",
        col("attributed_to_ids").is_given() & col("attributed_to").is_missing(),
        since=_SINCE,
    ),
)
FACTS = (
    Fact(
        "a segment occurs twice, or beside its whole or another part",
        _segments_are_parts,
        since=_SINCE,
    ),
)
