from __future__ import annotations

import re

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_a_policy_has_its_printed_title_and_its_issuers() -> None:
    found = ft.Policy.get("blockchain_guiding_opinions")
    assert found.issuers == ("miit", "cac")
    assert (found.date, found.jurisdiction) == ("2021-06", "CN")


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
    held = {_plain(policy.title_zh) for policy in ft.Policy.all()}
    held |= {_plain(ranking.publication_zh or "") for ranking in ft.Ranking.all()}
    asked = {SHORTER.get(title, title) for title in printed} - NO_POLICY
    assert [title for title in asked if _plain(title) not in held] == []


BREAKS: dict[str, Change] = {
    "no title stands twice": lambda policies: policies.assign(title_zh="x"),
    "no date lies after the report": put("blockchain_guiding_opinions", "date", "2023-01"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("policies")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("policies", BREAKS[statement])
