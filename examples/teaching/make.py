"""Make the notebooks of the lessons: each in two languages, to work in and with answers.

Usage: ``python make.py``, then ``python ../notebooks.py .`` to run them. A lesson is written once,
in ``lessons``: its code once for both languages, its texts twice. A part of it begins with a fence
of code or with a mark such as ``<!-- en -->``. A word before the language, or after ``python``,
says where it goes:

- none: into the notebook to work in;
- ``both``: into both notebooks, what an exercise asks and the code that its answer needs;
- ``answer``: into the one with answers, where the other has an empty cell;
- ``key``: into the one with answers, for teachers.
"""

from __future__ import annotations

import json
import re
from itertools import groupby, product
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
Cell = dict[str, Any]
LANGUAGES = ("en", "zh")
EMPTY = {"en": "Your answer", "zh": "你的回答"}  # In a lesson, in place of an answer.
PART = re.compile(
    r"^<!-- (?:(?P<where>\w+) )?(?P<lang>en|zh) -->\n(?P<text>.*?)(?=^<!--|^```python|\Z)"
    r"|^```python ?(?P<run>\w*)\n(?P<code>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)

BROKEN = re.compile(
    r"(?<=[，。；：？！、）”])\n(?=[^\s|#-])|(?<=[\u2e80-\uffef])\n(?=[\u2e80-\uffef])"
)
"""Where a line of Chinese goes on in the next: a browser would show a space."""


class Part(NamedTuple):
    """A part of a lesson: a text in one language, or code for both."""

    where: str
    lang: str
    source: str
    is_code: bool

    @classmethod
    def of(cls, found: re.Match[str]) -> Part:
        """Return the part that was found in a lesson."""
        if found["code"] is not None:
            return cls(found["run"], "", found["code"].strip(), is_code=True)
        text = BROKEN.sub("", found["text"].strip())
        return cls(found["where"] or "", found["lang"], text, is_code=False)

    def cell(self, lang: str) -> Cell:
        """Return the part as a cell of a notebook."""
        if not self.is_code:
            return markdown(self.source)
        return code(self.source.replace('lang = "en"', f'lang = "{lang}"'))


def parts_of(lesson: str, lang: str) -> list[Part]:
    """Return the parts of a lesson that concern a language."""
    return [part for part in map(Part.of, PART.finditer(lesson)) if part.lang in {"", lang}]


def code(source: str) -> Cell:
    """Return a cell of code that has not been run."""
    return {"cell_type": "code", "execution_count": None, "outputs": [], "source": source}


def markdown(source: str) -> Cell:
    """Return a cell of text."""
    return {"cell_type": "markdown", "source": source}


def to_work_in(lesson: str, lang: str) -> list[Cell]:
    """Return the cells of the notebook for students: an empty one for each answer."""
    shown = [part for part in parts_of(lesson, lang) if part.where != "key"]
    runs = groupby(shown, key=lambda part: part.where == "answer")
    return [cell for is_answer, run in runs for cell in cells(is_answer, list(run), lang)]


def cells(is_answer: bool, parts: list[Part], lang: str) -> list[Cell]:  # noqa: FBT001 - A key.
    """Return a cell for each part, or the one in which to write what they would answer."""
    if not is_answer:
        return [part.cell(lang) for part in parts]
    is_code = any(part.is_code for part in parts)
    return [code(f"# {EMPTY[lang]}") if is_code else markdown(f"*{EMPTY[lang]}*")]


def with_answers(lesson: str, lang: str) -> list[Cell]:
    """Return the cells of the notebook for teachers."""
    return [part.cell(lang) for part in parts_of(lesson, lang) if part.where]


def lines(source: str) -> list[str]:
    """Return a source as the format keeps it."""
    return source.splitlines(keepends=True)


def notebook(cells: list[Cell]) -> dict[str, Any]:
    """Return the notebook with these cells, numbered as the format asks."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    numbered = [
        {**cell, "id": f"cell-{number}", "metadata": {}, "source": lines(cell["source"])}
        for number, cell in enumerate(cells, 1)
    ]
    return {
        "cells": numbered,
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def notebooks() -> dict[Path, dict[str, Any]]:
    """Return every notebook by where it belongs."""
    made = {}
    for path, lang in product(sorted((HERE / "lessons").glob("*.md")), LANGUAGES):
        lesson, name = path.read_text("utf-8"), f"{path.stem}.{lang}.ipynb"
        made[HERE / name] = notebook(to_work_in(lesson, lang))
        made[HERE / "answers" / name] = notebook(with_answers(lesson, lang))
    return made


def main() -> None:
    """Write the notebooks, without what they show."""
    for path, made in notebooks().items():
        text = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True)
        path.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
