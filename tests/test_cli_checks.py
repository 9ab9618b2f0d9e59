from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import fintech2021 as ft
from fintech2021._cli.app import cli
from fintech2021._evidence import source_text

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = pytest.mark.parametrize("command", ["coverage", "verify"])


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="fintech2021")


def test_coverage_of_the_source_text_succeeds_and_says_how_far(source_path: Path) -> None:
    result = invoke("coverage", str(source_path))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("coverage 1.0000: 984 numeric tokens")


def test_verify_of_the_source_text_succeeds_and_says_how_much(source_path: Path) -> None:
    result = invoke("verify", str(source_path))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("places: all agree\n")


def test_coverage_with_an_open_number_fails_and_lists_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = ft.Coverage(tokens=4, tied=2, explained=1, open=((7, 3, "1.5"),))
    monkeypatch.setattr(source_text, "coverage", lambda _: found)
    result = invoke("coverage", "any.txt")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "coverage 0.7500: 4 numeric tokens, 2 tied to a cell, 1 explained, 1 open",
        "  open: line 7, start 3: 1.5",
    ]


def test_verify_with_a_fault_fails_and_lists_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = ft.Verification(datasets=1, cells=1, places=1, faults=("moved",))
    monkeypatch.setattr(source_text, "verify", lambda _: found)
    result = invoke("verify", "any.txt")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[1:] == ["  moved"]


@COMMANDS
def test_another_text_is_refused_without_a_traceback(command: str, tmp_path: Path) -> None:
    path = tmp_path / "other.txt"
    path.write_text("1 and 2", "utf-8")
    result = invoke(command, str(path))
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    assert result.stderr.startswith(f"Error: '{path}' is not the source text: expected SHA-256 ")


@COMMANDS
def test_a_file_that_is_not_there_is_refused_without_a_traceback(command: str) -> None:
    result = invoke(command, "missing.txt")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "The source text cannot be read from 'missing.txt'" in result.stderr


@COMMANDS
def test_the_file_has_to_be_named(command: str) -> None:
    result = invoke(command)
    assert result.exit_code == 2
    assert "Missing argument 'FILE'" in result.stderr
