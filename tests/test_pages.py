"""The generated pages about the datasets."""

from dataclasses import replace

import pytest
from tools.writing import dataset_pages as pages
from tools.writing import markdown as markup
from tools.writing.languages import CHINESE, ENGLISH

from fintech2021._core import catalog

EVERY = catalog.datasets()


@pytest.mark.parametrize("name", EVERY)
def test_a_page_has_a_line_for_every_column(name: str) -> None:
    found = catalog.load_descriptor(name)
    text = pages.page(found)
    assert [field.name for field in found.columns if f"\n| `{field.name}` | " not in text] == []


@pytest.mark.parametrize("name", EVERY)
def test_every_row_of_a_table_has_as_many_cells_as_its_heading(name: str) -> None:
    lines = pages.first_rows(catalog.load_descriptor(name)).splitlines()
    assert len({line.replace("\\|", "").count("|") for line in lines}) == 1


def test_a_page_gives_the_digest_of_the_data() -> None:
    found = catalog.load_descriptor("banks")
    assert found.sha256 in pages.page(found)


def test_a_page_lists_the_values_of_a_closed_list_with_their_chinese_labels() -> None:
    text = pages.page(catalog.load_descriptor("banks"))
    assert "| `bank_type` | `state_owned` | 国有大型银行 |" in text


def test_a_page_lists_the_values_that_the_items_of_a_list_admit() -> None:
    assert "| `features` | `payment_card` |" in pages.page(catalog.load_descriptor("virtual_banks"))


def test_a_page_says_why_a_cell_is_empty() -> None:
    assert '| printed as "-" |' in pages.page(catalog.load_descriptor("banks"))


def test_a_readme_keeps_everything_outside_its_marks() -> None:
    text = "before\n<!-- datasets -->\nof yesterday\n<!-- /datasets -->\nafter\n"
    renewed = pages.with_overview(text, ENGLISH)
    assert renewed.startswith("before\n")
    assert renewed.endswith("\nafter\n")
    assert "of yesterday" not in renewed


def test_the_chinese_readme_lists_the_chinese_titles() -> None:
    assert catalog.load_descriptor("banks").title_zh in pages.overview(CHINESE, "docs/datasets")


def test_the_characters_that_markdown_reads_are_escaped() -> None:
    made = markup.cell("a|b *c* <d>")
    assert made == "a\\|b \\*c\\* &lt;d>"


def test_a_long_cell_is_cut_but_an_address_stays_whole() -> None:
    assert len(pages._short("x" * 100)) == pages.WIDEST
    assert pages._short(f"https://{'x' * 100}") == f"https://{'x' * 100}"


def test_a_page_says_why_a_version_is_superseded() -> None:
    found = replace(catalog.load_descriptor("banks"), superseded="its labels | were missing")
    assert "| Superseded | its labels \\| were missing |" in pages.page(found)
    assert "Superseded" not in pages.page(catalog.load_descriptor("banks"))
