"""Does the report's own arithmetic hold? Every claim against what its printed figures can be."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from functools import cache
from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

from . import pins, provenance
from .errors import RelationError
from .operands import read_operand
from .relations import comparisons

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from ._names import DatasetName
    from .descriptors import Descriptor
    from .intervals import Interval
    from .relations import Comparison, Operand

__all__ = ["NUMBERS", "Judgement", "audit", "judge", "judgements"]


class Judgement(NamedTuple):
    """What became of a claim; an end that is ``None`` is unbounded."""

    claim_id: str
    verdict: str
    printed_low: Decimal | None
    printed_high: Decimal | None
    computed_low: Decimal | None
    computed_high: Decimal | None
    distance: Decimal
    verdict_unhedged: str


def audit(dataset: DatasetName | None = None) -> pd.DataFrame:
    """Return the verdict on every claim, or on those that touch one dataset.

    The columns are ``claim_id``, ``kind``, ``statement_en``, ``verdict`` (``holds``, ``fails`` or
    ``vacuous``), ``printed_low``, ``printed_high``, ``computed_low``, ``computed_high`` (missing
    where unbounded), ``distance`` (by which a failing claim misses) and ``verdict_unhedged`` (the
    verdict if every figure were meant exactly). A claim holds if the numbers that its printed
    figures can stand for make it true somewhere; it is vacuous if the report's hedges make failing
    impossible. Pins choose the versions of the operands, and of the claims where they name some;
    claims were judged for those of their edition. Raises `UnknownDatasetError`.

    >>> import fintech2021 as ft
    >>> verdicts = ft.audit("sandbox_regions")
    >>> set(verdicts["verdict"])
    {'holds'}
    """
    import pandas as pd

    claims = provenance.rows(pins.descriptor("claims"))
    frame = pd.DataFrame(judgements(dataset), columns=list(Judgement._fields))
    for place, column in enumerate(("kind", "statement_en"), start=1):
        frame.insert(place, column, [claims[key][column] for key in frame["claim_id"]])
    return frame.astype({name: "float64" if name in NUMBERS else "str" for name in frame})


NUMBERS = ("printed_low", "printed_high", "computed_low", "computed_high", "distance")
"""The columns of an audit that hold numbers."""


def judgements(dataset: str | None = None) -> tuple[Judgement, ...]:
    """Return the judgement on every claim, or on those that touch one dataset, exactly."""
    name = None if dataset is None else pins.descriptor(dataset).name
    claims = pins.descriptor("claims")
    return _judged(claims, name, *map(pins.descriptor, _touched(claims, name)))


@cache
def _judged(claims: Descriptor, name: str | None, *_operands: Descriptor) -> tuple[Judgement, ...]:
    """Return the judgements, once for all versions that pins can choose."""
    return tuple(
        judge(key, claim["relation"], claim["operands"].split(";"), read_operand)
        for key, claim in _claims(claims, name).items()
    )


@cache
def _touched(claims: Descriptor, name: str | None) -> tuple[str, ...]:
    """Return the datasets of which these claims have a cell as an operand."""
    found = (_datasets(claim) for claim in _claims(claims, name).values())
    return tuple(sorted(set().union(*found)))


def _claims(claims: Descriptor, name: str | None) -> Mapping[str, Mapping[str, str]]:
    """Return the claims, or those that have a cell of one dataset as an operand."""
    rows = provenance.rows(claims).items()
    return {key: claim for key, claim in rows if name is None or name in _datasets(claim)}


def _datasets(claim: Mapping[str, str]) -> set[str]:
    return {operand.partition("/")[0] for operand in claim["operands"].split(";")}


def judge(
    claim_id: str, relation: str, operands: list[str], read: Callable[[str, bool], Operand]
) -> Judgement:
    """Return the judgement on one claim, whose operands `read` turns into intervals."""
    if len(operands) > len(ascii_lowercase):
        raise RelationError(f"{claim_id} has {len(operands)} operands, more than there are letters")
    named = list(zip(ascii_lowercase, operands, strict=False))
    widened, plain = (
        comparisons(relation, {letter: read(text, hedges) for letter, text in named})
        for hedges in (True, False)
    )
    deciding = min(widened, key=_weight)
    return Judgement(
        claim_id,
        _VERDICTS[_weight(deciding)],
        *_ends(deciding.right),
        *_ends(deciding.left),
        _plain(_OUTWARD_UP.plus(deciding.distance)),
        "holds" if all(comparison.holds for comparison in plain) else "fails",
    )


_VERDICTS = ("fails", "holds", "vacuous")


def _weight(comparison: Comparison) -> int:
    """Return the place of a comparison's verdict: one that fails decides before all others."""
    return 2 if comparison.is_vacuous else int(comparison.holds)


_OUTWARD_DOWN = Context(prec=12, rounding=ROUND_FLOOR)
_OUTWARD_UP = Context(prec=12, rounding=ROUND_CEILING)


def _ends(interval: Interval) -> tuple[Decimal | None, Decimal | None]:
    return _short(interval.low, _OUTWARD_DOWN), _short(interval.high, _OUTWARD_UP)


def _short(number: Decimal, context: Context) -> Decimal | None:
    """Return an end in twelve digits, rounded outward, and ``None`` for an infinite one."""
    return None if number.is_infinite() else _plain(context.plus(number))


def _plain(number: Decimal) -> Decimal:
    """Return a number without trailing zeros and without an exponent."""
    return Decimal(format(number.normalize(), "f"))
