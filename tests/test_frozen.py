"""An app that PyInstaller freezes works without being told anything: `nox -s frozen`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from conftest import ROOT

APP = """
import fintech2021 as ft
from fintech2021.charts.fonts import LICENCE, content
banks = ft.validate(ft.load_banks(), "banks")
with ft.data_dir() as folder:
    there = (folder / "banks" / "1.0.0.csv").is_file()
    there = there and (folder.parent / "charts" / LICENCE).is_file() and len(content()) > 10**5
print(len(banks), ft.Bank.get("icbc").tech_spend_cny, there, len(ft.audit("banks")) > 0,
      ft.source("banks", "icbc", "tech_spend_cny").line, ft.__version__)
"""


def test_pyinstaller_finds_the_hook_by_the_entry_point() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    module, _, name = project["entry-points"]["pyinstaller40"]["hook-dirs"].partition(":")
    (folder,) = getattr(import_module(module), name)()
    assert Path(folder, "hook-fintech2021.py").is_file()


@pytest.mark.slow
def test_a_frozen_app_has_all_that_it_needs(tmp_path: Path) -> None:
    if find_spec("PyInstaller") is None:
        pytest.skip("PyInstaller is not installed: `nox -s frozen` installs it")
    (tmp_path / "app.py").write_text(APP, "utf-8")
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", "--log-level", "ERROR", "app.py"],
        cwd=tmp_path,
        check=True,
    )
    app = shutil.which("app", path=tmp_path / "dist" / "app")
    assert app is not None
    without = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([app], env=without, check=True, stdout=subprocess.PIPE, text=True)
    told = done.stdout.split()
    assert told[:-1] == ["18", "23819000000", "True", "True", "1641"]
    assert told[-1] != "0+unknown"
