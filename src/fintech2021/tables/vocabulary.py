"""Closed lists that more than one table draws on."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["HEDGES", "Currency", "Industry", "Qualifier", "Topic", "Unit", "VerdictKind"]


class Currency(StrEnum):
    """ISO 4217 currency codes that occur."""

    CNY = "CNY"
    USD = "USD"
    HKD = "HKD"
    EUR = "EUR"


class Industry(StrEnum):
    """Industries whose funding the report describes."""

    FINTECH = "fintech"
    INSURTECH = "insurtech"
    AI = "ai"
    BLOCKCHAIN = "blockchain"
    INTERNET = "internet"
    AIOT = "aiot"


class Qualifier(StrEnum):
    """How the report hedges a figure."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    AT_LEAST = "at_least"
    UNDER = "under"
    FORECAST = "forecast"


class Unit(StrEnum):
    """Units in which values are given."""

    CNY = "CNY"
    USD = "USD"
    HKD = "HKD"
    EUR = "EUR"
    COUNT = "count"
    PERCENT = "percent"
    PERCENTAGE_POINTS = "percentage_points"
    MULTIPLE = "multiple"
    YEARS = "years"
    DAYS = "days"
    SQUARE_METRES = "square_metres"
    SCORE = "score"
    RANK = "rank"


class Topic(StrEnum):
    """Parts of the subject that a row can belong to."""

    INTERNATIONAL = "international"
    CHINA_MARKET = "china_market"
    CHINA_FUNDING = "china_funding"
    CHINA_REGULATION = "china_regulation"
    E_CNY = "e_cny"
    CITIES = "cities"
    AI = "ai"
    BLOCKCHAIN = "blockchain"
    CLOUD = "cloud"
    BIG_DATA = "big_data"
    MOBILE_INTERNET = "mobile_internet"
    INTERNET_OF_THINGS = "internet_of_things"
    SECURITY = "security"
    BANKING = "banking"
    INSURANCE = "insurance"
    ROBO_ADVICE = "robo_advice"
    SUPPLY_CHAIN_FINANCE = "supply_chain_finance"
    CONSUMER_FINANCE = "consumer_finance"
    PAYMENT = "payment"
    REGTECH = "regtech"
    INCLUSIVE_FINANCE = "inclusive_finance"
    INFRASTRUCTURE = "infrastructure"
    CHALLENGES = "challenges"
    OUTLOOK = "outlook"
    CASES = "cases"
    GREEN_FINANCE = "green_finance"


class VerdictKind(StrEnum):
    """What became of a claim."""

    HOLDS = "holds"
    FAILS = "fails"
    VACUOUS = "vacuous"


HEDGES: Mapping[str, tuple[str, ...]] = {
    "about": ("约", "大约", "左右", "大致"),
    "nearly": ("近", "接近"),
    "over": ("超", "超过", "突破", "余", "多", "以上", "远超", "高于", "已超", "将突破", "将超过"),
    "at_least": ("至少", "最低", "以上", "含"),
    "under": ("不足", "不到", "以下", "低于"),
    "forecast": ("预计", "预测", "有望", "将", "可达", "拟", "计划"),
}
"""The characters that stand for each qualifier; an exact figure has none."""
