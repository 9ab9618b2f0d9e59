"""The words in which results are told: what English calls one thing, and Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CHINESE", "Language", "word"]

Language = Literal["en", "zh"]
"""The languages in which results are told."""

CHINESE: Mapping[str, str] = {
    # Of a dataset.
    "dataset": "数据集",
    "version": "版本",
    "versions": "各版本",
    "edition": "版次",
    "pin": "锁定",
    "chosen by": "选定依据",
    "superseded": "已被取代",
    "record": "记录类",
    "rows": "行数",
    "columns": "列数",
    "key": "主键",
    "title": "标题",
    "title in Chinese": "中文标题",
    "meaning": "含义",
    "source": "来源",
    "caveat": "注意",
    # Of a column.
    "column": "列",
    "type": "类型",
    "unit": "单位",
    "origin": "出处性质",
    "can be empty": "可为空",
    "never empty": "必填",
    "unique": "不重复",
    "refers to": "引用",
    "label": "标签",
    "printed as": "原文写作",
    "derived by": "推导规则",
    "at least": "不小于",
    "at most": "不大于",
    "string": "文本",
    "integer": "整数",
    "number": "数",
    "boolean": "是非",
    "date": "日期",
    "yearmonth": "年月",
    "list": "列表",
    "printed": "报告所载",
    "public": "公开网页",
    "editorial": "编者所定",
    "derived": "推导",
    "by_row": "逐行说明",
    # Of a cell.
    "value": "值",
    "printed characters": "原文字符",
    "line": "行号",
    "start": "起始字符",
    "scale": "倍数",
    "section": "章节",
    "repaired by": "更正依据",
    "erratum": "勘误",
    "pages": "网页",
    "public figure": "公开数字",
    "agrees": "一致",
    "differs": "不一致",
    "other_scope": "口径不同",
    "not printed in the report": "报告未载",
    # Of a difference.
    "change": "变动",
    "added": "新增",
    "removed": "删除",
    "changed": "修改",
    "filled": "填入",
    "old": "旧",
    "new": "新",
    "step": "版本步",
    "major": "主版本",
    "minor": "次版本",
    "patch": "修订",
    "none": "无差别",
    "row": "行",
    "cell": "单元格",
    "descriptions or provenance only": "仅说明或出处有变",
    # Of a claim.
    "claim": "命题",
    "verdict": "结论",
    "holds": "成立",
    "fails": "不成立",
    "vacuous": "无从证伪",
    "missed by": "相差",
    "kind": "种类",
    "asserted by": "主张者",
    "report": "报告",
    "library": "本库",
    "assumed": "假设",
    "relation": "关系式",
    "operand": "运算项",
    "computed": "计算值",
    "can stand for": "可表示",
    "statement": "命题内容",
    "lines": "行号",
    "reading rule": "读数规则",
    "hedge": "限定语",
    # Of the source text.
    "numeric tokens": "数字记号",
    "tied to a cell": "对应单元格",
    "explained": "已说明",
    "open": "未说明",
    "covered": "覆盖率",
    "datasets": "数据集",
    "printed cells": "报告所载单元格",
    "places": "出处",
    "faults": "不符",
    "characters": "字符",
    # Of versions.
    "status": "状态",
    "draft": "草稿",
    "published": "已发布",
    "locked": "已锁定",
    "newest": "最新",
    "why": "原因",
    "requests": "所求版本",
    # Of what is found, and of series.
    "period": "期间",
    "matched": "匹配内容",
    "score": "匹配度",
    "indicator": "指标",
    "points": "点数",
    "first": "最早",
    "last": "最晚",
    "field": "字段",
}
"""The Chinese word for each English one."""


def word(english: str, language: str) -> str:
    """Return a word in one of the languages.

    >>> word("unit", "en"), word("unit", "zh")
    ('unit', '单位')
    """
    return CHINESE[english] if language == "zh" else english
