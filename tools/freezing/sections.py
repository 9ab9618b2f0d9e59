"""The sections of the report: the line where each begins, and its name in both languages."""

from __future__ import annotations

import csv
from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import NamedTuple

__all__ = ["Section", "section_of", "sections"]


class Section(NamedTuple):
    """A section: its first line, counted from 1, and its name in English and in Chinese."""

    line: int
    en: str
    zh: str


@cache
def sections() -> tuple[Section, ...]:
    """Return all sections in the order of the report."""
    with Path(__file__).with_name("sections.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return tuple(Section(int(row["line"]), row["section"], row["section_zh"]) for row in rows)


def section_of(line: int) -> Section:
    """Return the section that a line belongs to."""
    return sections()[bisect_right(sections(), line, key=lambda section: section.line) - 1]
