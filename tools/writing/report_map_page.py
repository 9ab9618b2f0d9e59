"""What is generated of the map of the report, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fintech2021._core import catalog
from tools.writing.audit_page import edition
from tools.writing.languages import Language
from tools.writing.report import chapters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.writing.report import Chapter

__all__ = ["parts"]


def parts(language: Language) -> dict[str, str]:
    """Return what stands between the marks of the page."""
    return {"totals": _totals(language), "map": "\n\n".join(_map(language))}


def _totals(language: Language) -> str:
    every = chapters()
    numbers = sum(len(chapter.tokens) for chapter in every)
    cells = sum(sum(chapter.cells.values()) for chapter in every)
    datasets = len({name for chapter in every for name in chapter.cells})
    said = language.of(
        f"{len(every)} sections, {every[-1].last:,} lines, {numbers:,} numbers, {cells:,} printed "
        f"cells in {datasets} datasets.",
        f"共{len(every)}节、{every[-1].last}行、{numbers}个数字，对应{datasets}个数据集的{cells}个原文所印单元格。",
    )
    return f"{edition(language)} {said}" if language.code == "en" else edition(language) + said


def _map(language: Language) -> Iterator[str]:
    """Yield the parts of the report, each with a list of its sections."""
    for opening, group in _by_part():
        yield f"## {language.of(opening.section.en, opening.section.zh)}"
        yield "\n".join(_entry(chapter, language) for chapter in group)


def _by_part() -> list[tuple[Chapter, list[Chapter]]]:
    """Return the opening of every part, and all of its sections."""
    found: list[tuple[Chapter, list[Chapter]]] = []
    for chapter in chapters():
        if _opens(chapter):
            found.append((chapter, []))
        found[-1][1].append(chapter)
    return found


def _opens(chapter: Chapter) -> bool:
    return chapter.section.en.startswith(("Part ", "Preface"))


def _entry(chapter: Chapter, language: Language) -> str:
    """Return what a section has: its lines, its numbers, and the datasets of its cells."""
    name = language.of(chapter.section.en, chapter.section.zh)
    head = chapter.headed(language.of("Opening", "篇首") if _opens(chapter) else name, language)
    number = sum(chapter.cells.values())
    held = language.of(", ", "；").join(
        f"[{_called(dataset, language)}](datasets/{dataset}.md) {count}"
        for dataset, count in sorted(chapter.cells.items(), key=lambda pair: -pair[1])
    )
    cells = "cell" if number == 1 else "cells"
    told = language.of(f"{head}, {number} {cells}: {held}", f"{head}，{number}个单元格：{held}")
    return told if held else head


def _called(dataset: str, language: Language) -> str:
    """Return what a link to a dataset says: names are English, titles are in both languages."""
    return language.of(f"`{dataset}`", catalog.load_descriptor(dataset).title_zh)
