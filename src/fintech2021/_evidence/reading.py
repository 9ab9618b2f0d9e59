"""Read the characters that the report prints: numbers, Chinese numerals, dates, lists, names."""

from __future__ import annotations

import re
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fintech2021._core.descriptor import Column

__all__ = ["agrees", "read_cell", "read_list", "read_number", "read_period", "read_text"]

_EXACT = Context(prec=50, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])
"""The caller's context may round or trap; comparing with printed characters must do neither."""

REPORT_YEAR = 2021
"""The year that the report means where it prints a month without one."""

_DIGITS = {character: digit for digit, character in enumerate("零一二三四五六七八九")}
_DIGITS |= {"两": 2, "双": 2, "首": 1}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_WORDS = {"一半": Decimal("0.5"), "半": Decimal("0.5"), "翻倍": Decimal(2), "倍": Decimal(2)}
_ARABIC = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_NUMERAL = re.compile(f"[{''.join([*_DIGITS, *_POWERS, *_MYRIADS])}]+")
_SPELLED_OUT = re.compile("[一二三四五六七八九两双首][零一二三四五六七八九两双首]")
_LEFT_OUT = re.compile("[百千万亿][一二三四五六七八九两双首](?![十百千])")
"""两百五 is 250 in speech and 205 by the letters: only 两百零五 and 两百五十 say which."""
_WHITE = re.compile(r"\s+")


def read_text(printed: str) -> str:
    """Return the characters without the white space that the page layout put between them."""
    return _WHITE.sub("", printed)


def read_number(printed: str) -> Decimal | None:
    """Return the number that the characters state, ``None`` for a printed dash."""
    text = read_text(printed)
    if text == "-":
        return None
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if text in _WORDS:
        return _WORDS[text]
    whole, divided, part = text.partition("分之")
    return _EXACT.divide(_numeral(part), _numeral(whole)) if divided else _numeral(text)


def _numeral(text: str) -> Decimal:
    if not _NUMERAL.fullmatch(text) or _SPELLED_OUT.search(text) or _LEFT_OUT.search(text):
        raise ValueError(f"{text!r} is not a printed number")
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _POWERS:
            section += (digit or 1) * _POWERS[character]
            digit = 0
        else:
            total = _with_myriad(total, section + digit, _MYRIADS[character])
            section = digit = 0
    return Decimal(total + section + digit)


def _with_myriad(total: int, section: int, power: int) -> int:
    """Multiply what stands before 万 or 亿, which is not what an earlier, larger one closed off."""
    if total >= power:
        return total + section * power
    return (total + section or 1) * power


_PERIODS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r"(?P<y>\d{4})年?[-—](?P<z>\d{4})年?(?:间|期间)?", "{y}/{z}"),
        (r"(?P<y>\d{4})年(?P<z>\d{4})年", "{y}/{z}"),
        (r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<z>\d{4})年(?P<n>\d{1,2})月", "{y}-{m:02}/{z}-{n:02}"),
        (r"(?P<y>\d{4})年?(?P<m>\d{1,2})-(?P<n>\d{1,2})月", "{y}-{m:02}/{y}-{n:02}"),
        (r"(?P<y>\d{4})年?前三季度", "{y}-01/{y}-09"),
        (r"(?P<y>\d{4})年?(?:头两个季度|上半年)", "{y}-01/{y}-06"),
        (r"(?P<y>\d{4})年?第三季度", "{y}-07/{y}-09"),
        (r"(?P<y>\d{4})年?前(?P<m>\d{1,2})月", "{y}-01/{y}-{m:02}"),
        (r"(?P<y>\d{4})[年./](?P<m>\d{1,2})[月./](?P<d>\d{1,2})日?", "{y}-{m:02}-{d:02}"),
        (r"(?P<y>\d{4})[年.](?P<m>\d{1,2})月?底?", "{y}-{m:02}"),
        (r"(?P<y>\d{4})年?年?[底末]", "{y}-12"),
        (r"(?P<y>\d{4})年?(?:全年)?", "{y}"),
    )
)
_RELATIVE = {"今年": f"{REPORT_YEAR}年", "去年": f"{REPORT_YEAR - 1}年", "十三五": "2016-2020"}
_YEARLESS = re.compile(r"\d{1,2}月|前|上半年|第三季度")
_UP_TO = re.compile("截[至止]到?|至")
"""What makes of a period the point in time at which it ends."""


def read_period(printed: str) -> str:
    """Return the ISO 8601 day, month, year or ``start/end`` interval that the characters state."""
    text = read_text(printed)
    if up_to := _UP_TO.match(text):
        return _end(read_period(text[up_to.end() :]))
    for word, meaning in _RELATIVE.items():
        text = text.replace(word, meaning)
    if _YEARLESS.match(text):
        text = f"{REPORT_YEAR}年{text}"
    for pattern, form in _PERIODS:
        if match := pattern.fullmatch(text):
            found = {k: v if k in "yz" else int(v) for k, v in match.groupdict().items()}
            return form.format(**found)
    raise ValueError(f"{printed!r} is not a printed date or period")


def _end(period: str) -> str:
    """Return the month or the day with which a period ends."""
    end = period.rpartition("/")[2]
    return end if "-" in end else f"{end}-12"


def read_list(printed: str) -> str:
    """Return the items of an enumeration, joined as a CSV cell holds them."""
    return ";".join(item for item in re.split("[、，,;；]", read_text(printed)) if item)


def agrees(cell: str, column: Column, printed: str, scale: Decimal) -> bool:
    """Tell whether a CSV cell says just what the printed characters say, times the scale."""
    if column.enum:
        return printed in column.printed_as.get(cell, ())
    if column.is_number and column.unit != "year":
        number = read_number(printed)
        if number is None or cell == "":
            return number is None and cell == ""
        return Decimal(cell) == _EXACT.multiply(number, scale)
    return read_cell(column, printed, scale) == read_text(cell)


def read_cell(column: Column, printed: str, scale: Decimal) -> str:
    """Return the cell that says what the characters say; of a closed list, the characters."""
    if column.is_number and column.unit != "year":
        number = read_number(printed)
        return "" if number is None else format(_EXACT.multiply(number, scale), "f")
    return _READERS[_kind(column)](printed)


_READERS: Mapping[str, Callable[[str], str]] = {
    "list": read_list,
    "period": read_period,
    "text": read_text,
    "year": lambda printed: read_period(printed)[:4],
}


def _kind(column: Column) -> str:
    if column.is_number:
        return "year"
    if column.type in {"date", "yearmonth"} or column.unit == "period":
        return "period"
    return "list" if column.type == "list" else "text"
