"""How a table on a page shows the cells of a column: their unit, their labels, their digits."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from fintech2021._core import catalog
from fintech2021._core.digits import without_zeros
from fintech2021._core.naming import called
from fintech2021._explore.units import MONEY, Scale, scale_of, unit_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fintech2021._core.descriptor import Column, Descriptor
    from tools.writing.languages import Language

__all__ = ["ShownColumn", "grouped", "shifted", "shown_column", "title_of", "told", "untold"]

_Labels: TypeAlias = "Mapping[str, Mapping[str, str]]"

NAMED = {"institutions", "regions"}
"""Datasets whose ids a table shows as names: of what else is referred to the name is a sentence,
or stands in a column of its own."""
YES_NO = {"true": {"en": "yes", "zh": "是"}, "false": {"en": "no", "zh": "否"}}
"""What a flag is called."""
STOPS = {"en": "; ", "zh": "；"}
"""What stands between the items of a list."""
_TENS = {10**power: power for power in range(13)}


class ShownColumn(NamedTuple):
    """A column and what its cells are shown with."""

    column: Column
    labels: Mapping[str, Mapping[str, str]]
    """What a value is called, by value and language."""
    scales: Mapping[str, Scale]
    """In which unit of money the numbers are shown, by language."""

    @property
    def is_number(self) -> bool:
        """Whether the cells are numbers."""
        return self.column.is_number

    @property
    def is_grouped(self) -> bool:
        """Whether the digits are parted by thousands: years and numbers of lines are not."""
        return self.is_number and self.column.unit not in {None, "year"}

    def shift(self, language: str) -> int:
        """Return by how many digits the numbers are made smaller."""
        return _TENS[self.scales[language].divisor] if self.scales else 0

    def is_told_plainly(self, value: str, language: str) -> bool:
        """Whether the value follows from what a page shows for it."""
        if self.labels:
            return untold(self.text(value, language), self.labels, language) == value
        return not self.scales

    def text(self, value: str, language: str) -> str:
        """Return what a page shows for a cell."""
        if self.labels:
            return told(value, self.labels, language)
        digits = shifted(value, self.shift(language)) if value else ""
        return grouped(digits) if self.is_grouped else value


def shown_column(descriptor: Descriptor, column: Column, cells: Sequence[str]) -> ShownColumn:
    """Return how a column of a dataset is shown that has these cells."""
    is_money = column.is_number and column.unit in MONEY
    labels = _names(descriptor, column, cells) if _is_named(descriptor, column) else _labels(column)
    return ShownColumn(column, labels, _scales(column, cells) if is_money else {})


def _is_named(descriptor: Descriptor, column: Column) -> bool:
    """Whether ids are shown as names: not where the row has its own name beside its key."""
    is_told = column.name in descriptor.primary_key and any(
        other.name in {"name_en", "name_zh"} for other in descriptor.columns
    )
    return column.references in NAMED and not is_told


def _names(descriptor: Descriptor, column: Column, cells: Iterable[str]) -> _Labels:
    """Return what the ids in a column are called; whoever has one name has it in both languages."""
    target = catalog.same_edition(descriptor, str(column.references))
    english, chinese = called(target, "en"), called(target, "zh")
    return {
        each: {"en": english.get(each, each), "zh": chinese.get(each) or english.get(each, each)}
        for each in sorted({item for cell in cells for item in cell.split(";") if item})
    }


def _labels(column: Column) -> _Labels:
    if column.type == "boolean":
        return YES_NO
    return {
        value: {"en": column.labels_en.get(value, value), "zh": column.labels.get(value, value)}
        for value in column.enum
    }


def _scales(column: Column, cells: Sequence[str]) -> Mapping[str, Scale]:
    values = [Decimal(cell) for cell in cells if cell]
    return {code: scale_of(values, column.unit or "", code) for code in ("en", "zh")}


def told(value: str, labels: Mapping[str, Mapping[str, str]], language: str) -> str:
    """Return what a value, or each item of a list, is called."""
    parts = [labels[item][language] if item in labels else item for item in value.split(";")]
    return STOPS[language].join(parts)


def untold(text: str, labels: Mapping[str, Mapping[str, str]], language: str) -> str:
    """Return the value, or the items, of which a page tells the labels."""
    values = {named[language]: value for value, named in labels.items()}
    return ";".join(values.get(part, part) for part in text.split(STOPS[language]))


def shifted(number: str, digits: int) -> str:
    """Return a number with its point moved to the left, all its digits kept.

    >>> shifted("23819000000", 8), shifted("560000000", 9), shifted("2.78", 0)
    ('238.19', '0.56', '2.78')
    """
    if not digits:
        return number
    return without_zeros(format(Decimal(number).scaleb(-digits), "f"))


def grouped(number: str) -> str:
    """Return a number with its thousands parted.

    >>> grouped("-13104"), grouped("1234.50"), grouped("")
    ('-13,104', '1,234.50', '')
    """
    whole, point, part = number.partition(".")
    return f"{int(whole):,}{point}{part}" if whole not in {"", "-0"} else number


def title_of(it: ShownColumn, language: Language) -> str:
    """Return the heading of a column, its unit behind it."""
    chinese = it.column.title_zh
    if it.column.references and it.labels:
        chinese = chinese.removesuffix("标识")  # The cells are names.
    title = language.of(it.column.title_en, chinese)
    unit = _unit(it, language.code)
    return f"{title}{language.of(f' ({unit})', f'（{unit}）')}" if unit else title


def _unit(it: ShownColumn, code: str) -> str:
    if it.scales:
        return it.scales[code].unit
    return unit_in_words(it.column.unit, code) if it.is_number else ""
