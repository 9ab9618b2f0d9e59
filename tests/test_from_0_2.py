"""Code that was written for release 0.2.0: what it gets now is the same, or stands on a page.

`from_0_2` has what 0.2.0 was: its public surface, the examples of its pages, and a project with the
lock, the program, the tests and the figures that it had.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import fintech2021 as ft
from surface import surface

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent / "from_0_2"
ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "from-0.2-to-0.3.md").read_text("utf-8")
OLD = set((HERE / "surface.txt").read_text("utf-8").splitlines())
EXAMPLES = sorted((HERE / "examples").glob("*.txt"))
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
SHOWN = {example.source for example in doctest.DocTestParser().get_examples(PAGE)}
"""The examples of the page; that it says what comes of them is tested where all pages are."""


def named(item: str) -> bool:
    """Return whether the page has an item of the surface as code."""
    return f"`{item}`" in PAGE


def test_whatever_is_gone_from_the_public_surface_of_0_2_is_named_on_the_page() -> None:
    gone = OLD - surface()
    assert [item for item in sorted(gone) if not named(item)] == []


def test_whatever_the_page_says_is_gone_is_gone() -> None:
    _, rest = PAGE.split("<!-- gone -->\n")
    said = re.findall(r"`([^`]+)`", rest.split("<!-- /gone -->")[0])
    assert said
    assert set(said) & OLD & surface() == set()


@pytest.mark.parametrize("lost", ["ShareBase", "fintech2021.loaders"])
def test_a_loss_that_the_page_does_not_name_would_be_noticed(lost: str) -> None:
    assert named(lost)
    assert not named(f"{lost}x")


class Runner(doctest.DocTestRunner):
    """Runs examples and keeps those that differ from what 0.2.0 said."""

    def __init__(self) -> None:
        super().__init__(optionflags=FLAGS, verbose=False)
        self.differ: list[str] = []

    def report_failure(self, *given: Any) -> None:
        """Keep an example that prints something else."""
        self.differ.append(given[2].source)

    def report_unexpected_exception(self, *given: Any) -> None:
        """Keep an example that fails, unless only one before it left it without its names."""
        _, _, example, (kind, *_) = given
        if kind is not NameError:
            self.differ.append(example.source)


def run(text: str, name: str) -> tuple[list[str], list[warnings.WarningMessage]]:
    """Return the examples of a text that differ, and the warnings that they gave."""
    test = doctest.DocTestParser().get_doctest(text, {}, name, None, 0)
    runner = Runner()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        runner.run(test, out=lambda _: None)
    return runner.differ, told


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_of_0_2_does_the_same_or_stands_on_the_page(path: Path) -> None:
    differ, told = run(path.read_text("utf-8"), path.stem)
    assert [source for source in differ if source not in SHOWN] == []
    assert {each.category.__name__ for each in told} <= {"DeprecationWarning", "SupersededWarning"}
    assert all(named(each.category.__name__) for each in told)


def test_a_difference_that_the_page_does_not_show_would_be_noticed() -> None:
    differ, told = run(">>> import fintech2021 as ft\n>>> len(ft.load_banks())\n17\n", "made up")
    assert differ == ["len(ft.load_banks())\n"]
    assert differ[0] not in SHOWN
    assert told == []


DEPRECATED: dict[str, tuple[Callable[[], object], str]] = {
    "`validate(…, rules=…)`": (
        lambda: ft.validate(ft.load_banks(), "banks", rules=True),
        "facts=True",
    ),
    "`schema(…, rules=…)`": (lambda: ft.schema("banks", rules=False), "`validate`"),
    "`info(…).as_dict()`": (lambda: ft.info("banks").as_dict(), r"to_resource\(\)"),
    "`diff(…).column_order`": (lambda: moved().column_order, r"info\('virtual_banks', '1\.1\.0'\)"),
    "`diff(…).row_order`": (lambda: moved().row_order, r"load\('virtual_banks', '1\.1\.0'\)"),
    "`month[0]`": (lambda: ft.YearMonth(2015, 11)[0], r"month\.year"),
    "`month == (2015, 11)`": (lambda: ft.YearMonth(2015, 11) == (2015, 11), r"YearMonth\(year"),
}
"""Every deprecated call as the page spells it, and what the warning names instead."""


def moved() -> ft.Difference:
    """Return a difference between two versions."""
    return ft.diff("virtual_banks", "1.0.0", "1.1.0")


@pytest.mark.parametrize("spelled", DEPRECATED)
def test_a_deprecated_call_works_and_names_the_new_one_and_the_release(spelled: str) -> None:
    call, instead = DEPRECATED[spelled]
    with pytest.warns(DeprecationWarning, match=instead) as told:
        call()
    assert [str(each.message).count("goes in 0.4") for each in told] == [1]
    assert told[0].filename == __file__
    assert f"| {spelled} |" in PAGE


def test_every_deprecation_of_the_page_is_tried() -> None:
    _, rest = PAGE.split("<!-- deprecated -->\n")
    rows = re.findall(r"^\| (`.+?`) \|", rest.split("<!-- /deprecated -->")[0], re.MULTILINE)
    assert rows == list(DEPRECATED)


def test_the_deprecated_orders_are_those_of_the_newer_version() -> None:
    with pytest.deprecated_call():
        columns, rows = moved().column_order, moved().row_order
    frame = ft.load_virtual_banks(version="1.1.0")
    assert columns == tuple(frame.columns)
    assert rows == tuple(frame["bank_id"])


def test_a_deprecated_dictionary_has_the_names_that_it_had() -> None:
    with pytest.deprecated_call():
        found = ft.info("banks", "1.0.0").as_dict()
    assert {"title_en", "rows", "columns", "repairs", "sha256", "superseded"} <= found.keys()
    assert found["columns"][0]["labels"] == {}
    assert json.loads(json.dumps(found["columns"]))[0]["name"] == "bank_id"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it was under 0.2.0, in a folder of its own."""
    return shutil.copytree(HERE / "project", tmp_path_factory.mktemp("pinned") / "project")


