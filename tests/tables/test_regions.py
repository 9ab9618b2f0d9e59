from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_a_municipality_is_a_province_of_china() -> None:
    found = ft.Region.get("beijing")
    assert (found.name_zh, found.level) == ("北京", ft.RegionLevel.PROVINCE)
    assert (found.parent_id, found.iso_3166) == ("china", "CN-BJ")


def test_a_new_area_lies_in_its_province() -> None:
    assert ft.Region.get("xiongan").parent_id == "hebei"


def test_hong_kong_is_an_economy_with_its_own_code() -> None:
    found = ft.Region.get("hong_kong")
    assert (found.level, found.iso_3166) == (ft.RegionLevel.ECONOMY, "HK")


def test_levels_are_told_in_both_languages() -> None:
    assert (ft.RegionLevel.PROVINCE.label_en, ft.RegionLevel.PROVINCE.label_zh) == (
        "Province",
        "省级",
    )


BREAKS: dict[str, Change] = {
    "no place is its own ancestor": put("china", "parent_id", "beijing"),
    "every province, city and district lies in another place": put("beijing", "parent_id", None),
    "the names are distinct": lambda rows: rows.assign(name_en="x"),
    "economies and provinces have a code, and no other place has": put("beijing", "iso_3166", None),
    "a place lies in one that can hold it": put("beijing", "parent_id", "asia"),
    "a code is one of ISO 3166-1 or 3166-2, as its place is, and none stands twice": put(
        "hong_kong", "iso_3166", "CN"
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("regions")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("regions", BREAKS[statement])
