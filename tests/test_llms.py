"""What programs read of the site: the index, the whole text, and each page as Markdown."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tools.site import llms
from tools.site.plain import DIRECTIVES, FENCE, plain

import fintech2021 as ft

if TYPE_CHECKING:
    from collections.abc import Mapping

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = sorted(DOCS.glob("**/*.md"))
BASE = "https://example.org/"
ENTRIES = llms.menu(DOCS)
INDEX = llms.index(DOCS, ENTRIES, BASE)
FULL = llms.full(DOCS, ENTRIES, BASE)
LINE = re.compile(r"^- \[(.+?)\]\((\S+?)\): (.+)$", re.MULTILINE)


def pages_of(folder: Path, texts: Mapping[str, str]) -> Path:
    for name, text in texts.items():
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


SMALL = {
    "index": "# A\n\nFirst page of all the pages here. More.\n\n```{toctree}\n:caption: By task\n\n"
    "Load <one>\nsub/index\n```\n",
    "one": "# One\n\n```python\n>>> 1\n```\n\nSays [what](sub/index.md#how) is done at all. No.\n",
    "sub/index": "# Two\n\nIs about [one](../one.md) and nothing else at all.\n",
    "zh/index": "# 三\n\n说明这里有什么内容，以及怎样使用它们，请看下面的各个页面的说明。其余。\n",
}


# The index


def test_the_index_begins_as_the_standard_says() -> None:
    title, _, summary = INDEX.partition("\n\n")
    assert title == "# fintech2021"
    assert summary.startswith("> ")
    assert [line for line in INDEX.splitlines() if line.startswith("#")][-1] == "## Optional"


def test_every_page_of_the_menu_is_listed_once_and_exists() -> None:
    addresses = [address.removeprefix(BASE) for _, address, _ in LINE.findall(INDEX)]
    assert sorted(addresses) == sorted(f"{entry.page}.html.md" for entry in ENTRIES)
    assert len(set(addresses)) == len(addresses) > 70
    assert all((DOCS / f"{entry.page}.md").exists() for entry in ENTRIES)


def test_every_dataset_is_told_with_its_title_its_rows_and_its_version() -> None:
    told = {title: about for title, _, about in LINE.findall(INDEX)}
    for row in ft.catalog().itertuples():
        assert f"({row.title_zh}), {row.rows} rows, version {row.version}" in told[str(row.name)]


def test_a_page_is_told_in_a_line_without_links() -> None:
    abouts = [about for _, _, about in LINE.findall(INDEX)]
    assert INDEX.count("\n- [") == len(abouts)
    assert [about for about in abouts if "](" in about or len(about) > 320] == []


def test_the_menu_is_followed_in_its_order_with_its_captions(tmp_path: Path) -> None:
    assert llms.menu(pages_of(tmp_path, SMALL)) == [
        ("Start", None, "index"),
        ("By task", "Load", "one"),
        ("By task", None, "sub/index"),
        ("Optional", "中文", "zh/index"),
    ]


def test_a_page_that_two_menus_list_is_told_where_it_is_first(tmp_path: Path) -> None:
    again = {"zh/index": "# 三\n\n```{toctree}\n\n一 </one>\n```\n"}
    found = llms.menu(pages_of(tmp_path, {**SMALL, **again}))
    assert [entry.page for entry in found] == ["index", "one", "sub/index", "zh/index"]


def test_a_page_is_told_by_its_first_words_in_either_language(tmp_path: Path) -> None:
    docs = pages_of(tmp_path, SMALL)
    lines = LINE.findall(llms.index(docs, llms.menu(docs), None))
    assert lines == [
        ("A", "index.html.md", "First page of all the pages here."),
        ("Load", "one.html.md", "Says what is done at all. No."),
        ("Two", "sub/index.html.md", "Is about one and nothing else at all."),
        ("中文", "zh/index.html.md", SMALL["zh/index"].split("\n\n")[1].partition("其余")[0]),
    ]


# The whole text


def test_the_whole_text_has_every_page_that_is_not_optional() -> None:
    for entry in ENTRIES:
        named = f"\n<{BASE}{entry.page}.html>\n" in FULL
        assert named is (entry.caption != "Optional"), entry


def test_the_whole_text_fits_where_it_is_read() -> None:
    chinese = len(re.findall("[\u3000-\uffef]", FULL))
    tokens = (len(FULL) - chinese) / 4 + chinese  # What readers count, about.
    assert 50_000 < tokens < 90_000


def test_nothing_that_only_sphinx_or_a_browser_reads_is_left() -> None:
    prose = FENCE.sub("", FULL)
    assert "```{" not in FULL
    assert re.findall(r"<!--|</?(?:details|summary|div|small|strong|br|code)\b", prose) == []
    assert re.findall(r"\]\((?!https?:)[^)]*\.md", prose) == []


def test_a_dataset_has_its_columns_and_says_how_to_have_the_rows() -> None:
    part = FULL.split(f"<{BASE}datasets/banks.html>")[1].split("\n# ")[0]
    assert "`fintech2021 show banks --format csv`" in part
    assert [c.name for c in ft.info("banks").columns if f"`{c.name}`" not in part] == []


def test_functions_are_told_as_they_are_called() -> None:
    assert "- `load(name, version=None, backend='pandas')`: Return " in FULL


# Files


def test_each_page_has_its_markdown_beside_it(tmp_path: Path) -> None:
    docs, out = pages_of(tmp_path / "docs", SMALL), tmp_path / "site"
    out.mkdir()
    llms.write(docs, out, None)
    found = {str(path.relative_to(out)) for path in out.rglob("*.*") if path.is_file()}
    assert found == {"llms.txt", "llms-full.txt", *(f"{page}.html.md" for page in SMALL)}
    assert "Says [what](sub/index.html#how)" in (out / "one.html.md").read_text("utf-8")
    assert "Is about [one](../one.html)" in (out / "sub/index.html.md").read_text("utf-8")


@pytest.mark.parametrize("base", [BASE, BASE.rstrip("/")])
def test_where_the_address_of_the_site_is_known_links_are_whole(tmp_path: Path, base: str) -> None:
    docs, out = pages_of(tmp_path / "docs", SMALL), tmp_path / "site"
    out.mkdir()
    llms.write(docs, out, base)
    assert f"[one]({BASE}one.html)" in (out / "sub/index.html.md").read_text("utf-8")
    assert f"[Load]({BASE}one.html.md)" in (out / "llms.txt").read_text("utf-8")
    assert f"<{BASE}one.html>" in (out / "llms-full.txt").read_text("utf-8")


# Plain Markdown


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_every_directive_of_the_pages_stands_for_something(page: Path) -> None:
    names = {fence["name"] for fence in FENCE.finditer(page.read_text("utf-8"))} - {None}
    assert names <= DIRECTIVES.keys()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a<!-- mark -->b\n", "ab\n"),
        (
            "<details>\n<summary><strong>x</strong>: 2</summary>\n\ny\n\n</details>",
            "**x: 2**\n\ny\n",
        ),
        ("- a<br>\n  b\n", "- a\n  b\n"),
        ("- a\n  <br>b\n", "- a\n  b\n"),
        ("| a<br>b | c |\n", "| a · b | c |\n"),
        ("use <code>x</code> with `<version>`\n", "use `x` with `<version>`\n"),
        ("```html\n<br><!-- kept -->\n```\n", "```html\n<br><!-- kept -->\n```\n"),
        ("---\nhide-toc: true\n---\n\n# A\n", "# A\n"),
        ("```{note}\nMind this.\n```\n", "Mind this.\n"),
        ("```{toctree}\n:hidden:\n\none\n```\na\n", "a\n"),
        ("```{picture} e_cny\nMoney.\n```\n", "`fintech2021.charts.e_cny()`: Money.)\n"),
    ],
)
def test_what_is_left_of_a_page(text: str, told: str) -> None:
    assert plain(text, None).endswith(told)
    assert "{" not in plain(text, None)


def test_links_are_left_out_or_turned() -> None:
    text = "[a `b`](c.md) and [d](https://e.f)\n"
    assert plain(text, None) == "a `b` and [d](https://e.f)\n"
    assert plain(text, str.upper) == "[a `b`](C.MD) and [d](https://e.f)\n"


def test_a_value_of_the_reference_is_told_by_the_text_below_it() -> None:
    text = (
        "```{eval-rst}\n.. py:data:: X\n   :type: str\n\n   The ``one``, see :doc:`Y </y>`.\n```\n"
    )
    assert plain(text, None) == "- `X`: The `one`, see Y.\n"
