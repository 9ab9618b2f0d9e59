"""The pictures: both languages, what they say, where labels stand, the font, the files."""

from __future__ import annotations

import re
import sys
from itertools import combinations
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from tools.writing import font, gallery

import fintech2021 as ft
from fintech2021 import charts
from fintech2021.charts.drawing import INK, Plane, length, wrapped
from fintech2021.charts.fonts import FAMILY, FONT, LICENCE, embedded, known_characters
from fintech2021.charts.placing import Box, Label, around, beside
from fintech2021.charts.saving import drawn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = [name for name in charts.__all__ if name != "save"]
PICTURES = [(name, lang) for name in NAMES for lang in ("en", "zh")]
TITLES = {
    "bank_technology_spending": ("spending on technology", "科技投入"),
    "bank_technology_spending_share": ("share of revenue", "占营收比重"),
    "bank_technology_staff": ("Technology staff", "科技人员"),
    "cell_provenance": ("way of a number", "来历"),
    "cross_checks": ("public pages", "公开网页"),
    "e_cny": ("e-CNY", "数字人民币"),
    "failed_claims": ("claims that fail", "不成立"),
    "fintech_subsidiaries": ("subsidiaries", "子公司"),
    "funding": ("Funding", "融资"),
    "internet_life_insurers": ("life insurance", "人身险"),
    "market_sizes": ("Sizes", "市场规模"),
    "policies": ("policies", "政策"),
    "sandbox_projects": ("sandbox", "沙盒"),
    "technology_parks": ("Parks", "产业园"),
    "virtual_banks": ("Virtual banks", "虚拟银行"),
}


@pytest.fixture(scope="module")
def specs() -> dict[tuple[str, str], dict[str, Any]]:
    """Return every picture as Vega-Lite, drawn once for the tests of this module."""
    return {(name, lang): getattr(charts, name)(lang).to_dict() for name, lang in PICTURES}


def _texts(value: object) -> Iterator[str]:
    """Yield every text of a picture: titles, labels, cells."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def test_every_function_has_its_title_in_both_languages() -> None:
    assert sorted(TITLES) == NAMES


@pytest.mark.parametrize(("name", "lang"), PICTURES)
def test_a_picture_says_what_it_is_and_its_source_and_edition(
    specs: dict[tuple[str, str], dict[str, Any]], name: str, lang: str
) -> None:
    spec = specs[name, lang]
    told = "".join(_texts(spec["vconcat"][-1]))
    edition = ft.load_banks().attrs["fintech2021"]["edition"]
    assert TITLES[name][lang == "zh"] in "".join(spec["title"]["text"])
    assert ("来源" if lang == "zh" else "Source") in told
    assert edition in told
    assert re.search(r"[a-z_]+ ?\d+\.\d+\.\d+", told)


@pytest.mark.parametrize(("name", "lang"), PICTURES)
def test_no_character_of_a_picture_is_missing_from_the_font(
    specs: dict[tuple[str, str], dict[str, Any]], name: str, lang: str
) -> None:
    shown = {letter for text in _texts(specs[name, lang]) for letter in text} - {"\n"}
    assert shown - known_characters() == set()


def test_no_character_of_names_titles_and_labels_is_missing_from_the_font() -> None:
    missing = set(font.characters()) - known_characters()
    assert missing == set(), "Run: python -m tools.writing.font"


def test_the_font_has_its_licence_and_a_name_of_its_own() -> None:
    assert "SIL OPEN FONT LICENSE" in font.ROOM.joinpath(LICENCE).read_text("utf-8")
    assert FAMILY.replace(" ", "").encode() in font.ROOM.joinpath(FONT).read_bytes()


def test_the_font_cut_again_has_equal_bytes() -> None:
    source = font.ROOM / FONT
    assert font.subset(source, "科技投入 238.19") == font.subset(source, "科技投入 238.19")


def _views(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every part of a picture that has labels at places of ours."""
    for kind in ("vconcat", "hconcat", "layer"):
        for part in spec.get(kind, ()):
            yield part
            yield from _views(part)


