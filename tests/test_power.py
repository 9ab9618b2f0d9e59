"""How small a change of a printed number does the audit notice?

A cell takes part if it holds a printed number, and a claim that holds and is not vacuous names it.
Its number is changed by twenty units of its last printed digit, up and down, as far as it keeps its
sign: the report prints no number below zero. The unit of a number in Chinese words is the power of
ten of its last digit. The change is noticed if a claim that holds fails with it. The power is the
share of the cells of which a change in at least one direction is noticed.

Cells that only claims of `SAID_IN_WORDS` name do not take part: what the report says in words can
be far from failing, and to leave it out would not make the audit see more. The share with them is
printed too.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from fintech2021._audit import operand
from fintech2021._audit import verdict as auditing
from fintech2021._audit.interval import Interval
from fintech2021._audit.reading_rule import Figure, ReadingRule
from fintech2021._core.rows import by_key
from fintech2021._evidence import reading
from fintech2021._versions import pins

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from fintech2021._audit.operand import Cell

UNITS = 20
LEAST = 0.90
RULE = auditing.reading_rule(auditing.claims_in_force())
SAID_IN_WORDS = {
    "ai_beijing_within_cluster": "948-960: cities, then the metropolitan areas that contain them",
    "ai_clusters_within_whole": "956-960: shares of one whole",
    "ai_funding_above_2020": "900: far more than in all of 2020",
    "ai_shanghai_within_cluster": "948-960: as for Beijing",
    "ai_shenzhen_guangzhou_within_cluster": "948-960: as for Beijing",
    "e_cny_value_grows": "440, 3489: accumulated",
    "private_banks_loans_within_assets": "1874, 1889-1890: loans are assets",
    "private_banks_npl_below_sector": "1890-1891: still below that of commercial banks",
}
"""Claims of the report that are far from failing, and where it states them."""


class Change(NamedTuple):
    """A cell, by its operand, and what is added to its number."""

    operand: str
    shift: Decimal

    def read(self, text: str) -> tuple[Cell, ...]:
        """Return the cells of an operand, the one changed."""
        return tuple(map(self._changed, named(text)))

    def _changed(self, cell: Cell) -> Cell:
        return ShiftedCell.of(cell, self.shift) if cell.name == self.operand else cell


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

    def figure(self, rule: ReadingRule) -> Figure:
        read = super().figure(rule)
        return read._replace(number=read.number + self.shift / read.scale)


def named(text: str) -> tuple[Cell, ...]:
    """Return the cells of an operand."""
    return operand.cells_of(text, pins.requested)


class Claim(NamedTuple):
    """A claim that holds."""

    claim_id: str
    relation: str
    operands: list[str]

    def printed_numbers(self) -> tuple[Cell, ...]:
        """Return the cells among the operands that hold a printed number, each once."""
        cells = {cell.name: cell for text in self.operands for cell in named(text)}
        return tuple(cell for cell in cells.values() if cell.is_number and cell.places)

    def fails_with(self, change: Change) -> bool:
        """Tell whether the claim fails once the change is made."""
        cells = [change.read(text) for text in self.operands]
        found = auditing.judge(self.claim_id, self.relation, cells, RULE)
        return found.verdict == "fails"


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
    return [Change(cell.name, shift) for shift in (step, -step) if number * (number + shift) > 0]


@cache
def claims() -> tuple[Claim, ...]:
    """Return the claims that hold and are not vacuous."""
    rows = by_key(auditing.claims_in_force())
    return tuple(
        Claim(found.claim_id, rows[found.claim_id]["relation"], _operands(rows[found.claim_id]))
        for found in auditing.judgements()
        if found.verdict == "holds"
    )


def _operands(row: Mapping[str, str]) -> list[str]:
    return row["operands"].split(";")


@cache
def noticed() -> Mapping[str, list[list[str]]]:
    """Return for every printed number, and every change of it, the claims that then fail."""
    users = defaultdict(list)
    cells: dict[str, Cell] = {}
    for claim in claims():
        for cell in claim.printed_numbers():
            users[cell.name].append(claim)
            cells[cell.name] = cell
    return {
        name: [
            [claim.claim_id for claim in using if claim.fails_with(change)]
            for change in changes(cells[name])
        ]
        for name, using in users.items()
    }


def taking_part() -> set[str]:
    """Return the cells by which the power is measured."""
    near = (claim for claim in claims() if claim.claim_id not in SAID_IN_WORDS)
    return {cell.name for claim in near for cell in claim.printed_numbers()}


def power(cells: Collection[str]) -> float:
    """Return the share of cells of which a change in at least one direction is noticed."""
    return sum(any(noticed()[cell]) for cell in cells) / len(cells)


def test_the_audit_notices_a_change_of_twenty_units_in_nine_of_ten_cells(
    record_property: Callable[[str, object], None],
) -> None:
    cells = taking_part()
    both = sum(len(noticed()[cell]) == 2 and all(noticed()[cell]) for cell in cells) / len(cells)
    record_property(
        "summary",
        f"power of the audit: {power(cells):.3f} of {len(cells)} cells by {UNITS} units of the "
        f"last digit in one direction, {both:.3f} in both; {power(noticed()):.3f} of all "
        f"{len(noticed())}",
    )
    assert power(cells) >= LEAST, sorted(cell for cell in cells if not any(noticed()[cell]))


def test_a_claim_that_notices_no_change_stands_for_an_erratum_or_in_words() -> None:
    errata = by_key(pins.requested("errata")).values()
    explained = {claim_id for row in errata for claim_id in row["claim_ids"].split(";")}
    awake = {claim_id for found in noticed().values() for fallen in found for claim_id in fallen}
    blind = {claim.claim_id for claim in claims()} - awake
    assert blind - explained - _without_a_printed_number() <= SAID_IN_WORDS.keys() <= blind
    assert len(SAID_IN_WORDS) <= 10


def _without_a_printed_number() -> set[str]:
    """Return the claims that compare texts and counts of rows alone."""
    return {claim.claim_id for claim in claims() if not claim.printed_numbers()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("banks/icbc/tech_spend_cny", 10**6),  # 238.19, in 亿
        ("banks/icbc/tech_staff", 1),
        ("banks/icbc/tech_spend_revenue_pct", Decimal("0.01")),
        ("observations/ant_group_scale_2021/value", 10**12),  # 万亿
        ("enumerations/cn_large_state_owned_banks/count", 1),  # 六
    ],
)
def test_the_unit_is_that_of_the_last_printed_digit(text: str, expected: Decimal) -> None:
    (cell,) = named(text)
    assert unit(cell) == expected


def test_a_change_moves_all_numbers_that_round_to_the_printed_one() -> None:
    change = Change("banks/icbc/tech_spend_cny", UNITS * Decimal(10**6))
    read = operand.as_operand(change.read("banks/icbc/tech_spend_cny"), RULE, hedges=True)
    assert read.intervals == [Interval(Decimal(23_838_500_000), Decimal(23_839_500_000))]
    assert [Decimal(text) for text in read.texts] == [23_839_000_000]


def test_a_change_leaves_every_other_cell_as_it_is() -> None:
    change = Change("banks/icbc/tech_spend_cny", Decimal(10**6))
    text = "banks/abc/tech_spend_cny"
    assert change.read(text) == named(text)
