"""What the page of a dataset says of its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fintech2021._core.words import word
from tools.site.cells import rule
from tools.writing.markdown import prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fintech2021._core.descriptor import Column, Descriptor
    from tools.writing.languages import Language

__all__ = ["columns"]


UNITS = {
    "CNY": "元",
    "HKD": "港元",
    "USD": "美元",
    "percent": "%",
    "count": "个数",
    "rank": "名次",
    "year": "年份",
    "period": "时期",
    "unit of the row": "单位见本行",
    "currency of the row": "币种见本行",
}
"""What a unit is called in Chinese."""


def columns(found: Descriptor, language: Language) -> str:
    """Return a list of the columns: titles, what the cells are, what they mean, closed lists."""
    return "\n".join(line for column in found.columns for line in _entry(column, language))


def _entry(column: Column, language: Language) -> Iterator[str]:
    own, other = language.of(column.title_en, column.title_zh), _other(column, language)
    yield f"- **`{column.name}`** {prose(own)} <small>{prose(other)}</small>"
    yield f"  <br>{prose(language.of(column.description, column.description_zh or ''))}"
    yield f"  <br><small>{' · '.join(_kind(column, language))}</small>"
    yield from (f"    - {line}" for line in _values(column, language))


def _other(column: Column, language: Language) -> str:
    return language.of(column.title_zh, column.title_en)


def _kind(column: Column, language: Language) -> Iterator[str]:
    """Yield type, unit, origin, whether a cell can be empty, and what the cells refer to."""
    code = language.code
    yield word(column.type, code)
    if column.unit:
        yield language.of(column.unit, UNITS[column.unit])
    yield word(column.origin, code)
    if column.derivation:
        yield language.of(*rule(column))
    yield _emptiness(column, language)
    if column.references:
        link = f"[`{column.references}`]({column.references}.md)"
        yield f"{word('refers to', code)} {link}"


def _emptiness(column: Column, language: Language) -> str:
    if column.required:
        return word("never empty", language.code)
    reason = prose(language.of(column.missing or "", column.missing_zh or ""))
    sign = language.of(": ", "：")
    return f"{word('can be empty', language.code)}{sign if reason else ''}{reason}"


def _values(column: Column, language: Language) -> Iterator[str]:
    """Yield the values of a closed list with both labels, and how the report writes them."""
    for value in column.enum:
        both = column.labels_en.get(value, ""), column.labels.get(value, "")
        labels = language.of(" · ".join(both), " · ".join(both[::-1]))
        words = "、".join(column.printed_as.get(value, ()))
        printed = f" ({word('printed as', language.code)} {words})" if words else ""
        yield f"`{value}` {prose(labels)}{prose(printed)}"
