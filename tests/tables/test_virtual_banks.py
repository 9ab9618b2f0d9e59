from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_the_first_bank_is_as_printed() -> None:
    found = ft.VirtualBank.get("za_bank")
    assert (found.name_zh, found.opened_on) == ("众安银行", date(2020, 3, 24))
    assert found.shareholders == ("众安在线", "百仕达")
    assert found.deposit_share_pct == Decimal(38)


def test_a_bank_without_a_chinese_name_has_none() -> None:
    found = ft.VirtualBank.get("mox_bank")
    assert (found.name_zh, found.deposit_share_pct) == (None, Decimal(33))


def test_features_come_from_a_closed_list() -> None:
    assert ft.VirtualBankFeature.INSURANCE_AGENCY in ft.VirtualBank.get("za_bank").features


def test_the_same_words_give_the_same_feature() -> None:
    transferring = {
        bank.bank_id
        for bank in ft.VirtualBank.all()
        if ft.VirtualBankFeature.FUND_TRANSFER in bank.features
    }
    assert "welab_bank" in transferring
    assert len(transferring) == 5


def test_every_printed_shareholder_has_its_institution() -> None:
    for bank in ft.VirtualBank.all():
        assert len(bank.shareholders) == len(bank.shareholder_ids)
    assert ft.VirtualBank.get("mox_bank").shareholder_ids == ("standard_chartered", "trip_com")


def test_every_licence_rests_on_a_page_that_is_linked_and_not_older() -> None:
    pages = {source.source_id: source for source in ft.Source.all()}
    for bank in ft.VirtualBank.all():
        carrying = [pages[each] for each in bank.source_ids]
        assert any(
            page.url and page.published_on and page.published_on >= bank.licensed_on
            for page in carrying
        )


BREAKS: dict[str, Change] = {
    "every licence is older than the opening": put(
        "za_bank", "licensed_on", pd.Timestamp("2021-01-01")
    ),
    "deposits that public pages give are the printed shares of one total within 2 percent": put(
        "za_bank", "deposits_end_2020_hkd", 1
    ),
    "every printed shareholder is an institution": put("za_bank", "shareholder_ids", "zhongan"),
    "there are as many banks as the prose counts, and every one opened in 2020": put(
        "za_bank", "opened_on", pd.Timestamp("2019-12-31")
    ),
    "the deposit shares that are given do not exceed 100 together": put(
        "za_bank", "deposit_share_pct", 68.0
    ),
    "a note is told in both languages": lambda rows: rows.assign(note_zh=None),
    "name_en is what `institutions` calls it": put("za_bank", "name_en", "x"),
    "all licences but one rest on a page of their day": put(
        "za_bank", "licensed_on", pd.Timestamp("2019-03-28")
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("virtual_banks")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("virtual_banks", BREAKS[statement])
