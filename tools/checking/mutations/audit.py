"""Which mutants the audit kills: a claim about the changed cells has another verdict.

A changed figure is taken as though the report printed it, as uncertain in its last digit as the one
that it prints: how a value is tied to its printed characters is left to provenance. Of a changed
claim or verdict the whole row of `verdicts` has to be what the audit finds, and the lines those of
the figures; of a cross-check the public value and the verdict have to follow from its figures.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from fintech2021._audit import operand
from fintech2021._audit import verdict as auditing
from fintech2021._audit.reading_rule import READING_RULES
from tools.checking.mutations.table import table
from tools.freezing.cross_checks import cell_of, meets, public_interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fintech2021._audit.reading_rule import Figure, ReadingRule
    from fintech2021._audit.verdict import Judgement
    from tools.checking.mutations.table import Mutant, Row

__all__ = ["Operand", "cells_of", "kills"]

_CONDITION = re.compile(r"([^][,=]+)=([^][,=]*)")
_WIDENS = frozenset({"qualifier", "unit"})
"""The columns that say how far a figure of the row can reach."""
_JUDGED = tuple(name for name in auditing.Judgement._fields if name != "claim_id")


def kills(mutant: Mutant) -> bool:
    """Tell whether the audit finds otherwise in a mutant than in the published tables."""
    try:
        if mutant.table.name in {"claims", "verdicts"}:
            return _is_judged_otherwise(mutant)
        if mutant.table.name == "cross_checks":
            return bool(mutant.copies) and not _is_checked(mutant.after)
        return any(_verdict(claim, mutant) != claim.verdict for claim in _about(mutant))
    except Exception:  # noqa: BLE001 - What cannot be judged is not passed over.
        return True


class Claim(NamedTuple):
    """A claim, its operands in parts, and its verdict."""

    claim_id: str
    relation: str
    operands: tuple[Operand, ...]
    rule: ReadingRule
    verdict: str


class Operand(NamedTuple):
    """An operand: the cells of a column in some rows."""

    dataset: str
    key: str
    column: str
    as_printed: bool
    conditions: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, text: str) -> Operand:
        """Return an operand as a claim writes it."""
        dataset, key, column = text.split("/")
        name, is_printed, _ = column.partition("@")
        return cls(dataset, key, name, bool(is_printed), tuple(_CONDITION.findall(key)))

    def chosen(self, rows: Mapping[str, Row]) -> Iterator[tuple[str, Row]]:
        """Yield the rows that it names, by their keys."""
        if not self.key.startswith("*"):
            yield self.key, rows[self.key]
            return
        for key, row in rows.items():
            if all(row[column] == text for column, text in self.conditions):
                yield key, row

    def is_touched(self, mutant: Mutant) -> bool:
        """Tell whether a mutant can change what it names."""
        if self.dataset != mutant.table.name:
            return False
        looked_at = {self.column, f"{self.column}_qualifier", *_WIDENS, *dict(self.conditions)}
        looked_at |= set(mutant.table.descriptor.primary_key)
        is_of_row = self.key.startswith("*") or self.key == mutant.key
        return is_of_row and (mutant.is_of_rows or not looked_at.isdisjoint(mutant.cells))


@cache
def _claims() -> tuple[Claim, ...]:
    verdicts = table("verdicts").by_key
    return tuple(
        _read(row, verdicts[key]["verdict"]) for key, row in table("claims").by_key.items()
    )


def _read(row: Row, verdict: str) -> Claim:
    operands = tuple(map(Operand.of, auditing.operands_of(row)))
    rule = READING_RULES[int(row["reading_rule"])]
    return Claim(row["claim_id"], row["relation"], operands, rule, verdict)


def _about(mutant: Mutant) -> Iterator[Claim]:
    return (c for c in _claims() if any(each.is_touched(mutant) for each in c.operands))


def _verdict(claim: Claim, mutant: Mutant) -> str:
    return str(judged(claim, mutant).verdict)


def judged(claim: Claim, mutant: Mutant | None = None) -> Judgement:
    """Return the judgement on a claim over the tables, one of them perhaps mutated."""
    named = [cells_of(each, mutant) for each in claim.operands]
    return auditing.judge(claim.claim_id, claim.relation, named, claim.rule)


def cells_of(named: Operand, mutant: Mutant | None) -> Sequence[operand.Cell]:
    """Return the cells with a value that an operand names."""
    whole = table(named.dataset)
    is_mutated = mutant is not None and mutant.table is whole
    rows = mutant.by_key if mutant is not None and is_mutated else whole.by_key
    column = whole.columns[named.column]
    cells = (
        operand.Cell(whole.descriptor, key, column, row, named.as_printed)
        for key, row in named.chosen(rows)
    )
    given = [cell for cell in cells if cell.text]
    return [_Moved.of(cell) for cell in given] if is_mutated else given


class _Moved(operand.Cell):
    """A cell whose figure is moved by as much as its value is."""

    @classmethod
    def of(cls, cell: operand.Cell) -> operand.Cell:
        """Return the cell, moved if its value is another one."""
        published = table(cell.descriptor.name).by_key.get(cell.key, {}).get(cell.column.name)
        is_moved = cell.is_number and not cell.as_printed and published not in {None, cell.text}
        return cls(*cell) if is_moved else cell

    def figure(self, rule: ReadingRule) -> Figure:
        """Return the figure as though the report printed the value."""
        if not self.places:
            return super().figure(rule)
        printed = super().figure(rule)
        return printed._replace(number=Decimal(self.text) / printed.scale)


def _is_judged_otherwise(mutant: Mutant) -> bool:
    """Tell whether claims and verdicts no longer belong together, row by row."""
    claims = mutant.rows if mutant.table.name == "claims" else table("claims").rows
    verdicts = mutant.rows if mutant.table.name == "verdicts" else table("verdicts").rows
    if [row["claim_id"] for row in claims] != [row["claim_id"] for row in verdicts]:
        return True
    claim, verdict = claims[mutant.number], verdicts[mutant.number]
    read = _read(claim, "")
    told = [verdict[name] for name in _JUDGED]
    return _told(judged(read)) != told or _lines(read) != claim["lines"]


def _lines(claim: Claim) -> str:
    """Return the lines where the figures of a claim are printed, as a claim lists them."""
    cells = (cell for each in claim.operands for cell in cells_of(each, None))
    lines = {place.line for cell in cells for place in cell.all_places}
    return ";".join(map(str, sorted(lines)))


def _is_checked(row: Row) -> bool:
    """Tell whether a cross-check is what its figures come to."""
    if cell_of(row).text != row["printed_value"]:
        return False
    return _follows(row) and meets(row) in {None, row["verdict"] == "agrees"}


def _follows(row: Row) -> bool:
    """Tell whether the public value is one for which the figures of the pages can stand."""
    if not row["figures"]:
        return True
    ends = public_interval({**row, "public_qualifier": "exact"})
    return ends.low <= Decimal(row["public_value"]) <= ends.high


def _told(found: Judgement) -> list[str]:
    cells = (getattr(found, name) for name in _JUDGED)
    return ["" if cell is None else str(cell) for cell in cells]
