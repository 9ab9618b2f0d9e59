"""Whatever is read is there in English and in Chinese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tools.freezing.describe import untold

import fintech2021 as ft
from fintech2021._core import catalog
from fintech2021._core.rows import by_key

if TYPE_CHECKING:
    from fintech2021._core.names import DatasetName

CHINESE = re.compile("[\u4e00-\u9fff]")
EVERY = pytest.mark.parametrize("name", catalog.datasets())


@EVERY
def test_the_newest_version_is_told_in_both_languages(name: DatasetName) -> None:
    assert list(untold(ft.info(name))) == []


@EVERY
def test_every_value_of_a_closed_list_has_a_label_in_both_languages(name: DatasetName) -> None:
    for column in ft.info(name).columns:
        assert column.labels.keys() == column.labels_en.keys() == set(column.enum)
        assert all(CHINESE.search(label) for label in column.labels.values())
        assert not any(CHINESE.search(label) for label in column.labels_en.values())
        for labels in (column.labels, column.labels_en):
            assert len(set(labels.values())) == len(labels), f"{column.name}: a label stands twice"


@EVERY
def test_every_value_that_stands_in_a_closed_list_has_a_label(name: DatasetName) -> None:
    descriptor = ft.info(name)
    closed = [column for column in descriptor.columns if column.enum]
    for row in by_key(descriptor).values():
        for column in closed:
            items = row[column.name].split(";") if column.type == "list" else [row[column.name]]
            assert all(column.labels[item] and column.labels_en[item] for item in items if item)


@EVERY
def test_every_column_caveat_and_reason_of_a_gap_is_in_chinese(name: DatasetName) -> None:
    descriptor = ft.info(name)
    chinese = [descriptor.title_zh, descriptor.description_zh or "", *descriptor.caveats_zh]
    english = [descriptor.title_en, descriptor.description, *descriptor.caveats]
    for column in descriptor.columns:
        chinese += [column.title_zh, column.description_zh or ""]
        english += [column.title_en, column.description]
        if not column.required:
            chinese.append(column.missing_zh or "")
            english.append(column.missing or "")
    assert len(chinese) == len(english)
    assert [text for text in chinese if not CHINESE.search(text)] == []
    assert all(english)


@EVERY
def test_no_chinese_text_has_a_space_where_a_line_was_broken(name: DatasetName) -> None:
    descriptor = ft.info(name)
    texts = [descriptor.description_zh or "", *descriptor.caveats_zh]
    texts += [column.description_zh or "" for column in descriptor.columns]
    broken = re.compile("[\u4e00-\u9fff，。、；] [\u4e00-\u9fff]")
    assert [text for text in texts if broken.search(text)] == []


@EVERY
def test_the_columns_of_one_table_have_titles_of_their_own(name: DatasetName) -> None:
    columns = ft.info(name).columns
    for titles in ([c.title_en for c in columns], [c.title_zh for c in columns]):
        assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", ["errata", "case_studies", "indicators"])
def test_texts_of_a_row_stand_in_both_languages_or_in_none(name: DatasetName) -> None:
    descriptor = ft.info(name)
    stems = [column.name[:-3] for column in descriptor.columns if column.name.endswith("_zh")]
    both = [stem for stem in stems if f"{stem}_en" in {c.name for c in descriptor.columns}]
    assert both
    for row in by_key(descriptor).values():
        for stem in both:
            assert bool(row[f"{stem}_en"]) is bool(row[f"{stem}_zh"])
