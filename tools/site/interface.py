"""What the theme says around a page, in Chinese."""

from __future__ import annotations

__all__ = ["CHINESE", "translated"]

CHINESE = {
    "Back to top": "返回顶部",
    "Contents": "目录",
    "Hide Search Matches": "隐藏搜索结果标记",
    "Home": "首页",
    "Index": "索引",
    "Link to this heading": "本节的链接",
    "Made with ": "制作工具：",
    "Next": "下一页",
    "On this page": "本页内容",
    "Previous": "上一页",
    "Search": "搜索",
    "Skip to content": "跳到正文",
    "View this page": "查看源文件",
}
"""The Chinese words for those of the theme."""


def translated(text: str) -> str:
    """Return a text of the theme in Chinese; what has no translation stays as it is."""
    return CHINESE.get(text, text)
