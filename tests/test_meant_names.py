"""Which name is meant, in whatever spelling and script it is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.writing.hanzi import characters, opencc_of

import fintech2021 as ft
from fintech2021._core import catalog
from fintech2021._matching.closest import closest, likeness, meant
from fintech2021._matching.folding import folded
from fintech2021._matching.hanzi import SIMPLIFIED, TRADITIONAL

DATA = Path(ft.__file__).parent / "data"
OURS = sorted(characters(DATA))


@pytest.mark.parametrize("conversion", ["s2t", "s2tw", "s2hk", "s2twp"])
def test_every_character_of_our_data_is_the_same_in_every_script(conversion: str) -> None:
    assert len(OURS) > 1000
    convert = opencc_of(conversion).convert
    assert [(each, convert(each)) for each in OURS if folded(convert(each)) != folded(each)] == []


@pytest.mark.parametrize("conversion", ["t2s", "tw2s", "hk2s"])
def test_every_traditional_character_of_our_data_is_its_simplified_one(conversion: str) -> None:
    convert = opencc_of(conversion).convert
    differ = [each for each in OURS if folded(convert(each)) != folded(each)]
    assert set(differ) <= {"么"}  # As in 什么; another word has it for 幺.


def test_the_table_has_characters_of_our_data_only() -> None:
    assert len(TRADITIONAL) == len(SIMPLIFIED) == len(set(TRADITIONAL))
    assert set(SIMPLIFIED) <= {folded(each) for each in OURS}
    assert not set(TRADITIONAL) & set(SIMPLIFIED)


def test_characters_of_two_meanings_stay_apart_from_others() -> None:
    assert folded("么") == folded("麼") == "么"
    assert folded("银行") != folded("很行")


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＩＣＢＣ", "icbc"),
        ("tech_spend_cny", "tech spend cny"),
        ("  Crédit—Agricole ", "credit agricole"),
        ("238.19", "238.19"),
        ("23,819,000,000", "23819000000"),
        ("１,２３４.50%", "1234.50"),
        ("2020,2021", "2020 2021"),
        ("1,23,456", "1 23 456"),
        ("（2020年）", "2020年"),
        ("...", ""),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
    ],
)
def test_case_width_accents_and_punctuation_are_folded(text: str, expected: str) -> None:
    assert folded(text) == expected


def said(call: Any, *arguments: Any, **more: Any) -> str:
    with pytest.raises(ft.UnknownNameError) as caught:
        call(*arguments, **more)
    return str(caught.value)


ASKED: dict[str, tuple[Any, str]] = {
    "a key in capitals": (lambda: ft.Bank.get("ICBC"), "'icbc'"),
    "a dataset in capitals": (lambda: ft.load("BANKS"), "'banks'"),
    "a dataset by its class": (lambda: ft.load("Bank"), "'banks'"),
    "a dataset by its title": (lambda: ft.info("虛擬銀行"), "'virtual_banks'"),
    "a region": (lambda: ft.Region.get("北京"), "'beijing'"),
    "a bank": (lambda: ft.Bank.get("工商银行"), "'icbc'"),
    "a bank, traditional": (lambda: ft.source("banks", "工商銀行", "tech_staff"), "'icbc'"),
    "a part of a key": (lambda: ft.BankTechnology.get("工商银行", "2020"), "'icbc|2020'"),
    "a column": (lambda: ft.source("banks", "icbc", "科技投入"), "'tech_spend_cny'"),
    "a column, by its title": (lambda: ft.info("banks").column("Tech staff"), "'tech_staff'"),
    "a version": (lambda: ft.load("banks", "v1.0.0"), "'1.0.0'"),
    "a version in wide digits": (lambda: ft.load("banks", "１.０.０"), "'1.0.0'"),
    "an edition": (lambda: ft.pinned("2026-1"), "'2026.1'"),
    "a backend": (lambda: ft.load("banks", backend="Arrow"), "'pyarrow'"),
    "an engine": (lambda: ft.schema("banks", engine="Polars"), "'polars'"),
    "a dialect": (lambda: ft.sql_ddl("banks", dialect="PostgreSQL"), "'postgres'"),
    "a claim": (lambda: ft.claim("Public cloud segments"), "'public_cloud_segments'"),
    "an indicator": (lambda: ft.series("Bank IT market size"), "'bank_it_market_size'"),
    "a region of a series": (lambda: ft.series("npl_ratio", region="中国"), "'china'"),
    "a segment": (
        lambda: ft.series("internet_insurance_penetration", segment="Property"),
        "'property'",
    ),
}


@pytest.mark.parametrize("asked", ASKED)
def test_an_error_names_what_is_meant(asked: str) -> None:
    call, expected = ASKED[asked]
    assert f"Did you mean {expected}" in said(call)


@pytest.mark.parametrize(
    ("kind", "asked", "expected"),
    [(ft.Topic, "人工智慧", "'ai'"), (ft.BankType, "国有大型银行", "'state_owned'")],
)
def test_a_value_that_no_closed_list_has_names_the_one_that_is_meant(
    kind: Any, asked: str, expected: str
) -> None:
    with pytest.raises(ValueError, match=f"There is no {kind.__name__} .*Did you mean {expected}"):
        kind(asked)


def test_a_damaged_dataset_does_not_hide_which_name_is_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def damaged(name: str) -> Any:
        raise ft.IntegrityError(name)

    monkeypatch.setattr(catalog, "load_descriptor", damaged)
    assert "Did you mean 'banks'?" in said(catalog.versions, "BANKS")


def test_a_name_in_another_spelling_is_the_only_one_suggested() -> None:
    assert closest("Banks", ["bank", "banks", "virtual_banks"]) == ["banks"]


def test_the_nearest_of_several_comes_first() -> None:
    assert closest("sandbox_project", ["sandbox_totals", "sandbox_projects"])[0] == (
        "sandbox_projects"
    )


def test_a_short_word_inside_a_long_one_suggests_nothing() -> None:
    assert closest("ai", ["main", "plain", "brain"]) == []
    assert closest("行", ["银行"]) == []


def test_what_is_meant_is_one_name_or_none() -> None:
    names = {"icbc": ["工商银行"], "abc": ["农业银行"], "twin": ["农业银行"]}
    assert meant("工商銀行", names, names) == "icbc"
    assert meant("abc", names, names) == "abc"
    assert meant("农业银行", names, names) is None
    assert meant("商业银行", names, names) is None


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_the_same_both_ways_round_for_what_is_equal(one: str, two: str) -> None:
    assert 0 <= likeness(one, two) <= 1
    assert (likeness(one, two) == 1) == (one == two and bool(one))
