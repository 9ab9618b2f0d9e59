"""Relations that the report's figures must have to one another, and that can be tested.

Source: totals with their parts, shares with their wholes, growth with both ends, the same
quantity printed twice, counts of what can be counted: throughout the report's text.
Limitations: a claim is about the report's figures, not about the world; an assumption that a
claim needs stands with it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import StringConstraints

from fintech2021._records.columns import Names, Slug, Text, editorial
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["RULES", "Claim", "ClaimKind"]

_OPERAND = r"^[a-z_]+/[^/;]+/[a-z_]+$"


class ClaimKind(StrEnum):
    """What sort of relation a claim states."""

    SUM = "sum"
    SHARE = "share"
    GROWTH = "growth"
    COMPOUND_GROWTH = "compound_growth"
    RATIO = "ratio"
    DIFFERENCE = "difference"
    ORDER = "order"
    BOUND = "bound"
    ROW_COUNT = "row_count"
    REPEATED = "repeated"


class Claim(Record):
    """A relation between figures of the report that can be tested."""

    table: ClassVar = TableInfo(
        name="claims",
        key=("claim_id",),
        title_en="Arithmetic claims of the report",
        title_zh="可检验的数量关系",
    )

    claim_id: Annotated[Slug, editorial("Claim", "命题标识")]
    """Identifier of the claim."""
    kind: Annotated[ClaimKind, editorial("Kind", "类别")]
    """What sort of relation it is."""
    statement_en: Annotated[Text, editorial("Statement", "表述")]
    """The claim in words of ours."""
    relation: Annotated[Text, editorial("Relation", "关系式")]
    """The claim as a formula over the operands, a b c in their order: computed = printed."""
    operands: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=_OPERAND)], ...],
        editorial("Operands", "运算项"),
    ]
    """Cells as dataset/key/column; a key ``*`` is every row, ``*[column=text]`` some of them."""
    versions: Annotated[Names, editorial("Versions", "版本")]
    """The version of every dataset among the operands for which the claim was judged."""
    lines: Annotated[Names, editorial("Lines", "行号")]
    """Lines of the source text where the figures stand."""
    assumption: Annotated[
        Text | None, editorial("Assumption", "假设", missing="nothing is assumed")
    ] = None
    """What the claim takes for granted."""


def _versions_agree(claims: pd.DataFrame, tables: Tables) -> bool:
    judged = {pair for pairs in claims["versions"].str.split(";") for pair in pairs}
    named = (pair.split() for pair in judged)
    return all(tables(name).attrs["fintech2021"]["version"] == version for name, version in named)


RULES = (
    Rule("there are at least 150 claims", lambda claims, _: len(claims) >= 150),
    Rule(
        "no claim is stated twice",
        lambda claims, _: not claims.duplicated(["relation", "operands"]).any(),
    ),
    Rule("the operands' versions are those that were judged", _versions_agree),
)
