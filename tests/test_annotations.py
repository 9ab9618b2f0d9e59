"""What public functions are annotated with can be looked up at run time, and is paid for then."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import typing
from inspect import isfunction, signature
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pydantic import validate_call

import fintech2021 as ft
from fintech2021 import typing as public_types
from fintech2021._core.deferred import Deferred, Missing

FUNCTIONS = [name for name in ft.__all__ if isfunction(getattr(ft, name))]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_hints_of_every_public_function_can_be_looked_up(name: str) -> None:
    function = getattr(ft, name)
    hints = typing.get_type_hints(function)
    assert hints.keys() == {*signature(function).parameters, "return"}
    assert Missing not in hints.values()


def test_there_are_as_many_public_functions_as_datasets_and_more() -> None:
    assert len(FUNCTIONS) > len(ft.catalog())


@pytest.mark.parametrize(
    ("name", "parameter", "expected"),
    [
        ("catalog", "return", pd.DataFrame),
        ("dataset", "return", ft.Dataset),
        ("info", "return", ft.Descriptor),
        ("count_failures", "return", pd.DataFrame),
        ("source", "return", ft.Provenance),
        ("diff", "return", ft.Difference),
        ("claim", "return", ft.AuditedClaim),
    ],
)
def test_a_hint_is_the_type_that_it_names(name: str, parameter: str, expected: type) -> None:
    assert typing.get_type_hints(getattr(ft, name))[parameter] is expected


UNHEARD = {"attach", "coverage", "export", "verify", "verify_lock"}
"""What refuses the arguments below, and so returns nothing to be looked at."""

CLOSED = sqlite3.connect(":memory:")
CLOSED.close()
CALLS: dict[str, tuple[Any, ...]] = {
    "arrow_schema": ("banks",),
    "attach": (CLOSED, "banks"),
    "audit": ("banks",),
    "catalog": (),
    "cite": ("banks", "icbc", "tech_spend_cny"),
    "claim": ("public_cloud_segments",),
    "count_failures": (ft.load_banks(), "banks"),
    "coverage": ("no text",),
    "data_dir": (),
    "dataset": ("banks",),
    "diff": ("banks", "1.0.0", "1.0.0"),
    "editions": (),
    "find": ("bank",),
    "export": ("no format",),
    "info": ("banks",),
    "json_schema": ("banks",),
    "labelled": (ft.load_banks(),),
    "load": ("banks", None, "polars"),
    "read_options": ("banks", "pandas"),
    "schema": ("banks",),
    "series": ("bank_it_market_size",),
    "source": ("banks", "icbc", "name_zh"),
    "sql_ddl": ("banks",),
    "to_frame": (ft.Bank.all(),),
    "to_records": (ft.load_banks(), ft.Bank),
    "validate": (ft.load_banks(), "banks"),
    "verify": ("no text",),
    "verify_lock": ("no lock",),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_pydantic_wraps_every_public_function(name: str) -> None:
    function = getattr(ft, name)
    wrapped = validate_call(config={"arbitrary_types_allowed": True}, validate_return=True)(
        function
    )
    if name in UNHEARD:
        with pytest.raises(ft.Fintech2021Error):
            wrapped(*CALLS[name])
    else:
        assert type(wrapped(*CALLS.get(name, ()))) is type(function(*CALLS.get(name, ())))


def test_a_type_of_a_library_that_is_not_installed_has_a_placeholder() -> None:
    assert Deferred("no_such_library").DataFrame is Missing


def test_whoever_walks_over_the_names_of_a_module_imports_nothing() -> None:
    code = """
import sys, json
import fintech2021._frames.load as load, fintech2021._contracts.validate as validate
for module in (load, validate):
    for value in list(vars(module).values()):
        for name in ("__wrapped__", "__class__", "__call__", "__signature__", "__fspath__"):
            getattr(value, name, None)
print(json.dumps(sorted({"pandas", "polars", "pyarrow", "pandera"} & set(sys.modules))))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8"
    )
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize("name", public_types.__all__)
def test_the_types_of_public_functions_stand_in_one_module(name: str) -> None:
    assert getattr(public_types, name) is getattr(ft, name)


@pytest.mark.parametrize(("backend", "kind"), [("polars", pl.DataFrame), ("pyarrow", pa.Table)])
def test_a_backend_may_be_given_by_its_place(backend: str, kind: type) -> None:
    assert isinstance(ft.load("banks", None, backend), kind)
