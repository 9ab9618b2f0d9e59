"""What holds of every published table, whatever it is about."""

from __future__ import annotations

import pytest

import fintech2021 as ft
from fintech2021._contracts.published import WRITTEN, facts_of_any
from fintech2021._core import catalog


def broken(name: str, column: str, text: str) -> list[str]:
    """Return the rules that a table breaks with a text in its first row."""
    frame = ft.load(name)
    frame.loc[0, column] = text
    with pytest.raises(ft.ValidationError) as raised:
        ft.validate(frame, name, facts=True)
    return list(raised.value.failures["rule"])


@pytest.mark.parametrize("name", catalog.datasets())
def test_every_published_version_keeps_what_holds_of_all(name: str) -> None:
    for version in catalog.versions(name):
        frame, descriptor = ft.load(name, version), ft.info(name, version)
        assert [f.statement for f in facts_of_any(descriptor) if not f.holds(frame, ft.load)] == []


def test_a_row_that_is_gone_and_one_too_many_are_noticed() -> None:
    banks = ft.load_banks()
    for changed in (banks.head(17), banks.loc[[*banks.index, 0]]):
        with pytest.raises(ft.ValidationError, match="there are 18 rows"):
            ft.validate(changed, "banks", facts=True)
    assert ft.validate(banks.head(17), "banks").shape == (17, 10)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("name_zh", "工商銀行"),
        ("name_zh", "第１银行"),
        ("name_zh", "工商–银行"),
        ("name_en", "Industrial—Commercial Bank"),
        ("name_en", "Industrial–Commercial Bank"),
        ("name_en", "Banque générale"),
    ],
)
def test_odd_characters_are_noticed(column: str, text: str) -> None:
    assert WRITTEN in broken("banks", column, text)


@pytest.mark.parametrize("text", ["工商—银行", "第1银行（北京）", "瞭望", "ICBC 工商银行"])
def test_the_characters_of_simplified_chinese_are_none(text: str) -> None:
    frame = ft.load_banks()
    frame.loc[0, "name_zh"] = text
    assert ft.validate(frame, "banks", facts=True) is frame


def test_an_english_text_can_name_something_in_chinese() -> None:
    frame = ft.load_virtual_banks()
    assert frame["note"].str.contains("怡丰有限公司").any()
    assert ft.validate(frame, "virtual_banks", facts=True) is frame
