"""Misprints, contradictions, garbled and ambiguous passages of the report, and how they were read.

Source: the report's text, read against itself.
Limitations: a row says how this edition reads a passage; the printed value stays in its own
table. Whose a fault is was told from the text alone: where characters are wrong it is counted to
the report, where their place, order or spacing is wrong, or the rest of a line is lost, to the
extraction of the text.

来源：报告文本，以其前后互校。
局限：每行说明本版如何理解一处文字，印出的数值仍留在各自的表中。错误归于谁只能从文本判断：字错归报告，
位置、次序、空格有误或整行残缺归文本提取。
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Annotated, ClassVar

from annotated_types import Ge

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import Slug, Slugs, Text, editorial
from fintech2021._records.columns import printed as as_printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, distinct

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "Erratum", "ErratumKind", "ErratumOrigin"]


class ErratumKind(ClosedList):
    """What is wrong with a passage."""

    MISPRINT = "misprint", "wrong, missing or doubled characters", "文字错漏"
    CONTRADICTION = "contradiction", "two statements that cannot both be true", "前后矛盾"
    INEXACT = "inexact", "figures that agree only within rounding or a hedge", "勉强相符"
    NAMING = "naming", "one thing under several names", "称谓不一"
    OMISSION = "omission", "something needed that is not said", "缺少说明"
    AMBIGUOUS = "ambiguous", "more than one reading", "含义两可"
    GARBLED = "garbled", "broken, cut or displaced text", "文字错乱"


class ErratumOrigin(ClosedList):
    """Whose fault it is."""

    REPORT = "report", "the report", "报告本身"
    EXTRACTION = "extraction", "the extraction of its text", "文本提取"


class Erratum(Record):
    """A fault of the report or of its text, and the reading that was chosen.

    报告或其文本中的一处问题，以及所采用的理解。
    """

    table: ClassVar = TableInfo(
        name="errata", key=("erratum_id",), title_en="Errata of the report", title_zh="勘误"
    )

    erratum_id: Annotated[Slug, editorial("Erratum", "勘误标识")]
    """Identifier of the row; the cells that it is about stand in `erratum_cells`.

    勘误的标识；所涉单元格见 `erratum_cells`。
    """
    line: Annotated[int, Ge(1), editorial("Line", "行号")]
    """Line of the source text; further ones stand in the reason.

    在源文本中的行号；其他行号见理由。
    """
    kind: Annotated[ErratumKind, editorial("Kind", "类别")]
    """What is wrong.

    问题的类别。
    """
    origin: Annotated[ErratumOrigin, editorial("Origin", "出错环节")]
    """Whether the report itself is at fault or the extraction of its text.

    问题出在报告本身，还是出在文本提取。
    """
    printed: Annotated[Text, as_printed("Printed", "原文")]
    """The characters concerned.

    所涉文字。
    """
    reading_en: Annotated[Text, editorial("Reading", "解读（英文）")]
    """What they are taken for.

    英文解读。
    """
    reading_zh: Annotated[Text, editorial("Reading in Chinese", "解读")]
    """What they are taken for, in Chinese.

    对这些文字的理解。
    """
    reason_en: Annotated[Text, editorial("Reason", "理由（英文）")]
    """Why.

    英文理由。
    """
    reason_zh: Annotated[Text, editorial("Reason in Chinese", "理由")]
    """Why, in Chinese.

    这样理解的理由。
    """
    claim_ids: (
        Annotated[
            Slugs,
            editorial(
                "Claims",
                "命题标识",
                references="claims",
                missing=("not arithmetic", "不涉及数量关系"),
            ),
        ]
        | None
    ) = None
    """Claims whose verdicts show it.

    勾稽核对中反映这一问题的命题。
    """


def _failures_are_listed(errata: pd.DataFrame, tables: Tables) -> bool:
    return _claims_that("fails", tables) <= set(errata["claim_ids"].dropna().str.split(";").sum())


def _contradictions_do_not_hold(errata: pd.DataFrame, tables: Tables) -> bool:
    holding = _claims_that("holds", tables)
    return not _claims_of("contradiction", errata).map(holding.issuperset).any()


def _edges_do_not_fail(errata: pd.DataFrame, tables: Tables) -> bool:
    failing = _claims_that("fails", tables)
    return bool(_claims_of("inexact", errata).map(failing.isdisjoint).all())


def _claims_that(verdict: str, tables: Tables) -> set[str]:
    verdicts = tables("verdicts")
    return set(verdicts.loc[verdicts["verdict"] == verdict, "claim_id"])


def _claims_of(kind: str, errata: pd.DataFrame) -> pd.Series[list[str]]:
    return errata.loc[errata["kind"] == kind, "claim_ids"].dropna().str.split(";")


_NEAR = 10


def _claims_are_near(errata: pd.DataFrame, tables: Tables) -> bool:
    claims = tables("claims").set_index("claim_id")[["operands", "lines"]].T.to_dict()
    links = tables("erratum_cells")
    rows: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for erratum, *row in zip(links["erratum_id"], links["dataset"], links["key"], strict=True):
        rows[erratum].add(tuple(row))
    named = errata.dropna(subset="claim_ids")
    return all(
        any(abs(int(other) - line) <= _NEAR for other in claims[claim]["lines"].split(";"))
        or any(_names(claims[claim]["operands"], row) for row in rows[erratum])
        for erratum, line, ids in zip(
            named["erratum_id"], named["line"], named["claim_ids"], strict=True
        )
        for claim in ids.split(";")
    )


def _names(operands: str, row: tuple[str, str]) -> bool:
    """Tell whether an operand is a cell of a row, or one of many rows of its table."""
    dataset, key = row
    begins = (f"{dataset}/{key}/", f"{dataset}/*")
    return any(operand.startswith(begins) for operand in operands.split(";"))


INVARIANTS = (
    distinct("the reasons", "reason_en", "reason_zh", since="2.0.0"),
    distinct("the passages", "printed"),
)
FACTS = (
    Fact("every failing claim has an erratum", _failures_are_listed, since="1.1.0"),
    Fact(
        "a contradiction that claims test is one that not all of them let hold",
        _contradictions_do_not_hold,
        since="2.0.0",
    ),
    Fact("no claim about an inexact figure fails", _edges_do_not_fail, since="2.0.0"),
    Fact(
        "a claim names a row of its erratum, or stands within ten lines of it",
        _claims_are_near,
        since="2.0.0",
    ),
)
