"""The pages of the datasets, in both languages, from their descriptors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fintech2021._core import catalog
from fintech2021._core.card import aligned, width
from fintech2021._core.rows import read_table
from fintech2021._core.words import word
from tools.writing.dataset_checks import claims, cross_checks, errata
from tools.writing.dataset_columns import columns
from tools.writing.dataset_use import example
from tools.writing.dataset_versions import versions
from tools.writing.languages import LANGUAGES, Language
from tools.writing.markdown import blocks, cell, prose, renewed, table
from tools.writing.subjects import PICTURES, SUBJECTS, Subject, in_order, records_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fintech2021._core.descriptor import Descriptor

__all__ = ["NOTE", "index", "outputs", "overview", "page", "with_overview"]

NOTE = "<!-- Written by tools.writing.generate from the descriptors; edits here are lost. -->"
MARKS = ("<!-- datasets -->", "<!-- /datasets -->")
ROWS = 5
WIDEST_CELL, WIDEST_LINE = 24, 96

HEADINGS = {
    "en": ("Dataset", "Version", "Rows", "Columns", "What it is"),
    "zh": ("数据集", "版本", "行", "列", "内容"),
}


def outputs(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield every page about the datasets and what it must hold."""
    for language in LANGUAGES:
        folder = root / language.pages / "datasets"
        for name in catalog.datasets():
            yield folder / f"{name}.md", page(catalog.load_descriptor(name), language)
        yield folder / "index.md", index(language)
        readme = root / language.readme
        yield readme, with_overview(readme.read_text("utf-8"), language)


def index(language: Language) -> str:
    """Return the page that lists all datasets by subject."""
    edition = catalog.default_edition()
    status = word(edition.status, language.code)
    return blocks(
        language.of("# Datasets", "# 数据集"),
        NOTE,
        language.of(
            f"{len(catalog.datasets())} tables, edition {edition.name} ({status}). Each page has "
            "all rows, what every column means, and what was found wrong.",
            f"共{len(catalog.datasets())}张表，版次{edition.name}（{status}）。每页都有全部数据行、"
            "各列的含义，以及已发现的问题。",
        ),
        *(block for subject in SUBJECTS for block in _subject(subject, language)),
        _contents(language),
    )


def _subject(subject: Subject, language: Language) -> Iterator[str]:
    """Yield a heading and the datasets of a subject."""
    yield f"## {language.of(subject.title_en, subject.title_zh)}"
    rows = (
        (
            f"[{cell(language.of(found.title_en, found.title_zh))}]({found.name}.md)"
            f"<br>`{found.name}`",
            found.rows,
        )
        for found in map(catalog.load_descriptor, subject.datasets)
    )
    yield table(language.of("Dataset,Rows", "数据集,行数").split(","), rows)


def _contents(language: Language) -> str:
    """Return what puts the pages into the menu of the site: by name, in Chinese by title."""
    found = map(catalog.load_descriptor, in_order())
    lines = (f"{language.of(it.name, it.title_zh)} <{it.name}>" for it in found)
    return "\n".join(("```{toctree}", ":hidden:\n", *lines, "```"))


def overview(language: Language, folder: str) -> str:
    """Return a table of all datasets whose names link to pages in the folder."""
    rows = (
        (
            f"[`{found.name}`]({folder}/{found.name}.md)",
            found.version,
            found.rows,
            len(found.columns),
            cell(language.of(found.title_en, found.title_zh)),
        )
        for found in map(catalog.load_descriptor, catalog.datasets())
    )
    return table(HEADINGS[language.code], rows)


def with_overview(text: str, language: Language) -> str:
    """Return a readme with the table of datasets between its marks renewed."""
    return renewed(text, *MARKS, overview(language, f"{language.pages}/datasets"))


def page(found: Descriptor, language: Language) -> str:
    """Return the page about one dataset."""
    both, pictures = (found.title_en, found.title_zh), list(_pictures(found))
    return blocks(
        f"# {language.of(*both)}",
        NOTE,
        language.of(*both[::-1]),
        _grain(found, language),
        " · ".join(_facts(found, language)),
        _superseded(found, language),
        *pictures[:1],
        language.of(f"## All {found.rows} rows", f"## 全部{found.rows}行"),
        rows(found, language),
        *pictures[1:],
        language.of("## Columns", "## 各列"),
        columns(found, language),
        *_caveats(found, language),
        errata(found, language),
        claims(found, language),
        cross_checks(found, language),
        language.of("## Use it", "## 使用"),
        example(found, language),
        language.of("## Versions", "## 版本"),
        versions(found, language),
        *_sources(found, language),
    )


