"""The words with which a record model describes its columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Annotated

from annotated_types import Ge, Le
from pydantic import StringConstraints

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Alpha2",
    "ColumnInfo",
    "Count",
    "NameEn",
    "NameZh",
    "Names",
    "Note",
    "Percent",
    "Period",
    "Position",
    "Slug",
    "Slugs",
    "SourceIds",
    "Text",
    "TitleEn",
    "TitleZh",
    "Year",
    "by_row",
    "derived",
    "editorial",
    "first_day",
    "last_day",
    "less",
    "lookup",
    "printed",
    "public",
]


@dataclass(frozen=True, slots=True, eq=False)
class ColumnInfo:
    """What a column means: where its values come from, its titles, unit and references.

    Two of them are never equal: type hints are hashed where they are joined, and mappings, which
    labels are, have no hash.
    """

    title_en: str
    title_zh: str
    origin: str
    unit: str | None = None
    references: str | None = None
    missing: str | tuple[str, str] = ("not stated in the report", "报告未说明")
    """Why a cell can be empty, in English or in English and Chinese."""
    labels: Mapping[str, str] = field(default_factory=dict)
    printed_as: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rule: Mapping[str, str] = field(default_factory=dict)
    """How the cells of a derived column follow from others."""


printed = partial(ColumnInfo, origin="printed")
"""A column whose values stand in the report; every cell has a place in the source."""
public = partial(
    ColumnInfo, origin="public", missing=("not found on a public page", "未见于公开网页")
)
"""A column whose values come from cited pages outside the report."""
editorial = partial(ColumnInfo, origin="editorial", missing=("not applicable", "不适用"))
"""A column whose values were assigned for this library: slugs, English names, tags."""
by_row = partial(
    ColumnInfo,
    origin="by_row",
    missing=("neither the report nor a page states it", "报告和网页均未载明"),
)
"""A column whose rows differ in origin: the column `evidence` says of each row whether the report
prints its value, which then has its place, or pages do, which then stand in `source_ids`."""
derived = partial(
    ColumnInfo, origin="derived", missing=("what it follows from is missing", "所依据的单元格为空")
)
"""A column whose values are computed from other columns by the rule that it names."""


def first_day(of: str, *, stock: str = "") -> Mapping[str, str]:
    """Return the rule that a cell is the first day of the period in the column `of`.

    Where the cell to which the path `stock` leads is ``stock``, the period is a point in time, and
    its last day stands for it: a path is a column, or a referring column, a slash, and a column of
    the row that is referred to.
    """
    return {"rule": "first_day", "of": of} | ({"stock": stock} if stock else {})


def last_day(of: str) -> Mapping[str, str]:
    """Return the rule that a cell is the last day of the period in the column `of`."""
    return {"rule": "last_day", "of": of}


def less(of: str, subtrahend: str) -> Mapping[str, str]:
    """Return the rule that a cell is the column `of` less the column `subtrahend`.

    Two days are so many days apart; there is no difference between other texts than numbers.
    """
    return {"rule": "difference", "of": of, "less": subtrahend}


def lookup(path: str) -> Mapping[str, str]:
    """Return the rule that a cell is the one to which a path leads, ``indicator_id/title_en``."""
    return {"rule": "lookup", "of": path}


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[_-][a-z0-9]+)*$")]
"""A lower-case ASCII identifier."""
Text = Annotated[str, StringConstraints(pattern=r"^\S(?:.*\S)?$")]
"""One line of text without white space at its ends."""
Alpha2 = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""An ISO 3166-1 alpha-2 code."""
Period = Annotated[
    str,
    StringConstraints(
        pattern=r"^[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?(?:/[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)?$"
    ),
]
"""An ISO 8601 year, month, day or interval (``2021-01/2021-09``)."""
Count = Annotated[int, Ge(0)]
Year = Annotated[int, Ge(1900), Le(2100)]
Percent = Annotated[Decimal, Ge(0), Le(100)]
"""A share as printed: 2.70 stands for 2.70 %."""
Names = tuple[Text, ...]
Slugs = tuple[Slug, ...]

NameEn = Annotated[Text, editorial("English name", "英文名称")]
NameZh = Annotated[Text, printed("Chinese name", "中文名称")]
TitleEn = Annotated[Text, editorial("Title", "英文标题")]
TitleZh = Annotated[Text, editorial("Chinese title", "中文标题")]
Note = Annotated[Text, editorial("Note", "备注", missing=("nothing to add", "无"))]
Position = Annotated[int, Ge(1), editorial("Position", "次序")]
SourceIds = Annotated[
    Slugs,
    public("Sources", "来源", references="sources", missing=("no page was found", "未找到网页")),
]
