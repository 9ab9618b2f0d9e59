from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from tools.checking import register as check_register

if TYPE_CHECKING:
    from pathlib import Path

LINES = ("banks,1.0.0,aaaa", "regions,1.0.0,bbbb")
DRAFT = {"2026.1": {"status": "draft", "datasets": {}}}
FIRST = {"2026.1": {"status": "published", "datasets": {}}}
SECOND = FIRST | {"2026.2": {"status": "published", "datasets": {}}}


def git(folder: Path, *arguments: str) -> None:
    """Run git with nothing of whoever runs the tests."""
    fixed = ("user.name=nobody", "user.email=nobody@localhost", "commit.gpgsign=false")
    options = [part for setting in fixed for part in ("-c", setting)]
    subprocess.run(
        ["git", *options, *arguments],  # noqa: S607
        cwd=folder,
        check=True,
        capture_output=True,
    )


def commit(folder: Path, editions: object, *lines: str) -> None:
    """Commit editions and a register."""
    data = folder / check_register.DATA
    data.mkdir(parents=True, exist_ok=True)
    (data / "editions.json").write_text(json.dumps(editions), "utf-8")
    register = "\n".join(("dataset,version,sha256", *lines, ""))
    (data / "register.csv").write_text(register, "ascii")
    git(folder, "add", ".")
    git(folder, "commit", "--allow-empty", "-m", "data")


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A repository with a draft that has changed, and then was published."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init")
    commit(folder, DRAFT, "banks,1.0.0,0000")
    commit(folder, FIRST, *LINES)
    return folder


def verdict(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = check_register.main(folder)
    return status, capsys.readouterr().out


def test_an_unchanged_register_passes(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verdict(history, capsys) == (0, "1 published editions unchanged\n")


def test_a_draft_may_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(tmp_path, "init")
    commit(tmp_path, DRAFT, *LINES)
    commit(tmp_path, DRAFT, "banks,1.0.0,cccc")
    assert verdict(tmp_path, capsys) == (0, "0 published editions unchanged\n")


def test_more_versions_may_be_added(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(history, SECOND, *LINES, "banks,1.1.0,dddd")
    assert verdict(history, capsys) == (0, "2 published editions unchanged\n")


def test_a_changed_digest_is_reported(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(history, FIRST, "banks,1.0.0,cccc", LINES[1])
    assert verdict(history, capsys) == (
        1,
        "banks 1.0.0, published in 2026.1: registered as aaaa, now cccc\n",
    )


def test_a_removed_line_is_reported(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(history, FIRST, LINES[1])
    assert verdict(history, capsys) == (
        1,
        "banks 1.0.0, published in 2026.1: registered as aaaa, now None\n",
    )


def test_an_edit_is_reported_also_when_a_later_edition_agrees_with_it(
    history: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(history, SECOND, "banks,1.0.0,cccc", LINES[1])
    status, said = verdict(history, capsys)
    assert (status, said.count("\n")) == (1, 1)
    assert "published in 2026.1: registered as aaaa, now cccc" in said


def test_an_edit_is_reported_also_when_the_edition_is_made_a_draft_again(
    history: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(history, DRAFT, "banks,1.0.0,cccc", LINES[1])
    commit(history, FIRST, "banks,1.0.0,cccc", LINES[1])
    status, said = verdict(history, capsys)
    assert status == 1
    assert "registered as aaaa, now cccc" in said


@pytest.fixture
def shallow(history: Path, tmp_path: Path) -> Path:
    """A clone that has only the last commit."""
    git(tmp_path, "clone", "--depth", "1", history.as_uri(), "shallow")
    return tmp_path / "shallow"


SHALLOW = "this is a shallow clone: the register cannot be compared with its history\n"


def test_a_shallow_clone_says_that_it_cannot_be_checked(
    shallow: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert verdict(shallow, capsys) == (0, SHALLOW)


def test_a_shallow_clone_fails_in_continuous_integration(
    shallow: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    assert verdict(shallow, capsys) == (1, SHALLOW)
