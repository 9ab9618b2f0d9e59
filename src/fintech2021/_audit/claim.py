"""One claim in full: what is claimed, of which figures, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._audit.operand import cells_of
from fintech2021._audit.verdict import claims_in_force, ends, judge, operands_of, reading_rule
from fintech2021._core.card import Card, Shown, as_html, brief
from fintech2021._core.kinds import parse
from fintech2021._core.naming import unknown_key
from fintech2021._core.rows import by_key, key_text
from fintech2021._core.words import word
from fintech2021._versions import pins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fintech2021._audit.operand import Cell
    from fintech2021._audit.reading_rule import ReadingRule

__all__ = ["AuditedCell", "AuditedClaim", "AuditedOperand", "claim"]


_CELL = ("operand", "cell", "value", "hedge", "printed characters", "line", "can stand for")
"""The words for what is shown of a cell of an operand."""


class AuditedCell(NamedTuple):
    """A cell of an operand: its value, how it is printed, and what it can stand for.

    Attributes
    ----------
    dataset, key, column : str
        The cell.
    value : object
        Its value; with ``@printed`` in the operand the printed one, where it was repaired.
    printed : str or None
        The characters as printed, joined over their places; missing where nothing is printed.
    lines : tuple of int
        The lines where they stand.
    qualifier : str or None
        The hedge of the report, where it has one.
    low, high : decimal.Decimal or None
        The least and the greatest number for which the figure can stand; missing for what is no
        number, and where unbounded.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> cell = ft.claim("public_cloud_segments").operands[0].cells[0]
    >>> cell.printed, cell.lines, int(cell.low), int(cell.high)
    ('278', (1148,), 27750000000, 27850000000)
    """

    dataset: str
    key: str
    column: str
    value: Any
    printed: str | None
    lines: tuple[int, ...]
    qualifier: str | None
    low: Decimal | None
    high: Decimal | None

    def __repr__(self) -> str:
        cell = f"{self.dataset} | {self.key} | {self.column}"
        return brief(f"AuditedCell {cell}", _shown(self.value))

    def _repr_html_(self) -> str:
        return as_html(Card(repr(self)[1:-1], (), (), _CELL, [self._row("")]))

    def _row(self, letter: str) -> tuple[object, ...]:
        where = f"{self.dataset} | {self.key} | {self.column}"
        stands = _range(self.low, self.high) if (self.low, self.high) != (None, None) else ""
        lines = _joined(self.lines)
        return letter, where, _shown(self.value), self.qualifier, self.printed, lines, stands

    def __str__(self) -> str:
        hedge = f" ({self.qualifier})" if self.qualifier else ""
        said = f", printed {self.printed!r}" if self.printed is not None else ", not printed"
        where = f" in line {_joined(self.lines)}" if self.lines else ""
        stands = (
            "" if self.low is None and self.high is None else f": {_range(self.low, self.high)}"
        )
        return f"{self.key} = {_shown(self.value)}{hedge}{said}{where}{stands}"


class AuditedOperand(NamedTuple):
    """The cells that a letter of a relation stands for.

    Attributes
    ----------
    letter : str
        The letter.
    name : str
        The operand as the claim writes it, ``dataset/key/column``.
    cells : tuple of AuditedCell
        Its cells with a value, in the order of rows.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> operand = ft.claim("blockchain_parks_table_rows").operands[0]
    >>> operand.name, len(operand.cells)
    ('technology_parks/*[kind=blockchain]/name_zh', 46)
    """

    letter: str
    name: str
    cells: tuple[AuditedCell, ...]

    def __repr__(self) -> str:
        return brief(f"AuditedOperand {self.letter}", self.name, f"{len(self.cells)} cells")

    def _repr_html_(self) -> str:
        return as_html(Card(f"{self.letter}: {self.name}", (), (), _CELL, self._rows()))

    def _rows(self) -> list[tuple[object, ...]]:
        return [cell._row(self.letter) for cell in self.cells]  # noqa: SLF001 - Ours, just above.

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


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AuditedClaim(Shown):
    """A claim with its operands and the verdict on it. Printing it gives a text for reading.

    Attributes
    ----------
    claim_id : str
        The key of the claim.
    version : str
        The version of the dataset ``claims``.
    reading_rule : int
        The revision of the rule by which printed figures are read.
    kind : str
        What sort of relation it is.
    asserted_by : str or None
        ``report`` or ``library``; missing for claims before 2.0.0, which do not say.
    statement_en, statement_zh : str or None
        The claim in words; before 2.0.0 there are no Chinese ones.
    relation : str
        The claim as a formula over the letters of the operands: computed = printed.
    operands : tuple of AuditedOperand
        What the letters stand for.
    assumption_en, assumption_zh : str or None
        What the claim takes for granted, if anything.
    lines : tuple of int
        The lines of the source text where the figures stand.
    verdict, verdict_unhedged : str
        ``holds``, ``fails`` or ``vacuous``; and the verdict if every figure were meant exactly.
    printed_low, printed_high, computed_low, computed_high : decimal.Decimal or None
        What both sides can be; missing where unbounded.
    distance : decimal.Decimal
        By how much a claim that fails misses.
    errata : tuple of str
        The errata that rest on the claim: keys of the dataset ``errata``.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> found = ft.claim("public_cloud_segments")
    >>> found.relation, found.verdict, found.errata
    ('a + b + c = d', 'fails', ('public_cloud_segments',))
    """

    __module__ = "fintech2021"

    claim_id: str
    version: str
    reading_rule: int
    kind: str
    asserted_by: str | None
    statement_en: str
    statement_zh: str | None
    relation: str
    operands: tuple[AuditedOperand, ...]
    assumption_en: str | None
    assumption_zh: str | None
    lines: tuple[int, ...]
    verdict: str
    verdict_unhedged: str
    printed_low: Decimal | None
    printed_high: Decimal | None
    computed_low: Decimal | None
    computed_high: Decimal | None
    distance: Decimal
    errata: tuple[str, ...]

    def __repr__(self) -> str:
        missed = f"by {_shown(self.distance)}" if self.distance else ""
        return brief(f"AuditedClaim {self.claim_id}", self.verdict, missed, self.statement_en)

    def _card(self, language: str = "en") -> Card:
        said = (self.statement_en, self.statement_zh or "")
        assumed = (self.assumption_en, self.assumption_zh)
        return Card(
            f"{self.claim_id}: {word(self.verdict, language)}",
            tuple(filter(None, said[::-1] if language == "zh" else said)),
            (
                ("missed by", _shown(self.distance) if self.distance else None),
                ("kind", self.kind),
                ("asserted by", self.asserted_by and word(self.asserted_by, language)),
                ("assumed", assumed[language == "zh"] or assumed[0]),
                ("relation", self.relation),
                ("computed", _range(self.computed_low, self.computed_high)),
                ("printed", _range(self.printed_low, self.printed_high)),
                ("erratum", ", ".join(self.errata)),
                ("version", self.version),
                ("reading rule", self.reading_rule),
            ),
            _CELL,
            [row for operand in self.operands for row in operand._rows()],  # noqa: SLF001 - As above.
            language,
        )

    def __str__(self) -> str:
        by = f", asserted by the {self.asserted_by}" if self.asserted_by else ""
        missed = f" by {_shown(self.distance)}" if self.distance else ""
        return "\n".join(
            (
                f"{self.claim_id}: {self.verdict}{missed}  ({self.kind}{by})",
                f"  {self.statement_en}",
                *([f"  {self.statement_zh}"] if self.statement_zh else []),
                *([f"  Assumed: {self.assumption_en}"] if self.assumption_en else []),
                *([f"  假设：{self.assumption_zh}"] if self.assumption_zh else []),
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
        The key of a claim, as `audit` lists it.

    Returns
    -------
    AuditedClaim
        Printing it gives a text for reading. Pins choose versions as they do for `audit`.

    Raises
    ------
    UnknownKeyError
        When there is no such claim; it names the close matches.

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
    rows, claim_id = by_key(claims), key_text(claim_id)
    if claim_id not in rows:
        raise unknown_key("claim", claim_id, claims)
    row, rule = rows[claim_id], reading_rule(claims)
    named = [(text, cells_of(text, pins.needed)) for text in operands_of(row)]
    judged = judge(claim_id, row["relation"], [cells for _, cells in named], rule)
    return AuditedClaim(
        claim_id=claim_id,
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
        assumption_en=row.get("assumption_en", row.get("assumption")) or None,
        assumption_zh=row.get("assumption_zh") or None,
        lines=tuple(map(int, row["lines"].split(";"))),
        verdict=judged.verdict.value,
        verdict_unhedged=judged.verdict_unhedged.value,
        printed_low=judged.printed_low,
        printed_high=judged.printed_high,
        computed_low=judged.computed_low,
        computed_high=judged.computed_high,
        distance=judged.distance,
        errata=tuple(_errata(claim_id)),
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
    errata = pins.own("errata")
    for key, row in by_key(errata).items() if errata is not None else ():
        if claim_id in row["claim_ids"].split(";"):
            yield key


def _range(low: Decimal | None, high: Decimal | None) -> str:
    """Return an interval as text; an end without a bound is left open."""
    if low is None and high is None:
        return "anything"
    ends_as_text = ["" if end is None else _shown(end) for end in (low, high)]
    return ends_as_text[0] if low == high else " … ".join(ends_as_text).strip()


def _shown(value: Any) -> str:
    """Return a value as text, a number from five digits on with commas: a time is in years."""
    is_long = isinstance(value, int | Decimal) and not -_LONG < value < _LONG
    return f"{value:,}" if is_long else str(value)


_LONG = 10_000


def _joined(lines: tuple[int, ...]) -> str:
    return ", ".join(map(str, lines))


# Named tuples refuse it in their bodies.
AuditedCell.__module__ = AuditedOperand.__module__ = "fintech2021"