def python(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the folder of the project, with the package of these tests."""
    package = str(Path(ft.__file__).parents[1])
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=project,
        env={**os.environ, "PYTHONPATH": package, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
def test_a_project_pinned_under_0_2_gets_the_same_numbers_and_bytes(project: Path) -> None:
    done = python(project, "-W", "always", "report.py")
    assert done.returncode == 0, done.stderr
    now, then = json.loads(done.stdout), json.loads((HERE / "report.json").read_text("utf-8"))
    assert without_the_pin(now["source"]) == then["source"]
    assert {**now, "source": ""} == {**then, "source": ""}


def without_the_pin(text: str) -> str:
    """Return what `source` prints without the line that is new under a pin."""
    (line,) = (each for each in text.splitlines() if each.startswith("  chosen by "))
    assert line == "  chosen by pinned('fintech2021.lock'), edition 2026.2"
    return text.replace(f"{line}\n", "")


@pytest.mark.slow
def test_the_project_hears_of_nothing_but_deprecations_that_name_the_new_call(
    project: Path,
) -> None:
    done = python(project, "-W", "once", "report.py")
    told = list(warned(done.stderr))
    assert {kind for kind, _ in told} == {"DeprecationWarning"}
    texts = {text for _, text in told}
    assert all("goes in 0.4" in text for text in texts)
    called = [
        instead for _, instead in DEPRECATED.values() if any(map(re.compile(instead).search, texts))
    ]
    assert len(called) == len(DEPRECATED) - 1  # The program makes no schema.


def warned(text: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the text of each warning on standard error."""
    for found in re.finditer(r"^.+report\.py:\d+: (\w+): (.+)$", text, re.MULTILINE):
        yield found[1], found[2]


@pytest.mark.slow
@pytest.mark.parametrize("plugin", [["-p", "fintech2021.testing"], []], ids=["named", "by itself"])
def test_the_tests_of_the_project_pass(project: Path, plugin: list[str]) -> None:
    done = python(
        project,
        "-m",
        "pytest",
        "-q",
        "check_report.py",
        *plugin,
        "-c",
        "pyproject.toml",
        "-W",
        "error",
    )
    assert "1 passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.slow
def test_the_commands_take_the_lock_of_0_2(project: Path) -> None:
    checked = python(project, "-m", "fintech2021", "lock", "--check")
    assert checked.returncode == 0
    assert "28 datasets are as locked" in checked.stdout
    assert "of format 1" in checked.stdout
    shown = python(project, "-m", "fintech2021", "--locked", "show", "banks", "--format", "csv")
    assert shown.stdout.encode() == ft.info("banks", "1.0.0").content
