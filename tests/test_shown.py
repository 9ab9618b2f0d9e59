"""What one sees of a result: a short representation, a table in a notebook, a text."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from pyarrow import parquet

import fintech2021 as ft
from fintech2021._audit.verdict import judgements
from fintech2021._core import catalog
from fintech2021._core.card import Card, aligned, as_html, as_text, brief, card_of, width
from fintech2021._core.descriptor import dictionary
from fintech2021._core.rows import by_key
from fintech2021._core.words import CHINESE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EVERY = [(name, version) for name in catalog.datasets() for version in catalog.versions(name)]
LONGEST = 2_000


class Page(HTMLParser):
    """The tags, attributes and text of a piece of HTML; every tag has to be closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page(shown: Any) -> Page:
    found = Page(shown._repr_html_())
    assert found.open == []
    assert set(found.attributes) <= {"style"}, "it asks for something from elsewhere"
    assert not {"a", "script", "link", "img", "iframe", "style"} & set(found.tags)
    return found


def of_a_dataset(name: str, version: str) -> Iterator[object]:
    descriptor = ft.info(name, version)
    yield descriptor
    for column in descriptor.columns:
        yield from (column, column.labels, column.labels_en, column.printed_as, column.derivation)
        for key in list(by_key(descriptor))[:3]:
            yield ft.source(name, key, column.name, version=version)
    yield ft.diff(name, catalog.versions(name)[0], version)
    yield ft.pinned(**{name: version})


@pytest.mark.parametrize(("name", "version"), EVERY)
def test_no_representation_of_a_result_is_long(name: str, version: str) -> None:
    for shown in of_a_dataset(name, version):
        assert len(repr(shown)) <= LONGEST
        assert "object at 0x" not in repr(shown)
        assert "\n" not in repr(shown)


@pytest.mark.parametrize("name", catalog.datasets())
def test_no_representation_of_a_record_is_long(name: str) -> None:
    records = getattr(ft, ft.info(name).record).all()
    assert max(len(repr(record)) for record in records) <= LONGEST


def of_claims() -> Iterator[object]:
    for judged in judgements():
        claim = ft.claim(judged.claim_id)
        yield claim
        yield from claim.operands
        yield from (cell for operand in claim.operands for cell in operand.cells[:3])


def test_no_representation_of_a_claim_is_long() -> None:
    assert max(len(repr(shown)) for shown in of_claims()) <= LONGEST


@pytest.mark.parametrize("edition", catalog.editions())
def test_a_pin_says_what_it_pins(edition: str) -> None:
    pin = ft.pinned(edition)
    assert repr(pin) == f"<pinned({edition!r}): {len(pin.pins)} datasets>"
    assert "banks" in page(pin).text


def test_what_is_only_counted_is_short_too() -> None:
    many = tuple((line, 0, "5") for line in range(10_000))
    assert repr(ft.Coverage(tokens=20_000, tied=1, explained=9_999, open=many)) == (
        "<Coverage 0.5000: 20000 numeric tokens, 10000 open>"
    )
    faults = ("moved",) * 10_000
    assert repr(ft.Verification(datasets=1, cells=1, places=1, faults=faults)) == (
        "<Verification 1 places: 10000 faults>"
    )


@pytest.mark.parametrize("name", catalog.datasets())
def test_a_notebook_shows_a_table_with_titles_in_both_languages(name: str) -> None:
    descriptor = ft.info(name)
    found = page(descriptor)
    assert "table" in found.tags
    assert descriptor.title_en in found.text
    assert descriptor.title_zh in found.text
    record = getattr(ft, descriptor.record).all()[0]
    assert descriptor.columns[0].title_zh in page(record).text


SHOWN: dict[str, Any] = {
    "source": lambda: ft.source("banks", "icbc", "tech_spend_cny"),
    "source, not printed": lambda: ft.source("banks", "icbc", "name_en"),
    "diff": lambda: ft.diff("virtual_banks", "1.0.0", "2.0.0"),
    "diff, nothing": lambda: ft.diff("banks", "1.0.0", "1.0.0"),
    "claim": lambda: ft.claim("public_cloud_segments"),
    "operand": lambda: ft.claim("public_cloud_segments").operands[0],
    "cell": lambda: ft.claim("public_cloud_segments").operands[0].cells[0],
    "column": lambda: ft.info("observations").column("segment"),
    "pinned": lambda: ft.pinned("2026.1"),
    "coverage": lambda: ft.Coverage(tokens=4, tied=2, explained=1, open=((7, 0, "5"),)),
    "verification": lambda: ft.Verification(datasets=1, cells=1, places=1, faults=("moved",)),
}


