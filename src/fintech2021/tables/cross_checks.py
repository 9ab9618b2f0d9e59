"""Printed cells of the report beside what independent public pages say of the same thing.

Source: public pages; every row names the ones that it rests on. The printed values are those of
the tables that the rows name.
Limitations: only cells for which a page was found; no row is no confirmation. Most public figures
are press copies of one company document. A check that agrees says that the two can be the same
number, each within its rounding and its hedge; it does not say that the number is right.

来源：公开网页，每行均注明所依据的网页。报告所印数值即各行所指表格的数值。
局限：仅收录查到网页的单元格，未收录不等于已证实。多数公开数字为媒体转载同一公司文件。“一致”仅指两者在各自舍入和限定范围内可以是同一数字，不表示该数字正确。
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from annotated_types import Gt

from fintech2021._core import catalog
from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import (
    Names,
    Slug,
    Slugs,
    Text,
    derived,
    editorial,
    less,
    public,
)
from fintech2021._records.expressions import col
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, cites_two, in_both_languages
from fintech2021.errors import UnknownDatasetError
from fintech2021.tables.vocabulary import PageEvidence, Qualifier, Unit

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "CheckVerdict", "CrossCheck"]


class CheckVerdict(ClosedList):
    """How a printed value stands to a public one."""

    AGREES = "agrees", "Both can be the same", "一致"
    DIFFERS = "differs", "They cannot be the same", "不一致"
    OTHER_SCOPE = "other_scope", "The page means something else", "口径不同"


class CrossCheck(Record):
    """A printed cell beside an independent public figure.

    报告所印的一个单元格与独立公开数字的对照。
    """

    table: ClassVar = TableInfo(
        name="cross_checks",
        key=("dataset", "key", "column"),
        title_en="Printed cells checked against public pages",
        title_zh="报告数字与公开网页对照",
    )

    dataset: Annotated[Slug, editorial("Dataset", "数据集")]
    """Dataset of the printed cell.

    单元格所在的数据集。
    """
    key: Annotated[Text, editorial("Key", "主键")]
    """Primary key of the cell's row, its parts joined with |.

    所在行的主键，多个部分以|相连。
    """
    column: Annotated[Slug, editorial("Column", "列")]
    """Column of the cell.

    单元格所在的列。
    """
    printed_value: Annotated[Text, editorial("Printed value", "报告数值")]
    """The value of the cell: what the report prints, in base units.

    单元格的值，即报告所印数值（基本单位）。
    """
    public_value: Annotated[Text, public("Public value", "公开数值")]
    """What the pages say, in the same unit; a month stands for a day that they do not give.

    网页所载数值，单位相同；网页未写明日期的，以月份表示。
    """
    unit: Annotated[
        Unit | None,
        editorial("Unit", "单位", missing=("a date, or names", "日期或名称")),
    ] = None
    """Unit of both values.

    两个数值的单位。
    """
    figures: Annotated[
        Names | None,
        public("Figures", "网页数字", missing=("a date, or names", "日期或名称")),
    ] = None
    """The figures on which the public value rests, with the digits that the pages print.

    公开数值所依据的数字，保留网页所印位数。
    """
    relation: Annotated[
        Text | None,
        editorial(
            "Relation",
            "推算关系",
            missing=("a page states the value itself", "网页直接写明该数值"),
        ),
    ] = None
    """How the value follows from the figures, in their order a, b, c, where no page states it.

    网页未直接写明时，由各数字（依次为a、b、c）推算的方式。
    """
    scale: Annotated[
        Decimal | None,
        Gt(0),
        editorial("Scale", "换算倍数", missing=("a date, or names", "日期或名称")),
    ] = None
    """What the figure, or the result of the relation, is multiplied with.

    数字或推算结果所乘的倍数。
    """
    public_qualifier: Annotated[Qualifier, public("Qualifier of the page", "网页限定词")]
    """How the page hedges its figure; `under` with a date means at the latest.

    网页对数字的限定；日期的under指“最迟”。
    """
    difference: Annotated[
        Decimal | None,
        derived(
            "Difference",
            "差额",
            rule=less("printed_value", "public_value"),
            missing=("not two numbers, or not two days", "并非两个数字或两个日期"),
        ),
    ] = None
    """Printed value less public value, in their unit; of days in days.

    报告数值减公开数值；日期以天计。
    """
    verdict: Annotated[CheckVerdict, editorial("Verdict", "结论")]
    """Whether the two can be the same number, within rounding and hedges.

    考虑舍入和限定后，两者能否为同一数字。
    """
    evidence: Annotated[PageEvidence, editorial("Evidence", "依据")]
    """What the public value rests on, pages only weighed left out; of several figures, the weakest.

    公开数值的依据；多个数字以依据最弱者为准，仅作比对的网页不计。
    """
    source_ids: Annotated[Slugs, public("Sources", "来源", references="sources")]
    """Pages that the public value rests on, those that the reading weighs included.

    公开数值所依据的网页，含说明中比对的网页。
    """
    reading: Annotated[
        Text | None,
        editorial("Reading", "说明", missing=("nothing to add", "无")),
    ] = None
    """Which figure was taken and why, and what may explain a difference.

    采用何数及其理由，以及差异的可能原因。
    """
    reading_zh: Annotated[
        Text | None,
        editorial("Reading in Chinese", "中文说明", missing=("nothing to add", "无")),
    ] = None
    """The reading in Chinese.

    说明的中文。
    """


def _cells_are_printed(checks: pd.DataFrame, tables: Tables) -> bool:
    try:
        return all(
            _stand_in(tables(str(dataset)), str(dataset), group)
            for dataset, group in checks.groupby("dataset")
        )
    except UnknownDatasetError:
        return False


def _stand_in(frame: pd.DataFrame, dataset: str, checks: pd.DataFrame) -> bool:
    descriptor = catalog.load_descriptor(dataset)
    parts = [frame[part].astype(str) for part in descriptor.primary_key]
    keys = set(map("|".join, zip(*parts, strict=True)))
    printed = {column.name for column in descriptor.columns if column.origin == "printed"}
    return set(checks["key"]) <= keys and set(checks["column"]) <= printed


def _values_are_those_of_the_cells(checks: pd.DataFrame, tables: Tables) -> bool:
    return all(
        _same(_cell(tables(dataset), dataset, key, column), printed)
        for dataset, key, column, printed in zip(
            *(checks[name] for name in ("dataset", "key", "column", "printed_value")), strict=True
        )
    )


def _cell(frame: pd.DataFrame, dataset: str, key: str, column: str) -> Any:
    """Return the cell that a check names."""
    parts = [frame[part].astype(str) for part in catalog.load_descriptor(dataset).primary_key]
    keys = list(map("|".join, zip(*parts, strict=True)))
    return frame[column].iloc[keys.index(key)]


def _same(cell: Any, printed: str) -> bool:
    """Tell whether a text says what a cell of a frame holds: a number, a day, a month or a text."""
    if hasattr(cell, "date"):
        return cell.date().isoformat() in {printed, f"{printed}-01"}
    return cell == printed if isinstance(cell, str) else float(cell) == float(printed)


INVARIANTS = (
    Invariant(
        "what differs, or is of another scope, has a reading in both languages",
        (col("verdict") != "agrees")
        & (col("reading").is_missing() | col("reading_zh").is_missing()),
    ),
    Invariant(
        "several figures are joined by a relation",
        col("figures").contains(";") & col("relation").is_missing(),
    ),
    Invariant(
        "figures have a scale and a unit, and dates and names have neither",
        (col("figures").is_given() != col("scale").is_given())
        | (col("figures").is_given() != col("unit").is_given()),
    ),
    in_both_languages("reading"),
    cites_two(),
)
FACTS = (
    Fact("every cell that is named exists in a printed column", _cells_are_printed),
    Fact("every printed value is that of its cell", _values_are_those_of_the_cells),
)
