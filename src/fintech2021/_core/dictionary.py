"""The dictionary of a dataset: what each column means, may hold, refers to, and why it is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fintech2021._core.card import aligned
from fintech2021._core.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fintech2021._core.descriptor import Column, Descriptor

__all__ = ["dictionary", "entry"]

_WIDTH = 100


def dictionary(it: Descriptor, language: str = "en") -> str:
    """Return all that is known about a dataset version, as a text for reading."""
    return "\n".join(_lines(it, language))


def _lines(it: Descriptor, language: str) -> Iterator[str]:
    zh = language == "zh"
    both = (it.title_zh, it.title_en) if zh else (it.title_en, it.title_zh)
    yield f"{it.name} {it.version}: {both[0]} ({both[1]})"
    if zh:
        yield f"{it.rows} 行，主键 {', '.join(it.primary_key)}，记录类 {it.record}"
    else:
        yield f"{it.rows} rows, key {', '.join(it.primary_key)}, record {it.record}"
    yield from _wrapped((it.description_zh if zh else None) or it.description, "")
    for column in it.columns:
        yield ""
        yield from entry(column, language)
    yield ""
    yield from _remarks(it, language)


def _remarks(it: Descriptor, language: str) -> Iterator[str]:
    caveats = (it.caveats_zh if language == "zh" else ()) or it.caveats
    for name, texts in (("caveat", caveats), ("source", it.sources)):
        for text in texts:
            yield from _wrapped(f"{_head(name, language)}{text}", "", "  ")
    if it.superseded:
        yield f"{_head('superseded', language)}{it.superseded}"
    if it.pin:
        edition = f"{word('edition', language)} {it.edition}"
        comma = "，" if language == "zh" else ", "
        yield f"{_head('chosen by', language, ' ')}{it.pin}{comma}{edition}"
    yield f"SHA-256 {it.sha256}"


def _head(name: str, language: str, end: str = ": ") -> str:
    """Return the word before a remark."""
    return f"{word(name, language)}：" if language == "zh" else f"{name.capitalize()}{end}"


def entry(column: Column, language: str = "en") -> Iterator[str]:
    """Yield the lines about one column."""
    zh = language == "zh"
    both = (column.title_zh, column.title_en) if zh else (column.title_en, column.title_zh)
    yield f"{column.name}  {both[0]} ({both[1]})"
    yield f"    {('，' if zh else ', ').join(_kind(column, language))}"
    meaning = (column.description_zh if zh else None) or column.description
    yield from _wrapped(meaning, "    ")
    for name, text in _more(column, language):
        yield from _wrapped(f"{word(name, language)}{'：' if zh else ': '}{text}", "    ", "  ")
    labelled = [list(each) for each in _values(column, language)]
    yield from (f"      {line}" for line in aligned(labelled))


def _kind(column: Column, language: str) -> Iterator[str]:
    yield word(column.type, language)
    if column.unit:
        yield column.unit
    yield word(column.origin, language)
    if column.required:
        yield word("never empty", language)
    if column.unique:
        yield word("unique", language)


def _more(column: Column, language: str) -> Iterator[tuple[str, str]]:
    if column.references:
        yield "refers to", ".".join(filter(None, (column.references, column.referenced_key)))
    for name, bound in (("at least", column.minimum), ("at most", column.maximum)):
        if bound is not None:
            yield name, f"{bound:g}" if isinstance(bound, float) else str(bound)
    if not column.required:
        reason = (column.missing_zh if language == "zh" else None) or column.missing
        yield "can be empty", reason or "…"
    if column.derivation:
        yield "derived by", str(column.derivation.get("rule", ""))


def _values(column: Column, language: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the values of a closed list with their labels, and how the report says them."""
    for value in column.enum:
        en, zh = column.labels_en.get(value, ""), column.labels.get(value, "")
        words = ", ".join(column.printed_as.get(value, ()))
        printed = f"{word('printed as', language)} {words}" if words else ""
        yield (value, zh, en, printed) if language == "zh" else (value, en, zh, printed)


def _wrapped(text: str, indent: str, hanging: str = "") -> list[str]:
    """Return a text in lines that are not too long; Chinese is not broken, for it has no spaces."""
    from textwrap import wrap

    return wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
