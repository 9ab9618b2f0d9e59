r"""The one portable spelling of a pattern.

``\S``, ``.`` and ``$`` mean different characters to different engines: to RE2 and Java white space
is ASCII, so that a full-width space at the end of a Chinese name passed in DuckDB, Spark and Arrow
and was refused by polars and pandas; ``$`` matches before a line's end in Python and Java. Here
white space and ends of lines are written as the characters that they are, in classes, which mean
the same to every engine. A descriptor keeps its short pattern.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["LINE_ENDS", "ONE_LINE", "WHITE_SPACE", "one_of", "portable"]

LINE_ENDS = "\n\r\x85\u2028\u2029"
"""What ends a line for one engine or another."""
WHITE_SPACE = (
    "\t\n\v\f\r \x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""What `str.isspace` says is white space."""
ONE_LINE = r"^\S(?:.*\S)?$"
"""The pattern of a text that is one line without white space at its ends."""

_PARTS = re.compile(r"\\.|\[\^?|\]|.", re.DOTALL)


@cache
def portable(pattern: str, *, in_list: bool = False) -> str:
    """Return what matches the same texts on every engine, or the same lists of items.

    The pattern is anchored at both ends; what comes back may have to be held against `LINE_ENDS`
    too, by an engine whose ``$`` matches before one.
    """
    apart = ";" if in_list else ""
    item = "".join(_translated(pattern.removeprefix("^").removesuffix("$"), apart))
    return f"^(?:{item})(?:;(?:{item}))*$" if in_list else f"^{item}$"


def one_of(values: Iterable[str]) -> str:
    """Return the pattern of a list whose items are each one of some texts."""
    item = f"(?:{'|'.join(map(re.escape, sorted(values)))})"
    return f"^{item}(?:;{item})*$"


def _translated(pattern: str, apart: str) -> Iterable[str]:
    """Yield the parts of a pattern in the portable spelling."""
    outside: Mapping[str, str] = {
        ".": f"[^{apart}{LINE_ENDS}]",
        r"\S": f"[^{apart}{WHITE_SPACE}]",
        r"\s": f"[{WHITE_SPACE}]",
        r"\d": "[0-9]",
        "[^": f"[^{apart}{LINE_ENDS}",
    }
    inside: Mapping[str, str] = {r"\s": WHITE_SPACE, r"\d": "0-9"}
    in_class = False
    for part in _PARTS.findall(pattern):
        known = inside if in_class else outside
        yield str(known.get(part, part))
        in_class = part.startswith("[") or (in_class and part != "]")
