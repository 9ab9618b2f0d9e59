"""What holds of every published table: how many rows it has, and how its texts are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fintech2021._records.rules import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from fintech2021._core.descriptor import Column, Descriptor

__all__ = ["WRITTEN", "facts_of_any"]

WRITTEN = "texts are in ASCII and simplified Chinese, and none in English has a Chinese dash"
"""Full-width digits, traditional characters and most other dashes break it."""
_DASH = "—"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MARKS = frozenset(f"。，、；：∶（）《》“”…·＋{_DASH}")
"""What Chinese text has beside ASCII and characters."""
_BESIDE = frozenset("瞭")
"""What the present standard has, and GB 2312 has not."""
_TWINS = ("_en", "")
"""The ends of the names of English columns: of the Chinese ones it is ``_zh``."""


def facts_of_any(descriptor: Descriptor) -> tuple[Fact, ...]:
    """Return the facts of a published table that need no knowledge of it."""
    english = frozenset(_english(descriptor))
    texts = [column.name for column in descriptor.columns if _is_text(column)]
    return (
        Fact(f"there are {descriptor.rows} rows", lambda rows, _: len(rows) == descriptor.rows),
        Fact(
            WRITTEN,
            lambda rows, _: all(_is_written(rows[name], name in english) for name in texts),
        ),
    )


def _is_text(column: Column) -> bool:
    return column.type in {"string", "list"} and not column.enum


def _english(descriptor: Descriptor) -> Iterator[str]:
    """Yield the columns that a Chinese one says again."""
    names = {column.name for column in descriptor.columns}
    chinese = [name.removesuffix("_zh") for name in names if name.endswith("_zh")]
    yield from (f"{stem}{end}" for stem in chinese for end in _TWINS if f"{stem}{end}" in names)


def _is_written(cells: pd.Series[str], is_english: bool) -> bool:  # noqa: FBT001 - Told by its column.
    """Tell whether texts have no character that theirs do not have."""
    characters = set("".join(cells.dropna()))
    return all(each.isascii() or _is_chinese(each) for each in characters) and not (
        is_english and _DASH in characters
    )


def _is_chinese(character: str) -> bool:
    """Tell whether a character is one of simplified Chinese: GB 2312 has no other."""
    if character in _MARKS or character in _BESIDE:
        return True
    return bool(_CHINESE.match(character)) and _is_in_gb_2312(character)


def _is_in_gb_2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
