"""The pages about the datasets, written from the descriptors: one per dataset, and their table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fintech2021._core import catalog
from fintech2021._core.kinds import parse
from fintech2021._core.rows import by_key, read_table
from fintech2021._evidence.places import places
from tools.writing.languages import ENGLISH, LANGUAGES, Language
from tools.writing.markdown import blocks, cell, renewed, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fintech2021._core.descriptor import Column, Descriptor

NOTE = "<!-- Written by tools.writing.generate from the descriptors; edits here are lost. -->"
MARKS = ("<!-- datasets -->", "<!-- /datasets -->")
ROWS = 5
WIDEST = 60


HEADINGS = {
    "en": ("Dataset", "Version", "Rows", "Columns", "What it is"),
    "zh": ("数据集", "版本", "行", "列", "内容"),
}


def outputs(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield every page about the datasets and what it must hold."""
    folder = root / "docs" / "datasets"
    for name in catalog.datasets():
        yield folder / f"{name}.md", page(catalog.load_descriptor(name))
    yield folder / "index.md", index()
    for language in LANGUAGES:
        readme = root / language.readme
        yield readme, with_overview(readme.read_text("utf-8"), language)


def index() -> str:
    """Return the page that lists all datasets."""
    edition = catalog.default_edition()
    return blocks(
        "# Datasets",
        NOTE,
        f"Edition {edition.name} ({edition.status}).",
        overview(ENGLISH, "."),
        _contents(catalog.datasets()),
    )


def _contents(names: Iterable[str]) -> str:
    """Return what puts the pages into the menu of the site, under their short names."""
    return "\n".join(("```{toctree}", ":hidden:\n", *(f"{name} <{name}>" for name in names), "```"))


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
    return renewed(text, *MARKS, overview(language, "docs/datasets"))


def page(found: Descriptor) -> str:
    """Return the page about one dataset."""
    return blocks(
        f"# {found.title_en}",
        NOTE,
        found.title_zh,
        found.description,
        _bullets(found.caveats),
        table(("", ""), _facts(found)),
        "## Load it",
        example(found),
        "## Columns",
        table(_DICTIONARY, map(_entry, found.columns)),
        *_closed_lists(found),
        f"## First {min(ROWS, found.rows)} rows",
        first_rows(found),
        "## Versions",
        table(("Version", "Rows", "SHA-256 of the CSV file"), _versions(found)),
        "## Sources",
        _bullets(found.sources) or "Assigned for this library.",
    )


def _facts(found: Descriptor) -> Iterator[tuple[str, object]]:
    yield "Name", f"`{found.name}`"
    yield "Version", found.version
    yield "Rows", found.rows
    yield "Key", _code(found.primary_key)
    yield "Record class", f"[`{found.record}`](../api/records.md#{found.record.lower()})"
    yield "Places in the source text", found.provenance_rows
    yield "SHA-256", f"`{found.sha256}`"
    if found.superseded:
        yield "Superseded", cell(found.superseded)


def example(found: Descriptor) -> str:
    """Return code that loads the dataset, with what it prints."""
    row = next(iter(by_key(found).values()))
    types = {column.name: column.type for column in found.columns}
    key = ", ".join(repr(parse(row[part], types[part])) for part in found.primary_key)
    return "\n".join(
        (
            "```python",
            ">>> import fintech2021 as ft",
            f'>>> ft.load_{found.name}(version="{found.version}").shape',
            f"({found.rows}, {len(found.columns)})",
            f">>> ft.{found.record}.get({key}) == ft.{found.record}.all()[0]",
            "True",
            *_place_example(found),
            "",
            "```",
        )
    )


def _place_example(found: Descriptor) -> Iterator[str]:
    """Ask for the first place, if the dataset has any."""
    for (key, column), (place, *_) in list(places(found).items())[:1]:
        yield f'>>> ft.source("{found.name}", "{key}", "{column}").line'
        yield str(place.line)


_DICTIONARY = (
    "Column",
    "Type",
    "Unit",
    "Origin",
    "When empty",
    "Refers to",
    "Title",
    "中文",
    "Meaning",
)


def _entry(column: Column) -> tuple[object, ...]:
    return (
        f"`{column.name}`",
        column.type,
        column.unit or "",
        column.origin,
        "never" if column.required else cell(column.missing or "missing"),
        f"[`{column.references}`]({column.references}.md)" if column.references else "",
        cell(column.title_en),
        cell(column.title_zh),
        cell(column.description),
    )


def _closed_lists(found: Descriptor) -> Iterator[str]:
    rows = [
        (f"`{column.name}`", f"`{value}`", cell(column.labels.get(value, "")))
        for column in found.columns
        for value in column.enum
    ]
    if rows:
        yield "## Closed lists"
        yield table(("Column", "Value", "中文"), rows)


def first_rows(found: Descriptor) -> str:
    """Return the first rows of the file, long cells cut short."""
    header, rows = read_table(found.content)
    return table(header, ([cell(_short(text)) for text in row] for row in rows[:ROWS]))


def _versions(found: Descriptor) -> Iterator[tuple[object, ...]]:
    for version in found.versions:
        one = catalog.load_descriptor(found.name, {"this page": version})
        yield version, one.rows, f"`{one.sha256}`"


def _short(text: str) -> str:
    """Return a text cut to the widest cell; an address stays whole, for it is a link."""
    whole = len(text) <= WIDEST or text.startswith("http")
    return text if whole else f"{text[: WIDEST - 1]}…"


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
