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


def test_a_bank_beside_a_company_is_not_its_parent() -> None:
    assert ft.Institution.get("oneconnect").parent_id == "ping_an"
    assert ft.Institution.get("ceb_technology").parent_id == "everbright_group"


def test_names_are_the_official_ones() -> None:
    found = [ft.Institution.get(key).name_en for key in ("aibank", "cib_digital")]
    assert found == ["CITIC aiBank", "CIB Fintech"]
    assert ft.Institution.get("youhui_wanjia_bank").name_en == "YOU+ Bank"


def test_a_missing_parent_is_not_said_to_be_impossible() -> None:
    (column,) = (c for c in ft.info("institutions").columns if c.name == "parent_id")
    assert column.missing == "no table or cited page names one"


def test_a_name_that_only_a_page_gives_cites_it() -> None:
    found = ft.Institution.get("livi_bank")
    assert (found.name_zh, found.public_name_zh) == (None, "理慧银行")
    assert found.source_ids == ("stheadline_3527842",)


BREAKS: dict[str, Change] = {
    "no organisation is its own ancestor": put("bank_of_beijing", "parent_id", "beiyin_fintech"),
    "a Chinese name from a page stands only where the report prints none, and cites the page": put(
        "abc", "public_name_zh", "农业银行"
    ),
    "the names are distinct": lambda rows: rows.assign(name_en="x"),
    "the organisations of other tables are of their kind": put("webank", "kind", "virtual_bank"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("institutions")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("institutions", BREAKS[statement])
