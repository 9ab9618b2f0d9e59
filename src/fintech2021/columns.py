"""The words with which a record model describes its columns."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, NamedTuple

from annotated_types import Ge, Le
from pydantic import StringConstraints

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Alpha2",
    "Column",
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
    "editorial",
    "printed",
    "public",
]


class Column(NamedTuple):
    """What a column means: where its values come from, its titles, unit and references."""

    title_en: str
    title_zh: str
    origin: str
    unit: str | None = None
    references: str | None = None
    missing: str = "not stated in the report"
    labels: Mapping[str, str] = MappingProxyType({})
    printed_as: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def __hash__(self) -> int:
        """Type hints are hashed where they are joined, and mappings cannot be."""
        return id(self)


printed = partial(Column, origin="printed")
"""A column whose values stand in the report; every cell has a place in the source."""
public = partial(Column, origin="public", missing="not found on a public page")
"""A column whose values come from cited pages outside the report."""
editorial = partial(Column, origin="editorial", missing="not applicable")
"""A column whose values were assigned for this library: slugs, English names, tags."""

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
Note = Annotated[Text, editorial("Note", "备注", missing="nothing to add")]
Position = Annotated[int, Ge(1), editorial("Position", "次序")]
SourceIds = Annotated[
    Slugs, public("Sources", "来源", references="sources", missing="no page was found")
]
