"""One spelling for all: of case, width and accents, and of the two scripts of Chinese."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize

from fintech2021._matching.hanzi import SIMPLIFIED, TRADITIONAL

__all__ = ["folded", "is_chinese"]

_SCRIPTS = str.maketrans(TRADITIONAL, SIMPLIFIED)
# What parts words, but not the point of a number.
_BETWEEN = re.compile(r"(?:(?<!\d)\.|\.(?!\d)|[^\w.]|_)+")
# The commas of 23,819,000,000.
_THOUSANDS = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
_CHINESE = re.compile("[\u3400-\u9fff]")


@lru_cache(maxsize=100_000)
def folded(text: str) -> str:
    """Return a text in the one spelling in which texts are compared, its words parted by a space.

    >>> folded("Ｔech_Spend (CNY)"), folded("註冊資本"), folded("3.50%"), folded("35,400")
    ('tech spend cny', '注册资本', '3.50', '35400')
    """
    plain = text if text.isascii() else _without_marks(text)
    joined = _THOUSANDS.sub(lambda found: found[0].replace(",", ""), plain)
    return _BETWEEN.sub(" ", joined.casefold()).strip()


def _without_marks(text: str) -> str:
    """Return a text in narrow, simplified characters without accents."""
    parted = normalize("NFKD", text)
    return "".join([each for each in parted if not combining(each)]).translate(_SCRIPTS)


def is_chinese(text: str) -> bool:
    """Tell whether a text has a Chinese character: there are then no spaces between its words."""
    return _CHINESE.search(text) is not None
