"""The plugin that pytest loads by itself, in projects of other people."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from inspect import unwrap
from pathlib import Path
from typing import get_type_hints

import pytest

import fintech2021
from fintech2021 import _pytest as plugin
from fintech2021._core import catalog
from fintech2021._versions import lockfile, pins

pytestmark = pytest.mark.slow  # Processes of their own.

ROOT = Path(__file__).resolve().parents[1]
USES = """
def test_it(fintech2021_banks, fintech2021_load, fintech2021_records, request):
    fintech2021_banks.loc[0, "tech_staff"] = 0
    assert len(fintech2021_load("banks")) == 18
    assert fintech2021_records("banks")[0].bank_id == "abc"
    here = request.config.pluginmanager
    names = [name for name, it in here.list_name_plugin()
             if getattr(it, "__name__", "") == "fintech2021._pytest"]
    print("registered as", names)

def test_it_is_fresh(fintech2021_banks):
    assert fintech2021_banks.loc[0, "tech_staff"] > 0
"""
NO_USE = "def test_it(): pass"


def entry_point(folder: Path) -> Path:
    """Return a folder in which the package is installed as far as its entry points go."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    told = folder / "site" / "fintech2021-0.2.0.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: fintech2021\nVersion: 0.2.0\n")
    points = project["entry-points"]["pytest11"].items()
    lines = "\n".join(f"{name} = {module}" for name, module in points)
    (told / "entry_points.txt").write_text(f"[pytest11]\n{lines}\n")
    return told.parent


