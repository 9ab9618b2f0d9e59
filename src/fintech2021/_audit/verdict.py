"""Does the report's own arithmetic hold? Every claim against what its printed figures can be."""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from functools import cache
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._audit.operand import as_operand, cells_of, dataset_of
from fintech2021._audit.reading_rule import READING_RULES
from fintech2021._audit.relation import parse
from fintech2021._core import catalog
from fintech2021._core.deferred import Deferred
from fintech2021._core.digits import without_zeros
from fintech2021._core.names import DatasetName
from fintech2021._core.rows import by_key
from fintech2021._frames.pandas import text
from fintech2021._versions import pins
from fintech2021.errors import RelationError, UnknownNameError
from fintech2021.tables.vocabulary import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from fintech2021._audit.interval import Interval
    from fintech2021._audit.operand import Cell
    from fintech2021._audit.reading_rule import ReadingRule
    from fintech2021._audit.relation import Comparison
    from fintech2021._core.descriptor import Descriptor
else:
    pd = Deferred("pandas")

__all__ = [
    "NUMBERS",
    "Judgement",
    "audit",
    "claims_in_force",
    "counts",
    "ends",
    "judge",
    "judgements",
    "operands_of",
    "reading_rule",
]


class Judgement(NamedTuple):
    """What became of a claim; an end that is ``None`` is unbounded."""

    claim_id: str
    verdict: VerdictKind
    printed_low: Decimal | None
    printed_high: Decimal | None
    computed_low: Decimal | None
    computed_high: Decimal | None
    distance: Decimal
    verdict_unhedged: VerdictKind


def audit(dataset: DatasetName | str | None = None) -> pd.DataFrame:
    """Return the verdict on every claim, or on those that touch one dataset.

    A claim is a relation between printed figures, such as a total and its parts. It holds if the
    numbers that its figures can stand for make it true somewhere, and fails if none do; it is
    vacuous if the report's hedges make failing impossible.

    Parameters
    ----------
    dataset
        Keeps the claims with a cell of this dataset; by default all are judged.

    Returns
    -------
    pandas.DataFrame
        One row per claim, in the order of the dataset ``claims``. Texts: ``claim_id``, ``kind``,
        ``asserted_by`` (``report``, or ``library`` for what only this library says, of its own
        tables), ``statement_en``, ``statement_zh``, ``lines`` of the source text, ``verdict``
        (``holds``, ``fails`` or ``vacuous``) and ``verdict_unhedged`` (the verdict if every figure
        were meant exactly). Floats in the unit of the claim: ``printed_low``, ``printed_high``,
        ``computed_low``, ``computed_high`` (missing where unbounded) and ``distance``, by which a
        failing claim misses. Its ``attrs["fintech2021"]`` name the version of the claims and the
        revision of the reading rule, and count the verdicts: all, and apart by who asserts them.

        Pins choose the versions of the operands, and of the claims where they name some; else the
        claims are the newest of which every operand exists. Claims before 2.0.0 say neither who
        asserts them nor anything in Chinese.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    PinError
        When the pinned edition has no claims, or not the dataset.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> verdicts = ft.audit("sandbox_regions")
    >>> set(verdicts["verdict"])
    {'holds'}
    >>> verdicts.attrs["fintech2021"]["counts"]["all"]["fails"]
    0
    """
    import pandas as pd

    judged, claims = judgements(dataset), claims_in_force()
    rows = by_key(claims)
    columns = dict(zip(Judgement._fields, zip(*judged, strict=True), strict=True)) if judged else {}
    told = {name: [rows[each.claim_id].get(name) for each in judged] for name in TOLD}
    head, *rest = Judgement._fields
    frame = pd.DataFrame(
        {
            head: text(columns.get(head, ())),
            **{name: text(values) for name, values in told.items()},
            **{name: _column(name, columns.get(name, ())) for name in rest},
        }
    )
    frame.attrs["fintech2021"] = {
        "dataset": claims.name,
        "version": claims.version,
        "reading_rule": reading_rule(claims).revision,
        "counts": counts(judged),
    }
    return frame


def _column(name: str, values: Sequence[Any]) -> pd.Series[Any]:
    """Return a column of an audit: numbers as floats, anything else as text."""
    import pandas as pd

    return pd.Series(values, dtype="float64") if name in NUMBERS else text(values)


TOLD = ("kind", "asserted_by", "statement_en", "statement_zh", "lines")
"""The columns of a claim that an audit tells beside its verdict."""

NUMBERS = ("printed_low", "printed_high", "computed_low", "computed_high", "distance")
"""The columns of an audit that hold numbers."""


def counts(judged: Sequence[Judgement]) -> dict[str, dict[str, int]]:
    """Return how many claims hold, fail and are vacuous: of all, and by who asserts them."""
    rows = by_key(claims_in_force())
    asserted = {found.claim_id: rows[found.claim_id].get("asserted_by") for found in judged}
    return {
        by: {
            verdict.value: sum(
                found.verdict is verdict and by in {"all", asserted[found.claim_id]}
                for found in judged
            )
            for verdict in VerdictKind
        }
        for by in ("all", *sorted({by for by in asserted.values() if by}, reverse=True))
    }


