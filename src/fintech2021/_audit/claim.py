"""One claim as a reader wants to see it: what is claimed, of which figures, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._audit.operand import cells_of
from fintech2021._audit.verdict import claims_in_force, ends, judge, operands_of, reading_rule
from fintech2021._core.kinds import parse
from fintech2021._core.rows import by_key
from fintech2021._core.whole import Whole
from fintech2021._versions import pins
from fintech2021.errors import UnknownKeyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fintech2021._audit.operand import Cell
    from fintech2021._audit.reading_rule import ReadingRule

__all__ = ["AuditedCell", "AuditedClaim", "AuditedOperand", "claim"]


class AuditedCell(NamedTuple):
    """A cell of an operand: its value, how it is printed, and what it can stand for."""

    dataset: str
    key: str
    column: str
    value: Any
    printed: str | None
    """The characters as printed, joined over their places; ``None`` where nothing is printed."""
    lines: tuple[int, ...]
    qualifier: str | None
    """The report's hedge, where it has one."""
    low: Decimal | None
    """The least number for which the figure can stand; ``None`` for a text, or if unbounded."""
    high: Decimal | None
    """The greatest such number."""

    def __str__(self) -> str:
        hedge = f" ({self.qualifier})" if self.qualifier else ""
        said = f", printed {self.printed!r}" if self.printed is not None else ", not printed"
        where = f" in line {_joined(self.lines)}" if self.lines else ""
        stands = "" if self.low is None and self.high is None else f": {_range(self.low, self.high)}"
        return f"{self.key} = {_shown(self.value)}{hedge}{said}{where}{stands}"


class AuditedOperand(NamedTuple):
    """The cells that a letter of a relation stands for."""

    letter: str
    name: str
    """The operand as the claim writes it, ``dataset/key/column``."""
    cells: tuple[AuditedCell, ...]

    def __str__(self) -> str:
        shown = self.cells if len(self.cells) <= _MOST_CELLS else self.cells[:_A_FEW]
        rest = len(self.cells) - len(shown)
        return "\n".join(
            (
                f"  {self.letter}  {self.name}",
                *(f"       {cell}" for cell in shown),
                *([f"       … and {rest} more cells"] if rest else []),
            )
        )


_MOST_CELLS = 10
_A_FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedClaim(Whole):
    """A claim with its operands and the verdict on it; print it to read it."""

    __module__ = "fintech2021"

    claim_id: str
    version: str
    """The version of the claims."""
    reading_rule: int
    """The revision of the rule by which printed figures are read."""
    kind: str
    asserted_by: str | None
    """``report`` or ``library``; ``None`` for claims before 2.0.0, which do not say."""
    statement_en: str
    statement_zh: str | None
    relation: str
    """The claim as a formula over the operands: computed = printed."""
    operands: tuple[AuditedOperand, ...]
    assumption: str | None
    """What the claim takes for granted."""
    lines: tuple[int, ...]
    """The lines of the source text where the figures stand."""
    verdict: str
    verdict_unhedged: str
    """The verdict if every figure were meant exactly."""
    printed_low: Decimal | None
    printed_high: Decimal | None
    computed_low: Decimal | None
    computed_high: Decimal | None
    distance: Decimal
    """By how much a claim that fails misses."""
    errata: tuple[str, ...]
    """The errata that rest on the claim: keys of the dataset ``errata``."""

    def __str__(self) -> str:
        by = f", asserted by the {self.asserted_by}" if self.asserted_by else ""
        missed = f" by {self.distance:,}" if self.distance else ""
        return "\n".join(
            (
                f"{self.claim_id}: {self.verdict}{missed}  ({self.kind}{by})",
                f"  {self.statement_en}",
                *([f"  {self.statement_zh}"] if self.statement_zh else []),
                *([f"  Assumed: {self.assumption}"] if self.assumption else []),
                f"  {self.relation}",
                *map(str, self.operands),
                f"  computed {_range(self.computed_low, self.computed_high)}",
                f"  printed  {_range(self.printed_low, self.printed_high)}",
                *(f"  see erratum {erratum}" for erratum in self.errata),
                f"  claims {self.version}, reading rule {self.reading_rule}",
            )
        )


def claim(claim_id: str) -> AuditedClaim:
    """Return one claim with every operand's value, characters, lines and interval, and its verdict.

    Parameters
    ----------
    claim_id
        Key of the claim in the dataset ``claims``, as `audit` lists it.

    Returns
    -------
    AuditedClaim
        A record whose print is meant for reading. Pins choose versions as they do for `audit`.

    Raises
    ------
    UnknownKeyError
        There is no such claim; the message has the close matches.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> found = ft.claim("public_cloud_segments")
    >>> found.verdict, int(found.distance)
    ('fails', 200000000)
    >>> found.operands[0].cells[0].printed
    '278'
    """
    claims = claims_in_force()
    rows = by_key(claims)
    if claim_id not in rows:
        raise UnknownKeyError("claim", claim_id, rows)
    row, rule = rows[claim_id], reading_rule(claims)
    named = [(text, cells_of(text, pins.requested)) for text in operands_of(row)]
    judged = judge(claim_id, row["relation"], [cells for _, cells in named], rule)
    return AuditedClaim(
        version=claims.version,
        reading_rule=rule.revision,
        kind=row["kind"],
        asserted_by=row.get("asserted_by"),
        statement_en=row["statement_en"],
        statement_zh=row.get("statement_zh"),
        relation=row["relation"],
        operands=tuple(
            AuditedOperand(letter, text, tuple(_audited(cell, rule) for cell in cells))
            for letter, (text, cells) in zip(ascii_lowercase, named, strict=False)
        ),
        assumption=row.get("assumption_en", row.get("assumption")) or None,
        lines=tuple(map(int, row["lines"].split(";"))),
        errata=tuple(_errata(claim_id)),
        **{name: getattr(judged, name) for name in judged._fields},
    )


def _audited(cell: Cell, rule: ReadingRule) -> AuditedCell:
    low, high = ends(cell.interval(rule)) if cell.is_number else (None, None)
    return AuditedCell(
        cell.descriptor.name,
        cell.key,
        cell.column.name,
        parse(cell.text, cell.column.type),
        "".join(place.printed for place in cell.all_places) or None,
        tuple(dict.fromkeys(place.line for place in cell.all_places)),
        cell.qualifier if cell.qualifier != "exact" and cell.qualifier else None,
        low,
        high,
    )


def _errata(claim_id: str) -> Iterator[str]:
    for key, row in by_key(pins.requested("errata")).items():
        if claim_id in row["claim_ids"].split(";"):
            yield key


def _range(low: Decimal | None, high: Decimal | None) -> str:
    """Return an interval as text; an end without a bound is left open."""
    if low is None and high is None:
        return "anything"
    if low == high:
        return f"{low:,}"
    return " … ".join("" if end is None else f"{end:,}" for end in (low, high)).strip()


def _shown(value: Any) -> str:
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return f"{value:,}" if is_number else str(value)


def _joined(lines: tuple[int, ...]) -> str:
    return ", ".join(map(str, lines))


# Named tuples refuse it in their bodies.
AuditedCell.__module__ = AuditedOperand.__module__ = "fintech2021"
