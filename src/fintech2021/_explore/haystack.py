"""All words of a dataset version in the one spelling in which they are searched."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from fintech2021._core import catalog
from fintech2021._core.digits import without_zeros
from fintech2021._core.naming import LANGUAGES, called
from fintech2021._core.rows import by_key
from fintech2021._evidence.places import places
from fintech2021._explore.units import spoken, unit_of
from fintech2021._matching.folding import folded, is_chinese

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._evidence.places import Place

__all__ = ["Haystack", "Row", "Text", "haystack", "texts"]


class Text(NamedTuple):
    """A text, where it stands, and its one spelling."""

    said: str
    folded: str
    column: str = ""
    is_label: bool = False
    is_whole: bool = False
    """Whether it is found by all of it only, as a number is."""

    def has(self, term: str) -> bool:
        """Tell whether a folded term stands in the text: at the beginning of a word, in English."""
        if self.is_whole:
            return self.folded in {term, without_zeros(term)}  # 2.70 is found by 2.7.
        if is_chinese(term):
            return term in self.folded
        end = " " if len(term) < _SHORT else ""
        return f" {term}{end}" in f" {self.folded} "


_SHORT = 3
"""A shorter English word is found by all of it only: too many others begin with it."""


class Row(NamedTuple):
    """A row with all that it says: its cells, labels, and names of what it refers to."""

    key: str
    cells: Mapping[str, str]
    texts: tuple[Text, ...]


class Haystack(NamedTuple):
    """What is searched of one dataset version."""

    descriptor: Descriptor
    titles: tuple[Text, ...]
    columns: Mapping[str, tuple[Text, ...]]
    descriptions: Mapping[str, Text]
    labels: tuple[Text, ...]
    """What the values of closed lists mean; each says its value in `values`, in the same order."""
    values: tuple[str, ...]
    rows: tuple[Row, ...]


@cache
def haystack(descriptor: Descriptor) -> Haystack:
    """Return what is searched of a dataset version."""
    labels = tuple(_labels(descriptor))
    return Haystack(
        descriptor,
        _texts((descriptor.name, descriptor.title_en, descriptor.title_zh)),
        {
            each.name: _texts((each.name, each.title_en, each.title_zh))
            for each in descriptor.columns
        },
        {each.name: _text(each.description) for each in descriptor.columns},
        tuple(text for text, _ in labels),
        tuple(value for _, value in labels),
        tuple(_rows(descriptor)),
    )


def texts(searched: Iterable[Haystack]) -> Iterator[Text]:
    """Yield every text that is searched."""
    for each in searched:
        yield from each.titles
        for named in each.columns.values():
            yield from named
        yield from each.labels
        for row in each.rows:
            yield from row.texts


def _text(said: str) -> Text:
    return Text(said, folded(said))


def _texts(said: Iterable[str]) -> tuple[Text, ...]:
    return tuple(map(_text, said))


def _labels(descriptor: Descriptor) -> Iterator[tuple[Text, str]]:
    values = ((column, value) for column in descriptor.columns for value in column.enum)
    for column, value in values:
        said = dict.fromkeys((value, *_said_of(column, value)))
        yield from ((Text(each, folded(each), column.name), value) for each in said)


def _said_of(column: Column, value: str) -> Iterator[str]:
    yield from (labels[value] for labels in (column.labels_en, column.labels) if value in labels)


def _rows(descriptor: Descriptor) -> Iterator[Row]:
    columns = [column for column in descriptor.columns if _is_searched(column)]
    named = {column.name: _names(descriptor, column) for column in columns}
    printed = places(descriptor)
    for key, cells in by_key(descriptor).items():
        said = (
            text
            for column in columns
            if cells[column.name]
            for text in (
                *_cell(column, cells[column.name], named[column.name]),
                *_printed(column, cells, printed.get((key, column.name), ())),
            )
        )
        yield Row(key, cells, tuple(said))


def _names(descriptor: Descriptor, column: Column) -> tuple[Mapping[str, str], ...]:
    """Return the names of what a column refers to, in each language."""
    if column.references in {None, descriptor.name}:
        return ()
    target = catalog.same_edition(descriptor, str(column.references))
    return tuple(called(target, language) for language in LANGUAGES)


def _is_searched(column: Column) -> bool:
    return column.name not in _UNSAID and column.references not in _ABOUT_ROWS


_ABOUT_ROWS = ("sources", "errata", "claims")
"""What rows rest on or are judged by: its names are not theirs."""
_UNSAID = {"url", "sha256"}


def _cell(column: Column, cell: str, named: tuple[Mapping[str, str], ...]) -> Iterator[Text]:
    """Yield what a cell says: its text, the label of its value, the name of what it refers to."""
    is_whole = column.type not in {"string", "list"}
    for item in cell.split(";") if column.is_list else (cell,):
        yield Text(item, _spelled(column, item), column.name, bool(column.enum), is_whole)
        labels = _said_of(column, item)
        yield from (Text(each, folded(each), column.name, is_label=True) for each in labels)
        names = (each[item] for each in named if item in each)
        yield from (Text(each, folded(each), column.name) for each in names)


def _spelled(column: Column, said: str) -> str:
    return without_zeros(folded(said)) if column.is_number else folded(said)


def _printed(column: Column, cells: Mapping[str, str], group: tuple[Place, ...]) -> Iterator[Text]:
    """Yield the characters that the report prints for a cell, where the cell has others."""
    printed = "".join(place.printed for place in group)
    if column.enum or printed in {"", cells[column.name]}:
        return
    for said in (printed, *spoken(printed, group[0].scale, unit_of(column, cells))):
        yield Text(said, _spelled(column, said), column.name, is_whole=True)
