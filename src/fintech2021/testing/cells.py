"""A strategy for the cells of a column: of its type, between its bounds, of its list, its pattern.

Most cells are one choice each: what is made of few choices shrinks in little time.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from hypothesis import strategies as st

from fintech2021._contracts.patterns import ONE_LINE, portable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from fintech2021._core.descriptor import Column
    from fintech2021.testing.shapes import Shape

__all__ = ["cell"]

_LARGEST = 10**15
"""Whole numbers without a bound: floats hold all of them, and sums of them."""
_LONGEST = 24
_ITEMS = 3
_NEW_YEAR = date(2020, 1, 1)
"""The plainest day: others are so many days before or after."""
_FIRST, _LAST = date(1900, 1, 1), date(2100, 12, 31)
_MONTHS = 12
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SLUG = r"^[a-z0-9]+(?:[_-][a-z0-9]+)*$"
_SOME_OF_A_CLASS = re.compile(r"\^(\[[^\[\]]+\])\{(\d+)\}\$")
_CHINESE = "（）《》、，。“”·—0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIGNS: tuple[Literal["L", "M", "N", "P", "S"], ...] = ("L", "M", "N", "P", "S")
"""The categories of characters that show: letters, marks, numbers, punctuation, symbols."""


def cell(shape: Shape, column: Column) -> SearchStrategy[Any]:
    """Return a strategy for the plain values of a cell, ``None`` among them if it may be missing.

    What refers to a row of the same table is the number of that row, for whoever knows the rows.
    """
    if column.name in shape.derived:
        return st.none()
    if shape.is_own(column):
        return _index(len(shape.published))
    given = _given(shape, column)
    return given if column.required else st.one_of(st.none(), given)


def _index(height: int) -> SearchStrategy[int | None]:
    """Return a strategy for the number of a row, as often for none."""
    return st.integers(0, 2 * height - 1).map(lambda n: None if n < height else n - height)


def _given(shape: Shape, column: Column) -> SearchStrategy[Any]:
    if not column.is_list:
        return _item(shape, column)
    items = _item(shape, column)
    return st.lists(items, min_size=1, max_size=_ITEMS, unique=True).map(";".join)


def _item(shape: Shape, column: Column) -> SearchStrategy[Any]:
    """Return a strategy for a cell that is there, or for an item of one that is a list."""
    keys = shape.keys.get(column.name) or column.enum
    if keys:
        return st.sampled_from(keys)
    if column.name in shape.periods:
        return _periods()
    made = _OF_TYPES.get(column.type)
    return made(shape, column) if made else _text(shape, column)


def _months(_shape: Shape, _column: Column) -> SearchStrategy[date]:
    return _days().map(lambda day: day.replace(day=1))


def _numbers(shape: Shape, column: Column) -> SearchStrategy[float]:
    """Return a strategy for numbers of two decimals, or of quarters: sums of these are exact."""
    parts = 4 if column.name in shape.added else 100
    low, high = _bounds(column, -_LARGEST // 100, _LARGEST // 100)
    return st.integers(low * parts, high * parts).map(lambda number: number / parts)


_OF_TYPES: Mapping[str, Callable[[Shape, Column], SearchStrategy[Any]]] = {
    "integer": lambda _, column: st.integers(*_bounds(column)),
    "number": _numbers,
    "boolean": lambda *_: st.booleans(),
    "date": lambda *_: _days(),
    "yearmonth": _months,
}
"""What is drawn of each type that is no text."""


def _bounds(column: Column, least: int = -_LARGEST, greatest: int = _LARGEST) -> tuple[int, int]:
    low, high = column.minimum, column.maximum
    return (least if low is None else int(low), greatest if high is None else int(high))


def _days() -> SearchStrategy[date]:
    before, after = (_FIRST - _NEW_YEAR).days, (_LAST - _NEW_YEAR).days
    return st.integers(before, after).map(lambda number: _NEW_YEAR + timedelta(days=number))


@st.composite
def _periods(draw: DrawFn) -> str:
    """Draw a year, month or day, or an interval of years or of months."""
    spell = draw(st.sampled_from([_year, _month, date.isoformat, _years, _span]))
    return spell(draw(_days()))


def _year(day: date) -> str:
    return f"{day.year}"


def _month(day: date) -> str:
    return f"{day.year}-{day.month:02}"


def _years(day: date) -> str:
    return f"{day.year}/{day.year + 1}"


def _span(day: date) -> str:
    return f"{day.year}-{day.month:02}/{day.year}-{_MONTHS}"


def _text(shape: Shape, column: Column) -> SearchStrategy[str]:
    pattern = column.pattern or ONE_LINE
    if pattern == ONE_LINE:
        return _lines(column)
    if pattern == _SLUG:
        letters = st.text(f"{_LETTERS}0123456789_-", min_size=1, max_size=_LONGEST)
        return letters.map(_as_slug)
    if found := _SOME_OF_A_CLASS.fullmatch(pattern):
        admitted = [c for c in map(chr, range(128)) if re.fullmatch(found[1], c)]
        return st.text(admitted, min_size=int(found[2]), max_size=int(found[2]))
    spelled = portable(pattern).removeprefix("^").removesuffix("$")
    if items := shape.items(column.name):
        return _like(items, spelled)
    shown = st.characters(max_codepoint=126, categories=_SIGNS, exclude_characters=";")
    return st.from_regex(spelled, fullmatch=True, alphabet=shown)


@st.composite
def _like(draw: DrawFn, items: Sequence[str], pattern: str) -> str:
    """Draw a published text, one word of it perhaps another: few choices for any pattern."""
    item = draw(st.sampled_from(items))
    word = draw(st.text(_LETTERS, max_size=_LONGEST))
    places = [found.span() for found in re.finditer(f"[{_LETTERS}]+", item)]
    start, end = places[draw(st.integers(0, 9)) % len(places)] if places else (0, 0)
    made = f"{item[:start]}{word}{item[end:]}"
    return made if word and re.fullmatch(pattern, made) else item


def _lines(column: Column) -> SearchStrategy[str]:
    """Return a strategy for one line of text, in the script of the column."""
    if column.name.endswith("_zh"):
        signs = st.characters(
            min_codepoint=0x4E00, max_codepoint=0x9FA5, include_characters=_CHINESE
        )
    else:
        signs = st.characters(
            categories=_SIGNS,
            include_characters=" ",
            exclude_characters=";" if column.is_list else "",
        )
    return st.text(signs, min_size=1, max_size=_LONGEST).map(_as_line)


def _as_line(text: str) -> str:
    return text.strip(" ") or "0"


def _as_slug(text: str) -> str:
    return re.sub(r"([_-])[_-]+", r"\1", text).strip("_-") or "0"