def _grain(found: Descriptor, language: Language) -> str:
    """Return what a row is."""
    said = language.of(found.description, found.description_zh or "")
    return f"{language.of('**One row**: ', '**每一行**：')}{prose(said)}"


def _facts(found: Descriptor, language: Language) -> Iterator[str]:
    key, count = ", ".join(f"`{name}`" for name in found.primary_key), len(found.columns)
    records = f"{language.of('..', '../..')}/api/{records_page(found.name)}.md"
    yield f"`{found.name}` {found.version}"
    yield language.of(f"{found.rows} rows", f"{found.rows}行")
    yield language.of(f"{count} columns", f"{count}列")
    yield f"{word('key', language.code)} {key}"
    link = f"[`{found.record}`]({records}#{found.record.lower()})"
    yield f"{word('record', language.code)} {link}{language.of('', '（英文）')}"
    if found.provenance_rows:
        yield language.of(
            f"{found.provenance_rows} places in the source text",
            f"原文出处{found.provenance_rows}处",
        )


def _superseded(found: Descriptor, language: Language) -> str:
    """Return why the dataset gives way to another, where it does: the reason is English."""
    if not found.superseded:
        return ""
    mark = language.of("", "（英文）")
    return f"**{word('superseded', language.code).capitalize()}**{mark} {prose(found.superseded)}"


def _pictures(found: Descriptor) -> Iterator[str]:
    """Yield the pictures of a dataset."""
    for name in PICTURES.get(found.name, ()):
        yield f"```{{picture}} {name}\n```"


def rows(found: Descriptor, language: Language) -> str:
    """Return what the site shows as a table of all rows, and the repository as its beginning."""
    return "\n".join((f"```{{rows}} {found.name}", *first_rows(found, language), "```"))


def first_rows(found: Descriptor, language: Language) -> list[str]:
    """Return the first rows, long cells cut short, as many columns as a line has room for."""
    header, every = read_table(found.content)
    lines = [[_short(text) for text in row] for row in (header, *every[:ROWS])]
    fitting = max(n for n in range(1, len(header) + 1) if n == 1 or _width(lines, n) <= WIDEST_LINE)
    made = aligned([row[:fitting] for row in lines])
    return [*made, *_left_out(found.rows - ROWS, len(header) - fitting, language)]


def _width(lines: list[list[str]], count: int) -> int:
    """Return how wide the first columns are together."""
    return sum(max(width(row[place]) for row in lines) + 2 for place in range(count)) - 2


def _left_out(rows: int, columns: int, language: Language) -> Iterator[str]:
    parts = [
        language.of(f"{count} more {noun}", f"另有{count}{noun_zh}")
        for count, noun, noun_zh in ((rows, "rows", "行"), (columns, "columns", "列"))
        if count > 0
    ]
    if parts:
        yield f"… {language.of(', ', '，').join(parts)}"


def _short(text: str) -> str:
    """Return a text cut to the widest cell."""
    return text if len(text) <= WIDEST_CELL else f"{text[: WIDEST_CELL - 1]}…"


def _caveats(found: Descriptor, language: Language) -> Iterator[str]:
    said = found.caveats if language.code == "en" else found.caveats_zh
    if said:
        yield language.of("## Before you use it", "## 使用前须知")
        yield _bullets(map(prose, said))


def _sources(found: Descriptor, language: Language) -> Iterator[str]:
    yield language.of("## Sources", "## 来源")
    yield _bullets(prose(_source(each, language)) for each in found.sources) or language.of(
        "Assigned for this library.", "由本库编制。"
    )


_REPORT = "Report on fintech and digital inclusive finance in China"
SOURCES_ZH = {
    "Public pages, listed in the dataset sources": "公开网页，列于数据集sources",
}
"""The Chinese names of what the values come from."""


def _source(said: str, language: Language) -> str:
    """Return what values come from: the report is called the same on every page."""
    if language.code == "en":
        return said
    if said.startswith(_REPORT):
        file = said.partition("text file ")[2].replace(", SHA-256 ", "，SHA-256 ")
        return f"2021年中国金融科技与数字普惠金融报告（2022年初的文本）；文本文件 {file}"
    return SOURCES_ZH[said]


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
