from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import fintech2021
from fintech2021._core.names import MODULE_OF

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "fintech2021"
CONTRACTS = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text("utf-8"))["tool"][
    "importlinter"
]["contracts"]
FLOORS = [set(layer.split(" | ")) for layer in CONTRACTS[0]["layers"]]
"""The rooms beside one another, the uppermost floor first."""

MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path != PACKAGE / "__init__.py"
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Copy what the linters of imports read."""
    shutil.copytree(
        PACKAGE, tmp_path / "src" / "fintech2021", ignore=shutil.ignore_patterns("data")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.fixture
def plant(checkout: Path) -> Callable[[str, str], int]:
    """Give what puts a line at the end of a module and returns its number."""

    def put(module: str, line: str) -> int:
        path = checkout / "src" / "fintech2021" / module
        text = path.read_text("utf-8")
        path.write_text(f"{text}{line}\n", "utf-8")
        return len(text.splitlines()) + 1

    return put


def linted(checkout: Path, program: str, *arguments: str) -> str:
    """Return what a linter prints that refuses something; skip where it is not installed."""
    command = shutil.which(program, path=Path(sys.executable).parent)
    if command is None:
        pytest.skip(f"{program} is not installed: pip install -r tools/requirements.txt")
    environment = os.environ | {"PYTHONPATH": str(checkout / "src"), "NO_COLOR": "1"}
    done = subprocess.run(
        [command, *arguments],
        cwd=checkout,
        env=environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


def floors_broken(checkout: Path) -> str:
    return linted(checkout, "lint-imports", "--no-cache")


def imports_refused(checkout: Path) -> str:
    return linted(
        checkout, "ruff", "check", "--no-cache", "--select=TID25", "--output-format=concise", "src"
    )


def test_an_import_that_goes_up_is_refused_with_its_line(
    checkout: Path, plant: Callable[[str, str], int]
) -> None:
    line = plant("_core/rows.py", "from fintech2021._versions import pins")
    assert f"fintech2021._core.rows -> fintech2021._versions.pins (l.{line})" in floors_broken(
        checkout
    )


def test_an_import_that_goes_up_inside_a_function_is_refused_too(
    checkout: Path, plant: Callable[[str, str], int]
) -> None:
    line = 1 + plant("errors.py", "def up():\n    from fintech2021._core.store import read")
    assert f"fintech2021.errors -> fintech2021._core.store (l.{line})" in floors_broken(checkout)


def test_an_import_from_the_room_beside_it_is_refused(
    checkout: Path, plant: Callable[[str, str], int]
) -> None:
    line = plant("_audit/operand.py", "from fintech2021._contracts import report")
    assert (
        f"fintech2021._audit.operand -> fintech2021._contracts.report (l.{line})"
        in floors_broken(checkout)
    )


def test_an_import_from_the_front_door_is_refused(
    checkout: Path, plant: Callable[[str, str], int]
) -> None:
    line = plant("_frames/info.py", "from fintech2021 import audit")
    assert f"fintech2021._frames.info -> fintech2021 (l.{line})" in floors_broken(checkout)


def test_a_circle_inside_a_room_is_refused(
    checkout: Path, plant: Callable[[str, str], int]
) -> None:
    plant("_core/store.py", "from fintech2021._core import catalog")
    report = floors_broken(checkout)
    assert "No cycles are allowed in fintech2021._core." in report
    assert ".store -> .catalog (1 import)" in report


def test_a_room_without_a_floor_is_refused(checkout: Path) -> None:
    checkout.joinpath("src/fintech2021/_attic.py").touch()
    assert "_attic" in floors_broken(checkout)


def test_a_library_at_module_level_is_refused_with_file_and_line(
    checkout: Path, plant: Callable[[str, str], int]
) -> None:
    line = plant("_core/rows.py", "import pandas")
    # In preview ruff names a rule instead of giving its code, which is TID253.
    told = f"src/fintech2021/_core/rows.py:{line}:8: banned-module-level-imports: `pandas`"
    assert told in imports_refused(checkout)


@pytest.mark.parametrize(
    "planted",
    [
        "from importlib import import_module",
        "import importlib\nimportlib.import_module('fintech2021._audit')",
        "import importlib\nimportlib.__import__('fintech2021._audit')",
        "import builtins\nbuiltins.__import__('fintech2021._audit')",
        "from fintech2021._lazy import resolve",
        "from fintech2021._core.deferred import table_module",
    ],
)
def test_a_module_found_by_its_name_is_refused_with_file_and_line(
    checkout: Path, plant: Callable[[str, str], int], planted: str
) -> None:
    line = plant("_records/rules.py", planted) + planted.count("\n")
    assert re.search(
        rf"^src/fintech2021/_records/rules\.py:{line}:[0-9]+: banned-api: ",
        imports_refused(checkout),
        re.MULTILINE,
    )


def test_no_module_imports_by_the_bare_builtin() -> None:
    trees = {
        module: ast.walk(ast.parse(path.read_text("utf-8"))) for module, path in MODULES.items()
    }
    assert [
        f"{module}, line {node.lineno}"
        for module, nodes in trees.items()
        for node in nodes
        if isinstance(node, ast.Name) and node.id == "__import__"
    ] == []


def test_every_module_stands_on_one_floor_and_no_floor_is_empty() -> None:
    rooms = sorted(room for floor in FLOORS for room in floor)
    assert rooms == sorted({module.partition(".")[0] for module in MODULES})


@pytest.mark.parametrize(("name", "module"), MODULE_OF.items())
def test_the_front_door_leads_to_a_public_object_of_a_module_with_a_floor(
    name: str, module: str
) -> None:
    assert module in MODULES
    assert name in import_module(f"fintech2021.{module}").__all__
    assert name in fintech2021.__all__


def test_what_the_map_does_not_name_is_a_loader_or_the_version() -> None:
    others = [name for name in fintech2021.__all__ if name not in MODULE_OF]
    assert [name for name in others if not name.startswith("load_")] == ["__version__"]


PAGES = [ROOT / "CONTRIBUTING.md", *sorted(ROOT.joinpath("docs").rglob("*.md"))]
TABLES = {
    str(path.relative_to(ROOT)): table
    for path in PAGES
    for table in re.findall(
        r"<!-- floors -->\n(.*)<!-- /floors -->", path.read_text("utf-8"), re.DOTALL
    )
}


def test_contributors_are_told_of_the_floors() -> None:
    assert "CONTRIBUTING.md" in TABLES


@pytest.mark.parametrize("page", TABLES)
def test_a_page_names_the_floors_that_the_linter_enforces(page: str) -> None:
    _, _, *rows = TABLES[page].splitlines()
    assert [set(re.findall("`([a-z_]+)`", row.split("|")[1])) for row in rows] == FLOORS
