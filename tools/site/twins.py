"""The pages that say the same in the other language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.writing.languages import CHINESE, ENGLISH

if TYPE_CHECKING:
    from tools.writing.languages import Language

__all__ = ["english_of", "lang", "language_of", "twin_of"]

FOLDER = "zh/"
"""Where the Chinese pages stand, by the names that Sphinx has for pages."""


def language_of(page: str) -> Language:
    """Return the language of a page.

    >>> language_of("zh/tutorial").code, language_of("tutorial").code
    ('zh', 'en')
    """
    return CHINESE if page.startswith(FOLDER) else ENGLISH


def lang(page: str) -> str:
    """Return the language of a page as HTML calls it.

    >>> lang("zh/tutorial"), lang("tutorial")
    ('zh-CN', 'en')
    """
    return language_of(page).of("en", "zh-CN")


def twin_of(page: str) -> str:
    """Return the name of the page that says the same in the other language, if there is one.

    >>> twin_of("zh/tutorial"), twin_of("tutorial")
    ('tutorial', 'zh/tutorial')
    """
    return english_of(page) if page.startswith(FOLDER) else f"{FOLDER}{page}"


def english_of(page: str) -> str:
    """Return the name of the English page of a pair.

    >>> english_of("zh/tutorial"), english_of("tutorial")
    ('tutorial', 'tutorial')
    """
    return page.removeprefix(FOLDER)
