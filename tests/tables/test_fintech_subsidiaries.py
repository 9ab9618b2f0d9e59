from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_the_oldest_company_is_as_the_report_prints_it() -> None:
    company = ft.FintechSubsidiary.get("cib_digital")
    assert (company.name_zh, company.bank_id, company.bank_zh) == ("兴业数金", "cib", "兴业银行")
    assert company.founded_month == ft.YearMonth(2015, 11)
    assert (company.region_id, company.registered_capital_cny) == ("shanghai", 350_000_000)


def test_a_bank_beside_a_company_is_not_its_founder() -> None:
    companies = ft.load_fintech_subsidiaries()
    other = companies[
        companies["founder_id"].notna() & companies["founder_id"].ne(companies["bank_id"])
    ]
    assert dict(zip(other["subsidiary_id"], other["founder_id"], strict=True)) == {
        "ceb_technology": "everbright_group",
        "oneconnect": "ping_an",
    }


def test_the_printed_bank_has_a_place_in_the_first_column_of_the_table() -> None:
    (place,) = ft.source("fintech_subsidiaries", "oneconnect", "bank_zh").places
    assert (place.line, place.start, place.printed) == (1839, 0, "平安银行")


def test_capital_is_in_yuan_whether_printed_in_ten_thousands_or_hundred_millions() -> None:
    capital = ft.load_fintech_subsidiaries().set_index("subsidiary_id")["registered_capital_cny"]
    assert capital["ccb_fintech"] == 1_729_000_000
    assert capital["longying_zhida"] == 21_000_000
    assert capital["langfang_yida_technology"] == 2_000_000


BREAKS: dict[str, Change] = {
    "the banks beside the companies are as many state-owned, joint-stock, city and rural banks "
    "as printed": put("cib_digital", "bank_id", "icbc"),
    "every bank is called as in the table of institutions": put(
        "cib_digital", "bank_zh", "工商银行"
    ),
    "exactly the rows with a founder cite a page": put("cib_digital", "source_ids", None),
    "name_en is what `institutions` calls it": put("cib_digital", "name_en", "x"),
    "the founder, or else the bank, is the parent in `institutions`": put(
        "cib_digital", "founder_id", "icbc"
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("fintech_subsidiaries")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("fintech_subsidiaries", BREAKS[statement])
