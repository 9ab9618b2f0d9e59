"""Pictures on pages: in the language of the page, told in words, in the colours of the reader."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from tools.site import pictures

from fintech2021.charts.colours import SCHEMES
from fintech2021.charts.fonts import FAMILY

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("sphinx")


def _run(name: str, page: str) -> str:
    """Return what the directive puts on a page."""
    directive: Any = object.__new__(pictures.Picture)
    directive.arguments = [name]
    directive.state_machine = SimpleNamespace(reporter=None)
    directive.state = SimpleNamespace(
        document=SimpleNamespace(settings=SimpleNamespace(env=SimpleNamespace(docname=page)))
    )
    (node,) = directive.run()
    return str(node.astext())


def test_a_page_has_the_picture_in_its_language() -> None:
    assert "Funding of fintech" in _run("funding", "charts")
    assert "中国金融科技" in _run("funding", "zh/charts")


def test_a_picture_is_told_in_words_with_its_source() -> None:
    (told,) = re.findall(r'aria-label="([^"]*)"', _run("cell_provenance", "zh/charts"))
    assert told.startswith("一个数字的来历：工商银行，科技投入。")
    assert "来源" in told


def test_a_picture_is_one_image_for_readers_and_no_words_for_the_search() -> None:
    made = _run("funding", "charts")
    assert made.count('role="img"') == 1
    assert "data-pagefind-ignore" in made
    assert 'tabindex="0"' in made  # It scrolls in its box.
    assert " id=" not in made


def test_every_colour_of_a_picture_has_one_for_each_scheme() -> None:
    styles = pictures.styles()
    drawn = _run("sandbox_projects", "charts") + _run("failed_claims", "charts")
    used = set(re.findall(r'(?:fill|stroke)="(#[^"]+)"', drawn))
    assert used <= set(SCHEMES["light"])
    for colour in used:
        assert f'[fill="{colour}"]' in styles
    for own in (*SCHEMES["light"].values(), *SCHEMES["dark"].values()):
        assert own in styles


def test_an_unknown_picture_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures.Picture, "error", lambda _self, text: ValueError(text))
    with pytest.raises(ValueError, match=r"no picture 'banks'.*funding"):
        _run("banks", "charts")


def test_styles_and_both_halves_of_the_font_stand_beside_the_pages(tmp_path: Path) -> None:
    app: Any = SimpleNamespace(builder=SimpleNamespace(format="html"), outdir=tmp_path)
    pictures._write_styles(app)
    asked = set(re.findall(r"url\(([^)]+)\)", pictures.styles()))
    held = {path.name: path.read_bytes() for path in (tmp_path / "_static").iterdir()}
    assert held.keys() == {*asked, pictures.STYLES}
    assert all(FAMILY.replace(" ", "").encode() in held[name] for name in asked)
    assert len(held[pictures._file("latin")]) < 20_000


def test_no_other_builder_gets_styles(tmp_path: Path) -> None:
    app: Any = SimpleNamespace(builder=SimpleNamespace(format="text"), outdir=tmp_path)
    pictures._write_styles(app)
    assert list(tmp_path.iterdir()) == []
