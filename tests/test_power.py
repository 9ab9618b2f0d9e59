"""How small a change of a printed number does the audit notice?

A cell takes part if it holds a printed number, and a claim that holds and is not vacuous names it.
Its number is changed by twenty units of its last printed digit, up and down, as far as it keeps its
sign: the report prints no number below zero. The unit of a number in Chinese words is the power of
ten of its last digit. The change is noticed if a claim that holds fails with it. The power is the
share of the cells of which a change in at least one direction is noticed.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from fintech2021._audit import operand
from fintech2021._audit import verdict as auditing
from fintech2021._audit.interval import Interval, of_printed
from fintech2021._core.rows import by_key
from fintech2021._evidence import reading
from fintech2021._versions import pins

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fintech2021._audit.operand import Cell

UNITS = 20
LEAST = 0.90


class Change(NamedTuple):
    """A cell, by its operand, and what is added to its number."""

    operand: str
    shift: Decimal

    def read(self, text: str) -> tuple[Cell, ...]:
        """Return the cells of an operand, the one changed."""
        return tuple(map(self._changed, named(text)))

    def _changed(self, cell: Cell) -> Cell:
        return ShiftedCell.of(cell, self.shift) if name(cell) == self.operand else cell


class ShiftedCell(operand.Cell):
    """A cell whose number, and all that rounds to it, is moved."""

    shift: Decimal

    @classmethod
    def of(cls, cell: Cell, shift: Decimal) -> ShiftedCell:
        """Return a cell moved by so much."""
        text = str(Decimal(cell.text) + shift)
        moved = cls(*cell._replace(row={**cell.row, cell.column.name: text}))
        moved.shift = shift
        return moved

    @property
    def interval(self) -> Interval:
        return super().interval + Interval.exact(self.shift)


def named(text: str) -> tuple[Cell, ...]:
    """Return the cells of an operand."""
    return operand.cells_of(text, pins.requested)


class Claim(NamedTuple):
    """A claim that holds."""

    claim_id: str
    relation: str
    operands: list[str]

    def fails_with(self, change: Change) -> bool:
        """Tell whether the claim fails once the change is made."""
        cells = [change.read(text) for text in self.operands]
        found = auditing.judge(self.claim_id, self.relation, cells)
        return found.verdict == "fails"


def name(cell: Cell) -> str:
    """Return the operand that names one cell."""
    return f"{cell.descriptor.name}/{cell.key}/{cell.column.name}"


def unit(cell: Cell) -> Decimal:
    """Return one unit of the last printed digit, in the scale of the cell."""
    characters = "".join(place.printed for place in cell.places)
    number = reading.read_number(characters)
    assert number is not None
    shown = number if characters.isascii() else number.normalize()
    last = shown.adjusted() - len(shown.as_tuple().digits) + 1
    return Decimal(1).scaleb(last) * cell.places[0].scale


def changes(cell: Cell) -> list[Change]:
    """Return the changes of a cell that leave a number of the same sign."""
    number, step = Decimal(cell.text), UNITS * unit(cell)
    return [Change(name(cell), shift) for shift in (step, -step) if number * (number + shift) > 0]


@cache
def claims() -> tuple[Claim, ...]:
    """Return the claims that hold and are not vacuous."""
    rows = by_key(pins.requested("claims"))
    return tuple(
        Claim(found.claim_id, rows[found.claim_id]["relation"], _operands(rows[found.claim_id]))
        for found in auditing.judgements()
        if found.verdict == "holds"
    )


def _operands(row: Mapping[str, str]) -> list[str]:
    return row["operands"].split(";")


@cache
def noticed() -> Mapping[str, list[list[str]]]:
    """Return for every cell that takes part, and every change of it, the claims that then fail."""
    cells: dict[str, Cell] = {}
    users = defaultdict(list)
    for claim in claims():
        cited = {name(cell): cell for text in claim.operands for cell in named(text)}
        printed_ones = {key: cell for key, cell in cited.items() if cell.is_number and cell.places}
        cells |= printed_ones
        for key in printed_ones:
            users[key].append(claim)
    return {
        key: [
            [claim.claim_id for claim in users[key] if claim.fails_with(change)]
            for change in changes(cell)
        ]
        for key, cell in cells.items()
    }


def test_the_audit_notices_a_change_of_twenty_units_in_nine_of_ten_cells(
    record_property: Callable[[str, object], None],
) -> None:
    found = noticed().values()
    one = sum(any(fallen) for fallen in found) / len(found)
    both = sum(len(fallen) == 2 and all(fallen) for fallen in found) / len(found)
    line = (
        f"power of the audit: {one:.3f} of {len(found)} cells by {UNITS} units of the last digit "
        f"in one direction, {both:.3f} in both"
    )
    record_property("summary", line)
    assert one >= LEAST, sorted(key for key, fallen in noticed().items() if not any(fallen))


def test_a_claim_that_notices_no_change_stands_only_for_an_erratum() -> None:
    errata = by_key(pins.requested("errata")).values()
    explained = {claim_id for row in errata for claim_id in row["claim_ids"].split(";")}
    awake = {claim_id for found in noticed().values() for fallen in found for claim_id in fallen}
    blind = {claim.claim_id for claim in claims()} - awake
    assert blind - explained - _without_a_printed_number() == set()


def _without_a_printed_number() -> set[str]:
    """Return the claims that compare texts and counts of rows alone."""
    return {
        claim.claim_id
        for claim in claims()
        if not any(
            cell.is_number and cell.places for text in claim.operands for cell in named(text)
        )
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("banks/icbc/tech_spend_cny", 10**6),  # 238.19, in 亿
        ("banks/icbc/tech_staff", 1),
        ("banks/icbc/tech_spend_revenue_pct", Decimal("0.01")),
        ("observations/ant_group_scale_2021/value", 10**12),  # 万亿
        ("observations/cn_large_state_owned_banks_2020/value", 1),  # 六
    ],
)
def test_the_unit_is_that_of_the_last_printed_digit(text: str, expected: Decimal) -> None:
    (cell,) = named(text)
    assert unit(cell) == expected


def test_a_change_moves_all_numbers_that_round_to_the_printed_one() -> None:
    change = Change("banks/icbc/tech_spend_cny", UNITS * Decimal(10**6))
    read = operand.as_operand(change.read("banks/icbc/tech_spend_cny"), hedges=True)
    assert read.intervals == [of_printed("238.39", Decimal(10**8), exact=False)]
    assert [Decimal(text) for text in read.texts] == [23_839_000_000]


def test_a_change_leaves_every_other_cell_as_it_is() -> None:
    change = Change("banks/icbc/tech_spend_cny", Decimal(10**6))
    text = "banks/abc/tech_spend_cny"
    assert change.read(text) == named(text)
