from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from fintech2021._core import catalog
from fintech2021._versions import lockfile, pins

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow  # Processes of their own, or whole copies of the data.

PINNED = """
import fintech2021 as ft
from fintech2021._versions import pins

def test_the_session_is_pinned(fintech2021_load):
    assert pins.requests("banks") == {"use('data.lock')": "1.0.0"}
    assert fintech2021_load("banks").attrs["fintech2021"]["version"] == "1.0.0"
"""
NOT_PINNED = """
from fintech2021._versions import pins

def test_nothing_is_pinned():
    assert pins.requests("banks") == {}
"""
EVERYWHERE = """
import subprocess, sys
from concurrent.futures import ThreadPoolExecutor
import pytest
import fintech2021 as ft

ASK = "import fintech2021 as ft; print(ft.info('banks').version)"

def version():
    return ft.info("banks").version

@pytest.fixture(scope="session")
def here():
    return version()

def test_the_pin_holds_wherever_a_test_may_go(here):
    with ThreadPoolExecutor(1) as pool:
        thread = pool.submit(version).result()
    child = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, cwd="/")
    assert (here, thread, child.stdout.strip()) == ("1.0.0", "1.0.0", "1.0.0")
"""
SPOILT = "0" * 64


def locked() -> str:
    return lockfile.lock_text([catalog.load_descriptor("banks", {"here": "1.0.0"})])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose file names the lock file `data.lock`, which holds banks 1.0.0."""
    (tmp_path / "pyproject.toml").write_text('[tool.fintech2021]\nlock = "data.lock"', "utf-8")
    (tmp_path / "data.lock").write_text(locked(), "utf-8")
    (tmp_path / "test_it.py").write_text(PINNED, "utf-8")
    return tmp_path


def session(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the tests of a project with the plugin."""
    named = ("-p", "fintech2021.testing", "-p", "no:cacheprovider", "-q")
    return subprocess.run(
        [sys.executable, "-m", "pytest", *named, *options],
        env={name: value for name, value in os.environ.items() if "PYTEST" not in name},
        cwd=project,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def passes(done: subprocess.CompletedProcess[str]) -> bool:
    assert done.stderr == ""
    assert "1 passed" in done.stdout, done.stdout
    return done.returncode == 0


def refuses(done: subprocess.CompletedProcess[str], *said: str) -> bool:
    """Tell whether the session stopped before any test, and said why without a traceback."""
    assert "Traceback" not in done.stderr + done.stdout
    assert all(part in done.stderr for part in said), done.stderr
    return done.returncode == pytest.ExitCode.USAGE_ERROR and "passed" not in done.stdout


def test_the_lock_file_that_the_project_names_pins_the_session(project: Path) -> None:
    assert passes(session(project))


def test_the_option_pins_the_session_where_the_project_names_nothing(project: Path) -> None:
    (project / "pyproject.toml").write_text("", "utf-8")
    assert passes(session(project, "--fintech2021-lock", "data.lock"))


def test_the_option_wins_over_the_project(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.fintech2021]\nlock = "no.lock"', "utf-8")
    assert passes(session(project, "--fintech2021-lock=data.lock"))


def test_the_project_is_found_from_a_folder_below_it(project: Path) -> None:
    (project / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\n[tool.fintech2021]\nlock = "data.lock"', "utf-8"
    )
    below = project / "below"
    below.mkdir()
    (project / "test_it.py").rename(below / "test_it.py")
    assert passes(session(below))


def test_nothing_is_pinned_without_a_lock_file(project: Path) -> None:
    (project / "pyproject.toml").unlink()
    (project / "test_it.py").write_text(NOT_PINNED, "utf-8")
    assert passes(session(project))


@pytest.mark.parametrize("options", [(), ("-n", "1")], ids=["here", "in a worker"])
def test_threads_and_child_processes_are_pinned_too(
    project: Path, options: tuple[str, ...]
) -> None:
    (project / "test_it.py").write_text(EVERYWHERE, "utf-8")
    assert passes(session(project, *options))


def test_the_session_leaves_the_process_as_it_was(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pins._environment()  # What the variable says later is for others.
    monkeypatch.setenv("FINTECH2021_LOCK", "what it was")
    monkeypatch.chdir(project)
    undo = pins.using(project / "data.lock")
    assert os.environ["FINTECH2021_LOCK"] == str(project / "data.lock")
    assert pins.requests("banks") == {"use('data.lock')": "1.0.0"}
    undo()
    assert os.environ["FINTECH2021_LOCK"] == "what it was"
    assert pins.requests("banks") == {}


def test_a_key_that_is_unknown_stops_the_session(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.fintech2021]\nlocks = 'data.lock'", "utf-8")
    assert refuses(session(project), "[tool.fintech2021] has no key 'locks'; known is lock")


def test_a_conftest_may_turn_the_plugin_on(project: Path) -> None:
    (project / "conftest.py").write_text('pytest_plugins = ["fintech2021.testing"]', "utf-8")
    assert passes(session(project, "-p", "no:fintech2021.none"))


def test_other_data_than_the_locked_ones_stop_the_session_and_are_named(project: Path) -> None:
    digest = catalog.load_descriptor("banks", {"here": "1.0.0"}).sha256
    (project / "data.lock").write_text(locked().replace(digest, SPOILT), "utf-8")
    assert refuses(
        session(project),
        "ERROR: The installed data are not those of",
        f"banks 1.0.0: locked SHA-256 {SPOILT}, installed {digest}",
    )


def test_a_lock_file_that_is_not_there_stops_the_session(project: Path) -> None:
    assert refuses(session(project, "--fintech2021-lock", "no.lock"), "no.lock cannot be read")


def test_a_project_file_that_names_no_path_stops_the_session(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.fintech2021]\nlock = 1", "utf-8")
    assert refuses(session(project), "[tool.fintech2021] lock is 1, expected a path")
