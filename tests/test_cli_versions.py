from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import fintech2021 as ft
from fintech2021._cli.app import cli
from fintech2021._core import catalog
from fintech2021._versions import lockfile
from made_up_versions import STAFF

if TYPE_CHECKING:
    from pathlib import Path

DATASETS = catalog.datasets()

pytestmark = pytest.mark.usefixtures("three_banks")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: an empty project."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="fintech2021")


def output(*arguments: str) -> str:
    result = invoke(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def refusal(*arguments: str) -> str:
    """Return what a command says that fails without a traceback."""
    result = invoke(*arguments)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    return result.stderr


def locked(path: Path) -> str:
    """Return the version of banks that a lock file holds."""
    version: str = tomllib.loads(path.read_text("utf-8"))["datasets"]["banks"]["version"]
    return version


def test_editions_are_listed_with_status_and_date_the_oldest_first() -> None:
    lines = [line for line in output("editions").splitlines() if line.startswith("│ 20")]
    assert [[cell.strip() for cell in line.strip("│").split("│")] for line in lines] == [
        ["2026.1", "published", "2026-11-23", str(len(DATASETS))],
        ["2026.2", "published", "2026-11-23", str(len(DATASETS))],
        ["2026.3", "draft", "", str(len(DATASETS))],
    ]


def test_diff_prints_what_differs_cell_by_cell() -> None:
    lines = output("diff", "banks", "1.0.0", "2.0.0").splitlines()
    assert lines[0] == "banks 1.0.0 → 2.0.0: major step"
    assert f"~ icbc | tech_staff: {STAFF['1.0.0']} → {STAFF['2.0.0']}" in lines


def test_diff_of_a_version_with_itself_says_that_nothing_differs() -> None:
    assert output("diff", "banks", "1.0.0", "1.0.0") == "banks 1.0.0 → 1.0.0: no difference\n"


def test_diff_of_an_unknown_version_or_dataset_is_refused() -> None:
    assert "no version of banks for '9.9.9'" in refusal("diff", "banks", "1.0.0", "9.9.9")
    assert "Did you mean 'banks'" in refusal("diff", "bank", "1.0.0", "2.0.0")


def test_lock_writes_the_usual_file_into_the_working_folder(folder: Path) -> None:
    assert output("lock") == f"{folder / 'fintech2021.lock'}: {len(DATASETS)} datasets locked\n"
    assert (folder / "fintech2021.lock").read_text("utf-8") == lockfile.lock_text(
        map(catalog.load_descriptor, DATASETS)
    )
    assert [path.name for path in folder.iterdir()] == ["fintech2021.lock"]


def test_lock_writes_the_file_that_the_project_names(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[tool.fintech2021]\nlock = "data.lock"', "utf-8")
    output("lock")
    assert locked(folder / "data.lock") == "2.0.0"


def test_lock_writes_the_file_that_the_option_names(folder: Path) -> None:
    output("lock", "--output", "other.lock")
    assert locked(folder / "other.lock") == "2.0.0"


def test_lock_holds_an_older_edition_where_one_is_named(folder: Path) -> None:
    output("lock", "--edition", "2026.1")
    assert locked(folder / "fintech2021.lock") == "1.0.0"


def test_lock_refuses_an_unknown_edition_and_writes_nothing(folder: Path) -> None:
    for name in ("2026.9", ""):
        assert "Known: 2026.1, 2026.2, 2026.3" in refusal("lock", "--edition", name)
    assert list(folder.iterdir()) == []


def test_a_lock_file_is_no_edition(folder: Path) -> None:
    output("lock", "--output", "other.lock")
    assert "no edition 'other.lock'" in refusal("lock", "--edition", "other.lock")
    assert [path.name for path in folder.iterdir()] == ["other.lock"]


def test_lock_says_when_it_cannot_write() -> None:
    said = refusal("lock", "--output", "missing/folder/data.lock")
    assert "data.lock cannot be written: " in said


def test_check_says_how_many_datasets_are_as_locked(folder: Path) -> None:
    output("lock")
    path = folder / "fintech2021.lock"
    before = path.read_bytes()
    said = output("lock", "--check").splitlines()
    assert said[0] == f"{path}: {len(DATASETS)} datasets are as locked"
    assert said[1].startswith("Nothing applies the lock: FINTECH2021_LOCK does not name it")
    assert len(said) == 2
    assert path.read_bytes() == before


def test_check_fails_without_a_lock_file(folder: Path) -> None:
    assert f"{folder / 'fintech2021.lock'} cannot be read" in refusal("lock", "--check")


def test_check_fails_and_names_what_differs(folder: Path) -> None:
    output("lock", "--edition", "2026.2")
    path = folder / "fintech2021.lock"
    digest = ft.info("banks", "1.1.0").sha256
    path.write_text(path.read_text("utf-8").replace(digest, "0" * 64), "utf-8")
    said = refusal("lock", "--check")
    assert f"banks 1.1.0: locked SHA-256 {'0' * 64}, installed {digest}" in said


def test_locked_uses_the_versions_of_the_lock_file() -> None:
    output("lock", "--edition", "2026.2")
    assert output("info", "banks").startswith("banks 2.0.0")
    assert output("--locked", "info", "banks").startswith("banks 1.1.0")
    assert ",35401," in output("--locked", "show", "banks", "--format", "csv")
    assert "banks 1.1.0 |" in output("--locked", "source", "banks", "icbc", "tech_staff")
    assert " 1.1.0 " in next(x for x in output("--locked", "list").splitlines() if " banks " in x)


def test_locked_uses_the_lock_file_that_the_project_names(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[tool.fintech2021]\nlock = "data.lock"', "utf-8")
    output("lock", "--edition", "2026.1")
    assert output("--locked", "info", "banks").startswith("banks 1.0.0")


def test_locked_holds_for_one_command_only() -> None:
    output("lock", "--edition", "2026.1")
    output("--locked", "info", "banks")
    assert output("info", "banks").startswith("banks 2.0.0")
    assert ft.info("banks").version == "2.0.0"


def test_locked_without_a_lock_file_is_refused(folder: Path) -> None:
    assert f"{folder / 'fintech2021.lock'} cannot be read" in refusal("--locked", "list")


def test_locked_with_a_project_file_that_cannot_be_read_is_refused(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("tool = 1", "utf-8")
    assert "pyproject.toml cannot be read" in refusal("--locked", "list")


def test_a_version_that_the_lock_rules_out_is_refused_and_both_are_named() -> None:
    output("lock", "--edition", "2026.2")
    said = refusal("--locked", "info", "banks", "--version", "2.0.0")
    assert "the call: 2.0.0" in said
    assert "pinned('fintech2021.lock'): 1.1.0" in said


def test_locking_while_locked_gives_the_same_lock(folder: Path) -> None:
    output("lock", "--edition", "2026.1")
    path = folder / "fintech2021.lock"
    before = path.read_bytes()
    output("--locked", "lock")
    assert path.read_bytes() == before


def test_a_check_takes_no_edition(folder: Path) -> None:
    result = CliRunner().invoke(cli, ["lock", "--check", "--edition", "2026.1"])
    assert (result.exit_code, folder.exists()) == (2, True)
    assert "leave --edition" in result.output
    assert CliRunner().invoke(cli, ["lock", "--check", "banks"]).exit_code == 2