class Project:
    """A project of somebody else's, and its tests."""

    def __init__(self, folder: Path) -> None:
        self.site = entry_point(folder)
        self.folder = folder / "project"
        self.folder.mkdir()
        self.write("pyproject.toml", "[project]\nname = 'theirs'\nversion = '1'\n")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")

    def run(
        self, *options: str, loads: bool = True, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the tests; where pytest may load what it finds, the plugin is among it."""
        options = ("-m", "pytest", "-p", "no:cacheprovider", "-s", *options)
        return self.start(*options, loads=loads, **environment)

    def start(
        self, *arguments: str, loads: bool = True, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Start Python in the project."""
        found = os.pathsep.join(
            [
                str(Path(fintech2021.__file__).parents[1]),
                str(self.site),
                os.environ.get("PYTHONPATH", ""),
            ]
        )
        kept = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
        disabled = {} if loads else {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        return subprocess.run(
            [sys.executable, "-W", "error", *arguments],
            env={**kept, "PYTHONPATH": found, **disabled, **environment},
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def quickly(self, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the tests with no plugin but ours."""
        return self.run("-p", "fintech2021.testing", *options, loads=False, **environment)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def passes(done: subprocess.CompletedProcess[str], tests: int = 1) -> str:
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{tests} passed" in done.stdout
    assert "warning" not in done.stdout
    return done.stdout


NAMED = ("-p", "fintech2021.testing")
CONFTEST = 'pytest_plugins = ["fintech2021.testing"]'
OFF = ("-p", "no:fintech2021")


@pytest.mark.parametrize("conftest", ["", CONFTEST], ids=["", "in conftest"])
@pytest.mark.parametrize("named", [(), NAMED], ids=["", "-p"])
@pytest.mark.parametrize("off", [(), OFF], ids=["", "off"])
def test_it_is_there_once_however_often_it_is_named(
    project: Project, off: tuple[str, ...], named: tuple[str, ...], conftest: str
) -> None:
    project.write("conftest.py", conftest)
    is_on = bool(named or conftest or not off)
    project.write("test_it.py", USES if is_on else NO_USE)
    told = passes(project.run(*off, *named), 2 if is_on else 1)
    name = "fintech2021._pytest" if off else "fintech2021"
    assert (f"registered as ['{name}']" in told) == is_on
    assert ("fintech2021: nothing is pinned" in told) == is_on
    assert told.count("fintech2021: nothing is pinned") == is_on


@pytest.mark.parametrize("conftest", ["", CONFTEST], ids=["", "in conftest"])
def test_it_is_there_where_pytest_loads_nothing_by_itself(project: Project, conftest: str) -> None:
    project.write("conftest.py", conftest)
    project.write("test_it.py", USES)
    assert "registered as ['fintech2021']" in passes(
        project.run(*([] if conftest else NAMED), loads=False), 2
    )


def test_it_is_off_when_both_names_are_blocked(project: Project) -> None:
    project.write("test_it.py", NO_USE)
    project.write("conftest.py", CONFTEST)
    told = passes(project.run(*OFF, "-p", "no:fintech2021.testing"))
    assert "fintech2021:" not in told


def test_nothing_heavy_is_imported_before_a_fixture_is_used(project: Project) -> None:
    project.write(
        "test_it.py",
        """
import sys

def test_it():
    ours = sorted(name for name in sys.modules if name.startswith("fintech2021"))
    assert ours == ["fintech2021", "fintech2021._pytest"]
    assert not {"pandas", "pydantic", "numpy", "polars"} & set(sys.modules)
""",
    )
    passes(project.run("-p", "no:hypothesispytest"))


def test_a_program_may_import_the_package_before_it_runs_pytest(project: Project) -> None:
    project.write("test_it.py", USES)
    project.write(
        "run.py",
        """
import fintech2021, fintech2021.testing, pytest
raise SystemExit(pytest.main(["-s", "-p", "no:cacheprovider", "-p", "fintech2021.testing"]))
""",
    )
    passes(project.start("run.py"), 2)


def test_every_dataset_has_a_fixture_with_a_line_in_the_catalogue(project: Project) -> None:
    done = project.quickly("--fixtures")
    for name in catalog.datasets():
        assert re.search(rf"^fintech2021_{name} -- ", done.stdout, re.MULTILINE), name
        assert catalog.load_descriptor(name).title_en in done.stdout
    assert "no docstring available" not in done.stdout.split("fintech2021_bank_technology")[1]
    assert "@pytest.mark.fintech2021(pins, **datasets): " in project.quickly("--markers").stdout


def test_every_fixture_loads_its_dataset_and_says_what_it_gives() -> None:
    for name in catalog.datasets():
        function = unwrap(getattr(plugin, f"fintech2021_{name}"))
        assert function().attrs["fintech2021"]["dataset"] == name
        assert function.__annotations__ == {"return": "pd.DataFrame"}


def test_records_are_given_by_the_name_of_their_dataset() -> None:
    given = unwrap(plugin.fintech2021_records)()
    assert given("banks") == fintech2021.Bank.all()
    assert given("virtual_banks", version="2.0.0") == fintech2021.VirtualBank.all()
    with pytest.raises(fintech2021.UnknownDatasetError, match="Did you mean 'banks'"):
        given("bank")


ASK = "import fintech2021 as ft; print(ft.info('banks').version, ft.info('errata').version)"
MARKED = f"""
import subprocess, sys, threading
import pytest
import fintech2021 as ft

def everywhere():
    told = []
    thread = threading.Thread(target=lambda: told.append(versions()))
    thread.start()
    thread.join()
    child = subprocess.check_output([sys.executable, "-c", {ASK!r}], text=True)
    return {{versions(), *told, child.strip()}}

def versions():
    return f"{{ft.info('banks').version}} {{ft.info('errata').version}}"

@pytest.fixture
def seen():
    yield versions()
    assert versions() == "1.0.0 1.1.0"
"""
TESTS = """
@pytest.mark.fintech2021(banks="1.0.0")
class TestOfAClass:
    @pytest.mark.fintech2021(errata="1.1.0")
    def test_marks_add_up(self, seen, fintech2021_banks):
        assert everywhere() == {"1.0.0 1.1.0"} == {seen}
        assert fintech2021_banks.attrs["fintech2021"]["pin"] == (
            "pytest.mark.fintech2021(banks='1.0.0')")

    @pytest.mark.fintech2021(banks="1.0.1")
    def test_the_closest_wins(self):
        assert everywhere() == {"1.0.1 2.0.0"}

@pytest.mark.fintech2021("2026.1")
def test_an_edition():
    assert everywhere() == {"1.0.0 1.0.0"}

def test_without_a_mark():
    assert everywhere() == {"1.0.1 2.0.0"}
"""


def test_a_mark_pins_a_test_its_threads_and_its_child_processes(project: Project) -> None:
    project.write("test_it.py", MARKED + TESTS)
    passes(project.quickly("--strict-markers"), 4)


def locked(*requests: tuple[str, str]) -> str:
    return lockfile.lock_text(
        [catalog.load_descriptor(name, {"here": version}) for name, version in requests]
    )


def test_a_mark_wins_over_the_lock_and_leaves_the_rest_of_it(project: Project) -> None:
    project.write("ours.lock", locked(("banks", "1.0.0"), ("errata", "1.0.0")))
    project.write(
        "test_it.py",
        MARKED
        + """
@pytest.mark.fintech2021(banks="1.0.1")
def test_it():
    assert everywhere() == {"1.0.1 1.0.0"}
    with pytest.raises(ft.PinError):
        ft.load("events")

def test_the_lock_holds_after_it():
    assert everywhere() == {"1.0.0 1.0.0"}

@pytest.mark.fintech2021("ours.lock")
def test_a_mark_may_name_a_lock_file_of_the_project(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert everywhere() == {"1.0.0 1.0.0"}
""",
    )
    told = passes(project.quickly("--fintech2021-lock", "ours.lock"), 3)
    first = re.search(
        r"^fintech2021: locked by ours\.lock, edition (\S+); not locked: (.*)$", told, re.MULTILINE
    )
    assert first is not None, told
    assert first[2].startswith("bank_technology, case_studies, claims, ")
    assert first[2].endswith(f"and {len(catalog.datasets()) - 2 - 6} more")


def test_a_mark_wins_over_the_variable_and_leaves_the_rest_of_it(project: Project) -> None:
    project.write(
        "test_it.py",
        MARKED
        + """
@pytest.mark.fintech2021(banks="1.0.1")
def test_it():
    assert everywhere() == {"1.0.1 1.0.0"}
""",
    )
    told = passes(project.quickly(FINTECH2021_LOCK="2026.1"))
    assert "fintech2021: pinned by FINTECH2021_LOCK=2026.1, edition 2026.1; not locked: " in told


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ('banks="9.0.0"', "There is no version of banks for '9.0.0'"),
        ('bank="1.0.0"', "Did you mean 'banks'"),
        ('"2026.99"', "There is no edition '2026.99'"),
        ('"no.lock"', "no.lock cannot be read"),
        ("", "takes an edition or a lock file, or versions"),
        ('"2026.1", "2026.2"', "takes an edition or a lock file, or versions"),
        ("banks=1", "banks"),
        ("5", "5 pins nothing"),
    ],
)
def test_a_mark_that_pins_nothing_fails_the_test_and_says_why(
    project: Project, mark: str, said: str
) -> None:
    project.write(
        "test_it.py",
        f"""
import pytest
import fintech2021 as ft

@pytest.mark.fintech2021(errata="1.0.0")
class TestIt:
    @pytest.mark.fintech2021({mark})
    def test_it(self): pass

def test_nothing_is_left():
    assert ft.info("errata").pin is None
""",
    )
    done = project.quickly()
    assert "1 passed, 1 error" in done.stdout, done.stdout
    assert said in done.stdout
    assert "Traceback" not in done.stdout
    assert "INTERNALERROR" not in done.stdout


def test_the_header_says_when_the_variable_cannot_be_used(project: Project) -> None:
    project.write("test_it.py", NO_USE)
    told = passes(project.quickly(FINTECH2021_LOCK="2026.99"))
    assert "fintech2021: The environment variable FINTECH2021_LOCK is '2026.99', which" in told


def test_the_header_says_when_everything_is_locked(project: Project) -> None:
    project.write("test_it.py", NO_USE)
    project.write("all.lock", locked(*((name, ">=1") for name in catalog.datasets())))
    told = passes(project.quickly("--fintech2021-lock=all.lock"))
    assert re.search(
        r"^fintech2021: locked by all\.lock, edition \S+; every dataset is locked$",
        told,
        re.MULTILINE,
    )


def test_a_project_file_that_cannot_be_read_stops_nothing(tmp_path: Path) -> None:
    assert not plugin._may_name_a_lock(tmp_path)
    (tmp_path / "pyproject.toml").mkdir()
    assert not plugin._may_name_a_lock(tmp_path)
    (tmp_path / "below").mkdir()
    (tmp_path / "pyproject.toml").rmdir()
    (tmp_path / "pyproject.toml").write_text("[tool.fintech2021]")
    assert plugin._may_name_a_lock(tmp_path / "below")


def test_pins_that_a_parent_told_are_read_back() -> None:
    for value, expected in {
        '{"banks": "1.0.0"}': {"banks": "1.0.0"},
        '{"": "2026.1", "banks": "1.0.1"}': {"banks": "1.0.1", "errata": "1.0.0"},
    }.items():
        pin = pins._of_variable(value)
        assert {name: pin.request(name) for name in expected} == expected
        assert pins._value(pin) == value
    with pytest.raises(fintech2021.LockError):
        pins._of_variable("{no JSON}.lock")
    with pytest.raises(fintech2021.UnknownVersionError):
        pins._of_variable('{"banks": "9"}')


def test_the_types_of_the_fixtures_can_be_looked_up() -> None:
    from fintech2021.testing import LoadFixture, RecordsFixture

    assert LoadFixture.__doc__
    assert RecordsFixture.__doc__
    assert get_type_hints(plugin.pytest_configure, {"pytest": pytest})["return"] is type(None)
