"""Whatever is given as a name, version, key, column or backend gets a short answer of ours."""

from __future__ import annotations

import pickle
import time
from typing import Any

import pandas as pd
import pytest

import fintech2021 as ft
from fintech2021._given import plain, shown, spelled
from odd import ODD, Rude, RudeText

CALLS: dict[str, Any] = {
    "load": ft.load,
    "load, version": lambda odd: ft.load("banks", odd),
    "load, backend": lambda odd: ft.load("banks", backend=odd),
    "load_banks, version": lambda odd: ft.load_banks(version=odd),
    "load_banks, backend": lambda odd: ft.load_banks(backend=odd),
    "info": ft.info,
    "info, version": lambda odd: ft.info("banks", odd),
    "column": lambda odd: ft.info("banks").column(odd),
    "schema": ft.schema,
    "schema, version": lambda odd: ft.schema("banks", odd),
    "schema, engine": lambda odd: ft.schema("banks", engine=odd),
    "validate": lambda odd: ft.validate(ft.load_banks(), odd),
    "validate, version": lambda odd: ft.validate(ft.load_banks(), "banks", odd),
    "source": lambda odd: ft.source(odd, "icbc", "tech_staff"),
    "source, key": lambda odd: ft.source("banks", odd, "tech_staff"),
    "source, part of a key": lambda odd: ft.source("banks", ("icbc", odd), "tech_staff"),
    "source, column": lambda odd: ft.source("banks", "icbc", odd),
    "source, version": lambda odd: ft.source("banks", "icbc", "tech_staff", version=odd),
    "get": ft.Bank.get,
    "get, version": lambda odd: ft.Bank.get("icbc", version=odd),
    "all, version": lambda odd: ft.Bank.all(version=odd),
    "verify": ft.verify,
    "coverage": ft.coverage,
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("odd", ODD)
def test_what_is_odd_is_refused_in_few_words(call: str, odd: str) -> None:
    start = time.perf_counter()
    with pytest.raises(ft.Fintech2021Error) as caught:
        CALLS[call](ODD[odd])
    assert len(str(caught.value)) < 2000
    assert "\x1b" not in str(caught.value)
    assert type(pickle.loads(pickle.dumps(caught.value))) is type(caught.value)  # noqa: S301
    assert time.perf_counter() - start < 5


def test_a_text_of_another_class_is_the_text() -> None:
    banks, version, column = map(RudeText, ("banks", "1.0.0", "tech_staff"))
    key, backend = RudeText("icbc"), RudeText("pandas")
    assert ft.load(banks, version, backend).equals(ft.load("banks", "1.0.0"))
    assert ft.source(banks, key, column, version=version) == ft.source(
        "banks", "icbc", "tech_staff", version="1.0.0"
    )
    assert ft.Bank.get(key, version=version) is ft.Bank.get("icbc", version="1.0.0")
    assert ft.info(banks, version).column(column).name == "tech_staff"
    assert set(ft.schema(banks, version, engine=backend).columns) == set(ft.load_banks().columns)


@pytest.mark.parametrize("odd", ["a rude object", "an array", "a long text"])
def test_a_repair_of_what_is_no_cell_is_none(odd: str) -> None:
    assert ft.info("observations", "2.0.0").repair(ODD[odd], ODD[odd]) is None


def test_a_key_is_what_frames_and_records_hold() -> None:
    row = ft.load_private_banks().iloc[0]
    key = tuple(row[part] for part in ft.info("private_banks").primary_key)
    assert ft.source("private_banks", key, "bank_id").value == row["bank_id"]


@pytest.mark.parametrize("name", ["/dev/zero", "nul\0", "\ud800", "x" * 10**6, ".", "/dev/null"])
@pytest.mark.parametrize("check", [ft.coverage, ft.verify])
def test_a_path_that_leads_to_no_text_is_said(check: Any, name: str) -> None:
    with pytest.raises(ft.SourceTextError) as caught:
        check(name)
    assert len(str(caught.value)) < 1000


def test_the_base_of_the_records_has_no_rows_and_says_so() -> None:
    for call in (ft.Record.all, lambda: ft.Record.get("icbc")):
        with pytest.raises(
            ft.UnknownDatasetError, match="Ask the class of a dataset, for instance"
        ):
            call()


def test_what_is_shown_is_short_and_of_one_line() -> None:
    assert shown(Rude()) == "an object of the class Rude"
    assert shown(pd.DataFrame({"a": [1]})).isprintable()
    assert shown([10**5000]) == "an object of the class list"
    assert len(shown([0] * 10**5)) < 250
    assert spelled(Rude()) == shown(Rude())
    assert type(plain(RudeText("a"))) is str
