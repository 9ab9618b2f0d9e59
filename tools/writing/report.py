"""What each section of the report holds: its lines, its numbers, and the cells that have them."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from fintech2021._core import catalog
from fintech2021._core.rows import by_key
from fintech2021._evidence.places import places
from tools.freezing.sections import Section, section_of, sections

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tools.writing.languages import Language

__all__ = ["Chapter", "chapters", "tokens"]

LEDGER = "source_tokens"


class Chapter(NamedTuple):
    """A section with its lines, the numeric tokens in them, and its printed cells by dataset."""

    section: Section
    last: int
    tokens: tuple[Mapping[str, str], ...]
    cells: Mapping[str, int]

    @property
    def lines(self) -> str:
        """The first and the last line."""
        return f"{self.section.line}–{self.last}"

    def headed(self, name: str, language: Language) -> str:
        """Return how an entry about the section begins, with its lines and how many numbers."""
        number = len(self.tokens)
        return language.of(
            f"- **{name}** (lines {self.lines}): {number} {'number' if number == 1 else 'numbers'}",
            f"- **{name}**（第{self.lines}行）：{number}个数字",
        )

    @property
    def tied(self) -> int:
        """How many of the tokens a cell holds."""
        return sum(bool(token["dataset"]) for token in self.tokens)


def tokens() -> tuple[Mapping[str, str], ...]:
    """Return the ledger of all numeric tokens."""
    return tuple(by_key(catalog.load_descriptor(LEDGER)).values())


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return every section of the report in its order."""
    cells = _cells()
    return tuple(
        Chapter(
            section,
            after - 1,
            tuple(token for token in tokens() if section.line <= int(token["line"]) < after),
            cells[section],
        )
        for section, after in _with_end(sections(), _lines() + 1)
    )


def _with_end(listed: tuple[Section, ...], end: int) -> list[tuple[Section, int]]:
    """Return every section and the line after its last one."""
    starts = [section.line for section in listed[1:]]
    return list(zip(listed, [*starts, end], strict=True))


def _lines() -> int:
    """Return how many lines the report has."""
    listed = by_key(catalog.load_descriptor("sources")).values()
    return next(int(row["lines"]) for row in listed if row["kind"] == "report")


def _cells() -> Mapping[Section, Counter[str]]:
    """Return how many printed cells of each dataset stand in each section, the ledger aside."""
    counted: dict[Section, Counter[str]] = {section: Counter() for section in sections()}
    for name in catalog.datasets():
        if name != LEDGER:
            for first, *_ in places(catalog.load_descriptor(name)).values():
                counted[section_of(first.line)][name] += 1
    return counted
