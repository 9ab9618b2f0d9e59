"""The two languages of the pages: where each has its pages, and which of two texts it says."""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["CHINESE", "ENGLISH", "LANGUAGES", "Language"]


class Language(NamedTuple):
    """A language: its code, its readme and the folder of its pages in the repository."""

    code: Literal["en", "zh"]
    readme: str
    pages: str

    def of(self, english: str, chinese: str) -> str:
        """Return the text in this language."""
        return english if self.code == "en" else chinese


ENGLISH = Language("en", "README.md", "docs")
CHINESE = Language("zh", "README.zh.md", "docs/zh")
LANGUAGES = (ENGLISH, CHINESE)
