from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import fintech2021
from fintech2021 import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(fintech2021.__file__).parent
GENERATED = {"__init__", "_names", "dataset_loaders"}
MOST_LINES = 200
FLOORS = (
    {"errors", "release", "yearmonth", "_names", "steps"},
    {"store", "cells", "project"},
    {"descriptors"},
    {"catalogue", "dtypes", "columns", "printed", "rules"},
    {"lockfile", "intervals"},
    {"pins", "relations"},
    {"frames", "records", "contracts", "provenance", "compare"},
    {"operands"},
    {"tables", "loaders", "validation", "overview", "ledger", "auditing"},
    {"dataset_loaders", "export", "charts", "testing", "terminal"},
    {"cli_checks", "cli_versions"},
    {"_front", "cli"},
    {"__main__", "__init__"},
)
"""The rooms, ground floor first; a new room is put on its floor here."""

MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
EVERY = pytest.mark.parametrize("name", MODULES)


def floor(module: str) -> int:
    """Return the floor of the room that a module belongs to."""
    room = module.split(".", maxsplit=1)[0]
    found = [n for n, rooms in enumerate(FLOORS) if room in rooms]
    assert len(found) == 1, f"put {room} on one floor in {Path(__file__).name}"
    return found[0]


def imports(path: Path) -> Iterator[str]:
    """Yield the modules of the package that a module imports, also for type checkers only."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from _imported(node, path)
        if isinstance(node, ast.Import):
            names = (alias.name for alias in node.names)
            yield from (
                n.removeprefix("fintech2021.") for n in names if n.startswith("fintech2021")
            )


def _imported(node: ast.ImportFrom, path: Path) -> Iterator[str]:
    within = path.relative_to(PACKAGE).parts[:-1]
    base = [*within[: len(within) + 1 - node.level]] if node.level else []
    named = (node.module or "").split(".") if node.module else []
    if not node.level and named[:1] != ["fintech2021"]:
        return
    whole = ".".join([*base, *(named if node.level else named[1:])])
    for alias in node.names:
        longer = f"{whole}.{alias.name}".lstrip(".")
        yield longer if longer in MODULES else whole or "__init__"


@EVERY
def test_every_module_has_a_floor(name: str) -> None:
    assert floor(name) >= 0


@EVERY
def test_a_room_imports_only_from_floors_below(name: str) -> None:
    room = name.partition(".")[0]
    outside = {other for other in imports(MODULES[name]) if other.partition(".")[0] != room}
    assert {other for other in outside if floor(other) >= floor(name)} == set()


@EVERY
def test_modules_of_one_room_import_one_another_in_no_circle(name: str) -> None:
    met, waiting = set(), {name}
    while waiting:
        met |= waiting
        found = {other for module in waiting for other in imports(MODULES[module])}
        assert name not in found
        waiting = found - met


@pytest.mark.parametrize("name", [name for name in MODULES if name not in GENERATED])
def test_a_module_is_short(name: str) -> None:
    assert len(MODULES[name].read_text("utf-8").splitlines()) <= MOST_LINES


@EVERY
def test_every_name_that_a_module_exports_is_in_it(name: str) -> None:
    dotted = f"fintech2021.{name}".removesuffix(".__init__")
    module = import_module(dotted)
    exported = getattr(module, "__all__", [])
    assert [each for each in exported if not hasattr(module, each)] == []
    assert len(exported) == len(set(exported))


@EVERY
def test_every_module_says_what_it_is_for(name: str) -> None:
    assert ast.get_docstring(ast.parse(MODULES[name].read_text("utf-8")))


def test_the_imports_of_a_module_are_seen_however_they_are_written() -> None:
    path = PACKAGE / "tables" / "made_up.py"
    source = "from ..store import digest\nfrom fintech2021 import cells\n"
    tree = ast.parse(source + "from .vocabulary import Unit\nimport json\nfrom os import path\n")
    nodes = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert [found for node in nodes for found in _imported(node, path)] == [
        "store",
        "cells",
        "tables.vocabulary",
    ]


@pytest.mark.parametrize("dataset", catalogue.datasets())
def test_every_dataset_has_a_module_and_a_test_file_of_its_name(dataset: str) -> None:
    assert f"tables.{dataset}" in MODULES
    assert Path(__file__).with_name("tables").joinpath(f"test_{dataset}.py").exists()
