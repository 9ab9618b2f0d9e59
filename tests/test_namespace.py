"""What stands on the package: public names, and nothing that a first use leaves behind."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import fintech2021 as ft

pytestmark = pytest.mark.slow  # Processes of their own, or whole copies of the data.

PACKAGE = Path(ft.__file__).parent
PUBLIC_MODULES = {"charts", "errors", "schemas", "tables", "testing", "typing"}
OLD_MODULES = {"yearmonth"}
"""Where pickles of older releases look for a class."""

USE = """
ft.Bank.get("icbc"); ft.load_banks(); ft.info("banks"); ft.source("banks", "icbc", "name_zh")
ft.audit(); ft.validate(ft.load_banks(), "banks"); ft.diff("banks", "1.0.0", "1.0.0")
"""


def names(code: str) -> tuple[list[str], list[str]]:
    """Return what `dir` and `vars` show in a fresh process after some code."""
    show = "import json; print(json.dumps([dir(ft), list(vars(ft))]))"
    done = subprocess.run(
        [sys.executable, "-c", f"import fintech2021 as ft\n{code}\n{show}"],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    listed, held = json.loads(done.stdout)
    return listed, held


@pytest.mark.parametrize("code", ["", USE], ids=["before use", "after use"])
def test_only_public_names_stand_on_the_package(code: str) -> None:
    listed, held = names(code)
    assert listed == ft.__all__
    shown = {name for name in held if not name.startswith("_")}
    assert shown - set(ft.__all__) <= PUBLIC_MODULES


def test_a_module_without_an_underscore_is_public() -> None:
    modules = {path.stem for path in PACKAGE.glob("*.py")} | {
        path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()
    }
    assert {name for name in modules if not name.startswith("_")} == PUBLIC_MODULES | OLD_MODULES


@pytest.mark.parametrize(
    "name", [name for name in ft.__all__ if isinstance(getattr(ft, name), type)]
)
def test_a_public_class_says_that_it_is_of_a_public_module(name: str) -> None:
    module = getattr(ft, name).__module__
    assert module == "fintech2021" or module.split(".")[1] in PUBLIC_MODULES


@pytest.mark.parametrize(
    "name", [name for name in ft.__all__ if isinstance(getattr(ft, name), type)]
)
def test_a_public_class_is_found_where_it_says_that_it_is(name: str) -> None:
    public = getattr(ft, name)
    assert pickle.loads(pickle.dumps(public)) is public  # noqa: S301 - Our own bytes.


@pytest.mark.parametrize(
    "value",
    [
        ft.YearMonth(2015, 11),
        ft.source("banks", "icbc", "tech_spend_cny"),
        ft.source("banks", "icbc", "tech_spend_cny").places[0],
        ft.diff("virtual_banks", "1.0.0", "1.1.0"),
        ft.Bank.get("icbc"),
        ft.info("banks").columns[0],
        ft.Step.MAJOR,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_functions_return_survives_pickling(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - Our own bytes.


@pytest.mark.parametrize(
    "path", ["fintech2021.tables.banks.Bank", "fintech2021.tables.verdicts.VerdictKind"]
)
def test_a_class_of_a_table_is_where_older_pickles_look_for_it(path: str) -> None:
    from importlib import import_module

    module, _, name = path.rpartition(".")
    assert getattr(import_module(module), name) is getattr(ft, name)


def test_no_module_of_the_package_is_a_public_name() -> None:
    assert not any(isinstance(getattr(ft, name), ModuleType) for name in ft.__all__)
