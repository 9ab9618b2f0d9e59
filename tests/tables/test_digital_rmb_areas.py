from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_the_third_wave_has_its_day() -> None:
    found = ft.DigitalRmbArea.get("tianjin")
    assert (found.wave, found.announced_on, found.name_zh) == (3, date(2022, 4, 2), "天津")


def test_where_pages_do_not_agree_on_a_day_there_is_none_and_the_note_says_so() -> None:
    found = ft.DigitalRmbArea.get("shenzhen")
    assert (found.wave, found.announced_on) == (1, None)
    assert "no day taken" in (found.note or "")


def test_a_place_that_the_report_does_not_name_says_so_in_regions() -> None:
    assert ft.Region.get("dalian").evidence == "editorial"
    assert ft.source("regions", "dalian", "name_zh").origin == "editorial"
    assert ft.source("regions", "qingdao", "name_zh").line == 634


BREAKS: dict[str, Change] = {
    "4 areas of the first wave, 6 of the second, 13 of the third: 23": put("dalian", "wave", 1),
    "areas of the third wave have one day, where one is agreed on, and no other area has any": put(
        "chengdu", "announced_on", pd.Timestamp("2019-12-01")
    ),
    "every area is a province of China or lies in one": put("ningbo", "region_id", "london"),
    "a note is told in both languages": lambda rows: rows.assign(note_zh=None),
    "what rests on two pages cites two": lambda rows: rows.assign(
        evidence="two_pages", source_ids="chinabankingnews_2019_05_11"
    ),
    "name_en is what `regions` calls it": put("chengdu", "name_en", "x"),
    "name_zh is what `regions` calls it": put("chengdu", "name_zh", "x"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("digital_rmb_areas")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("digital_rmb_areas", BREAKS[statement])
