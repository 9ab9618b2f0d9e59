"""What a cross-check comes to: a printed cell and a public value as intervals, or as days.

Numbers are judged as the audit judges claims: each is every number that rounds to it, widened by
its hedge, and the two agree if they have a number in common. Days agree if their periods meet.
Names are read, not judged.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from string import ascii_lowercase
from typing import TYPE_CHECKING

from fintech2021._audit.interval import Interval
from fintech2021._audit.operand import cells_of
from fintech2021._audit.reading_rule import READING_RULES, read_figure
from fintech2021._audit.relation import Operand, parse
from fintech2021._core import catalog
from tools.freezing.derive import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fintech2021._audit.operand import Cell

__all__ = ["cell_of", "meets", "public_interval"]

_RULE = READING_RULES[max(READING_RULES)]
_PERIOD = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


def cell_of(check: Mapping[str, str]) -> Cell:
    """Return the printed cell that a check is about."""
    text = f"{check['dataset']}/{check['key']}/{check['column']}"
    (cell,) = cells_of(text, catalog.load_descriptor)
    return cell


def meets(check: Mapping[str, str]) -> bool | None:
    """Tell whether the printed and the public value can be the same; ``None`` for names."""
    cell = cell_of(check)
    if check["figures"]:
        return cell.interval(_RULE).meets(public_interval(check))
    if _PERIOD.fullmatch(check["public_value"]):
        ends = _days(check["public_value"])
        at_latest = check["public_qualifier"] == "under"
        return _days(cell.text).meets(Interval(Decimal(0), ends.high) if at_latest else ends)
    return None


def public_interval(check: Mapping[str, str]) -> Interval:
    """Return all numbers that the public value can stand for; a hedge is one of every figure."""
    figures = [
        _RULE.stands_for(
            read_figure(text, Decimal(1), exact=check["unit"] == "count" and "." not in text),
            check["public_qualifier"],
        )
        for text in check["figures"].split(";")
    ]
    return _related(check["relation"] or "a", figures).scaled(Decimal(check["scale"]))


def _related(relation: str, figures: Sequence[Interval]) -> Interval:
    operands = {
        letter: Operand([], [figure])
        for letter, figure in zip(ascii_lowercase, figures, strict=False)
    }
    (comparison,) = parse(f"{relation} = 0").compare(operands)
    return comparison.left


def _days(period: str) -> Interval:
    """Return the days of a period, counted from the first of the calendar."""
    ends = (date.fromisoformat(day).toordinal() for day in (first_day(period), last_day(period)))
    return Interval(*map(Decimal, ends))
