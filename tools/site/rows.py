"""All rows of a dataset as a table of plain HTML, which `table.js` and `cells.js` make live."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._core.card import width
from fintech2021._core.naming import is_other_half
from fintech2021._core.rows import by_key, read_table
from tools.site.embedding import embedded
from tools.site.shown import ShownColumn, shown_column, title_of
from tools.writing.languages import LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fintech2021._core.descriptor import Column, Descriptor

__all__ = ["about", "rows_html"]


class _Table(NamedTuple):
    """A dataset version, its columns as they are shown, and in which language."""

    descriptor: Descriptor
    columns: tuple[ShownColumn, ...]
    language: Language


def rows_html(descriptor: Descriptor, language: Language, cells: str) -> str:
    """Return the table of all rows; `cells` is the address of what its cells answer."""
    table = _Table(descriptor, tuple(shown_columns(descriptor, language)), language)
    name = escape(language.of(descriptor.title_en, descriptor.title_zh))
    return "".join(
        (
            f'<div class="rows" data-dataset="{descriptor.name}" data-cells="{escape(cells)}">',
            f'<script type="application/json">{embedded(about(table))}</script>',
            '<div class="rows-tools"></div>',
            f'<div class="rows-box" role="region" tabindex="0" aria-label="{name}">',
            f'<table class="rows-table"{_named(_keys(descriptor))}>',
            f"<thead><tr>{''.join(_heads(table))}</thead>",
            f"<tbody>{''.join(_rows(table))}</tbody></table></div></div>\n",
        )
    )


def shown_columns(descriptor: Descriptor, language: Language) -> Iterator[ShownColumn]:
    """Yield every column as it is shown: of the two halves of a text that of the language first."""
    names, rows = read_table(descriptor.content)
    stems = [_stem(name) for name in names]

    def place(column: Column) -> tuple[int, bool]:
        other = is_other_half(column, descriptor, language.code)
        return stems.index(_stem(column.name)), other

    for column in sorted(descriptor.columns, key=place):
        at = names.index(column.name)
        yield shown_column(descriptor, column, [row[at] for row in rows])


def _stem(name: str) -> str:
    return name.removesuffix("_en").removesuffix("_zh")


def about(table: _Table) -> dict[str, Any]:
    """Return what the scripts have to know of a table."""
    return {
        "dataset": table.descriptor.name,
        "version": table.descriptor.version,
        "lang": table.language.code,
        "columns": [_about_column(it) for it in table.columns],
    }


def _about_column(it: ShownColumn) -> dict[str, Any]:
    facts = {
        "name": it.column.name,
        "titles": [title_of(it, each) for each in LANGUAGES],
        "kind": _kind(it),
        "grouped": it.is_grouped,
        "origin": it.column.origin,
        "unit": it.column.unit,
        "refers": it.column.references,
        "labels": {value: [*named.values()] for value, named in it.labels.items()},
        "shift": [it.shift(code) for code in it.scales],
    }
    return {name: fact for name, fact in facts.items() if fact}


def _kind(it: ShownColumn) -> str:
    """Return how the cells are sorted, where not as text."""
    if it.is_number:
        return "number"
    is_day = it.column.type in {"date", "yearmonth"} or it.column.unit == "period"
    return "day" if is_day else ""


def _heads(table: _Table) -> Iterator[str]:
    for it in table.columns:
        kind = ' class="number"' if it.is_number else ""
        title = escape(title_of(it, table.language))
        head = f'<th scope="col" data-column="{it.column.name}"{kind}>'
        yield f"{head}<span>{title}</span><code>{it.column.name}</code></th>"


def _rows(table: _Table) -> Iterator[str]:
    is_told = bool(_keys(table.descriptor))
    for key, row in by_key(table.descriptor).items():
        named = "" if is_told else f' data-key="{escape(key)}"'
        yield f"<tr{named}>{''.join(_cells(table, row))}</tr>\n"


def _keys(descriptor: Descriptor) -> int:
    """Return how many of the first cells of a row are its key; 0 where it has to be written."""
    names = [column.name for column in descriptor.columns]
    is_told = list(descriptor.primary_key) in (names[:1], names)
    return len(descriptor.primary_key) if is_told else 0


def _named(keys: int) -> str:
    return f' data-keys="{keys}"' if keys else ""


def _cells(table: _Table, row: Mapping[str, str]) -> Iterator[str]:
    """Yield the cells; one whose value is not what it shows has it too."""
    first, *others = ((it, row[it.column.name]) for it in table.columns)
    yield f"<th scope=row{_cell(*first, table.language)}"
    for is_empty, part in groupby(others, lambda each: not each[1]):
        cells = [f"<td{_cell(it, value, table.language)}" for it, value in part]
        is_long = is_empty and len(cells) > FEW
        yield f"<td colspan={len(cells)}>" if is_long else "".join(cells)


FEW = 3
"""How many empty cells stand side by side; of more is made one, which `table.js` parts again."""


def _cell(it: ShownColumn, value: str, language: Language) -> str:
    text = it.text(value, language.code)
    is_plain = it.is_told_plainly(value, language.code)
    exact = "" if is_plain or not value else f' data-v="{escape(value)}"'
    kind = " class=n" if it.is_number and value else ""
    may_break = it.column.is_list and not it.labels  # Behind the items of labels is a space.
    return f"{kind}{exact}>{_content(text, is_list=may_break)}"


LONG = 60
"""How wide a text may be before it is folded."""


def _content(text: str, *, is_list: bool) -> str:
    """Return a text that folds where long; a short list may break behind each of its items."""
    if width(text) > LONG:
        return f"<div>{escape(text)}</div>"
    return ";<wbr>".join(map(escape, text.split(";"))) if is_list else escape(text)
