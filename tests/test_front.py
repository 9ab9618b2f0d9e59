from __future__ import annotations

import ast
import importlib
from pathlib import Path
from types import ModuleType
from typing import Literal, get_origin

import pytest

import fintech2021 as ft
from fintech2021 import _lazy, errors
from fintech2021._core import catalog, names


def test_all_is_exactly_what_is_public() -> None:
    loaders = {f"load_{name}" for name in catalog.datasets()}
    assert set(ft.__all__) == loaders | set(names.MODULE_OF) | {"__version__"}


def test_all_is_sorted_and_names_nothing_twice() -> None:
    assert ft.__all__ == sorted(set(ft.__all__))


def test_dir_is_all() -> None:
    assert dir(ft) == ft.__all__


@pytest.mark.parametrize("name", ft.__all__)
def test_every_public_name_is_there_and_is_no_module(name: str) -> None:
    assert not isinstance(getattr(ft, name), ModuleType)


@pytest.mark.parametrize("name", [name for name in ft.__all__ if name != "__version__"])
def test_every_public_object_is_documented_and_comes_from_the_package(name: str) -> None:
    public = getattr(ft, name)
    if get_origin(public) is Literal:  # What it admits says it all.
        return
    assert public.__doc__
    assert public.__module__.partition(".")[0] == "fintech2021"


@pytest.mark.parametrize("name", errors.__all__)
def test_every_error_is_public(name: str) -> None:
    assert getattr(ft, name) is getattr(errors, name)


@pytest.mark.parametrize(
    "name", ["load_nope", "bank", "Banks", "_nothing", "__nothing__", "pandas"]
)
def test_an_unknown_attribute_is_an_attribute_error(name: str) -> None:
    with pytest.raises(AttributeError, match=f"module 'fintech2021' has no attribute '{name}'"):
        getattr(ft, name)


def test_type_checkers_are_told_of_every_public_name_and_its_home() -> None:
    tree = ast.parse(Path(ft.__file__).read_text("utf-8"))
    told = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
        if alias.name not in {"RLock", "resolve", "TableLoader"}
    }
    loaders = {f"load_{name}" for name in catalog.datasets()}
    assert told.keys() | loaders | {"__version__"} == set(ft.__all__)
    for name, module in told.items():
        assert getattr(importlib.import_module(str(module)), name) is getattr(ft, name)


def test_the_version_is_that_of_the_installed_package() -> None:
    from importlib.metadata import version

    assert ft.__version__ == version("fintech2021")


def test_a_bare_copy_of_the_package_has_an_unknown_version(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    def missing(_name: str) -> str:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "version", missing)
    assert _lazy.resolve("__version__") == "0+unknown"