@pytest.mark.parametrize("name", SHOWN)
def test_every_result_is_shown_in_a_notebook_without_asking_elsewhere(name: str) -> None:
    assert page(SHOWN[name]()).text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["source", "source, not printed", "diff", "claim", "coverage"])
def test_a_card_is_told_in_one_language(name: str, language: str) -> None:
    text = as_text(card_of(SHOWN[name](), language))
    mine, other = (CHINESE.values(), CHINESE) if language == "zh" else (CHINESE, CHINESE.values())
    words = {line.split("  ")[1] for line in text.splitlines() if line.startswith("  ")}
    assert words & set(mine)
    assert not words & (set(other) - set(mine))


def test_a_place_is_told_in_chinese() -> None:
    lines = as_text(card_of(SHOWN["source"](), "zh")).splitlines()
    assert lines[:3] == ["banks 1.0.1 | icbc | tech_spend_cny", "科技投入", "Technology spending"]
    assert lines[-2].split() == ["行号", "起始字符", "原文字符", "倍数", "章节"]
    assert lines[-1].split()[:4] == ["1641", "5", "238.19", "100000000"]


def test_a_long_table_is_cut_in_a_notebook_and_says_so() -> None:
    found = Page(as_html(Card("t", rows=[[n] for n in range(100)], head=("value",))))
    assert found.tags.count("tr") == 31
    assert "… 70" in found.text


def test_what_stands_in_a_cell_is_no_html() -> None:
    html = as_html(Card("<b>", ("<i>",), (("value", "<script>"),), ("value",), [["<u>"]]))
    assert Page(html).tags.count("b") == 0
    assert "&lt;script&gt;" in html
    assert "&lt;u&gt;" in html


def test_a_representation_has_one_line_and_an_end() -> None:
    assert brief("Thing a\nb", "c" * 10_000).count("\n") == 0
    assert len(brief("Thing" * 10_000)) < LONGEST
    assert brief("Thing") == "<Thing>"


def test_lines_are_aligned_also_where_they_are_chinese() -> None:
    lines = aligned([["银行", "x"], ["b", "y"]])
    assert lines == ["银行  x", "b     y"]
    assert len({width(line[:-1]) for line in lines}) == 1


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("name", "version"), EVERY)
def test_printing_a_description_tells_all_that_is_known(
    name: str, version: str, language: str
) -> None:
    it = ft.info(name, version)
    text = dictionary(it, language)
    flat = "".join(text.split())
    told = [it.title_en, it.title_zh, it.sha256, *it.primary_key, *it.sources, *it.versions[:0]]
    told += (it.caveats_zh if language == "zh" else it.caveats) or it.caveats
    for column in it.columns:
        chinese = language == "zh" and bool(column.description_zh)
        told += [column.name, column.title_en, column.title_zh, column.references or ""]
        told.append(str(column.description_zh) if chinese else column.description)
        told += [*column.enum, *column.labels.values(), *column.labels_en.values()]
        if not column.required:
            told.append((language == "zh" and column.missing_zh) or column.missing or "")
    assert [each for each in told if "".join(each.split()) not in flat] == []


def test_printing_is_what_the_dictionary_says_in_english() -> None:
    assert str(ft.info("banks")) == dictionary(ft.info("banks"))
    assert str(ft.info("banks").column("bank_type")).splitlines()[-1].split()[0] == "joint_stock"


POINTER = {"dataset", "version", "sha256", "edition", "pin"}


@pytest.mark.parametrize("name", catalog.datasets())
def test_a_frame_says_in_few_words_what_it_is(name: str) -> None:
    pointer = ft.load(name).attrs["fintech2021"]
    assert pointer.keys() == POINTER
    assert len(json.dumps(pointer)) < 300


@pytest.mark.parametrize("name", ["banks", "cross_checks", "audit", "pinned"])
def test_what_a_frame_is_survives_parquet(name: str, tmp_path: Path) -> None:
    made: dict[str, Any] = {
        "banks": ft.load_banks,
        "cross_checks": ft.cross_check,
        "audit": ft.audit,
        "pinned": lambda: ft.load_banks(version="1.0.0"),
    }
    frame = made[name]()
    frame.to_parquet(tmp_path / "frame.parquet")
    again = pd.read_parquet(tmp_path / "frame.parquet")
    assert again.attrs == frame.attrs
    pd.testing.assert_frame_equal(again, frame)


def test_an_arrow_table_says_what_it_is_and_keeps_it_in_parquet(tmp_path: Path) -> None:
    table = ft.load_banks(backend="pyarrow")
    parquet.write_table(table, tmp_path / "banks.parquet")
    again = parquet.read_table(tmp_path / "banks.parquet")
    assert again.equals(table)
    for each in (table, again):
        pointer = json.loads(each.schema.metadata[b"fintech2021"])
        assert pointer == ft.load_banks().attrs["fintech2021"]
