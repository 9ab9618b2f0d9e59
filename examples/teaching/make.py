"""Make the notebooks of the lessons: each in two languages, once to work in and once with answers.

Usage: ``python make.py``, then ``python ../notebooks.py .`` to run them. A lesson is written once, in
``lessons``: code stands there once for both languages, texts twice. A block begins with a fence of
code or with a mark such as ``<!-- en -->``; a word before the language, or after ``python``, says
where it goes:

===========  =====================================================================================
nothing      into the notebook to work in
``both``     into both: what exercises ask, and what code of the answers needs
``answer``   into the answers; the other has an empty cell in its place
``key``      into the answers alone
===========  =====================================================================================
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
LANGUAGES = ("en", "zh")
EMPTY = {"en": "Your answer", "zh": "你的回答"}
BLOCK = re.compile(
    r"^<!-- (?:(?P<where>\w+) )?(?P<lang>en|zh) -->\n(?P<text>.*?)(?=^<!--|^```python|\Z)"
    r"|^```python ?(?P<run>\w*)\n(?P<code>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


class Block(NamedTuple):
    """A part of a lesson: a text in one language, or code for both."""

    where: str
    lang: str
    source: str
    is_code: bool

    @classmethod
    def of(cls, found: re.Match[str]) -> Block:
        """Return the block that was found in a lesson."""
        is_code = found["code"] is not None
        source = (found["code"] if is_code else found["text"]).strip()
        return cls(found["run"] or found["where"] or "", found["lang"] or "", source, is_code)

    def cell(self, lang: str) -> dict[str, Any]:
        """Return the block as a cell of a notebook."""
        return code(self.source.replace('lang = "en"', f'lang = "{lang}"')) if self.is_code else markdown(self.source)


def blocks(lesson: str, lang: str) -> list[Block]:
    """Return the parts of a lesson that concern a language."""
    parts = map(Block.of, BLOCK.finditer(lesson))
    return [part for part in parts if part.lang in {"", lang}]


def code(source: str) -> dict[str, Any]:
    """Return a cell of code that has not been run."""
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}


def markdown(source: str) -> dict[str, Any]:
    """Return a cell of text."""
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def to_work_in(lesson: str, lang: str) -> list[dict[str, Any]]:
    """Return the cells of the notebook for students: an empty one where an answer is asked for."""
    asked = [part for part in blocks(lesson, lang) if part.where != "key"]
    cells = []
    for is_answer, parts in groupby(asked, key=lambda part: part.where == "answer"):
        group = list(parts)
        cells += [empty(group, lang)] if is_answer else [part.cell(lang) for part in group]
    return cells


def empty(answer: list[Block], lang: str) -> dict[str, Any]:
    """Return the cell where students write what these blocks answer."""
    word = EMPTY[lang]
    return code(f"# {word}") if any(part.is_code for part in answer) else markdown(f"*{word}:*" if lang == "en" else f"*{word}：*")


def with_answers(lesson: str, lang: str) -> list[dict[str, Any]]:
    """Return the cells of the notebook for teachers."""
    return [part.cell(lang) for part in blocks(lesson, lang) if part.where]


def notebook(cells: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the notebook with these cells, numbered as the format asks."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    for number, cell in enumerate(cells, 1):
        cell["id"] = f"cell-{number}"
        cell["source"] = cell["source"].splitlines(keepends=True)
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def notebooks() -> dict[Path, dict[str, Any]]:
    """Return every notebook by where it belongs."""
    made = {}
    for path in sorted((HERE / "lessons").glob("*.md")):
        lesson = path.read_text("utf-8")
        for lang in LANGUAGES:
            name = f"{path.stem}.{lang}.ipynb"
            made[HERE / name] = notebook(to_work_in(lesson, lang))
            made[HERE / "answers" / name] = notebook(with_answers(lesson, lang))
    return made


def main() -> None:
    """Write the notebooks, without what they show."""
    for path, made in notebooks().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
