"""Closed lists: texts of which a column admits no others, each with its label in two languages."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from fintech2021.errors import UnknownNameError

__all__ = ["ClosedList"]


class ClosedList(StrEnum):
    """A closed list, whose members are written as value, English label, Chinese label.

    >>> class Colour(ClosedList):
    ...     RED = "red", "red", "红"
    >>> Colour.RED == "red", Colour.RED.label_en, Colour.RED.label_zh
    (True, 'red', '红')
    """

    label_en: str
    label_zh: str

    # Labels can be left out for type checkers only, to whom `Colour("red")` makes a member anew.
    def __new__(cls, value: str, label_en: str = "", label_zh: str = "") -> Self:
        """Return the member, which is the text of its value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label_en, member.label_zh = label_en, label_zh
        return member

    @classmethod
    def _missing_(cls, value: object) -> Self:
        """Refuse what is no value, and name the one that is meant by it."""
        names = {str(each.value): (each.label_en, each.label_zh) for each in cls}
        raise ValueError(str(UnknownNameError(cls.__name__, value, names, names=names)))
