"""A frame for people: titles, labels and names in one language, money in a readable unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from fintech2021._core import catalog
from fintech2021._core.names import DatasetName
from fintech2021._core.naming import LANGUAGES, called, is_other_half
from fintech2021._explore.columnar import Columnar, Relabelled, columnar
from fintech2021._explore.units import (
    MONEY,
    Scale,
    is_missing,
    is_numeric,
    scale_of,
    scaled,
    unit_in_words,
)
from fintech2021._given import plain
from fintech2021._versions import pins
from fintech2021.errors import UnknownDatasetError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fintech2021._core.descriptor import Column, Descriptor

__all__ = ["labelled", "language"]

_Frame = TypeVar("_Frame")


def labelled(
    frame: _Frame,
    lang: Literal["en", "zh"] = "zh",
    *,
    units: bool = False,
    name: DatasetName | str | None = None,
) -> _Frame:
    """Return a frame as people read it, in one language.

    Columns get their titles, values of closed lists their labels, and ids the names of what they
    refer to: institutions, regions, indicators and whatever else has a name. What says in the other
    language what another column says is left out. All else stays as it is: columns that the dataset
    does not have, values that are in no list, ids that nothing has.

    Parameters
    ----------
    frame
        A `pandas.DataFrame`, `polars.DataFrame` or `pyarrow.Table`: a dataset, or a part of one,
        with rows and columns of your own or without.
    lang
        ``"zh"`` or ``"en"``.
    units
        Whether titles say the unit, and money is in one that people read: 亿元, billion yuan. The
        unit is one per column; where every row has a unit of its own, one per row.
    name
        The dataset of the frame; by default what `load` wrote into ``attrs`` of a pandas frame or
        the metadata of an Arrow table. A polars frame keeps nothing of the kind.

    Returns
    -------
    pandas.DataFrame or polars.DataFrame or pyarrow.Table
        A fresh frame of the same engine with the same rows.

    Raises
    ------
    UnknownDatasetError
        When it is not known of which dataset the frame is.
    UnknownNameError
        When there is no such language.
    TypeError
        When it is no frame of these engines.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> banks = ft.labelled(ft.load_banks(), "zh", units=True)
    >>> banks.loc[banks["中文名称"] == "工商银行", ["银行类型", "科技投入（亿元）"]].values.tolist()
    [['国有大型银行', 238.19]]
    >>> list(ft.labelled(ft.load_trends(), "en").columns)
    ['Number', 'English title', 'Themes', 'Topics']
    """
    spoken, columns = language(lang), columnar(frame)
    descriptor = _descriptor(columns.pointer(), name)
    table = _Table(columns, descriptor, spoken, bool(units))
    table = table._replace(scales=_scales(table)) if units else table
    made: _Frame = columns.rebuilt(list(_relabelled(table)))
    return made


def language(asked: object) -> str:
    """Return a language that results are told in, or say which there are."""
    spoken = plain(asked)
    if not isinstance(spoken, str) or spoken not in LANGUAGES:
        raise UnknownNameError("language", asked, LANGUAGES, names=_ALSO)
    return spoken


_ALSO = {"en": ("English", "英文", "英语"), "zh": ("Chinese", "中文", "汉语", "cn", "zh_CN")}


def _descriptor(pointer: object, name: str | None) -> Descriptor:
    """Return the version of the dataset that a frame says it is, as far as it says so."""
    told = pointer if isinstance(pointer, Mapping) else {}
    said = told.get("dataset")
    dataset: Any = said if name is None else plain(name)
    if name is None and not isinstance(said, str):
        hint = 'Say of which dataset the frame is, for instance name="banks".'
        raise UnknownDatasetError(
            "dataset of the frame, which does not say it,", name, (), hint=hint
        )
    published = catalog.versions(dataset)
    if said == dataset and (version := told.get("version")) in published:
        return catalog.load_descriptor(dataset, {"the frame": version})
    return pins.requested(dataset)


class _Table(NamedTuple):
    """What is the same for all columns of a frame."""

    frame: Columnar
    descriptor: Descriptor
    spoken: str
    units: bool
    scales: Sequence[Scale | None] = ()
    """The unit of each row, where rows have units of their own."""

    def title(self, column: Column) -> str:
        """Return the title of a column."""
        return column.title_zh if self.spoken == "zh" else column.title_en

    def with_unit(self, column: Column, unit: str) -> str:
        """Return the title of a column with a unit behind it, where there is one."""
        if not unit:
            return self.title(column)
        marks = "（）" if self.spoken == "zh" else (" (", ")")
        return f"{self.title(column)}{marks[0]}{unit}{marks[1]}"


def _relabelled(table: _Table) -> Iterator[Relabelled]:
    """Yield the columns that are kept, each with a title that no other has."""
    known = {column.name for column in table.descriptor.columns}
    used = {name for name in table.frame.names() if name not in known}
    for name, made in _kept(table):
        title = f"{made.title} [{name}]" if name in known and made.title in used else made.title
        used.add(title)
        yield made._replace(title=title)


def _kept(table: _Table) -> Iterator[tuple[object, Relabelled]]:
    """Yield each column that is kept by its name: what the dataset does not have as it is."""
    known = {column.name: column for column in table.descriptor.columns}
    names = table.frame.names()
    here = [name for name in names if isinstance(name, str)]
    for place, name in enumerate(names):
        column = known.get(name) if isinstance(name, str) else None
        if column is None:
            yield name, Relabelled(place, name)
        elif not is_other_half(column, table.descriptor, table.spoken, here):
            yield name, _column(table, place, column)


def _column(table: _Table, place: int, column: Column) -> Relabelled:
    """Return a column with its title, and with its values if they are told otherwise."""
    words, title = _words(column, table.descriptor, table.spoken), table.title(column)
    has_units = bool(table.scales) and column.name in _OF_ROWS.values()
    if not words and not has_units:
        return _figures(table, place, column) if table.units else Relabelled(place, title)
    cells = [_told(value, words, column, table.spoken) for value in table.frame.values(place)]
    if has_units:
        cells = _units(cells, table.scales)
    return Relabelled(place, title.removesuffix("标识") if column.references else title, cells)


def _figures(table: _Table, place: int, column: Column) -> Relabelled:
    """Return a column with its unit in the title, money in one that people read."""
    unit, values = column.unit or "", table.frame.values(place)
    plain_title = table.with_unit(column, unit_in_words(unit, table.spoken))
    if not _are_numbers(values) or (unit not in MONEY and not (table.scales and unit in _OF_ROWS)):
        return Relabelled(place, plain_title)
    if unit in MONEY:
        scale = scale_of(values, unit, table.spoken)
        title, scales = table.with_unit(column, scale.unit), [scale] * len(values)
    else:
        title, scales = table.title(column), [each or _AS_IT_IS for each in table.scales]
    told = [_scaled(value, scale) for value, scale in zip(values, scales, strict=True)]
    return Relabelled(place, title, told, are_numbers=True)


_AS_IT_IS = Scale(1, "")


def _scaled(value: object, scale: Scale) -> object:
    return None if is_missing(value) else scaled(value, scale)


def _words(column: Column, descriptor: Descriptor, spoken: str) -> Mapping[str, str]:
    """Return what the values of a column are called."""
    if column.enum:
        return column.labels if spoken == "zh" else column.labels_en
    if column.references is None:
        return {}
    if column.references == descriptor.name:
        return called(descriptor, spoken)
    return called(catalog.same_edition(descriptor, column.references, pins.edition()), spoken)


def _told(value: Any, words: Mapping[str, str], column: Column, spoken: str) -> Any:
    if not isinstance(value, str):
        return None if is_missing(value) else value
    if not column.is_list:
        return words.get(value, value)
    mark = "；" if spoken == "zh" else "; "
    return mark.join(words.get(item, item) for item in value.split(";"))


_OF_ROWS = {"unit of the row": "unit", "currency of the row": "currency"}
"""The column that has the unit of a row, by what a column of figures says instead of a unit."""


def _scales(table: _Table) -> Sequence[Scale | None]:
    """Return the unit of each row by its first figure, where rows have units of their own."""
    units = {column.name: column.unit for column in table.descriptor.columns}
    names = table.frame.names()
    figures = [n for n, name in enumerate(names) if units.get(str(name)) in _OF_ROWS]
    cells = [table.frame.values(n) for n in figures]
    unit = _OF_ROWS[str(units[str(names[figures[0]])])] if figures else None
    # Units go with all figures of a row: one column that cannot be scaled leaves all as they are.
    if unit not in names or not all(_are_numbers(each) for each in cells):
        return ()
    currencies = table.frame.values(names.index(unit))
    return [_of_row(*both, table.spoken) for both in zip(cells[0], currencies, strict=True)]


def _are_numbers(cells: Sequence[object]) -> bool:
    return all(is_numeric(cell) or is_missing(cell) for cell in cells)


def _of_row(value: object, currency: object, spoken: str) -> Scale | None:
    if isinstance(currency, str) and currency in MONEY and is_numeric(value):
        return scale_of([value], currency, spoken)
    return None


def _units(values: list[Any], scales: Sequence[Scale | None]) -> list[Any]:
    """Return the units in which the figures of rows are told."""
    return [scale.unit if scale else value for value, scale in zip(values, scales, strict=True)]
