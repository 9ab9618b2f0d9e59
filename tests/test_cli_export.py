"""The command that exports: what it writes, what it says, when it shows a bar."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import fintech2021 as ft
from fintech2021._cli import export as command
from fintech2021._cli.app import cli
from fintech2021._export.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["export", *map(str, arguments)])


@pytest.mark.parametrize("to", FORMATS)
def test_it_writes_what_the_function_writes(to: str, tmp_path: Path) -> None:
    done = run("--to", to, tmp_path / "target", "banks", "institutions")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"{tmp_path / 'target'}: 2 datasets\n" or FORMATS[to].shape == "file"
    assert (tmp_path / "target").exists()


def test_all_datasets_are_written_when_none_is_named(tmp_path: Path) -> None:
    assert run("--to", "csv", tmp_path / "all").exit_code == 0
    assert len([*(tmp_path / "all").iterdir()]) == len(ft.catalog())


def test_options_reach_the_function(tmp_path: Path) -> None:
    target = tmp_path / "banks.csv"
    assert run(target, "banks", "--bom", "--lang", "zh", "--version", "1.0.0").exit_code == 0
    assert target.read_text("utf-8-sig").startswith("银行标识,英文名称")
    assert run(tmp_path / "a.db", "--pins", "2026.1").exit_code == 0
    with closing(sqlite3.connect(tmp_path / "a.db")) as base:
        assert base.execute('SELECT DISTINCT edition FROM "_datasets"').fetchall() == [("2026.1",)]
    base.close()


def test_the_lock_of_the_project_chooses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    assert runner.invoke(cli, ["lock", "--edition", "2026.1"]).exit_code == 0
    done = runner.invoke(cli, ["--locked", "export", "o.csv", "observations"])
    assert done.exit_code == 0
    assert (tmp_path / "o.csv").read_bytes() == ft.info("observations", "1.0.0").content


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("a.xls",), "The ending of a.xls means none"),
        (("a.csv",), "is one file, and 39 datasets"),
        (("a.csv", "bank"), "Did you mean 'banks'"),
        (("no/such/a.xlsx",), "make it first"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    arguments: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.exit_code == 1
    assert says in done.stderr
    assert done.stderr.startswith("Error: ")
    assert [*tmp_path.iterdir()] == []


def test_a_bar_is_shown_on_a_terminal_when_it_takes_long(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(command, "_PATIENCE", -1.0)
    with command._Bar() as bar:
        bar.tell(1, 2, "banks")
        bar.tell(2, 2, "regions")
        assert bar._bar is not None
        assert bar._bar.tasks[0].completed == 2
    assert "regions" in capsys.readouterr().err


@pytest.mark.parametrize(("patience", "is_seen"), [(60.0, 1), (-1.0, 0)])
def test_no_bar_is_shown_when_it_is_quick_or_nobody_sees_it(
    patience: float,
    is_seen: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: bool(is_seen))
    monkeypatch.setattr(command, "_PATIENCE", patience)
    with command._Bar() as bar:
        bar.tell(2, 2, "banks")
    assert capsys.readouterr().err == ""


@pytest.mark.slow
def test_other_commands_do_not_import_what_exports_need() -> None:
    script = (
        "import sys; from fintech2021._cli.app import cli; "
        "print(*sorted({'pandas', 'pyarrow', 'duckdb', 'xlsxwriter', 'pydantic'} & {*sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=os.environ
    )
    assert set(done.stdout.split()) <= {"pydantic"}
