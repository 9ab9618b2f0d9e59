"""What rows are called besides their keys, in both languages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from fintech2021._core import catalog
from fintech2021._core.rows import by_key
from fintech2021.errors import UnknownKeyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fintech2021._core.descriptor import Column, Descriptor

__all__ = ["LANGUAGES", "called", "is_other_half", "names_in", "names_of_rows", "unknown_key"]

LANGUAGES = ("en", "zh")

_STEMS = ("name", "title")
_LONGEST_NAME = 80
"""A cell with more characters is a sentence and names nothing."""


@cache
def called(descriptor: Descriptor, language: str) -> Mapping[str, str]:
    """Return the name of every row in one language, by its key; empty where rows have none."""
    names = {column.name for column in descriptor.columns}
    column = next((f"{stem}_{language}" for stem in _STEMS if f"{stem}_{language}" in names), None)
    if column is None:
        return {}
    return {key: row[column] for key, row in by_key(descriptor).items() if row[column]}


def names_of_rows(descriptor: Descriptor) -> dict[str, list[str]]:
    """Return what every row is called, by its key, also by the names of what its key refers to."""
    columns = [column.name for column in descriptor.columns if _can_name(column)]
    return {
        key: [
            *(row[name] for name in columns if 0 < len(row[name]) <= _LONGEST_NAME),
            *_key_in_words(descriptor, row),
        ]
        for key, row in by_key(descriptor).items()
    }


def _can_name(column: Column) -> bool:
    in_words = column.type == "string" and not column.enum and not column.references
    return in_words and column.name.endswith(("_en", "_zh"))


def _key_in_words(descriptor: Descriptor, row: Mapping[str, str]) -> Iterator[str]:
    """Yield the key of a row with the names of what its parts refer to."""
    parts = [(descriptor.column(name), row[name]) for name in descriptor.primary_key]
    if any(column.references for column, _ in parts):
        for language in LANGUAGES:
            yield "|".join(_name(descriptor, *part, language) for part in parts)


def _name(descriptor: Descriptor, column: Column, key: str, language: str) -> str:
    if column.references in {None, descriptor.name}:
        return key
    target = catalog.same_edition(descriptor, str(column.references))
    return called(target, language).get(key, key)


def is_other_half(
    column: Column, descriptor: Descriptor, language: str, here: Iterable[str] | None = None
) -> bool:
    """Tell whether a column says in the other language what a column of this one says.

    A note in English has no ending of its own: it is the other half of ``note_zh``. Where only some
    columns are here, the half of this language has to be.
    """
    there = {each.name for each in descriptor.columns if not each.enum}
    names = there if here is None else there & set(here)
    stem = column.name.removesuffix("_en" if language == "zh" else "_zh")
    if stem != column.name:
        return f"{stem}_{language}" in names or (language == "en" and stem in names)
    return language == "zh" and not column.enum and f"{column.name}_zh" in names


def names_in(descriptor: Descriptor, column: Column) -> dict[str, list[str]]:
    """Return what the values of a column are called: labels, or the names of what they refer to."""
    if column.references is None:
        return {
            each: [column.labels_en.get(each, ""), label] for each, label in column.labels.items()
        }
    return names_of_rows(catalog.same_edition(descriptor, column.references))


def unknown_key(kind: str, asked: object, descriptor: Descriptor) -> UnknownKeyError:
    """Return the error about a key that no row of a dataset version has."""
    return UnknownKeyError(kind, asked, by_key(descriptor), names=names_of_rows(descriptor))
