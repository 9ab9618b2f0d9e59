from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements, without


def test_the_first_park_is_as_printed() -> None:
    found = ft.TechnologyPark.get("zhongguancun_big_data_park")
    assert (found.name_zh, found.region_id) == ("中关村大数据产业园", "beijing")
    assert (found.position, found.founded_month) == (1, None)


def test_the_six_areas_have_as_many_parks_as_the_table_prints() -> None:
    areas = ft.load_technology_parks()["area"].value_counts().to_dict()
    assert areas == {
        "east": 14,
        "central_south": 9,
        "north": 8,
        "southwest": 8,
        "northwest": 5,
        "northeast": 4,
    }


def test_an_area_stands_where_the_table_prints_it() -> None:
    (place,) = ft.source("technology_parks", "hainan_big_data_park", "area").places
    assert (place.line, place.printed) == (1325, "中南")
    assert ft.ParkArea.CENTRAL_SOUTH.label_zh == "中南"


BREAKS: dict[str, Change] = {
    "positions of each kind count from 1 without a gap": without("zhongguancun_big_data_park"),
    "every blockchain park has a month, no big-data park has one": lambda parks: parks.assign(
        founded_month=None
    ),
    "every big-data park has an area, no blockchain park has one": put("lianwan", "area", "east"),
    "every region of big-data parks lies in one area": put(
        "zhangjiakou_big_data_park", "area", "east"
    ),
    "East China has the most big-data parks, then Central and South China": lambda parks: (
        parks.assign(area=parks["area"].replace("east", "north"))
    ),
    "the blockchain parks have as many different names as the prose counts parks": lambda parks: (
        parks.assign(name_zh="x")
    ),
    "the English names are distinct": lambda rows: rows.assign(name_en="x"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("technology_parks")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("technology_parks", BREAKS[statement])
