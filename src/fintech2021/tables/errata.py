"""Misprints, contradictions, garbled and ambiguous passages of the report, and how they were read.

Source: the report's text, read against itself.
Limitations: a row says how this edition reads a passage; the printed value stays in its own
table.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar

from annotated_types import Ge

from fintech2021._records.columns import Slug, Slugs, Text, editorial
from fintech2021._records.columns import printed as as_printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["RULES", "Erratum", "ErratumKind"]

_NO_CELL = "the passage is not one cell"


class ErratumKind(StrEnum):
    """What is wrong with a passage."""

    MISPRINT = "misprint"
    CONTRADICTION = "contradiction"
    GARBLED = "garbled"
    AMBIGUOUS = "ambiguous"


class Erratum(Record):
    """A fault of the report and the reading that was chosen."""

    table: ClassVar = TableInfo(
        name="errata", key=("erratum_id",), title_en="Errata of the report", title_zh="勘误"
    )

    erratum_id: Annotated[Slug, editorial("Erratum", "勘误标识")]
    """Identifier of the row."""
    dataset: Annotated[Slug | None, editorial("Dataset", "数据集", missing=_NO_CELL)] = None
    """Dataset of the cell concerned."""
    key: Annotated[Text | None, editorial("Key", "主键", missing=_NO_CELL)] = None
    """Primary key of the row concerned, its parts joined with |."""
    column: Annotated[Slug | None, editorial("Column", "列", missing=_NO_CELL)] = None
    """Column concerned."""
    line: Annotated[int, Ge(1), editorial("Line", "行号")]
    """Line of the source text."""
    kind: Annotated[ErratumKind, editorial("Kind", "类别")]
    """What is wrong."""
    printed: Annotated[Text, as_printed("Printed", "原文")]
    """The characters concerned."""
    reading: Annotated[Text, editorial("Reading", "解读")]
    """What they are taken for."""
    reason: Annotated[Text, editorial("Reason", "理由")]
    """Why."""
    claim_ids: Annotated[
        Slugs | None, editorial("Claims", "命题标识", references="claims", missing="not arithmetic")
    ] = None
    """Claims whose verdicts show it; since 1.1.0."""


def _cells_exist(errata: pd.DataFrame, tables: Tables) -> bool:
    cells = errata.dropna(subset=["dataset"])
    return all(
        column in tables(dataset).columns
        for dataset, column in zip(cells["dataset"], cells["column"], strict=True)
        if isinstance(column, str)
    )


def _failures_are_listed(errata: pd.DataFrame, tables: Tables) -> bool:
    verdicts = tables("verdicts")
    failing = verdicts.loc[verdicts["verdict"] == "fails", "claim_id"]
    return set(failing) <= set(errata["claim_ids"].dropna().str.split(";").explode())


RULES = (
    Rule("every failing claim has an erratum", _failures_are_listed, since="1.1.0"),
    Rule("every column that is named exists in its dataset", _cells_exist),
    Rule(
        "a column or a key stands only with a dataset",
        lambda errata, _: (
            errata.loc[errata["dataset"].isna(), ["key", "column"]].isna().all(axis=None)
        ),
    ),
)