def judgements(dataset: str | None = None) -> tuple[Judgement, ...]:
    """Return the judgement on every claim, or on those that touch one dataset, exactly."""
    name = None if dataset is None else pins.requested(dataset).name
    claims = claims_in_force()
    return _judged(claims, name, tuple(map(pins.needed, _touched(claims, name))))


def claims_in_force() -> Descriptor:
    """Return the version of the claims that pins choose.

    Where they say nothing of claims, it is the newest of which every operand exists in the tables
    that they choose. Raises `PinError` for an edition or a lock file that has none.
    """
    newest = pins.needed("claims")
    if pins.is_pinned("claims"):
        return newest
    every = (catalog.load_descriptor("claims", {"": v}) for v in reversed(newest.versions))
    return next((claims for claims in every if _can_be_read(claims)), newest)


def _can_be_read(claims: Descriptor) -> bool:
    return _have_cells(claims, tuple(map(pins.needed, _touched(claims, None))))


@cache
def _have_cells(claims: Descriptor, tables: tuple[Descriptor, ...]) -> bool:
    """Tell whether every operand of the claims names something in these tables."""
    by_name = {table.name: table for table in tables}
    texts = {text for claim in by_key(claims).values() for text in operands_of(claim)}
    try:
        return all(cells_of(text, by_name.__getitem__) is not None for text in texts)
    except UnknownNameError:
        return False


def reading_rule(claims: Descriptor) -> ReadingRule:
    """Return the revision of the reading rule by which a version of the claims is judged."""
    (revision,) = {claim.get("reading_rule", "1") for claim in by_key(claims).values()}
    return READING_RULES[int(revision)]


@cache
def _judged(
    claims: Descriptor, name: str | None, tables: tuple[Descriptor, ...]
) -> tuple[Judgement, ...]:
    """Return the judgements, once for all tables that pins can choose."""
    by_name = {table.name: table for table in tables}
    rule = reading_rule(claims)
    return tuple(
        judge(
            key,
            claim["relation"],
            [cells_of(text, by_name.__getitem__) for text in operands_of(claim)],
            rule,
        )
        for key, claim in _claims(claims, name).items()
    )


@cache
def _touched(claims: Descriptor, name: str | None) -> tuple[str, ...]:
    """Return the datasets of which these claims have a cell as an operand."""
    named = (map(dataset_of, operands_of(claim)) for claim in _claims(claims, name).values())
    return tuple(sorted(set().union(*named)))


def _claims(claims: Descriptor, name: str | None) -> Mapping[str, Mapping[str, str]]:
    """Return the claims, or those that have a cell of one dataset as an operand."""
    rows = by_key(claims).items()
    return {
        key: claim
        for key, claim in rows
        if name is None or name in map(dataset_of, operands_of(claim))
    }


def operands_of(claim: Mapping[str, str]) -> list[str]:
    """Return the operands of a claim as they are written."""
    return claim["operands"].split(";")


def judge(
    claim_id: str, relation: str, operands: Sequence[Sequence[Cell]], rule: ReadingRule
) -> Judgement:
    """Return the judgement on one claim over the cells of each of its operands."""
    if len(operands) > len(ascii_lowercase):
        raise RelationError(f"{claim_id} has {len(operands)} operands, more than there are letters")
    read = parse(relation)
    named = list(zip(ascii_lowercase, operands, strict=False))
    widened, plain = (
        read.compare({letter: as_operand(cells, rule, hedges=hedges) for letter, cells in named})
        for hedges in (True, False)
    )
    # What fails decides before what holds, and what can fail before what cannot.
    deciding = min(widened, key=lambda comparison: _ORDER.index(_verdict(comparison)))
    fails_plainly = any(not comparison.holds for comparison in plain)
    return Judgement(
        claim_id,
        _verdict(deciding),
        *ends(deciding.right),
        *ends(deciding.left),
        _plain(_OUTWARD_UP.plus(deciding.distance)),
        VerdictKind.FAILS if fails_plainly else VerdictKind.HOLDS,
    )


_ORDER = (VerdictKind.FAILS, VerdictKind.HOLDS, VerdictKind.VACUOUS)


def _verdict(comparison: Comparison) -> VerdictKind:
    if comparison.is_vacuous:
        return VerdictKind.VACUOUS
    return VerdictKind.HOLDS if comparison.holds else VerdictKind.FAILS


# Contexts of our own, without traps: the caller's may round otherwise, or raise.
_OUTWARD_DOWN = Context(prec=12, rounding=ROUND_FLOOR, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])
_OUTWARD_UP = Context(prec=12, rounding=ROUND_CEILING, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])


def ends(interval: Interval) -> tuple[Decimal | None, Decimal | None]:
    """Return both ends in twelve digits, rounded outward, and ``None`` for an infinite one."""
    return _short(interval.low, _OUTWARD_DOWN), _short(interval.high, _OUTWARD_UP)


def _short(number: Decimal, context: Context) -> Decimal | None:
    return None if number.is_infinite() else _plain(context.plus(number))


def _plain(number: Decimal) -> Decimal:
    """Return a number without trailing zeros and without an exponent."""
    return Decimal(without_zeros(format(number, "f")))
