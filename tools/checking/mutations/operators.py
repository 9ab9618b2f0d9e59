"""The mutation operators: what goes wrong when figures are typed, copied, converted or joined.

Where a change can leave a well-formed cell it does: what is malformed is seen at once. Each takes
its choices from a random source that knows the cell alone, so that a mutant stays the same whatever
else is tried.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import cache, partial
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import opencc

from tools.checking.mutations.table import Mutant, is_well_formed, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fintech2021._core.descriptor import Column
    from tools.checking.mutations.table import Table

    Cell = tuple[Table, int, Column]
    """A table, the number of a row, and a column."""
    Change = Callable[[Cell, str, Random], Iterable[str]]
    """Yields what may stand in a cell instead, in the order of preference."""

__all__ = ["OPERATORS", "Operator", "mutants"]

_EXACT = Context(prec=50)
_DIGITS = "0123456789"
_DASHES = "-‐–—−"
_FULL_WIDTH = {ord(digit): chr(ord(digit) + 0xFEE0) for digit in _DIGITS}
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def _shuffled(items: Iterable[str], random: Random) -> list[str]:
    ordered = sorted(set(items))
    random.shuffle(ordered)
    return ordered


def _replaced(text: str, at: int, by: str) -> str:
    return text[:at] + by + text[at + 1 :]


def _digit(_cell: Cell, text: str, random: Random) -> list[str]:
    places = [n for n, character in enumerate(text) if character in _DIGITS]
    changed = (_replaced(text, n, digit) for n in places for digit in _DIGITS if digit != text[n])
    return _shuffled(changed, random)


def _swapped(_cell: Cell, text: str, random: Random) -> list[str]:
    pairs = (n for n in range(len(text) - 1) if text[n] in _DIGITS and text[n + 1] in _DIGITS)
    changed = (text[:n] + text[n + 1] + text[n] + text[n + 2 :] for n in pairs)
    return _shuffled((each for each in changed if each != text), random)


def _number(text: str, column: Column) -> Decimal | None:
    """Return the number in a cell, if it is one other than zero."""
    return Decimal(text) if column.is_number and text and Decimal(text) else None


def _sign(cell: Cell, text: str, _random: Random) -> Iterator[str]:
    if _number(text, cell[2]) is not None:
        yield text[1:] if text.startswith("-") else f"-{text}"


def _scaled(power: int, cell: Cell, text: str, _random: Random) -> Iterator[str]:
    number = _number(text, cell[2])
    if number is not None:
        yield _plain(number.scaleb(power, _EXACT), cell[2])


def _plain(number: Decimal, column: Column) -> str:
    """Return a number as a cell spells it; of whole numbers without a fraction."""
    text = format(number, "f")
    is_whole = column.type == "integer" and number == number.to_integral_value()
    return text.partition(".")[0] if is_whole else text


def _neighbour(cell: Cell, text: str, _random: Random) -> Iterator[str]:
    if text:
        yield from _others_near(cell, text)


def _others_near(cell: Cell, text: str) -> Iterator[str]:
    """Yield the other values of the column, those of the nearest rows first."""
    rows, number, column = cell[0].rows, cell[1], cell[2].name
    for distance in range(1, len(rows)):
        for near in (number + distance, number - distance):
            if 0 <= near < len(rows) and rows[near][column] not in {"", text}:
                yield rows[near][column]


def _emptied(_cell: Cell, text: str, _random: Random) -> Iterator[str]:
    if text:
        yield ""


def _filled(cell: Cell, text: str, _random: Random) -> Iterator[str]:
    if not text:
        yield from _others_near(cell, "")


def _category(cell: Cell, text: str, random: Random) -> list[str]:
    column = cell[2]
    known = ("false", "true") if column.type == "boolean" else column.enum
    return _one_item(text, known, column, random)


def _reference(cell: Cell, text: str, random: Random) -> list[str]:
    return _one_item(text, _keys(cell[2].references), cell[2], random)


@cache
def _keys(dataset: str | None) -> tuple[str, ...]:
    """Return the keys of a table to which a column can refer."""
    if dataset is None:
        return ()
    parent = table(dataset)
    return tuple(dict.fromkeys(parent.cells(parent.descriptor.primary_key[0])))


def _one_item(text: str, known: Iterable[str], column: Column, random: Random) -> list[str]:
    """Return a cell with another known value, or a list with another one in an item's place."""
    if not text:
        return []
    items = text.split(";") if column.is_list else [text]
    others = _shuffled(set(known) - set(items), random)
    at = random.randrange(len(items))
    return [";".join((*items[:at], other, *items[at + 1 :])) for other in others[:1]]


def _day_and_month(_cell: Cell, text: str, _random: Random) -> Iterator[str]:
    for day in _DAY.finditer(text):
        if day[2] != day[3] and int(day[3]) <= 12:
            yield f"{text[: day.start()]}{day[1]}-{day[3]}-{day[2]}{text[day.end() :]}"


def _traditional(_cell: Cell, text: str, random: Random) -> list[str]:
    changed = (_replaced(text, n, _traditional_of(each)) for n, each in enumerate(text))
    return _shuffled((each for each in changed if each != text), random)


@cache
def _traditional_of(character: str) -> str:
    return character if character.isascii() else str(_converter().convert(character))


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def _full_width(_cell: Cell, text: str, random: Random) -> list[str]:
    places = (n for n, character in enumerate(text) if character in _DIGITS)
    return _shuffled((_replaced(text, n, text[n].translate(_FULL_WIDTH)) for n in places), random)


