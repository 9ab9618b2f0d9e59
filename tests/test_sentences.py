"""The report's sentences are not copied: only names, titles of laws and figures are taken over."""

from __future__ import annotations

import csv
import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fintech2021._core import catalog
from fintech2021._core.rows import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 20
RUN = re.compile(f"[\u4e00-\u9fff]{{{LONGEST + 1},}}")

NAMES = {
    ("policies", "title_zh"): "the full title of a law or document is its name",
    ("technology_parks", "name_zh"): "the full name of a park",
}
"""The columns whose cells may be longer: a name cannot be said in other words."""

PAGES = sorted(
    path
    for pattern in (
        "*.md",
        "*.cff",
        "*.toml",
        "docs/**/*.md",
        "src/**/*.py",
        "src/**/*.json",
        "tests/**/*.py",
        "tools/*",
        "benchmarks/*",
    )
    for path in ROOT.glob(pattern)
    if path.is_file() and path.suffix != ".pyc"
)
TABLES = sorted(
    chain(ROOT.glob("src/fintech2021/data/**/*.csv"), ROOT.glob("transcription/**/*.csv"))
)


def runs(text: str) -> Iterator[str]:
    """Yield every run of just so many characters that would be too long a quotation.

    White space is no end of a run: it is where the report's lines happen to break.
    """
    for match in RUN.finditer(re.sub(r"\s+", "", text)):
        found = match.group()
        yield from (found[at : at + LONGEST + 1] for at in range(len(found) - LONGEST))


@pytest.fixture(scope="module")
def sentences(source_lines: list[str]) -> frozenset[str]:
    """Every such run of the source text, those inside a name aside."""
    names = {
        run
        for name, column in NAMES
        for version in catalog.versions(name)
        for row in _rows(ROOT / "src" / "fintech2021" / "data" / name / f"{version}.csv")
        for run in runs(row.get(column, ""))
    }
    return frozenset(runs("\n".join(source_lines))) - names


def _rows(path: Path) -> Iterator[dict[str, str]]:
    header, rows = read_table(path.read_bytes())
    return (dict(zip(header, row, strict=True)) for row in rows)


def copied(text: str, sentences: frozenset[str]) -> list[str]:
    return [run for run in runs(text) if run in sentences]


def test_the_source_text_has_sentences_and_they_would_be_noticed(
    sentences: frozenset[str],
) -> None:
    assert len(sentences) > 1000
    sentence = min(sentences)
    assert copied(f"He said {sentence[:9]}\n {sentence[9:]}.", sentences) == [sentence]
    assert copied(sentence[:LONGEST], sentences) == []


@pytest.mark.parametrize("path", TABLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_cell_copies_a_sentence(path: Path, sentences: frozenset[str]) -> None:
    every = csv.reader(path.read_text("utf-8").splitlines(keepends=True))
    assert [cell for row in every for cell in row if copied(cell, sentences)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_copies_a_sentence(path: Path, sentences: frozenset[str]) -> None:
    assert copied(path.read_text("utf-8"), sentences) == []


@pytest.mark.parametrize(("name", "column"), NAMES)
def test_a_column_that_is_exempt_has_a_name_that_is_so_long(name: str, column: str) -> None:
    texts = [
        row[column]
        for version in catalog.versions(name)
        for row in _rows(ROOT / "src" / "fintech2021" / "data" / name / f"{version}.csv")
    ]
    assert any(any(runs(text)) for text in texts)
