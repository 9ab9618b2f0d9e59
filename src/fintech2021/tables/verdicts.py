"""The verdict on every claim, as it was when the edition was made.

Source: computed from the claims and the printed characters of their operands, in exact intervals.
Limitations: a verdict is about what the printed figures can stand for, after rounding and hedges;
ends are rounded outward to twelve digits.

来源：由各命题及其运算项的所印原文，以精确区间算得。
局限：结论只就所印数字在四舍五入和限定词之下可能的取值而言；区间两端向外取整到十二位有效数字。
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar

from annotated_types import Ge

from fintech2021._records.columns import Slug, editorial
from fintech2021._records.expressions import col
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant
from fintech2021.tables.vocabulary import VerdictKind

__all__ = ["FACTS", "INVARIANTS", "Verdict", "VerdictKind"]

_OPEN = ("unbounded", "无界")


class Verdict(Record):
    """What became of a claim.

    一项命题的核对结果。
    """

    table: ClassVar = TableInfo(
        name="verdicts",
        key=("claim_id",),
        title_en="Verdicts on the arithmetic claims",
        title_zh="勾稽核对结论",
    )

    claim_id: Annotated[Slug, editorial("Claim", "命题标识", references="claims")]
    """Identifier of the claim.

    命题的标识。
    """
    verdict: Annotated[VerdictKind, editorial("Verdict", "结论")]
    """Holds, fails, or vacuous: the report's hedges make failing impossible.

    成立、不成立，或因报告的限定词而无法证伪。
    """
    printed_low: Annotated[
        Decimal | None, editorial("Printed, low", "所印值下限", missing=_OPEN)
    ] = None
    """Lower end of what the printed side can be.

    所印值一边可能取值的下限。
    """
    printed_high: Annotated[
        Decimal | None, editorial("Printed, high", "所印值上限", missing=_OPEN)
    ] = None
    """Upper end of what the printed side can be.

    所印值一边可能取值的上限。
    """
    computed_low: Annotated[
        Decimal | None, editorial("Computed, low", "计算值下限", missing=_OPEN)
    ] = None
    """Lower end of what the computed side can be.

    计算值一边可能取值的下限。
    """
    computed_high: Annotated[
        Decimal | None, editorial("Computed, high", "计算值上限", missing=_OPEN)
    ] = None
    """Upper end of what the computed side can be.

    计算值一边可能取值的上限。
    """
    distance: Annotated[Decimal, Ge(0), editorial("Distance", "差距")]
    """How far the sides are from agreeing; zero if they can.

    两边相差多少才能相符；可以相符的为零。
    """
    verdict_unhedged: Annotated[VerdictKind, editorial("Verdict, unhedged", "忽略限定词的结论")]
    """The verdict if every figure were meant exactly.

    不计限定词时的结论。
    """


INVARIANTS = (
    Invariant(
        "only what fails is at a distance",
        (col("distance") > 0) & (col("verdict") != "fails"),
    ),
)
FACTS = (
    Fact(
        "every claim has a verdict",
        lambda verdicts, tables: set(verdicts["claim_id"]) == set(tables("claims")["claim_id"]),
    ),
    Fact(
        "more than 85 percent of the claims hold",
        lambda verdicts, _: (verdicts["verdict"] == "holds").mean() > 0.85,
    ),
)