def _labels(view: dict[str, Any], spec: dict[str, Any]) -> list[Label]:
    rows = [
        row
        for part in view.get("layer", ())
        for row in spec["datasets"].get(part.get("data", {}).get("name"), ())
        if "label" in row
    ]
    return [
        Label(row["label"], row["px"], row["py"], row["align"], (0, 0), row["size"]) for row in rows
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "name",
    ["bank_technology_spending", "bank_technology_spending_share", "fintech_subsidiaries"],
)
def test_no_label_stands_over_another(
    specs: dict[tuple[str, str], dict[str, Any]], name: str, lang: str
) -> None:
    spec = specs[name, lang]
    placed = max((_labels(view, spec) for view in _views(spec)), key=len)
    over = [(a.text, b.text) for a, b in combinations(placed, 2) if a.box.meets(b.box)]
    assert len(placed) > 10
    assert over == []


@pytest.mark.parametrize(("name", "lang"), PICTURES)
def test_no_text_of_a_drawn_picture_stands_over_another(name: str, lang: str) -> None:
    boxes = list(_drawn_texts(ET.fromstring(drawn(getattr(charts, name)(lang)))))  # noqa: S314 - Ours.
    assert [
        (a, b)
        for (a, one), (b, other) in combinations(boxes, 2)
        if one.meets(other) and a.strip() and b.strip()
    ] == []


def _drawn_texts(element: ET.Element, x: float = 0, y: float = 0) -> Iterator[tuple[str, Box]]:
    """Yield each text with the pixels it takes; turned ones are left out."""
    transform = element.get("transform", "")
    moved = re.match(r"translate\(([-\d.]+),([-\d.]+)\)", transform)
    if moved:
        x, y = x + float(moved[1]), y + float(moved[2])
    if element.tag.endswith("}text") and "rotate" not in transform:
        size = float(element.get("font-size", "11px").removesuffix("px"))
        lines = [part.text or "" for part in element] or [element.text or ""]
        for place, line in enumerate(lines):
            wide = length(line, size) * 0.84  # What is reckoned with is a little wider than drawn.
            left = x - {"middle": wide / 2, "end": wide}.get(element.get("text-anchor", ""), 0)
            base = y + place * 15
            yield line, Box(left, base - size * 0.75, left + wide, base + size * 0.1)
    for child in element:
        yield from _drawn_texts(child, x, y)


def test_labels_around_crowded_points_keep_apart() -> None:
    points = [(f"bank {n}", 100 + n % 5, 100 + n % 3) for n in range(12)]
    labels = around(points, 400, 300)
    assert not any(a.box.meets(b.box) for a, b in combinations(labels, 2))
    assert any(label.is_far for label in labels)


def test_labels_in_a_column_stay_within_its_height() -> None:
    labels = beside([(str(n), 0.0, 99.0) for n in range(5)], 20, 100)
    assert [label.y for label in labels] == [44, 58, 72, 86, 100]


def test_a_plane_puts_its_ends_at_its_edges() -> None:
    plane = Plane(200, 100, (1, 100), (0, 10), log_x=True)
    assert (plane.at(1, 0), plane.at(10, 5), plane.at(100, 10)) == ((0, 100), (100, 50), (200, 0))


def test_lines_are_broken_between_words_and_characters_but_not_before_a_mark() -> None:
    assert wrapped("one two three", 45, 10) == "one two\nthree"
    assert wrapped("银行科技，投入", 40, 10) == "银行科\n技，投入"


@pytest.mark.parametrize("suffix", ["svg", "png", "html"])
def test_a_picture_saved_twice_has_equal_bytes(tmp_path: Path, suffix: str) -> None:
    one, two = (
        charts.save(charts.internet_life_insurers("zh"), tmp_path / f"{n}.{suffix}") for n in "ab"
    )
    assert one.read_bytes() == two.read_bytes()


