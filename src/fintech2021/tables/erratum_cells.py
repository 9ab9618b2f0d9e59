"""The cells that each erratum is about.

Source: the report's text; a cell is linked to an erratum where its value, or its being empty,
rests on the passage that the erratum describes.
Limitations: the cells are those of the versions in one edition; an erratum about words that no
cell holds has none.

来源：报告文本；单元格的值（或其为空）取决于勘误所述的文字时，即与该勘误相联。
局限：单元格以同一发布版各数据集的版本为准；所述文字不见于任何单元格的勘误没有对应的行。
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._core import catalog
from fintech2021._records.columns import Slug, Text, editorial
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant
from fintech2021.errors import UnknownDatasetError

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "ErratumCell"]


class ErratumCell(Record):
    """A cell that an erratum is about.

    勘误所涉的一个单元格。
    """

    table: ClassVar = TableInfo(
        name="erratum_cells",
        key=("erratum_id", "dataset", "key", "column"),
        title_en="Cells that the errata are about",
        title_zh="勘误所涉单元格",
    )

    erratum_id: Annotated[Slug, editorial("Erratum", "勘误标识", references="errata")]
    """The erratum.

    勘误的标识。
    """
    dataset: Annotated[Slug, editorial("Dataset", "数据集")]
    """Dataset of the cell.

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


def _cells_exist(cells: pd.DataFrame, tables: Tables) -> bool:
    try:
        return all(
            _stand_in(tables(str(dataset)), str(dataset), group)
            for dataset, group in cells.groupby("dataset")
        )
    except UnknownDatasetError:
        return False


def _stand_in(frame: pd.DataFrame, dataset: str, cells: pd.DataFrame) -> bool:
    parts = [frame[part].astype(str) for part in catalog.load_descriptor(dataset).primary_key]
    keys = set(map("|".join, zip(*parts, strict=True)))
    return set(cells["key"]) <= keys and set(cells["column"]) <= set(frame.columns)


INVARIANTS: tuple[Invariant, ...] = ()
FACTS = (Fact("every cell that is named exists", _cells_exist),)
