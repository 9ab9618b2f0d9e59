"""The verdict on every claim, as it was when the edition was made.

Source: computed from the claims and the printed characters of their operands, in exact intervals.
Limitations: a verdict is about what the printed figures can stand for, after rounding and hedges;
ends are rounded outward to twelve digits.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar

from annotated_types import Ge

from fintech2021._records.columns import Slug, editorial
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule
from fintech2021.tables.vocabulary import VerdictKind

__all__ = ["RULES", "Verdict", "VerdictKind"]

_OPEN = "unbounded"


class Verdict(Record):
    """What became of a claim."""

    table: ClassVar = TableInfo(
        name="verdicts",
        key=("claim_id",),
        title_en="Verdicts on the arithmetic claims",
        title_zh="数量关系检验结果",
    )

    claim_id: Annotated[Slug, editorial("Claim", "命题标识", references="claims")]
    """Identifier of the claim."""
    verdict: Annotated[VerdictKind, editorial("Verdict", "结论")]
    """Holds, fails, or vacuous: the report's hedges make failing impossible."""
    printed_low: Annotated[
        Decimal | None, editorial("Printed, low", "印刷值下限", missing=_OPEN)
    ] = None
    """Lower end of what the printed side can be."""
    printed_high: Annotated[
        Decimal | None, editorial("Printed, high", "印刷值上限", missing=_OPEN)
    ] = None
    """Upper end of what the printed side can be."""
    computed_low: Annotated[
        Decimal | None, editorial("Computed, low", "计算值下限", missing=_OPEN)
    ] = None
    """Lower end of what the computed side can be."""
    computed_high: Annotated[
        Decimal | None, editorial("Computed, high", "计算值上限", missing=_OPEN)
    ] = None
    """Upper end of what the computed side can be."""
    distance: Annotated[Decimal, Ge(0), editorial("Distance", "差距")]
    """How far the sides are from agreeing; zero if they can."""
    verdict_unhedged: Annotated[VerdictKind, editorial("Verdict, unhedged", "忽略限定词的结论")]
    """The verdict if every figure were meant exactly."""


RULES = (
    Rule(
        "every claim has a verdict",
        lambda verdicts, tables: set(verdicts["claim_id"]) == set(tables("claims")["claim_id"]),
    ),
    Rule(
        "more than 85 percent of the claims hold",
        lambda verdicts, _: (verdicts["verdict"] == "holds").mean() > 0.85,
    ),
    Rule(
        "only what fails is at a distance",
        lambda verdicts, _: verdicts.loc[verdicts["distance"] > 0, "verdict"].eq("fails").all(),
    ),
)
