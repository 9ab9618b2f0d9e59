"""The workbook opened by LibreOffice, which writes each sheet as it sees it."""

from __future__ import annotations

import csv
import shutil
import subprocess
from typing import TYPE_CHECKING

import openpyxl
import pytest

import fintech2021 as ft
from fintech2021._core import catalog
from test_export import cells, descriptors
from test_lessons import formulas, program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fintech2021._core.descriptor import Column

pytestmark = pytest.mark.office

EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
"""Comma, quotation mark, UTF-8; what a cell shows or, for numbers, holds; all sheets."""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what LibreOffice has written, a file for each sheet."""
    folder = tmp_path_factory.mktemp("office")
    convert(ft.export(folder / "book.xlsx"))
    return folder


def convert(book: Path) -> None:
    """Write every sheet of a workbook beside it."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is not installed: nox -s office installs it"
    folder = book.parent
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [program, profile, "--headless", "--convert-to", EVERY_SHEET, "--outdir"]
    subprocess.run([*command, str(folder), str(book)], check=True, timeout=300, cwd=folder)


def rows(folder: Path, sheet: str) -> list[list[str]]:
    with (folder / f"book-{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return [*csv.reader(file)]


@pytest.mark.parametrize("name", catalog.datasets())
def test_libreoffice_sees_every_cell(seen: Path, name: str) -> None:
    it = next(it for it in descriptors(catalog.default_edition().name) if it.name == name)
    head, *found = rows(seen, name)
    assert head == [column.name for column in it.columns]
    flat = [cell for row in found for cell in row]
    assert flat == [_shown(column, text) for column, text, _ in cells(it)]


def _shown(column: Column, text: str) -> str:
    """Return how a spreadsheet spells a cell: a number without zeros that say nothing."""
    if column.type == "boolean":
        return text.upper()
    if column.type == "yearmonth" and text:  # As one would type it in the language of the program.
        return f"{text[5:]}/01/{text[:4]}"
    return str(float(text)).removesuffix(".0") if column.type == "number" and text else text


def test_libreoffice_sees_the_sheets_about_the_tables(seen: Path) -> None:
    contents = rows(seen, "contents")
    assert [row[0] for row in contents[1:]] == [*catalog.datasets()]
    assert ["how to cite", ft.cite()] in rows(seen, "licence")
    assert any("科技投入" in row for row in rows(seen, "columns"))
    assert len(rows(seen, "provenance")) > 3_000


def _files(folder: Path) -> Iterator[str]:
    for path in folder.glob("book-*.csv"):
        yield path.stem


def test_libreoffice_sees_as_many_sheets_as_there_are(seen: Path) -> None:
    assert len([*_files(seen)]) == len(catalog.datasets()) + 5


def test_libreoffice_answers_the_first_lesson_by_its_formulas(tmp_path: Path) -> None:
    made = program("workbook").workbooks(tmp_path)[0]
    book = openpyxl.load_workbook(made)
    for row, formula in enumerate(formulas("en"), 2):
        book["banks"][f"L{row}"] = formula
    book.save(tmp_path / "book.xlsx")
    convert(tmp_path / "book.xlsx")
    told = [float(row[11]) for row in rows(tmp_path, "banks")[1:] if row[11]]
    answers = [6, 119.12, 11.912, 11, 6703.375, 16, 324.638, 162.999, 1, 14]
    assert told == [pytest.approx(answer, abs=1e-3) for answer in answers]
