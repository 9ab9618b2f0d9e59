"""The pictures: both languages, what they say, where labels stand, the font, the files."""

from __future__ import annotations

import re
import sys
import zlib
from functools import cache
from itertools import combinations
from math import dist
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from tools.writing import font, gallery

import fintech2021 as ft
from fintech2021 import charts
from fintech2021.charts import fonts
from fintech2021.charts.colours import BLUE, GREEN, INK, OCHRE, ORANGE, SCHEMES
from fintech2021.charts.drawing import Plane, wrapped
from fintech2021.charts.fonts import FAMILY, FONT, LICENCE, embedded, known_characters
from fintech2021.charts.placing import Box, Label, around, beside, length
from fintech2021.charts.saving import drawn
from odd import ODD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


@cache
def _svg(name: str, lang: str) -> str:
    return drawn(getattr(charts, name)(lang))


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
    boxes = list(_drawn_texts(ET.fromstring(_svg(name, lang))))  # noqa: S314 - Ours.
    assert [
        (a, b)
        for (a, one), (b, other) in combinations(boxes, 2)
        if one.meets(other) and a.strip() and b.strip()
    ] == []


def _drawn_texts(element: ET.Element, x: float = 0, y: float = 0) -> Iterator[tuple[str, Box]]:
    """Yield each text with the pixels it takes; turned and hidden ones are left out."""
    transform = element.get("transform", "")
    moved = re.match(r"translate\(([-\d.]+),([-\d.]+)\)", transform)
    if moved:
        x, y = x + float(moved[1]), y + float(moved[2])
    hidden = "rotate" in transform or element.get("opacity") == "0"
    if element.tag.endswith("}text") and not hidden:
        size = float(element.get("font-size", "11px").removesuffix("px"))
        lines = [part.text or "" for part in element] or [element.text or ""]
        for place, line in enumerate(lines):
            wide = length(line, size) * 0.95  # What is reckoned with is a little wider than drawn.
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
    assert [label.y for label in labels] == [40, 55, 70, 85, 100]


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


