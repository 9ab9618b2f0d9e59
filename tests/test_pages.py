"""The generated pages about the datasets, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tools.writing import dataset_checks as checks
from tools.writing import dataset_pages as pages
from tools.writing import markdown as markup
from tools.writing.languages import CHINESE, ENGLISH, LANGUAGES, Language
from tools.writing.subjects import PICTURES, SUBJECTS, in_order

from fintech2021 import charts
from fintech2021._core import catalog
from fintech2021._core.card import width
from fintech2021._core.rows import by_key

EVERY = catalog.datasets()
IN_EACH = pytest.mark.parametrize("language", LANGUAGES, ids=["en", "zh"])


def of(name: str, language: Language = ENGLISH) -> str:
    return pages.page(catalog.load_descriptor(name), language)


@IN_EACH
@pytest.mark.parametrize("name", EVERY)
def test_a_page_says_of_every_column_what_it_means(name: str, language: Language) -> None:
    text = of(name, language)
    for column in catalog.load_descriptor(name).columns:
        title = language.of(column.title_en, column.title_zh)
        assert f"\n- **`{column.name}`** {title} <small>" in text
        meaning = language.of(column.description, column.description_zh or "")
        assert f"  <br>{markup.prose(meaning)}\n" in text


@pytest.mark.parametrize("name", EVERY)
def test_everything_that_a_chinese_page_needs_is_there_in_chinese(name: str) -> None:
    found = catalog.load_descriptor(name)
    assert found.description_zh
    assert len(found.caveats_zh) == len(found.caveats)
    assert all(column.description_zh for column in found.columns)
    assert all(bool(column.missing) is bool(column.missing_zh) for column in found.columns)


@IN_EACH
@pytest.mark.parametrize("name", EVERY)
def test_the_beginning_of_a_table_fits_into_a_line(name: str, language: Language) -> None:
    lines = pages.first_rows(catalog.load_descriptor(name), language)
    assert max(map(width, lines)) <= pages.WIDEST_LINE
    assert len(lines) <= pages.ROWS + 2


def test_the_beginning_of_a_table_says_what_is_left_out() -> None:
    banks = catalog.load_descriptor("banks")
    assert pages.first_rows(banks, ENGLISH)[-1] == "… 13 more rows, 4 more columns"
    assert pages.first_rows(banks, CHINESE)[-1] == "… 另有13行，另有4列"


def test_a_page_gives_the_digest_of_the_data() -> None:
    assert catalog.load_descriptor("banks").sha256 in of("banks")


def test_a_page_lists_the_values_of_a_closed_list_with_both_labels() -> None:
    assert "    - `state_owned` State-owned large bank · 国有大型银行\n" in of("banks")
    assert "    - `state_owned` 国有大型银行 · State-owned large bank\n" in of("banks", CHINESE)


def test_a_page_lists_the_values_that_the_items_of_a_list_admit() -> None:
    assert "    - `payment_card` " in of("virtual_banks")


def test_a_page_says_why_a_cell_is_empty() -> None:
    assert '· can be empty: printed as "-"</small>' in of("banks")
    assert "· 可为空：原文为“-”</small>" in of("banks", CHINESE)


def test_a_page_says_how_a_column_is_derived() -> None:
    assert "· derived · the last day of date ·" in of("events")


def test_a_page_names_the_errata_that_touch_it_and_leads_to_them() -> None:
    assert "## Errata that touch it: 4\n" in of("banks")
    assert "- [`bank_table_caption`](errata.md#bank_table_caption) (line 1677, " in of("banks")
    assert "Errata" not in of("sources").partition("## Columns")[0]


def test_a_page_names_the_claims_that_use_it_those_that_fail_first() -> None:
    _, _, text = of("banks").partition("## Claims of the audit that use it: 5, of which 2 fail")
    verdicts = [line[4:9] for line in text.splitlines() if line.startswith("- **")][:5]
    assert verdicts == ["fails", "fails", "holds", "holds", "holds"]


@IN_EACH
def test_of_many_errata_and_claims_that_hold_a_page_has_all_names(language: Language) -> None:
    text, told = of("observations", language), catalog.load_descriptor("observations")
    checked = checks.errata(told, language), checks.claims(told, language)
    assert all(part in text for part in checked)
    links, verdicts = (
        by_key(catalog.load_descriptor(name)) for name in ("erratum_cells", "verdicts")
    )
    touching = {row["erratum_id"] for row in links.values() if row["dataset"] == "observations"}
    assert set(re.findall(r"\(errata\.md#(\w+)\)", checked[0])) == touching
    names = re.findall(r"\(claims\.md#(\w+)\)", checked[1])
    assert len(names) == len(set(names)) == int(re.findall(r"\d+", checked[1])[0])
    short = {name for name in names if f"[{name}]" in checked[1]}
    assert {verdicts[name]["verdict"] for name in short} == {"holds"}
    assert "holds" not in {verdicts[name]["verdict"] for name in set(names) - short}


def test_a_page_says_which_cells_public_pages_contradict() -> None:
    text = of("banks")
    assert "38 printed cells: 32 agree, 5 differ, 1 means something else." in text
    assert (
        "- [`citic_bank` `tech_spend_cny`](banks.md#citic_bank/tech_spend_cny), differs: "
        "the report has 7,000,000,000 yuan, public pages 6,926,000,000 yuan." in text
    )


def test_a_page_says_what_changed_from_version_to_version() -> None:
    text = of("virtual_banks")
    assert "    - minor step from 1.0.0: columns added: 8 (`licensed_on`, " in text
    assert "    - 相对1.0.0为次版本变动：新增列：8" in of("virtual_banks", CHINESE)


def test_a_page_with_only_new_descriptions_says_so() -> None:
    assert "    - patch step from 1.0.0: descriptions or provenance only\n" in of("banks")


def test_a_readme_keeps_everything_outside_its_marks() -> None:
    text = "before\n<!-- datasets -->\nof yesterday\n<!-- /datasets -->\nafter\n"
    renewed = pages.with_overview(text, ENGLISH)
    assert renewed.startswith("before\n")
    assert renewed.endswith("\nafter\n")
    assert "of yesterday" not in renewed


def test_the_chinese_readme_lists_the_chinese_titles_and_leads_to_chinese_pages() -> None:
    listed = pages.with_overview("<!-- datasets -->\n<!-- /datasets -->\n", CHINESE)
    assert catalog.load_descriptor("banks").title_zh in listed
    assert "(docs/zh/datasets/banks.md)" in listed


def test_the_characters_that_markdown_reads_are_escaped() -> None:
    assert markup.cell("a|b *c* <d>") == "a\\|b \\*c\\* &lt;d>"
    assert markup.prose("a * `b * <c>` <d>") == "a \\* `b * <c>` &lt;d>"


def test_what_is_long_is_folded_but_never_a_single_line() -> None:
    assert "<details>" not in markup.first_entries(["- a"] * 7, ENGLISH, 6)
    assert "<summary>2 more</summary>" in markup.first_entries(["- a"] * 8, ENGLISH, 6)
    assert "<summary>其余2条</summary>" in markup.first_entries(["- a"] * 8, CHINESE, 6)


def test_a_page_says_why_a_version_is_superseded() -> None:
    found = replace(catalog.load_descriptor("banks"), superseded="its labels were missing")
    assert "**Superseded** its labels were missing" in pages.page(found, ENGLISH)
    assert "**已被取代**（英文） its labels were missing" in pages.page(found, CHINESE)
    assert "Superseded" not in of("banks")


def test_every_dataset_stands_in_one_subject() -> None:
    assert sorted(in_order()) == list(EVERY)


@IN_EACH
def test_the_list_of_datasets_has_every_subject_and_leads_to_every_page(language: Language) -> None:
    text = pages.index(language)
    for subject in SUBJECTS:
        assert f"## {language.of(subject.title_en, subject.title_zh)}\n" in text
    for name in EVERY:
        assert f"]({name}.md)<br>`{name}` |" in text
        assert f" <{name}>\n" in text


def test_pictures_are_of_datasets_and_drawn_by_charts() -> None:
    assert set(PICTURES) <= set(EVERY)
    drawn = {picture for each in PICTURES.values() for picture in each}
    assert drawn <= set(charts.__all__) - {"save"}
