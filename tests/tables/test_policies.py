from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_a_policy_has_its_printed_title_and_its_issuers() -> None:
    found = ft.Policy.get("blockchain_guiding_opinions")
    assert (found.issuers, found.issuers_complete) == (("miit", "cac"), True)
    assert (found.issued_on, found.jurisdictions) == ("2021-06", ("CN",))
    assert (found.issued_on_start, found.issued_on_end) == (date(2021, 6, 1), date(2021, 6, 30))


def test_a_day_of_issue_is_no_day_of_effect() -> None:
    found = ft.Policy.get("internet_insurance_measures")
    assert (found.issued_on, found.effective_on) == ("2020-12-14", "2021-02-01")
    assert found.status == "in_force"


def test_a_list_of_issuers_says_that_it_is_not_complete() -> None:
    incomplete = {p.policy_id for p in ft.Policy.all() if p.issuers_complete is False}
    assert incomplete == {"rural_revitalisation_finance_opinions", "lei_roadmap_2020_2022"}


def test_a_memorandum_applies_to_both_who_signed_it() -> None:
    found = ft.Policy.get("hkma_pboc_gba_fintech_mou")
    assert (found.issuers, found.jurisdictions) == (("hkma", "pboc"), ("CN", "HK"))


def test_a_title_that_says_nothing_alone_is_filled_up() -> None:
    found = ft.Policy.get("fca_direct_support")
    assert found.printed_title_zh == "直接支持"
    assert found.title_zh == "英国金融行为监管局“直接支持”项目"


def test_topics_are_the_subject() -> None:
    on_ai = {p.policy_id.partition("_")[0] for p in ft.Policy.all() if "ai" in p.topics}
    assert on_ai == {"cloud", "eu", "mas", "shenzhen", "us"}


SHORTER = {
    "金融消费者保护法": "金融消费者保护法案",
    "数据安全法": "中华人民共和国数据安全法",
    "个人信息保护法": "中华人民共和国个人信息保护法",
    "办法": "互联网保险业务监管办法",
    "规划": "金融科技（FinTech）发展规划（2019—2021年）",
}
"""Titles that the report prints a second time in another form, and the title that is held."""
NO_POLICY = {"中国开放银行白皮书2021"}
"""A consultancy's paper: no public body issued it, and no ranking cites it."""


def _plain(title: str) -> str:
    return re.sub(r"\s|[—–-]", "", title)


def test_every_title_in_the_source_text_is_held(source_lines: list[str]) -> None:
    printed = re.findall("《([^《》]+)》", "".join("".join(source_lines).split()))
    assert len(printed) == 69
    held = {_plain(policy.printed_title_zh) for policy in ft.Policy.all()}
    held |= {_plain(ranking.publication_zh or "") for ranking in ft.Ranking.all()}
    asked = {SHORTER.get(title, title) for title in printed} - NO_POLICY
    assert [title for title in asked if _plain(title) not in held] == []


BREAKS: dict[str, Change] = {
    "no title stands twice": lambda policies: policies.assign(title_zh="x"),
    "no date lies after the report": lambda policies: policies.assign(
        issued_on_end=pd.Timestamp("2023-01-31").as_unit("us")
    ),
    "nothing comes into force before it is issued": lambda policies: policies.assign(
        effective_on_end=pd.Timestamp("2019-01-01").as_unit("us")
    ),
    "what has a day of coming into force is in force": put(
        "internet_insurance_measures", "status", "draft"
    ),
    "what is merely named or planned has no date": put(
        "blockchain_guiding_opinions", "status", "named"
    ),
    "issuers are said to be complete or not exactly where there are any": put(
        "eu_gdpr", "issuers", "european_union"
    ),
    "a policy applies where its jurisdictions are": put("fca_techsprints", "jurisdictions", "CN"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("policies")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("policies", BREAKS[statement])
