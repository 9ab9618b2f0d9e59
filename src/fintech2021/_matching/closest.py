"""The names that are meant by what was asked for."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from fintech2021._matching.folding import folded, is_chinese

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["closest", "likeness", "meant"]

_SAME = 0.98
"""From here on two texts differ in their spelling only."""
_NEAR = 0.6
_LONGEST = 200
"""No name has more characters."""
_A_FEW = 3


class _Scored(NamedTuple):
    likeness: float
    name: str


def closest(
    asked: str, known: Iterable[str], names: Mapping[str, Iterable[str]] | None = None
) -> list[str]:
    """Return the names that are meant, or else up to three that are near, the nearest first.

    What else a known name is called, such as its title in another language, stands in `names`.

    >>> closest("ICBC", ["icbc", "icbc_tech"])
    ['icbc']
    >>> closest("工商銀行", ["abc", "icbc"], {"icbc": ["工商银行"]})
    ['icbc']
    """
    scored = sorted(_scored(asked, known, names or {}), key=lambda each: -each.likeness)
    same = [each.name for each in scored if each.likeness >= _SAME]
    return same[:_A_FEW] or [each.name for each in scored if each.likeness >= _NEAR][:_A_FEW]


def meant(
    asked: str, known: Iterable[str], names: Mapping[str, Iterable[str]] | None = None
) -> str | None:
    """Return the one name that is meant, however it is spelled, or ``None``.

    >>> meant("Beijing", ["beijing", "tianjin"]), meant("jing", ["beijing", "tianjin"])
    ('beijing', None)
    """
    known = tuple(known)
    if asked in known:
        return asked
    wanted = _joined(asked) if len(asked) <= _LONGEST else ""
    same = [
        name
        for name in known
        if wanted and wanted in map(_joined, (name, *(names or {}).get(name, ())))
    ]
    return same[0] if len(same) == 1 else None


def _joined(text: str) -> str:
    return folded(text).replace(" ", "")


def _scored(
    asked: str, known: Iterable[str], names: Mapping[str, Iterable[str]]
) -> Iterable[_Scored]:
    wanted = folded(asked)
    for name in known:
        also = (likeness(wanted, folded(each)) for each in names.get(name, ()))
        yield _Scored(max(likeness(wanted, folded(name)), *also, 0.0), name)


def likeness(wanted: str, other: str) -> float:
    """Return how near two folded texts are, from 0 to 1.

    >>> likeness("banks", "banks"), likeness("tech spend", "techspend")
    (1.0, 0.98)
    >>> round(likeness("bank", "banks"), 2), round(likeness("bnks", "banks"), 2)
    (0.89, 0.87)
    """
    if not wanted or not other:
        return 0.0
    if wanted == other:
        return 1.0
    one, two = wanted.replace(" ", ""), other.replace(" ", "")
    if one == two:
        return _SAME
    short, long = sorted((one, two), key=len)
    if len(short) < (2 if is_chinese(short) else 3):  # It stands in too many others.
        return 0.0
    return max(_contained(short, long), _similar(one, two))


def _contained(short: str, long: str) -> float:
    return 0.65 + 0.3 * len(short) / len(long) if short in long else 0.0


def _similar(one: str, two: str) -> float:
    matcher = SequenceMatcher(None, two, one, autojunk=False)
    possible = matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR
    # A text of the same letters in another order comes after one that has a letter too many.
    return 0.98 * matcher.ratio() if possible else 0.0
