"""Which page is whose twin, and which addresses lead to a row or a cell."""

from __future__ import annotations

import pickle

import pytest
from tools.site.anchors import Anchors, has_place
from tools.site.interface import translated
from tools.site.twins import lang, language_of, twin_of

from fintech2021._core import catalog
from fintech2021._core.rows import by_key


def test_a_page_and_its_twin_know_each_other() -> None:
    assert twin_of("datasets/banks") == "zh/datasets/banks"
    assert twin_of("zh/datasets/banks") == "datasets/banks"


def test_a_page_is_in_the_language_of_its_folder() -> None:
    assert (language_of("zh/index").code, lang("zh/index")) == ("zh", "zh-CN")
    assert (language_of("index").code, lang("index")) == ("en", "en")


@pytest.mark.parametrize(
    ("anchor", "is_there"),
    [
        ("icbc", True),
        ("icbc/tech_spend_cny", True),
        ("icbc/no_column", False),
        ("no_bank/tech_spend_cny", False),
        ("", False),
    ],
)
def test_an_address_leads_to_a_row_or_a_cell_that_is_there(anchor: str, is_there: bool) -> None:  # noqa: FBT001
    assert has_place("banks", anchor) is is_there


def test_a_key_of_several_parts_may_be_written_as_addresses_are() -> None:
    key = next(iter(by_key(catalog.load_descriptor("bank_technology"))))
    assert has_place("bank_technology", key.replace("|", "%7C"))


def test_the_anchors_of_a_page_have_its_headings_and_its_rows_and_can_be_stored() -> None:
    anchors = pickle.loads(pickle.dumps(Anchors({"versions": (1, "versions", "")}, "banks")))  # noqa: S301
    assert anchors["versions"] == (1, "versions", "")
    assert anchors["icbc"] == (0, "icbc", "")
    assert "icbc/name_zh" in anchors
    assert "nobody" not in anchors


def test_the_theme_speaks_chinese_as_far_as_it_can() -> None:
    assert translated("On this page") == "本页内容"
    assert translated("something else") == "something else"
