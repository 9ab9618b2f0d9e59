"""The lessons for classes: one source, two languages, questions and answers apart."""

from __future__ import annotations

import importlib.util
import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

import fintech2021 as ft
from fintech2021.charts.fonts import known_characters

if TYPE_CHECKING:
    from types import ModuleType

FOLDER = Path(__file__).resolve().parents[1] / "examples" / "teaching"
LESSONS = sorted(path.stem for path in (FOLDER / "lessons").iterdir())
FILES = sorted(FOLDER.rglob("*.ipynb"))
ANSWERS = [path for path in FILES if path.parent.name == "answers"]
TO_WORK_IN = [path for path in FILES if path.parent.name != "answers"]
EXERCISE = re.compile(r"\*\*(?:Exercise|练习) (\d+)\.\*\*")


def program(name: str) -> ModuleType:
    """Return a program of the lessons; they are no package."""
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def notebook(path: Path) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return whole


def sources(path: Path, kind: str) -> list[str]:
    """Return the cells of a kind."""
    cells = notebook(path)["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == kind]


def outputs(path: Path) -> list[dict[str, Any]]:
    return [out for cell in notebook(path)["cells"] for out in cell.get("outputs", ())]


def named(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def in_chinese(path: Path) -> Path:
    return path.with_name(path.name.replace(".en.", ".zh."))


ENGLISH = [path for path in FILES if ".en." in path.name]


def test_there_are_three_lessons_in_two_languages_with_and_without_answers() -> None:
    names = {f"{lesson}.{lang}.ipynb" for lesson in LESSONS for lang in ("en", "zh")}
    assert len(names) == 6
    assert {named(path) for path in FILES} == names | {f"answers/{name}" for name in names}


def test_the_notebooks_are_what_is_made_of_the_lessons() -> None:
    made = program("make").notebooks()
    assert set(made) == set(FILES)
    for path, fresh in made.items():
        kept = [(cell["cell_type"], cell["source"]) for cell in notebook(path)["cells"]]
        assert kept == [(cell["cell_type"], cell["source"]) for cell in fresh["cells"]], named(path)


@pytest.mark.parametrize("path", ENGLISH, ids=named)
def test_both_languages_run_the_same_code(path: Path) -> None:
    def ran(of: Path) -> list[str]:
        return [
            re.sub(r"(?<=^lang = ).*|^# .*", "", cell, flags=re.MULTILINE)
            for cell in sources(of, "code")
        ]

    assert ran(path) == ran(in_chinese(path))


POWERS = {"trillion": 12, "billion": 9, "million": 6, "万亿": 12, "亿": 8, "万": 4}
NUMBER = re.compile(
    r"(?<![\w.])(\d+(?:\.\d+)?)(?:(?: 个)? ?(trillion|billion|million|万亿|亿|万))?", re.ASCII
)


def numbers(text: str) -> list[Decimal]:
    """Return every number of a text, in units of one."""
    text = re.sub(r"`[^`]*`|Lesson \d|\d+ 月", "", text)  # A month has a name in English.
    found = NUMBER.findall(text)
    return sorted(Decimal(digits).scaleb(POWERS.get(unit, 0)) for digits, unit in found)


@pytest.mark.parametrize("path", ENGLISH, ids=named)
def test_both_languages_tell_the_same_numbers(path: Path) -> None:
    pairs = zip(sources(path, "markdown"), sources(in_chinese(path), "markdown"), strict=True)
    assert [pair for pair in pairs if numbers(pair[0]) != numbers(pair[1])] == []


@pytest.mark.parametrize("path", ENGLISH, ids=named)
def test_both_languages_name_the_same_columns_calls_and_formulas(path: Path) -> None:
    def quoted(text: str) -> set[str]:
        return set(re.findall(r"`([^`]*)`", text.replace("_zh`", "`")))

    pairs = zip(sources(path, "markdown"), sources(in_chinese(path), "markdown"), strict=True)
    assert [pair for pair in pairs if quoted(pair[0]) != quoted(pair[1])] == []


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_exercise_is_asked_in_order_and_has_an_answer(lesson: str, lang: str) -> None:
    name = f"{lesson}.{lang}.ipynb"
    asked, answered = (
        EXERCISE.findall("\n".join(sources(folder / name, "markdown")))
        for folder in (FOLDER, FOLDER / "answers")
    )
    assert asked == answered == [str(number) for number in range(1, len(asked) + 1)]
    assert len(asked) >= 6


@pytest.mark.parametrize("path", TO_WORK_IN, ids=named)
def test_what_students_get_holds_no_answer(path: Path) -> None:
    told = {*sources(FOLDER / "answers" / path.name, "markdown")}
    asked = [text for text in sources(path, "markdown") if EXERCISE.search(text)]
    assert not any("assert" in cell for cell in sources(path, "code"))
    assert told >= set(asked)
    empty = [cell for cell in sources(path, "code") if cell in {"# Your answer", "# 你的回答"}]
    assert len(empty) >= 6


@pytest.mark.parametrize("path", ANSWERS, ids=named)
def test_each_answer_in_code_can_fail(path: Path) -> None:
    asked = sources(FOLDER / path.name, "code")
    answers = [cell for cell in sources(path, "code") if cell not in asked]
    own = [cell for cell in answers if "charts.sandbox_projects" not in cell]
    assert [cell for cell in own if "\nassert " not in cell] == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_notebook_says_first_for_whom_how_long_and_which_data(path: Path) -> None:
    first, code = sources(path, "markdown")[0], sources(path, "code")[0]
    words = {
        ("en", True): ("For", "Time", "Needed", "Before"),
        ("zh", True): ("对象", "课时", "准备", "基础"),
        ("en", False): ("For teachers", "Minutes"),
        ("zh", False): ("供教师使用", "分钟"),
    }
    lang = "zh" if ".zh." in path.name else "en"
    assert [word for word in words[lang, path in TO_WORK_IN] if word not in first] == []
    assert f'lang = "{lang}"\nft.use("2026.3")' in code


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_minutes_of_the_parts_are_those_of_the_lesson(lesson: str, lang: str) -> None:
    name = f"{lesson}.{lang}.ipynb"
    first = sources(FOLDER / name, "markdown")[0]
    told = re.search(r"(?:Time|课时) \| (\d+)", first)
    assert told
    parts = re.findall(
        r"^\| (\d+) \| (.*) \|$", sources(FOLDER / "answers" / name, "markdown")[0], re.MULTILINE
    )
    assert sum(int(minutes) for minutes, _ in parts) == int(told[1])
    heads = re.findall(r"^## (\d.*)$", "\n".join(sources(FOLDER / name, "markdown")), re.MULTILINE)
    assert [title for _, title in parts] == heads


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_notebook_shows_what_it_does_and_no_warning(path: Path) -> None:
    kinds = {out["output_type"] for out in outputs(path)}
    assert kinds <= {"display_data", "execute_result", "stream"}
    assert {out.get("name", "stdout") for out in outputs(path)} == {"stdout"}
    ran = [cell for cell in notebook(path)["cells"] if cell["cell_type"] == "code"]
    assert [cell for cell in ran if cell["execution_count"] is None] == []
    assert path.stat().st_size < 300_000


@pytest.mark.parametrize("path", FILES, ids=named)
def test_pictures_show_every_character(path: Path) -> None:
    for out in outputs(path):
        picture = "".join(out.get("data", {}).get("image/svg+xml", ()))
        texts = re.findall(r">([^<>]+)</(?:text|tspan)>", picture)
        missing = {char for text in texts for char in text} - known_characters()
        assert missing == set()
        assert not picture or (texts and "@font-face" in picture)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_workbook_has_the_tables_of_the_lessons(lang: str, tmp_path: Path) -> None:
    module = program("workbook")
    book = next(path for path in module.workbooks(tmp_path) if f".{lang}." in path.name)
    sheets = openpyxl.load_workbook(book, read_only=True)
    used = set(
        re.findall(
            r"ft\.(?:load_|source\(\s*\")([a-z_]+)",
            "".join(map(str, program("make").notebooks().values())),
        )
    )
    assert {name.rstrip("\\") for name in used} <= set(module.TABLES)
    with ft.pinned(module.EDITION):
        for name in module.TABLES:
            assert sheets[name].max_row == len(ft.load(name)) + 1


def formulas(lang: str) -> list[str]:
    """Return the formulas that the first lesson has for whoever has no Python."""
    text = sources(FOLDER / f"{LESSONS[0]}.{lang}.ipynb", "markdown")[-1]
    return list(re.findall(r"`(=[^`]*)`", text))


def test_formulas_name_the_cells_that_they_mean(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(program("workbook").workbooks(tmp_path)[0])["banks"]
    rows = {book[f"A{row}"].value: row for row in range(2, 20)}
    heads = {cell.column_letter: cell.value for cell in book[1]}
    assert (rows["icbc"], rows["cmb"], rows["cbhb"]) == (16, 11, 5)
    assert (book.max_row, book.max_column) == (19, 10)
    titles = {
        letter: ft.info("banks").columns[place].title_en
        for place, letter in enumerate("ABCDEFGHIJ")
    }
    assert heads == titles
    letters = {
        letter for formula in formulas("en") for letter in re.findall(r"([A-Z])\$?\d", formula)
    }
    assert {heads[letter] for letter in letters} == {
        "Bank type",
        "Technology spending",
        "Spending as share of revenue",
        "Growth of spending",
        "Technology staff",
        "Technology staff share",
    }


PAGES = [FOLDER.parents[1] / "docs" / name for name in ("for-teachers.md", "zh/for-teachers.md")]


@pytest.mark.parametrize("page", [page for page in PAGES if page.exists()], ids=str)
def test_the_page_for_teachers_tells_minutes_and_exercises_of_each_lesson(page: Path) -> None:
    lang = "zh" if page.parent.name == "zh" else "en"
    text = page.read_text("utf-8")
    for lesson in LESSONS:
        name = f"{lesson}.{lang}.ipynb"
        row = next(line for line in text.splitlines() if f"teaching/{name})" in line)
        cells = sources(FOLDER / name, "markdown")
        minutes = re.search(r"(?:Time|课时) \| (\d+)", cells[0])
        assert minutes
        assert f" | {minutes[1]} | " in row
        assert re.search(rf"\b{len(EXERCISE.findall(''.join(cells)))} (?:exercises|道练习)\]", row)
        links = re.findall(r"\(([^()]*\.ipynb)\)", row)
        assert [(page.parent / link).resolve() for link in links] == [
            FOLDER / name,
            FOLDER / "answers" / name,
        ]
