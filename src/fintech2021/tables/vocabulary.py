"""Closed lists that more than one table draws on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fintech2021._records.closed_list import ClosedList

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "HEDGES",
    "Currency",
    "Industry",
    "Modality",
    "PageEvidence",
    "PeriodBasis",
    "Qualifier",
    "RowEvidence",
    "TimeBasis",
    "Topic",
    "Unit",
    "VerdictKind",
]


class Currency(ClosedList):
    """ISO 4217 currency codes that occur."""

    CNY = "CNY", "yuan renminbi", "人民币"
    USD = "USD", "US dollar", "美元"
    HKD = "HKD", "Hong Kong dollar", "港元"
    EUR = "EUR", "euro", "欧元"


class RowEvidence(ClosedList):
    """What the cells of a row rest on, in a table where rows of the report and of pages stand."""

    REPORT = "report", "The report prints it", "报告所印"
    OFFICIAL = "official", "A page of the issuer or an authority", "发布机构或主管部门的网页"
    OFFICIAL_COPY = (
        "official_copy",
        "The issuer's document on another site",
        "他站所载的发布机构文件",
    )
    TWO_PAGES = "two_pages", "Two different pages", "两个不同的网页"
    ONE_PAGE = "one_page", "One page only", "仅一个网页"


class PageEvidence(ClosedList):
    """What the public cells of a row rest on."""

    OFFICIAL = "official", "A page of the issuer or an authority", "发布机构或主管部门的网页"
    OFFICIAL_COPY = (
        "official_copy",
        "The issuer's document on another site",
        "他站所载的发布机构文件",
    )
    TWO_PAGES = "two_pages", "Two different pages", "两个不同的网页"
    ONE_PAGE = "one_page", "One page only", "仅一个网页"


class Industry(ClosedList):
    """Industries whose funding the report describes."""

    FINTECH = "fintech", "fintech", "金融科技"
    INSURTECH = "insurtech", "insurtech", "保险科技"
    AI = "ai", "artificial intelligence", "人工智能"
    BLOCKCHAIN = "blockchain", "blockchain", "区块链"
    INTERNET = "internet", "internet", "互联网"
    AIOT = "aiot", "artificial intelligence of things", "智能物联网"
    CLOUD = "cloud", "cloud computing", "云计算"


class Qualifier(ClosedList):
    """How the report hedges a figure."""

    EXACT = "exact", "as stated", "未加限定"
    ABOUT = "about", "about", "约"
    NEARLY = "nearly", "nearly", "近"
    OVER = "over", "over", "超过"
    AT_LEAST = "at_least", "at least", "至少"
    UNDER = "under", "under", "不足"


class Modality(ClosedList):
    """Whether a figure is a fact, or lies ahead."""

    ACTUAL = "actual", "actual", "实际值"
    FORECAST = "forecast", "forecast", "预测值"
    TARGET = "target", "target", "目标值"


class PeriodBasis(ClosedList):
    """What an assumed period rests on, where the report does not date a figure."""

    SAME_PASSAGE = (
        "same_passage",
        "a date in the same passage, of something else",
        "同段他处所注时间",
    )
    SECTION = "section", "the time of which the section or slide speaks", "所在章节或页面的时间"
    REPORT = "report", "the time of the report, 2021", "报告所属年份（2021年）"


class TimeBasis(ClosedList):
    """Whether a figure is of a point in time or of a span of time."""

    STOCK = "stock", "at a point in time", "时点数"
    FLOW = "flow", "over a period", "时期数"
    NONE = "none", "of no time", "与时间无关"


class Unit(ClosedList):
    """Units in which values are given."""

    CNY = "CNY", "yuan", "元人民币"
    USD = "USD", "US dollars", "美元"
    HKD = "HKD", "Hong Kong dollars", "港元"
    EUR = "EUR", "euros", "欧元"
    COUNT = "count", "count", "个（项、人、次等）"
    PERCENT = "percent", "percent", "百分比"
    PERCENTAGE_POINTS = "percentage_points", "percentage points", "百分点"
    MULTIPLE = "multiple", "multiple", "倍"
    YEARS = "years", "years", "年"
    DAYS = "days", "days", "天"
    SQUARE_METRES = "square_metres", "square metres", "平方米"
    SCORE = "score", "points of a score", "分"
    RANK = "rank", "rank", "名次"
    RANKS = "ranks", "places moved in a ranking", "位（名次变动）"
    TIER = "tier", "tier", "梯队"


class Topic(ClosedList):
    """Subjects that a row can be about."""

    AI = "ai", "artificial intelligence", "人工智能"
    BIG_DATA = "big_data", "big data", "大数据"
    CLOUD = "cloud", "cloud computing", "云计算"
    BLOCKCHAIN = "blockchain", "blockchain", "区块链"
    INTERNET_OF_THINGS = "internet_of_things", "internet of things", "物联网"
    MOBILE_NETWORKS = (
        "mobile_networks",
        "mobile networks and mobile internet",
        "移动通信与移动互联网",
    )
    QUANTUM = "quantum", "quantum technology", "量子技术"
    DATA_CENTRES = "data_centres", "data centres", "数据中心"
    CYBER_SECURITY = "cyber_security", "cyber security", "网络安全"
    DATA_PROTECTION = "data_protection", "data security and privacy", "数据安全与个人信息保护"
    DIGITAL_CURRENCY = "digital_currency", "digital currency", "数字货币"
    PAYMENT = "payment", "payment", "支付"
    BANKING = "banking", "banking", "银行业"
    DIRECT_AND_VIRTUAL_BANKING = (
        "direct_and_virtual_banking",
        "direct and virtual banks",
        "直销银行与虚拟银行",
    )
    OPEN_BANKING = "open_banking", "open banking", "开放银行"
    INSURANCE = "insurance", "insurance", "保险业"
    SECURITIES = "securities", "securities", "证券业"
    WEALTH_MANAGEMENT = (
        "wealth_management",
        "wealth management and robo-advice",
        "财富管理与智能投顾",
    )
    CREDIT_REFERENCE = "credit_reference", "credit reference and credit rating", "征信与信用评级"
    CONSUMER_FINANCE = "consumer_finance", "consumer finance", "消费金融"
    SUPPLY_CHAIN_FINANCE = "supply_chain_finance", "supply chain finance", "供应链金融"
    INCLUSIVE_FINANCE = "inclusive_finance", "inclusive finance", "普惠金融"
    RURAL_FINANCE = "rural_finance", "rural finance", "农村金融"
    GREEN_FINANCE = "green_finance", "green finance", "绿色金融"
    REGTECH = "regtech", "regulatory technology", "监管科技"
    SANDBOX = "sandbox", "regulatory sandboxes", "监管沙盒与创新监管工具"
    PLATFORM_REGULATION = "platform_regulation", "antitrust and platforms", "平台监管与反垄断"
    DIGITAL_ECONOMY = "digital_economy", "digital economy", "数字经济"
    FINTECH_INDUSTRY = "fintech_industry", "fintech industry in general", "金融科技产业"
    FUNDING = "funding", "funding", "融资"
    TECH_SPENDING = "tech_spending", "technology spending", "科技投入"
    TALENT = "talent", "talent and staff", "科技人才"
    INDUSTRY_CLUSTERS = "industry_clusters", "parks and city clusters", "产业园区与城市集聚"
    STANDARDS = "standards", "standards", "标准"
    FINANCIAL_INFRASTRUCTURE = (
        "financial_infrastructure",
        "financial infrastructure",
        "金融基础设施",
    )
    INTERNET_USE = "internet_use", "use of the internet", "互联网使用"
    RISK = "risk", "fraud and financial risk", "欺诈与金融风险"


class VerdictKind(ClosedList):
    """What became of a claim."""

    HOLDS = "holds", "holds", "成立"
    FAILS = "fails", "fails", "不成立"
    VACUOUS = "vacuous", "cannot fail", "无法证伪"


HEDGES: Mapping[str, tuple[str, ...]] = {
    "about": ("约", "大约", "左右", "大致"),
    "nearly": ("近", "接近"),
    "over": ("超", "超过", "突破", "余", "多", "以上", "远超", "高于", "已超", "将突破", "将超过"),
    "at_least": ("至少", "最低", "以上", "含"),
    "under": ("不足", "不到", "以下", "低于"),
}
"""The characters that stand for each qualifier; an exact figure has none."""
