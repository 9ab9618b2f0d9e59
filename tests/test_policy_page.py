"""The page of promises: what it says of versions, and the warning that it shows."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "policy.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CONSOLE = re.search(r"```console\n\$ python (.+)\n(.+)\n```", PAGE)


@pytest.mark.slow
def test_a_withdrawn_version_warns_on_standard_error_as_the_page_says() -> None:
    assert CONSOLE is not None
    done = subprocess.run(
        [sys.executable, *shlex.split(CONSOLE[1])], capture_output=True, text=True, check=True
    )
    assert done.stderr.rstrip() == CONSOLE[2]


@pytest.mark.parametrize("library", ["pandas", "pydantic", "pandera"])
def test_the_page_names_the_lowest_versions_that_the_project_takes(library: str) -> None:
    (bound,) = (
        wanted.partition(">=")[2]
        for wanted in PROJECT["dependencies"]
        if re.match(rf"{library}\b", wanted)
    )
    (row,) = (line for line in PAGE.splitlines() if line.startswith("| ") and bound in line)
    assert library in row


def test_the_page_names_every_python_that_the_project_is_for() -> None:
    lowest = PROJECT["requires-python"].removeprefix(">=")
    told = re.findall(r"(3\.\d+) until October (\d+)", PAGE)
    assert told[0][0] == lowest
    ends = [(int(version.split(".")[1]), int(year)) for version, year in told]
    assert all(year - minor == 2016 for minor, year in ends)  # A release a year, for five years.
    listed = [name.rpartition(" ")[2] for name in PROJECT["classifiers"] if ":: 3." in name]
    assert listed == [version for version, _ in told]


def test_public_modules_are_those_that_the_page_names() -> None:
    listed = re.search(r"and in that of (.+?); each", PAGE)
    assert listed is not None
    named = re.findall(r"`([\w.]+)`", listed[1])
    assert "testing" in named
    assert all(import_module(f"fintech2021.{name}").__all__ for name in named)
