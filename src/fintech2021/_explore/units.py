"""Units in words, and money in a unit that people read: 亿元, billion yuan."""

from __future__ import annotations

from decimal import Decimal
from numbers import Real
from statistics import median
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fintech2021._core.descriptor import Column

__all__ = [
    "MONEY",
    "Scale",
    "is_missing",
    "is_numeric",
    "scale_of",
    "scaled",
    "spoken",
    "unit_in_words",
    "unit_of",
]

MONEY: Mapping[str, Mapping[str, str]] = {
    "CNY": {"en": "yuan", "zh": "元"},
    "USD": {"en": "US dollars", "zh": "美元"},
    "HKD": {"en": "Hong Kong dollars", "zh": "港元"},
    "EUR": {"en": "euros", "zh": "欧元"},
}
"""What each currency is called."""

_SCALES: Mapping[str, Sequence[tuple[int, str]]] = {
    "en": ((10**12, "trillion "), (10**9, "billion "), (10**6, "million ")),
    "zh": ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")),
}
"""What the languages count in, the greatest first."""

_WORDS: Mapping[str, Mapping[str, str]] = {
    "percent": {"en": "%", "zh": "%"},
    "percentage_points": {"en": "percentage points", "zh": "百分点"},
}


class Scale(NamedTuple):
    """By what numbers are divided, and how what is left is called."""

    divisor: int
    unit: str


def scale_of(values: Sequence[object], currency: str, language: str) -> Scale:
    """Return the greatest unit of which the middle one of the numbers has one at least.

    >>> scale_of([23819000000, 150000000], "CNY", "zh")
    Scale(divisor=100000000, unit='亿元')
    """
    name = MONEY[currency][language]
    sizes = [abs(float(value)) for value in values if is_numeric(value) and value]
    middle = median(sizes) if sizes else 0.0
    for divisor, word in _SCALES[language]:
        if middle >= divisor:
            return Scale(divisor, f"{word}{name}")
    return Scale(1, name)


def scaled(value: object, scale: Scale) -> object:
    """Return a number in a greater unit, and whatever is no number as it is."""
    return float(value) / scale.divisor if is_numeric(value) else value


def spoken(printed: str, scale: Decimal, unit: str | None) -> tuple[str, ...]:
    """Return how a printed number is said with what it counts in, without and with its currency.

    >>> spoken("238.19", Decimal(100_000_000), "CNY")
    ('238.19亿', '238.19亿元')
    """
    word = next((word for divisor, word in _SCALES["zh"] if divisor == scale), "")
    currency = MONEY.get(unit or "", {"zh": ""})["zh"]
    names = dict.fromkeys(("", currency))
    return tuple(f"{printed}{word}{name}" for name in names) if word else ()


def unit_of(column: Column, cells: Mapping[str, str]) -> str | None:
    """Return the unit of a cell, which in some tables the row says."""
    if column.unit is None:
        return None
    of_row = {"unit of the row": "unit", "currency of the row": "currency"}
    return cells.get(of_row.get(column.unit, ""), column.unit)


def unit_in_words(unit: str | None, language: str) -> str:
    """Return what a unit is called in a title; counts, years and ranks say it themselves."""
    words = {**MONEY, **_WORDS}.get(unit or "")
    return words[language] if words else ""


def is_numeric(value: object) -> TypeGuard[Real]:
    """Tell whether a value is a number, and not a flag or missing."""
    is_number = isinstance(value, Real | Decimal) and not isinstance(value, bool)
    return is_number and not is_missing(value)


def is_missing(value: object) -> bool:
    """Tell whether a value is missing, as any engine says it."""
    try:
        return value is None or bool(value != value)  # noqa: PLR0124 - As no number is.
    except Exception:  # noqa: BLE001 - pandas' NA has no truth, and an object may do what it likes.
        return True
