"""What the site has besides the pages of Sphinx: the copy that is searched, and the map."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from tools.site import build, finished, index, llms, sitemap, try_it
from tools.site.index import prepared

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """\
<html lang="en"><body><nav>menu</nav><article role="main" id="furo-main-content">
<section id="banks-2020">
<span id="other"></span><h1>Banks &amp; <em>others</em><a class="headerlink" href="#b">¶</a></h1>
<section id="load-it">
<h2>Load it<a class="headerlink" href="#load-it">¶</a></h2><p>ft.load_banks()</p>
</section></section>
</article><footer>made with</footer></body></html>
"""


def test_only_what_a_page_says_is_searched() -> None:
    made = prepared(PAGE, "datasets/banks.html")
    assert "load_banks" in made
    assert not any(word in made for word in ("menu", "made with", "¶"))


def test_a_result_leads_to_a_heading() -> None:
    made = prepared(PAGE, "datasets/banks.html")
    assert '<h2 id="load-it">Load it</h2>' in made
    assert '<h1 data-pagefind-weight="10" id="banks-2020">' in made


def test_a_result_leads_to_a_row_by_the_key_that_is_written_or_that_the_first_cell_is() -> None:
    rows = '<tr data-key="a|1"><th scope=row>a<td>1</tr>', "<tr><th scope=row>icbc<td>工商</tr>"
    tables = (
        '<table class="rows-table">{}</table><table class="rows-table" data-keys="1">{}</table>'
    )
    made = prepared(PAGE.replace("ft.load_banks()", tables.format(*rows)), "datasets/banks.html")
    assert '<th id="a|1">a' in made
    assert '<th id="icbc">icbc' in made


def test_the_copy_has_the_title_and_the_language() -> None:
    assert "<title>Banks &amp; others</title>" in prepared(PAGE, "datasets/banks.html")
    assert "language:zh" in prepared(PAGE, "zh/datasets/banks.html")
    assert "language:en" in prepared(PAGE, "datasets/banks.html")


def test_a_page_of_another_theme_is_refused() -> None:
    with pytest.raises(ValueError, match="role=main"):
        finished.article("<main>text</main>")


def test_pages_that_only_look_up_are_left_out(tmp_path: Path) -> None:
    for name in ("index", "genindex", "search", "zh/search", "zh/index", "_modules/a"):
        path = tmp_path / f"{name}.html"
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert finished.pages(tmp_path) == ["index.html", "zh/index.html"]


def test_the_map_names_every_page_and_its_twin() -> None:
    text = sitemap.sitemap(["a.html", "only.html", "zh/a.html"], "https://example.org/x/")
    entries = list(ET.fromstring(text))  # noqa: S314 - made by us a line above
    assert [entry[0].text for entry in entries] == [
        "https://example.org/x/a.html",
        "https://example.org/x/only.html",
        "https://example.org/x/zh/a.html",
    ]
    twins = [[link.get("hreflang") for link in entry[1:]] for entry in entries]
    assert twins == [["en", "zh-CN"], [], ["en", "zh-CN"]]


def test_a_folder_that_is_no_site_is_not_emptied(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").touch()
    with pytest.raises(SystemExit, match="name an empty or a new folder"):
        build.clear(tmp_path)
    assert (tmp_path / "letters.txt").exists()


def test_an_earlier_site_gives_way(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "objects.inv").touch()
    build.clear(site)
    assert not site.exists()


def test_a_new_and_an_empty_folder_are_taken(tmp_path: Path) -> None:
    build.clear(tmp_path)
    build.clear(tmp_path / "new")
    assert tmp_path.exists()


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is done, without Sphinx, Pagefind and the network."""
    done: list[str] = []

    def made(folder: Path, _trees: str, address: str) -> None:
        folder.mkdir()
        (folder / "index.html").write_text(PAGE, "utf-8")
        (folder / "objects.inv").touch()
        done.append(f"pages {address}")

    monkeypatch.setattr(build, "make_pages", made)
    monkeypatch.setattr(index, "_run", lambda *_paths: done.append("index"))
    monkeypatch.setattr(llms, "write", lambda *_words: done.append("llms"))
    monkeypatch.setattr(try_it, "write", lambda _folder: done.append("python"))
    return done


def test_the_map_is_written_where_the_address_is_known(
    tmp_path: Path, steps: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    build.main([str(tmp_path / "site"), "--base", "https://example.org/x"])
    assert steps == ["pages https://example.org/x/", "index", "llms"]
    assert "https://example.org/x/index.html" in (tmp_path / "site/sitemap.xml").read_text("utf-8")
    assert capsys.readouterr().out.startswith("1 pages in ")


def test_python_is_fetched_only_for_who_asks(tmp_path: Path, steps: list[str]) -> None:
    build.main([str(tmp_path / "site"), "--try-it"])
    assert steps == ["pages ", "index", "llms", "python"]
    assert not (tmp_path / "site/sitemap.xml").exists()