def test_svg_and_html_carry_their_font_and_ask_no_other_host(tmp_path: Path) -> None:
    chart = charts.cell_provenance("zh")
    for suffix in ("svg", "html"):
        text = charts.save(chart, tmp_path / f"way.{suffix}").read_text("utf-8")
        assert "src:url(data:font/otf;base64," in text
        assert not re.search(r"""(?:src|href)=["']https?:|url\(https?:|import\(["']https?:""", text)
        assert "一个数字的来历" in text
    assert text.index("document.fonts.load") < text.index("vegaEmbed(")


def test_an_embedded_font_has_what_the_text_needs_and_little_more() -> None:
    assert len(embedded("银行")) < len(embedded("银行科技投入")) < 10_000


def test_a_pin_holds_for_pictures() -> None:
    with ft.pinned(banks="1.0.0"):
        spec = charts.bank_technology_staff().to_dict()
    assert "banks 1.0.0" in "".join(_texts(spec["vconcat"][-1]))


def test_a_version_without_a_column_that_a_picture_needs_is_named() -> None:
    with (
        ft.pinned(virtual_banks="1.0.0"),
        pytest.raises(ft.errors.UnknownColumnError, match=r"virtual_banks 1\.0\.0"),
    ):
        charts.virtual_banks()


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ft.errors.UnknownNameError, match="no language"):
        charts.funding("fr")  # type: ignore[arg-type]


def test_a_missing_library_is_named_with_its_extra(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chart = charts.internet_life_insurers()
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(ft.errors.MissingDependencyError, match=r"fintech2021\[charts\]"):
        charts.save(chart, tmp_path / "a.png")
    monkeypatch.setitem(sys.modules, "fontTools.ttLib", None)
    with pytest.raises(ft.errors.MissingDependencyError, match="fonttools"):
        embedded("a")
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(ft.errors.MissingDependencyError, match="altair"):
        charts.internet_life_insurers()


def test_what_cannot_be_saved_is_refused(tmp_path: Path) -> None:
    chart: Any = charts.cell_provenance()
    with pytest.raises(ft.errors.ArgumentError, match=r"\.html, \.svg, \.png"):
        charts.save(chart, tmp_path / "a.gif")
    with pytest.raises(ft.errors.ArgumentError, match="not int"):
        charts.save(3, tmp_path / "a.svg")  # type: ignore[arg-type]
    with pytest.raises(ft.errors.ArgumentError, match="saved to a path"):
        charts.save(chart, 3)  # type: ignore[arg-type]
    with pytest.raises(ft.errors.ExportError, match="Cannot write"):
        charts.save(chart, tmp_path / "none" / "a.svg")


def test_another_chart_of_altair_is_saved_too(tmp_path: Path) -> None:
    import altair as alt

    chart = alt.Chart(alt.InlineData(values=[{"a": 1}])).mark_text(text="银行", color=INK)
    assert charts.save(chart, tmp_path / "own.svg").read_bytes()


def test_the_gallery_has_every_picture_in_both_languages() -> None:
    text = (gallery.DOCS / "charts.md").read_text("utf-8")
    assert {path.name for path in gallery.ROOM.iterdir()} == {
        f"{name}.{lang}.svg" for name, lang in PICTURES
    }
    assert gallery.page(text) == text, "Run: python -m tools.writing.gallery"
    assert sum(path.stat().st_size for path in gallery.ROOM.iterdir()) < 600_000


@pytest.mark.parametrize(("name", "lang"), PICTURES)
def test_the_gallery_shows_the_words_of_today(name: str, lang: str) -> None:
    words = re.compile(r">([^<>]+)<")
    shown = (gallery.ROOM / f"{name}.{lang}.svg").read_text("utf-8")
    now = drawn(getattr(charts, name)(lang))
    assert sorted(words.findall(shown)) == sorted(words.findall(now)), "tools.writing.gallery"
