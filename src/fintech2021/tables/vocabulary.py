"""Closed lists that more than one table draws on."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["HEDGES", "Currency", "Industry", "Qualifier", "Topic", "Unit"]


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


HEDGES: Mapping[str, tuple[str, ...]] = {
    "about": ("约", "左右", "大致"),
    "nearly": ("近", "接近"),
    "over": ("超", "超过", "突破", "余", "多", "以上", "远超", "高于"),
    "at_least": ("至少", "最低", "以上", "含"),
    "under": ("不足", "不到", "以下", "低于"),
    "forecast": ("预计", "预测", "有望", "将", "可达", "拟", "计划"),
}
"""The characters that stand for each qualifier; an exact figure has none."""