GROUNDS_ON_PAGES = {"light": ("#ffffff",), "dark": ("#131416", "#0d1117")}
"""White; the dark grounds of furo and of GitHub."""
TOLD_APART = ((BLUE, ORANGE), (BLUE, INK, ORANGE), (BLUE, OCHRE, INK))
"""Colours that stand in one legend."""
EYES = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "no green": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "no blue": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""What such eyes make of linear red, green and blue: Machado, Oliveira and Fernandes 2009."""


def _linear(colour: str) -> list[float]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else pow((part + 0.055) / 1.055, 2.4) for part in parts]


def _luminance(colour: str) -> float:
    return float(sum(map(mul, (0.2126, 0.7152, 0.0722), _linear(colour))))


def _contrast(one: str, other: str) -> float:
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _seen(colour: str, eyes: str) -> tuple[float, float, float]:
    """Return a colour as such eyes see it, in CIE Lab, where distances are differences."""
    seen = [min(1, max(0, sum(map(mul, row, _linear(colour))))) for row in EYES[eyes]]
    x, y, z = (
        sum(map(mul, row, seen))
        for row in ((0.434, 0.376, 0.190), (0.213, 0.715, 0.072), (0.018, 0.109, 0.873))
    )
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_marks_are_read_on_the_pages_of_their_scheme(scheme: str) -> None:
    for ground in GROUNDS_ON_PAGES[scheme]:
        for colour in (INK, BLUE, ORANGE, GREEN, OCHRE):
            assert _contrast(SCHEMES[scheme][colour], ground) >= 4.5, (colour, ground)


@pytest.mark.parametrize("colour", [INK, BLUE, ORANGE, GREEN, OCHRE])
def test_the_colours_of_a_chart_are_read_on_any_page(colour: str) -> None:
    for ground in ("#ffffff", "#131416", "#0d1117"):
        assert _contrast(colour, ground) >= 3


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("scheme", ["light", "dark", None])
def test_kinds_in_one_picture_are_told_apart_by_any_eyes(scheme: str | None, eyes: str) -> None:
    for kinds in TOLD_APART:
        for pair in combinations(kinds, 2):
            own = [SCHEMES[scheme][colour] if scheme else colour for colour in pair]
            assert dist(*(_seen(colour, eyes) for colour in own)) > 25, (pair, eyes)


@pytest.mark.parametrize(("name", "lang"), PICTURES)
def test_a_legend_has_only_colours_that_are_told_apart(
    specs: dict[tuple[str, str], dict[str, Any]], name: str, lang: str
) -> None:
    for kinds in _ranges(specs[name, lang]):
        assert any(set(kinds) <= set(apart) for apart in TOLD_APART), kinds


def _ranges(value: object) -> Iterator[list[str]]:
    """Yield the colours of every legend of a picture."""
    if isinstance(value, dict):
        if "color" in value and isinstance(value["color"], dict) and "scale" in value["color"]:
            yield value["color"]["scale"]["range"]
        for item in value.values():
            yield from _ranges(item)
    elif isinstance(value, list):
        for item in value:
            yield from _ranges(item)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_saved_picture_has_the_colours_of_its_scheme_only(tmp_path: Path, scheme: Any) -> None:
    for suffix in ("svg", "html"):
        path = charts.save(charts.cell_provenance(), tmp_path / f"a.{suffix}", scheme=scheme)
        text = path.read_text("utf-8")
        assert SCHEMES[scheme][INK] in text
        assert not re.search(rf'="(?:{INK}|{BLUE})"|: "(?:{INK}|{BLUE})"', text)


def test_a_png_has_a_ground_and_the_ground_of_the_caller_wins(tmp_path: Path) -> None:
    chart = charts.internet_life_insurers()
    own = chart.properties(background="#ff0000")
    saved = [
        charts.save(chart, tmp_path / "a.png"),
        charts.save(chart, tmp_path / "b.png", scheme="dark"),
        charts.save(own, tmp_path / "c.png"),
    ]
    assert list(map(_first_pixel, saved)) == [b"\xff" * 4, b"\x13\x14\x16\xff", b"\xff\x00\x00\xff"]


def _first_pixel(path: Path) -> bytes:
    """Return the pixel in the corner of a PNG: of the first one no filter takes anything away."""
    content = path.read_bytes()
    packed = b"".join(re.findall(rb"IDAT(.*?)(?=....(?:IDAT|IEND))", content, re.DOTALL))
    return zlib.decompressobj().decompress(packed, 5)[1:]


def test_another_chart_is_read_on_a_dark_page_and_keeps_what_it_says_itself(tmp_path: Path) -> None:
    import altair as alt

    chart = alt.Chart(alt.InlineData(values=[{"a": 1}]), title="t").mark_text(text="x", color=INK)
    chart = chart.configure_title(color="#123456")
    text = charts.save(chart, tmp_path / "a.svg", scheme="dark").read_text("utf-8")
    assert INK in text
    assert "#123456" in text
    assert 'fill="white"' not in text


def test_an_unknown_scheme_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ft.errors.ArgumentError, match="no scheme 'sepia'"):
        charts.save(charts.cell_provenance(), tmp_path / "a.svg", scheme="sepia")  # type: ignore[arg-type]


def test_a_font_on_disk_is_read_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    import vl_convert

    asked: list[str] = []
    monkeypatch.setattr(vl_convert, "register_font_directory", asked.append)
    fonts.register.__wrapped__()
    assert asked == [str(font.ROOM)]


def test_a_font_in_a_zip_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    import vl_convert

    asked: list[str] = []
    monkeypatch.setattr(vl_convert, "register_font_directory", asked.append)
    monkeypatch.setattr("os.path.isfile", lambda _: False)
    fonts.register.__wrapped__()
    assert [path.name for path in Path(asked[0]).iterdir()] == [FONT]


@pytest.mark.parametrize(("name", "lang"), PICTURES)
def test_every_picture_is_about_as_wide_as_a_column_of_text(name: str, lang: str) -> None:
    wide = re.search(r' width="(\d+)"', _svg(name, lang))
    assert wide
    assert int(wide[1]) <= 770


def test_the_reckoned_width_of_a_label_is_about_that_in_the_font() -> None:
    known = fonts._font()
    letters, advances = known.getBestCmap(), known["hmtx"]
    for text in (
        "Industrial and Commercial Bank of China",
        "2021-10-08: nearly 400,000",
        "科技投入 (%)",
    ):
        exact = sum(advances[letters[ord(letter)]][0] for letter in text) * 12 / 1000
        assert exact <= length(text, 12) < exact * 1.15


def test_the_pages_have_every_picture() -> None:
    for path, renewed in gallery.galleries().items():
        text = (gallery.ROOM.parents[1] / path).read_text("utf-8")
        assert re.findall(r"```{picture} (\w+)", text) == NAMES
        assert renewed(text) == text, "Run: python -m tools.writing.generate"


def test_the_picture_of_the_readmes_says_what_it_would_say_today(tmp_path: Path) -> None:
    for now in gallery.files(tmp_path):
        kept = gallery.ROOM / now.name
        assert _said(kept) == _said(now), "Run: python -m tools.writing.gallery"
    assert {path.name for path in gallery.ROOM.iterdir()} == {p.name for p in tmp_path.iterdir()}


def _said(path: Path) -> list[str]:
    """Return words and colours: how long a path is depends on the version of a library."""
    return sorted(re.findall(r">([^<>{}]+)<|(?:fill|stroke)=\"([^\"]+)", path.read_text("utf-8")))


@pytest.mark.parametrize(("readme", "lang"), [("README.md", "en"), ("README.zh.md", "zh")])
def test_a_readme_shows_its_picture_on_light_and_on_dark_pages(readme: str, lang: str) -> None:
    root = gallery.ROOM.parents[1]
    text = (root / readme).read_text("utf-8")
    (dark,), (light,) = (re.findall(rf'{name}="(docs/[^"]+)"', text) for name in ("srcset", "src"))
    assert dark.endswith(f"{lang}.dark.svg")
    assert light.endswith(f"{lang}.light.svg")
    assert (root / dark).is_file()
    assert (root / light).is_file()


@pytest.mark.parametrize("name", ODD)
def test_what_nobody_means_is_refused_with_an_error_of_ours(name: str, tmp_path: Path) -> None:
    odd: Any = ODD[name]
    chart, target = charts.cell_provenance(), tmp_path / "a.svg"
    calls: list[Callable[[], object]] = [
        lambda: charts.internet_life_insurers(odd),
        lambda: charts.cell_provenance(odd),
        lambda: charts.cell_provenance(dataset=odd),
        lambda: charts.cell_provenance(key=odd),
        lambda: charts.cell_provenance(column=odd),
        lambda: charts.save(odd, target),
        lambda: charts.save(chart, odd),
        lambda: charts.save(chart, target, scheme=odd),
    ]
    for call in calls:
        with pytest.raises(ft.errors.Fintech2021Error):
            call()
