"""The two languages of the pages: where each has its pages, and which of two texts it says."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeVar

__all__ = ["CHINESE", "ENGLISH", "LANGUAGES", "Language"]


Told = TypeVar("Told")


class Language(NamedTuple):
    """A language: its code, its readme and the folder of its pages in the repository."""

    code: Literal["en", "zh"]
    readme: str
    pages: str

    def of(self, english: Told, chinese: Told) -> Told:
        """Return the text, or the texts, in this language."""
        return english if self.code == "en" else chinese


ENGLISH = Language("en", "README.md", "docs")
CHINESE = Language("zh", "README.zh.md", "docs/zh")
LANGUAGES = (ENGLISH, CHINESE)
