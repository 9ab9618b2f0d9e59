"""Numbers, intervals and amounts as people read them in each language."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from fintech2021._core.digits import without_zeros
from fintech2021._explore.units import MONEY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tools.writing.languages import Language

__all__ = ["amount", "compact", "interval", "plain"]

_SHORT: Mapping[str, Sequence[tuple[int, str]]] = {
    "en": ((10**9, " bn"), (10**6, " m")),
    "zh": ((10**8, "亿"), (10**5, "万")),
}
"""From which size on a number is told in a greater unit. Chinese keeps 45,000 as it is."""

_DIVISORS = {"万": 10**4}

_MONEY: Mapping[str, Sequence[tuple[int, str]]] = {
    "en": ((10**9, " billion "), (10**6, " million ")),
    "zh": ((10**8, "亿"), (10**4, "万")),
}


def compact(number: Decimal, language: Language) -> str:
    """Return a number in six digits, large ones in billions or millions, 亿 or 万."""
    for size, name in _SHORT[language.code]:
        if abs(number) >= size:
            return f"{_six_digits(number / _DIVISORS.get(name, size))}{name}"
    return _six_digits(number)


def _six_digits(number: Decimal) -> str:
    text = f"{number:.6g}" if abs(number) < 10**5 else f"{number:,.0f}"
    return _trimmed(text)


def _trimmed(text: str) -> str:
    """Return a number without zeros at its end, and with a minus that is as wide as a digit."""
    return without_zeros(text.replace("-", "\N{MINUS SIGN}"))


def interval(low: Decimal | None, high: Decimal | None, language: Language) -> str:
    """Return an interval in words; an end that is missing is without bound."""
    if low is None or high is None:
        return _open(low, high, language)
    start, end = compact(low, language), compact(high, language)
    return start if start == end else f"{start} … {end}"


def _open(low: Decimal | None, high: Decimal | None, language: Language) -> str:
    if low is not None:
        return language.of("at least {}", "不小于{}").format(compact(low, language))
    if high is not None:
        return language.of("at most {}", "不大于{}").format(compact(high, language))
    return language.of("anything", "任意值")


def plain(number: Decimal) -> str:
    """Return a number with its thousands parted."""
    return _trimmed(f"{number:,f}")


def amount(text: str, unit: str, language: Language) -> str:
    """Return what a cell holds with its unit: money in 亿元 or billions, percentages with a sign.

    Days and names have no unit, and stay as they are but for what parts the names.
    """
    if unit in MONEY:
        return _money(Decimal(text), MONEY[unit][language.code], language)
    if unit == "percent":
        return f"{text}{language.of(' %', '%')}"
    if unit:
        return plain(Decimal(text))
    return text.replace(";", language.of(", ", "、"))


def _money(number: Decimal, currency: str, language: Language) -> str:
    for size, name in _MONEY[language.code]:
        if abs(number) >= size:
            return f"{plain(number / size)}{name}{currency}"
    return f"{plain(number)}{language.of(' ', '')}{currency}"
