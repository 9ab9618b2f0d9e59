"""The cells that each erratum is about.

Source: the report's text; a cell is linked to an erratum where its value, or its being empty,
rests on the passage that the erratum describes.
Limitations: the cells are those of the versions in one edition; an erratum about words that no
cell holds has none.

来源：报告文本；单元格的值（或其为空）取决于勘误所述的文字时，即与该勘误相联。
局限：单元格以同一发布版各数据集的版本为准；所述文字不见于任何单元格的勘误没有对应的行。
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._core import catalog
from fintech2021._evidence.places import places
from fintech2021._records.columns import Slug, Text, editorial
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant
from fintech2021.errors import UnknownDatasetError

if TYPE_CHECKING:
    from collections.abc import Mapping

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


_NEAR = 60
_LINE = re.compile(r"[0-9]{1,4}")
_OF_MANY_PLACES = frozenset(
    {
        "bank_staff_two_terms",
        "clustar_bank_unnamed",
        "open_banking_interface_terms",
        "platform_drafts_called_issued",
        "virtual_banks_sector",
    }
)
"""Errata about one word in many places, or one that stands nowhere."""


def _rows_are_near(cells: pd.DataFrame, tables: Tables) -> bool:
    errata = tables("errata").set_index("erratum_id")
    placed = errata.drop(index=[name for name in _OF_MANY_PLACES if name in errata.index])
    named = placed["line"].astype(str) + " " + placed["reason_en"] + " " + placed["reading_en"]
    lines = {erratum: set(map(int, _LINE.findall(text))) for erratum, text in named.items()}
    rows = zip(cells["erratum_id"], cells["dataset"], cells["key"], strict=True)
    return all(
        _is_near(lines[erratum], _lines(dataset).get(key))
        for erratum, dataset, key in rows
        if erratum in lines
    )


def _is_near(named: set[int], printed: frozenset[int] | None) -> bool:
    """Tell whether a row is printed near a line, or nowhere."""
    return printed is None or any(abs(one - other) <= _NEAR for one in named for other in printed)


@cache
def _lines(dataset: str) -> Mapping[str, frozenset[int]]:
    """Return the lines where the rows of a table are printed, by their keys."""
    lines: dict[str, set[int]] = defaultdict(set)
    for (key, _), group in places(catalog.load_descriptor(dataset)).items():
        lines[key].update(place.line for place in group)
    return {key: frozenset(found) for key, found in lines.items()}


INVARIANTS: tuple[Invariant, ...] = ()
FACTS = (
    Fact("every cell that is named exists", _cells_exist),
    Fact(
        "a printed row is near a line that its erratum names, unless that is of many places",
        _rows_are_near,
    ),
)
