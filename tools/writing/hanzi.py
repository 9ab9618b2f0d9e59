"""Which traditional character stands for which of ours: OpenCC's table, cut to our data."""

from __future__ import annotations

from functools import cache
from textwrap import wrap
from typing import TYPE_CHECKING

import opencc

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["SCRIPTS", "characters", "opencc_of", "simplified", "table"]

SCRIPTS = ("t2s", "tw2s", "hk2s")
"""OpenCC's conversions to simplified characters: of the standard, Taiwan's and Hong Kong's."""

_FIRST, _LAST = 0x3400, 0x9FFF
_WIDTH = 80


def characters(data: Path) -> set[str]:
    """Return every Chinese character of the published files."""
    files = (path for path in data.rglob("*") if path.suffix in {".csv", ".json"})
    every = set().union(*(path.read_text("utf-8") for path in files))
    return {each for each in every if _FIRST <= ord(each) <= _LAST}


@cache
def simplified(character: str) -> str:
    """Return the simplified character: where the conversions differ, the standard's decides.

    >>> simplified("資"), simplified("裡"), simplified("么")
    ('资', '里', '么')
    """
    if _is_simplified(character):
        return character
    shorts = (opencc_of(script).convert(character) for script in SCRIPTS)
    return next((short for short in shorts if short != character), character)


def _is_simplified(character: str) -> bool:
    """Tell whether a character is one, though another meaning of it has a shorter one."""
    traditional = opencc_of("s2t").convert(character)
    back: str = opencc_of("t2s").convert(traditional)
    return traditional != character and back == character


@cache
def opencc_of(conversion: str) -> opencc.OpenCC:
    """Return one of OpenCC's converters."""
    return opencc.OpenCC(conversion)


def _pairs(ours: set[str]) -> Iterator[tuple[str, str]]:
    """Yield each character that is written otherwise in simplified Chinese, where that is ours."""
    wanted = set(map(simplified, ours))
    for character in map(chr, range(_FIRST, _LAST + 1)):
        short = simplified(character)
        if short != character and short in wanted:
            yield character, short


def table(data: Path, note: str) -> str:
    """Return the module that has the table."""
    pairs: Mapping[str, str] = dict(_pairs(characters(data)))
    return f'''"""Characters of traditional Chinese, and the simplified ones of our data.

{note}
"""

from __future__ import annotations

__all__ = ["SIMPLIFIED", "TRADITIONAL"]

TRADITIONAL = (
{_lines("".join(pairs))}
)
"""Each character that is written otherwise in simplified Chinese: OpenCC's table (Apache-2.0)."""

SIMPLIFIED = (
{_lines("".join(pairs.values()))}
)
"""The simplified one of each, in the same order."""
'''


def _lines(text: str) -> str:
    return "\n".join(f'    "{line}"' for line in wrap(text, _WIDTH) or [""])