def _dash(_cell: Cell, text: str, random: Random) -> list[str]:
    places = (n for n, character in enumerate(text) if character in _DASHES)
    changed = (_replaced(text, n, dash) for n in places for dash in _DASHES if dash != text[n])
    return _shuffled(changed, random)


class Operator(NamedTuple):
    """A way in which a table goes wrong."""

    name: str
    said: str
    """What it does, in words."""
    mutate: Callable[[Table, int], Iterator[Mutant]]
    """Yields the mutants of a row."""


def _of_cells(name: str, said: str, change: Change) -> Operator:
    def mutate(whole: Table, number: int) -> Iterator[Mutant]:
        for column in whole.descriptor.columns:
            cell, text = (whole, number, column), whole.rows[number][column.name]
            texts = change(cell, text, Random(f"{whole.name} {number} {column.name}"))
            new = _best(texts, column)
            if new is not None:
                yield Mutant(table=whole, operator=name, number=number, cells={column.name: new})

    return Operator(name, said, mutate)


def _best(texts: Iterable[str], column: Column) -> str | None:
    """Return the first well-formed text, or the first one."""
    known = list(texts)
    return next((text for text in known if is_well_formed(text, column)), next(iter(known), None))


def _copies(copies: int, name: str, whole: Table, number: int) -> Iterator[Mutant]:
    yield Mutant(table=whole, operator=name, number=number, copies=copies)


def _rekeyed(whole: Table, number: int) -> Iterator[Mutant]:
    """Yield a row under a key that no row has: one part of it is another known one, or misspelt."""
    random = Random(f"{whole.name} {number}")
    parts = list(whole.descriptor.primary_key)
    random.shuffle(parts)
    for part in parts:
        for text in _other_parts(whole, number, whole.columns[part], random):
            made = Mutant(table=whole, operator="rekeyed", number=number, cells={part: text})
            if whole.key(made.after) not in whole.by_key:
                yield made
                return


def _other_parts(whole: Table, number: int, column: Column, random: Random) -> Iterator[str]:
    text = whole.rows[number][column.name]
    yield from _shuffled({*_keys(column.references), *column.enum} - {text}, random)
    yield from _digit((whole, number, column), text, random) if column.is_number else ()
    letters = [n for n, character in enumerate(text) if character.isalpha()]
    random.shuffle(letters)
    for at in letters:
        yield _replaced(text, at, random.choice("abcdefghijklmnopqrstuvwxyz".replace(text[at], "")))


def _exchanged(whole: Table, number: int) -> Iterator[Mutant]:
    """Yield the row with two cells of one type in each other's place: each column once."""
    row, random = whole.rows[number], Random(f"{whole.name} {number}")
    given = [column for column in whole.descriptor.columns if row[column.name]]
    for column in given:
        alike = [c.name for c in given if c.type == column.type and row[c.name] != row[column.name]]
        if alike:
            other = random.choice(alike)
            cells = {column.name: row[other], other: row[column.name]}
            yield Mutant(table=whole, operator="cells_exchanged", number=number, cells=cells)


OPERATORS: tuple[Operator, ...] = (
    _of_cells("digit", "a digit changed", _digit),
    _of_cells("digits_swapped", "two neighbouring digits swapped", _swapped),
    _of_cells("sign", "the sign changed", _sign),
    _of_cells("times_ten", "ten times the number", partial(_scaled, 1)),
    _of_cells("times_10_4", "ten thousand times the number (万)", partial(_scaled, 4)),
    _of_cells("times_10_8", "a hundred million times the number (亿)", partial(_scaled, 8)),
    _of_cells("point_moved", "the decimal point one place to the left", partial(_scaled, -1)),
    _of_cells("neighbour", "the value of the nearest row that has another one", _neighbour),
    _of_cells("emptied", "a value left out", _emptied),
    _of_cells("filled", "a value where none is", _filled),
    _of_cells("category", "another member of the closed list", _category),
    _of_cells("reference", "another key of the table referred to", _reference),
    Operator("doubled", "a row twice", partial(_copies, 2, "doubled")),
    Operator("dropped", "a row left out", partial(_copies, 0, "dropped")),
    Operator("rekeyed", "a row under another key", _rekeyed),
    Operator("cells_exchanged", "two cells of a row exchanged", _exchanged),
    _of_cells("day_and_month", "day and month exchanged", _day_and_month),
    _of_cells("traditional", "a traditional character for a simplified one", _traditional),
    _of_cells("full_width", "a full-width digit", _full_width),
    _of_cells("dash", "another dash", _dash),
)
"""Every operator; each has the same weight."""


def mutants(whole: Table, operator: Operator, most: int | None) -> list[Mutant]:
    """Return the mutants that an operator makes of a table, or so many, drawn by a fixed seed."""
    rows = list(range(len(whole.rows)))
    if most is None:
        return [mutant for number in rows for mutant in operator.mutate(whole, number)]
    random = Random(f"{whole.name} {operator.name}")
    random.shuffle(rows)
    drawn: list[Mutant] = []
    for number in rows:
        made = list(operator.mutate(whole, number))
        drawn += random.sample(made, min(-(-most // len(rows)) + 1, len(made)))
        if len(drawn) >= most:
            break
    return drawn[:most]
