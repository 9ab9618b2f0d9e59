"""The ledger of all numeric tokens of the source text: what each one is, and which cell holds it.

Source: every match of ``[0-9]+(?:[.,][0-9]+)*`` in the report's text, line by line.
Limitations: a token that several cells use is tied to one of them, the one whose value it is if
there is one.

来源：报告正文逐行匹配 ``[0-9]+(?:[.,][0-9]+)*`` 所得的全部数字。
局限：一个数字为多个单元格所用时只挂到其中一个，优先挂到其数值所在的单元格。
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from annotated_types import Ge

from fintech2021._core import catalog
from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import Slug, Text, editorial, printed
from fintech2021._records.expressions import any_of, col
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "SourceToken", "TokenKind"]

_UNTIED = ("the token is explained, not tied", "该数字已作说明，未挂到单元格")


class TokenKind(ClosedList):
    """What a numeric token is."""

    VALUE = "value", "value", "数值"
    DATE = "date", "date of a fact", "事项日期"
    NAME = "name", "part of a name", "名称的一部分"
    LIST = "list", "number in a list", "列表序号"
    PASSAGE = "passage", "time that a passage speaks of", "段落所述时间"


class SourceToken(Record):
    """A numeric token of the source text.

    原文中的一个数字。
    """

    table: ClassVar = TableInfo(
        name="source_tokens",
        key=("line", "start"),
        title_en="Numeric tokens of the source text",
        title_zh="原文数字清单",
    )

    line: Annotated[int, Ge(1), editorial("Line", "行号")]
    """Line of the source text, from 1.

    原文行号，从1起。
    """
    start: Annotated[int, Ge(0), editorial("Start", "起始位置")]
    """Position of the first character, from 0.

    首字符在行内的位置，从0起。
    """
    token: Annotated[Text, printed("Token", "数字")]
    """The characters.

    原文字符。
    """
    kind: Annotated[TokenKind, editorial("Kind", "类别")]
    """Value, date of a fact, part of a name, list number, or time that a passage speaks of.

    数值、事项日期、名称的一部分、列表序号，或段落所述时间。
    """
    dataset: Annotated[Slug | None, editorial("Dataset", "数据集", missing=_UNTIED)] = None
    """Dataset of the cell that holds the token.

    该数字所在单元格的数据集。
    """
    key: Annotated[Text | None, editorial("Key", "主键", missing=_UNTIED)] = None
    """Primary key of the row that holds it.

    所在行的主键。
    """
    column: Annotated[Slug | None, editorial("Column", "列", missing=_UNTIED)] = None
    """Column that holds it.

    所在的列。
    """
    reason: Annotated[
        Text | None, editorial("Reason", "说明", missing=("nothing to add", "无"))
    ] = None
    """Why no cell holds it, or what it is part of.

    未挂到单元格的原因，或其所属的整体。
    """


def _cells_exist(tokens: pd.DataFrame, tables: Tables) -> bool:
    tied = tokens.dropna(subset=["dataset"])
    return all(
        set(group["column"]) <= set(tables(str(dataset)).columns)
        for dataset, group in tied.groupby("dataset")
    )


_FITTING = {"value": {"number"}, "date": {"day", "text"}, "passage": {"day", "text"}}
"""What tokens of a kind are tied to; all others to texts."""


def _kinds_fit(tokens: pd.DataFrame, _tables: Tables) -> bool:
    tied = tokens.dropna(subset=["dataset"])
    cells = {*zip(tied["kind"], tied["dataset"], tied["column"], strict=True)}
    return all(
        _sort_of(dataset, column) in _FITTING.get(kind, {"text"}) for kind, dataset, column in cells
    )


def _sort_of(dataset: str, name: str) -> str:
    """Return whether a column holds days or periods, other numbers, or texts."""
    columns = {column.name: column for column in catalog.load_descriptor(dataset).columns}
    column = columns.get(name)
    if column is None:
        return "nothing"
    if column.type in {"date", "yearmonth"} or column.unit in {"period", "year"}:
        return "day"
    return "number" if column.is_number else "text"


INVARIANTS = (
    Invariant(
        "every value and every date is tied to a cell",
        col("kind").is_in(("value", "date"))
        & any_of(col(part).is_missing() for part in ("dataset", "key", "column")),
    ),
    Invariant(
        "what is not tied has a reason",
        col("dataset").is_missing() & col("reason").is_missing(),
    ),
    Invariant(
        "a value needs no reason",
        (col("kind") == "value") & col("reason").is_given(),
        since="2.0.0",
    ),
)
FACTS = (
    Fact("the text has 984 numeric tokens", lambda tokens, _: len(tokens) == 984),
    Fact("every column that is named exists in its dataset", _cells_exist),
    Fact(
        "values are tied to numbers, names to texts, dates to no number", _kinds_fit, since="2.0.0"
    ),
)
