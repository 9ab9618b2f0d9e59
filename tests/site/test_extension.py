"""The extension of Sphinx, on a site of a few pages."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest

pytest.importorskip("sphinx")
pytest.importorskip("furo")
pytest.importorskip("myst_parser")

STATIC = Path(__file__).parents[2] / "docs" / "_static"
CONF = f"""
extensions = ["myst_parser", "tools.site.extension"]
html_theme = "furo"
html_static_path = [{str(STATIC)!r}]
nitpicky = True
"""
TREE = "```{toctree}\n:hidden:\n\ndatasets/banks\n```\n"
PAGES = {
    "index.md": f"# Home\n\n[ICBC](datasets/banks.md#icbc/tech_spend_cny)\n\n{TREE}\nalone\n",
    "alone.md": "---\norphan: true\n---\n# Alone\n\nIt has no twin.\n\n```python\n1\n```\n",
    "datasets/banks.md": "# Banks\n\n```{rows} banks\nabc\n```\n\n## Versions\n",
    "zh/index.md": f"# 首页\n\n{TREE}",
    "zh/datasets/banks.md": "# 银行\n\n```{rows} banks\nabc\n```\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from sphinx.cmd.build import build_main

    room = tmp_path_factory.mktemp("site")
    for name, text in {"conf.py": CONF, **PAGES}.items():
        (room / name).parent.mkdir(parents=True, exist_ok=True)
        (room / name).write_text(text, "utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # What MyST uses of Sphinx is no matter of ours.
        assert build_main(["-n", "-W", "-q", "-b", "html", str(room), str(room / "out")]) == 0
    return room / "out"


def read(site: Path, page: str) -> str:
    return (site / f"{page}.html").read_text("utf-8")


def test_a_page_says_its_language(site: Path) -> None:
    assert ' lang="en"' in read(site, "datasets/banks")
    assert ' lang="zh-CN"' in read(site, "zh/datasets/banks")


def test_a_page_leads_to_its_twin_where_there_is_one(site: Path) -> None:
    assert '<a href="../zh/datasets/banks.html" lang="zh-CN"' in read(site, "datasets/banks")
    assert '<a href="../../datasets/banks.html" lang="en"' in read(site, "zh/datasets/banks")
    assert 'class="twin"' not in read(site, "alone")


def test_programs_are_told_both_twins(site: Path) -> None:
    page = read(site, "zh/datasets/banks")
    assert '<link rel="alternate" hreflang="en" href="../../datasets/banks.html">' in page
    assert '<link rel="alternate" hreflang="zh-CN" href="banks.html">' in page


def test_the_chinese_menu_has_chinese_pages_only(site: Path) -> None:
    menu = read(site, "zh/datasets/banks").partition('class="sidebar-tree"')[2]
    menu = menu.partition("</aside>")[0]
    assert "银行" in menu
    assert "Banks" not in menu
    assert "银行" not in read(site, "alone").partition('class="sidebar-tree"')[2]


def test_around_a_chinese_page_the_theme_speaks_chinese(site: Path) -> None:
    assert 'placeholder="搜索"' in read(site, "zh/datasets/banks")
    assert 'placeholder="Search"' in read(site, "datasets/banks")


def test_a_chinese_page_is_followed_by_chinese_pages(site: Path) -> None:
    assert '<link rel="next" title="银行" href="datasets/banks.html">' in read(site, "zh/index")
    assert '<link rel="prev" title="首页" href="../index.html">' in read(site, "zh/datasets/banks")


def test_what_scrolls_can_be_reached_by_keyboard(site: Path) -> None:
    assert '<pre tabindex="0">' in read(site, "alone")


def test_a_link_to_a_cell_keeps_its_address(site: Path) -> None:
    assert 'href="datasets/banks.html#icbc/tech_spend_cny"' in read(site, "index")


def test_a_table_stands_in_the_language_of_its_page_and_knows_its_answers(site: Path) -> None:
    assert "State-owned large bank" in read(site, "datasets/banks")
    assert "国有大型银行" in read(site, "zh/datasets/banks")
    assert 'data-cells="../datasets/banks.cells.json"' in read(site, "datasets/banks")
    assert 'data-cells="../../datasets/banks.cells.json"' in read(site, "zh/datasets/banks")
    assert json.loads((site / "datasets" / "banks.cells.json").read_text("utf-8"))["cells"]


def test_scripts_of_tables_are_given_to_pages_with_tables_only(site: Path) -> None:
    assert "table.js" in read(site, "datasets/banks")
    assert "table.js" not in read(site, "alone")


def test_linked_data_stand_on_the_page_of_a_dataset_only(site: Path) -> None:
    assert "application/ld+json" in read(site, "datasets/banks")
    assert "application/ld+json" not in read(site, "alone")
