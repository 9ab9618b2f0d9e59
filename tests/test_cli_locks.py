"""The commands about the lock file of a project, over the published editions."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

import fintech2021 as ft
from fintech2021._cli.app import cli
from fintech2021._core import catalog
from fintech2021._versions.project import lock_in, project_of

if TYPE_CHECKING:
    from collections.abc import Iterator

NEWEST = catalog.default_edition()
FIRST = catalog.editions()["2026.1"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The working folder: a project without anything in it."""
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    monkeypatch.chdir(project)
    yield project
    assert ft.info("banks").pin is None


@pytest.fixture
def lock(folder: Path) -> Path:
    """The lock file of the project, which holds edition 2026.1."""
    output("lock", "--edition", "2026.1")
    return folder / "fintech2021.lock"


def invoke(*arguments: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="fintech2021", env=env)


def output(*arguments: str) -> str:
    result = invoke(*arguments)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def refusal(*arguments: str) -> str:
    result = invoke(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert isinstance(result.exception, SystemExit)
    return result.stderr


def locked(path: Path) -> dict[str, str]:
    document: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    return {name: entry["version"] for name, entry in document["datasets"].items()}


def apply(folder: Path) -> None:
    """Write a program that applies the lock file of its project."""
    text = 'import fintech2021 as ft\n\nft.use("fintech2021.lock")\n'
    (folder / "program.py").write_text(text, "utf-8")


# lock


def test_lock_prints_what_moves(lock: Path) -> None:
    lines = output("lock", "--edition", "2026.2").splitlines()
    assert "~ observations 1.0.0 → 2.0.0, major" in lines
    assert "~ virtual_banks 1.0.0 → 1.1.0, minor" in lines
    assert "+ claims 1.0.0" in lines
    assert lines[-1] == f"{lock}: 28 datasets locked"
    assert output("lock", "--edition", "2026.2").splitlines() == lines[-1:]
    assert "- claims 1.0.0" in output("lock", "--edition", "2026.1").splitlines()


def test_lock_prints_the_same_as_json(lock: Path) -> None:
    said = json.loads(output("lock", "--edition", "2026.2", "--format", "json"))
    assert said["lock"] == str(lock)
    assert said["datasets"] == catalog.editions()["2026.2"].datasets
    move = {"dataset": "observations", "old": "1.0.0", "new": "2.0.0", "step": "major"}
    assert move in said["moved"]
    assert {"dataset": "claims", "old": None, "new": "1.0.0", "step": None} in said["moved"]


def test_lock_of_some_datasets_locks_only_these_and_keeps_to_them(folder: Path) -> None:
    output("lock", "--edition", "2026.1", "banks", "virtual_banks")
    path = folder / "fintech2021.lock"
    assert locked(path) == {"banks": "1.0.0", "virtual_banks": "1.0.0"}
    said = output("lock").splitlines()
    assert locked(path).keys() == {"banks", "virtual_banks"}
    assert said[-1] == f"{path}: 2 datasets locked"
    output("lock", "--edition", NEWEST.name)
    assert locked(path) == NEWEST.datasets


def test_lock_of_a_table_that_is_not_there_is_refused(folder: Path) -> None:
    assert "Did you mean 'banks'" in refusal("lock", "bnks")
    assert "no dataset in 2026.1 'claims'" in refusal("lock", "--edition", "2026.1", "claims")
    assert not (folder / "fintech2021.lock").exists()


def test_lock_of_a_whole_old_edition_grows_to_the_whole_newest(lock: Path) -> None:
    output("lock")
    assert locked(lock) == NEWEST.datasets


def test_the_environment_does_not_hold_a_lock_back(lock: Path) -> None:
    assert invoke("lock", env={"FINTECH2021_LOCK": str(lock)}).exit_code == 0
    assert locked(lock) == NEWEST.datasets


def test_lock_writes_over_no_file_that_is_no_lock(folder: Path) -> None:
    other = folder / "pyproject.toml"
    other.write_text('[project]\nname = "mine"\n', "utf-8")
    assert "is not a lock file" in refusal("lock", "--output", "pyproject.toml")
    assert other.read_text("utf-8") == '[project]\nname = "mine"\n'


def test_lock_follows_no_link_out_of_the_project(folder: Path) -> None:
    outside = folder.parent / "outside.lock"
    path = folder / "fintech2021.lock"
    path.symlink_to(outside)
    for options in ((), ("--output", str(path))):
        assert "outside the project" in refusal("lock", *options)
    assert not outside.exists()
    path.unlink()
    path.symlink_to(folder / "inside.lock")
    output("lock")
    assert locked(folder / "inside.lock") == NEWEST.datasets


@pytest.mark.parametrize("named", ["../outside.lock", "{parent}/outside.lock"])
def test_lock_writes_no_file_outside_that_the_project_names(folder: Path, named: str) -> None:
    named = named.replace("{parent}", folder.parent.as_posix())
    (folder / "pyproject.toml").write_text(f'[tool.fintech2021]\nlock = "{named}"', "utf-8")
    assert "outside the project" in refusal("lock")
    assert not (folder.parent / "outside.lock").exists()
    output("lock", "--output", str(folder.parent / "outside.lock"))


def test_a_lock_of_a_newer_format_is_not_written_over(lock: Path) -> None:
    text = lock.read_text("utf-8").replace("format = 2", "format = 3")
    lock.write_text(text, "utf-8")
    for arguments in (("lock",), ("lock", "--check"), ("outdated",), ("update", "banks")):
        assert "is a lock file of format 3" in refusal(*arguments)
    assert lock.read_text("utf-8") == text


# lock --check


def test_check_says_what_moved_and_that_nothing_applies_the_lock(lock: Path) -> None:
    result = invoke("lock", "--check")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == f"{lock}: 26 datasets are as locked"
    moved = f"  ~ observations 1.0.0 → {NEWEST.datasets['observations']}, major"
    assert moved in lines[lines.index(f"Newer in edition {NEWEST.name}:") :]
    assert any(re.match("Not in the lock: .*claims, ", line) for line in lines)
    assert lines[-1].startswith("Nothing applies the lock: FINTECH2021_LOCK does not name it")
    assert f"reads edition {NEWEST.name}, not what is locked" in result.stderr


def test_check_passes_where_a_program_applies_the_lock_and_says_which(
    folder: Path, lock: Path
) -> None:
    apply(folder)
    lines = output("lock", "--check").splitlines()
    assert lines[0] == f"{lock}: 26 datasets are as locked"
    assert lines[-1] == "Applied by: program.py"


APPLIED = {
    "a notebook": ("a.ipynb", '{"source": ["import fintech2021 as ft", "ft.use(\\"x.lock\\")"]}'),
    "a decorator": ("a.py", "import fintech2021 as ft\n@ft.pinned('x.lock')\ndef f(): ..."),
    "the plugin": ("pyproject.toml", '[tool.pytest.ini_options]\naddopts="-p fintech2021.testing"'),
    "a workflow": (".github/workflows/ci.yml", "env:\n  FINTECH2021_LOCK: fintech2021.lock\n"),
    "an image": ("Dockerfile", "ENV FINTECH2021_LOCK=/app/fintech2021.lock\n"),
}
NOT_APPLIED = {
    "another library": ("a.py", "import logging\nlogging.use('x.lock')"),
    "a program without a pin": ("a.py", "import fintech2021 as ft\nft.load_banks()"),
    "an environment": ("venv/a.py", "import fintech2021 as ft\nft.use('x.lock')"),
    "a check": (".pre-commit-config.yaml", "entry: fintech2021 lock --check"),
}


@pytest.mark.usefixtures("lock")
@pytest.mark.parametrize(("name", "text"), APPLIED.values(), ids=APPLIED)
def test_check_finds_what_applies_a_lock(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    assert output("lock", "--check").splitlines()[-1] == f"Applied by: {name}"


@pytest.mark.usefixtures("lock")
@pytest.mark.parametrize(("name", "text"), NOT_APPLIED.values(), ids=NOT_APPLIED)
def test_check_is_not_taken_in(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    assert invoke("lock", "--check").exit_code == 1


def test_the_variable_applies_the_lock_that_it_names(folder: Path, lock: Path) -> None:
    done = invoke("lock", "--check", env={"FINTECH2021_LOCK": str(lock)})
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "Applied by: FINTECH2021_LOCK")
    other = str(folder / "other.lock")
    assert invoke("lock", "--check", env={"FINTECH2021_LOCK": other}).exit_code == 1


def test_check_prints_the_same_as_json(folder: Path, lock: Path) -> None:
    apply(folder)
    said = json.loads(output("lock", "--check", "--format", "json"))
    assert (said["lock"], said["format"], said["edition"]) == (str(lock), 2, "2026.1")
    assert said["datasets"] == FIRST.datasets
    assert said["applied_by"] == ["program.py"]
    assert "observations" in {move["dataset"] for move in said["newer"]}
    assert "claims" in {move["dataset"] for move in said["outside"]}
    assert said["not_covered"] == ""


def test_check_of_format_1_says_what_it_does_not_cover_and_how_to_mend_it(lock: Path) -> None:
    entries = (
        f'[datasets.{name}]\nversion = "1.0.0"\nsha256 = "{ft.info(name, "1.0.0").sha256}"\n'
        for name in FIRST.datasets
    )
    lock.write_text("format = 1\n" + "".join(entries), "utf-8")
    said = invoke("lock", "--check").stdout
    assert "This lock, of format 1, does not cover descriptors and provenance" in said
    assert output("--locked", "lock") == f"{lock}: 26 datasets locked\n"
    assert locked(lock) == FIRST.datasets
    assert "format 1" not in invoke("lock", "--check").stdout


# update and outdated


def test_update_moves_only_what_is_named(lock: Path) -> None:
    said = output("update", "observations", "claims").splitlines()
    newest = NEWEST.datasets
    assert said == [
        f"+ claims {newest['claims']}",
        f"~ observations 1.0.0 → {newest['observations']}, major",
        f"{lock}: 27 datasets locked",
    ]
    moved = {name: newest[name] for name in ("observations", "claims")}
    assert locked(lock) == {**FIRST.datasets, **moved}
    with ft.pinned(lock):
        assert ft.info("observations").version == newest["observations"]
        assert ft.info("virtual_banks").version == "1.0.0"


def test_update_needs_a_dataset_and_a_lock(folder: Path) -> None:
    assert invoke("update").exit_code == 2
    assert "fintech2021.lock cannot be read" in refusal("update", "banks")
    output("lock")
    assert "Did you mean 'banks'" in refusal("update", "bnks")
    assert locked(folder / "fintech2021.lock") == NEWEST.datasets


@pytest.mark.usefixtures("lock")
def test_outdated_lists_what_is_newer_how_far_and_why() -> None:
    (line,) = [line for line in output("outdated").splitlines() if "│ observations " in line]
    cells = [cell.strip() for cell in line.strip("│").split("│")]
    assert cells[1:4] == ["1.0.0", NEWEST.datasets["observations"], "major"]
    assert "dajia_year_2121" in cells[4]
    listed = json.loads(output("outdated", "--format", "json"))
    newest = NEWEST.datasets["observations"]
    move = {"dataset": "observations", "old": "1.0.0", "new": newest, "step": "major"}
    assert move in listed
    assert all(move["old"] for move in listed)


def test_nothing_is_outdated_after_a_lock() -> None:
    output("lock")
    assert output("outdated") == "nothing is outdated\n"
    assert json.loads(output("outdated", "--format", "json")) == []


# diff


def test_diff_takes_two_editions(lock: Path) -> None:
    lines = output("diff", "2026.1", "2026.2").splitlines()
    assert lines[0] == "2026.1 → 2026.2: 8 datasets differ"
    assert "~ observations 1.0.0 → 2.0.0, major" in lines
    assert "+ verdicts 1.0.0" in lines
    assert output("diff", str(lock), "2026.2").splitlines()[1:] == lines[1:]
    assert output("diff", "2026.2", "2026.2") == "2026.2 → 2026.2: no difference\n"


def test_diff_of_editions_as_json() -> None:
    said = json.loads(output("diff", "2026.1", "2026.2", "--format", "json"))
    assert (said["old"], said["new"]) == ("2026.1", "2026.2")
    assert [move["dataset"] for move in said["datasets"] if move["step"] == "major"] == [
        "observations"
    ]


def test_diff_of_a_dataset_takes_editions_for_versions_and_prints_json() -> None:
    by_edition = output("diff", "observations", "2026.1", "2026.2")
    assert by_edition == output("diff", "observations", "1.0.0", "2.0.0")
    said = json.loads(output("diff", "observations", "2026.1", "2026.2", "--format", "json"))
    assert (said["old"], said["new"], said["step"]) == ("1.0.0", "2.0.0", "major")
    (cell,) = said["changed"]
    assert (cell["column"], cell["old"], cell["new"]) == ("period", "2121-09", "2021-09")
    assert "no dataset in edition 2026.1 'claims'" in refusal("diff", "claims", "2026.1", "1.0.0")


def test_diff_of_what_is_neither_is_refused() -> None:
    assert "no edition '2026.9'" in refusal("diff", "2026.1", "2026.9")
    assert "missing.lock cannot be read" in refusal("diff", "2026.1", "missing.lock")
    for arguments in ((), ("banks",), ("banks", "1.0.0", "1.0.1", "1.0.2")):
        assert invoke("diff", *arguments).exit_code == 2


# The project


def test_a_lock_is_found_from_a_folder_below(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = folder / "some" / "where"
    below.mkdir(parents=True)
    (folder / "pyproject.toml").write_text('[tool.fintech2021]\nlock = "data.lock"', "utf-8")
    monkeypatch.chdir(below)
    output("lock", "--edition", "2026.1")
    assert locked(folder / "data.lock") == FIRST.datasets
    assert output("--locked", "info", "observations").startswith("observations 1.0.0")
    assert list(below.iterdir()) == []


def test_the_nearest_mark_makes_the_project(folder: Path) -> None:
    inner = folder / "inner"
    (inner / "deep").mkdir(parents=True)
    assert project_of(inner / "deep") == folder
    (inner / "fintech2021.lock").touch()
    assert project_of(inner / "deep") == inner
    assert lock_in(inner / "deep") == inner / "fintech2021.lock"


PROJECT_FILES = {
    "an unknown key": ("[tool.fintech2021]\nlocks = 'x'", "has no key 'locks'; known is lock"),
    "a key for terminals": ('[tool.fintech2021]\n"\\u001b[31m" = 1', "has no key '\\x1b[31m'"),
    "a lock that is no text": ("[tool.fintech2021]\nlock = 1", "lock is 1, expected a path"),
    "a lock with a NUL": ('[tool.fintech2021]\nlock = "\\u0000"', "expected a path as text"),
    "no table": ("tool.fintech2021 = 1", "tool.fintech2021 is 1, expected a table"),
    "nested deeply": ("x = " + "[" * 2_000 + "]" * 2_000, "pyproject.toml cannot be read"),
    "no TOML": ("x", "pyproject.toml cannot be read"),
}


@pytest.mark.parametrize(("text", "said"), PROJECT_FILES.values(), ids=PROJECT_FILES)
def test_a_project_file_that_says_nothing_sensible_is_refused(
    folder: Path, text: str, said: str
) -> None:
    (folder / "pyproject.toml").write_text(text, "utf-8")
    for arguments in (("lock",), ("lock", "--check"), ("--locked", "list"), ("outdated",)):
        assert said in refusal(*arguments)


def test_a_mark_before_the_text_of_a_project_file_is_no_matter(folder: Path) -> None:
    text = '[tool.fintech2021]\nlock = "data.lock"'
    (folder / "pyproject.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert lock_in(folder) == folder / "data.lock"
