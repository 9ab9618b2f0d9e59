from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_a_bank_has_its_printed_name_kind_and_seat() -> None:
    found = ft.Institution.get("webank")
    assert (found.name_en, found.name_zh) == ("WeBank", "微众银行")
    assert (found.kind, found.jurisdiction) == (ft.InstitutionKind.PRIVATE_BANK, "CN")


def test_a_subsidiary_refers_to_its_parent() -> None:
    assert ft.Institution.get("beiyin_fintech").parent_id == "bank_of_beijing"


BREAKS: dict[str, Change] = {
    "no organisation is its own ancestor": put("bank_of_beijing", "parent_id", "beiyin_fintech"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("institutions")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("institutions", BREAKS[statement])
