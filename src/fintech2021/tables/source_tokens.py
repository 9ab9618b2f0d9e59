"""The ledger of all numeric tokens of the source text: what each one is, and which cell holds it.

Source: every match of ``[0-9]+(?:[.,][0-9]+)*`` in the report's text, line by line.
Limitations: a token that several cells use is tied to one of them, the one whose value it is if
there is one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar

from annotated_types import Ge

from fintech2021._records.columns import Slug, Text, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["RULES", "SourceToken", "TokenKind"]

_UNTIED = "the token is explained, not tied"


class TokenKind(StrEnum):
    """What a numeric token is."""

    VALUE = "value"
    DATE = "date"
    NAME = "name"
    LIST = "list"


class SourceToken(Record):
    """A numeric token of the source text."""

    table: ClassVar = TableInfo(
        name="source_tokens",
        key=("line", "start"),
        title_en="Numeric tokens of the source text",
        title_zh="原文数字清单",
    )

    line: Annotated[int, Ge(1), editorial("Line", "行号")]
    """Line of the source text, from 1."""
    start: Annotated[int, Ge(0), editorial("Start", "起始位置")]
    """Position of the first character, from 0."""
    token: Annotated[Text, printed("Token", "数字")]
    """The characters."""
    kind: Annotated[TokenKind, editorial("Kind", "类别")]
    """Value, date, part of a name, or list number."""
    dataset: Annotated[Slug | None, editorial("Dataset", "数据集", missing=_UNTIED)] = None
    """Dataset of the cell that holds the token."""
    key: Annotated[Text | None, editorial("Key", "主键", missing=_UNTIED)] = None
    """Primary key of the row that holds it."""
    column: Annotated[Slug | None, editorial("Column", "列", missing=_UNTIED)] = None
    """Column that holds it."""
    reason: Annotated[Text | None, editorial("Reason", "说明", missing="nothing to add")] = None
    """Why no cell holds it, or what it is part of."""


def _cells_exist(tokens: pd.DataFrame, tables: Tables) -> bool:
    tied = tokens.dropna(subset=["dataset"])
    return all(
        set(group["column"]) <= set(tables(str(dataset)).columns)
        for dataset, group in tied.groupby("dataset")
    )


RULES = (
    Rule("the text has 984 numeric tokens", lambda tokens, _: len(tokens) == 984),
    Rule(
        "every value and every date is tied to a cell",
        lambda tokens, _: (
            tokens.loc[tokens["kind"].isin(["value", "date"]), ["dataset", "key", "column"]]
            .notna()
            .all(axis=None)
        ),
    ),
    Rule(
        "what is not tied has a reason",
        lambda tokens, _: tokens.loc[tokens["dataset"].isna(), "reason"].notna().all(),
    ),
    Rule("every column that is named exists in its dataset", _cells_exist),
)
