"""The page about pinning a project: all that stands on it is run."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tools.writing import pin_page
from tools.writing.languages import CHINESE, ENGLISH, LANGUAGES
from tools.writing.pin_page import PAGES, Project, held_places, with_outputs
from tools.writing.pin_places import PLACES, SCOPES, run
from tools.writing.pin_words import said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tools.writing.languages import Language

pytestmark = pytest.mark.slow
TEXTS = {language: page.read_text("utf-8") for language, page in PAGES.items()}
IN_BOTH = pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project of the page after everything on it was done."""
    made = Project(tmp_path_factory.mktemp("page"))
    made.told = with_outputs(TEXTS[ENGLISH], made)  # type: ignore[attr-defined] # For one test.
    return made


def test_every_command_prints_what_the_page_says(project: Project) -> None:
    told: str = project.told  # type: ignore[attr-defined] # As above.
    assert told == TEXTS[ENGLISH], "run python -m tools.writing.pin_page"


def test_every_command_prints_what_the_chinese_page_says(tmp_path: Path) -> None:
    told = with_outputs(TEXTS[CHINESE], Project(tmp_path))
    assert told == TEXTS[CHINESE], "run python -m tools.writing.pin_page"


@IN_BOTH
def test_every_block_of_the_page_is_run_or_says_nothing_to_run(language: Language) -> None:
    text = TEXTS[language]
    marked = re.findall(r"<!-- (?:file: .*|cell|output) -->\n```\w+\n", text)
    console = re.findall(r"```console\n", text)
    assert len(marked) + len(console) == len(re.findall(r"^```\w+$", text, re.MULTILINE))


def test_the_chinese_table_of_places_says_the_same() -> None:
    held = held_places(TEXTS[ENGLISH]).values()
    told = [tuple(said(each, CHINESE) for each in row) for row in held]
    assert list(held_places(TEXTS[CHINESE]).values()) == told


def test_every_step_of_the_workflow_passes(project: Project) -> None:
    path = project.folder / ".github/workflows/data.yml"
    job: Mapping[str, Any] = yaml.safe_load(path.read_text("utf-8"))["jobs"]["data"]
    steps = [step["run"] for step in job["steps"] if "run" in step]
    assert len(steps) == 3
    for step in steps[1:]:  # The first one installs.
        done = project.run(step, **job["env"])
        assert done.returncode == 0, done.stdout.decode()


def test_the_hook_passes_and_fails_where_the_lock_does_not_hold(project: Project) -> None:
    path = project.folder / ".pre-commit-config.yaml"
    (repository,) = yaml.safe_load(path.read_text("utf-8"))["repos"]
    (hook,) = repository["hooks"]
    assert re.search(hook["files"], "fintech2021.lock")
    assert project.run(hook["entry"]).returncode == 0
    lock = project.folder / "fintech2021.lock"
    before = lock.read_text("utf-8")
    lock.write_text(re.sub('descriptor = "..', 'descriptor = "xx', before), "utf-8")
    assert project.run(hook["entry"]).returncode == 1
    lock.write_text(before, "utf-8")


@pytest.mark.parametrize("scope", SCOPES)
def test_a_pin_holds_where_the_page_says(scope: str) -> None:
    told = held_places(TEXTS[ENGLISH])
    column = list(SCOPES).index(scope) + 1
    assert list(told) == list(PLACES)
    found = run(scope)
    assert found == {place: told[place][column] for place in found}
    if find_spec("joblib"):
        assert found.keys() == PLACES.keys()


def test_the_page_is_written_from_what_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ echo one\nother\n```\n<!-- places -->\n<!-- /places -->\n")
    monkeypatch.setattr(pin_page, "PAGES", {ENGLISH: page})
    monkeypatch.setattr(pin_page, "ROOT", tmp_path)
    found = [(place, *["yes"] * len(SCOPES)) for place in PLACES]
    monkeypatch.setattr(pin_page, "places", lambda: found)
    assert pin_page.main(["--check"]) == 1
    assert capsys.readouterr().out == "not current: page.md\n"
    assert pin_page.main([]) == 0
    assert "$ echo one\none\n```" in page.read_text("utf-8")
    assert list(held_places(page.read_text("utf-8"))) == list(PLACES)
    assert pin_page.main(["--check"]) == 0
