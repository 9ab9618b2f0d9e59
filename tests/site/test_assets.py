"""Styles and scripts of the site: a page has what it uses, and no rule that can match is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from tools.site.assets import lighten, pruned, used

if TYPE_CHECKING:
    from pathlib import Path


class File(NamedTuple):
    """A file as Sphinx has it."""

    filename: str


def test_a_page_has_the_files_that_it_uses() -> None:
    files = [File(f"_static/{name}") for name in ("site.css", "pictures.css", "first-page.css")]
    assert used(files, '<figure class="picture">') == files[:2]
    assert used(files, '<div class="opening">') == [files[0], files[2]]
    assert used([File("styles/furo-extensions.css"), File("sphinx_highlight.js")], "") == []


@pytest.mark.parametrize(
    "rule",
    [
        "p{top:0}",
        ".a{top:0}",
        ".a,.b{top:0}",
        "p:not(.b){top:0}",
        ":is(.a,.b) p{top:0}",
        "@font-face{font-family:x}",
        "@keyframes x{0%{top:0}to{top:1px}}",
        "@media print{.a{top:0}}",
    ],
)
def test_a_rule_that_can_match_stays(rule: str) -> None:
    assert pruned(rule, {"a"}) == rule


@pytest.mark.parametrize(
    "rule",
    [".b{top:0}", ".a .b{top:0}", "p.b,.c{top:0}", "@media print{@media screen{.b{top:0}}}"],
)
def test_a_rule_for_what_no_page_has_goes(rule: str) -> None:
    assert pruned(rule, {"a"}) == ""


def test_classes_are_those_of_pages_and_words_of_scripts(tmp_path: Path) -> None:
    static = tmp_path / "_static"
    static.mkdir()
    (tmp_path / "index.html").write_text('<p class="lead a"><td class=n>', "utf-8")
    (static / "x.js").write_text('// Says so.\nnode.classList.add("live");\n', "utf-8")
    (static / "x.css").write_text(".lead { top: 0 }\n.n{top:0}\n.live{top:0} .gone{top:0}", "utf-8")
    lighten(tmp_path)
    assert (static / "x.css").read_text("utf-8") == ".lead{top:0}.n{top:0}.live{top:0}"
    assert (static / "x.js").read_text("utf-8") == 'node.classList.add("live");'
