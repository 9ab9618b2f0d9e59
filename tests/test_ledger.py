from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

import fintech2021 as ft
from fintech2021._core import catalog, store
from fintech2021._core.descriptor import Repair
from fintech2021._core.rows import by_key
from fintech2021._evidence import places as provenance
from fintech2021._evidence import source_text
from fintech2021.tables.source_tokens import TokenKind

if TYPE_CHECKING:
    from pathlib import Path

    from fintech2021._evidence.places import Place

TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


def digest_of_the_source() -> str:
    (report,) = (source for source in ft.Source.all() if source.kind == "report")
    assert report.sha256
    return report.sha256


def test_every_number_of_the_source_text_is_tied_or_explained(source_path: Path) -> None:
    found = ft.coverage(source_path)
    assert (found.tokens, found.ratio, found.open) == (984, 1.0, ())
    assert found.tied + found.explained == 984
    assert found.tied == sum(token.dataset is not None for token in ft.SourceToken.all())


def test_the_ledger_has_just_the_numbers_of_the_source_text(source_lines: list[str]) -> None:
    found = [
        (number, match.start(), match.group())
        for number, line in enumerate(source_lines, start=1)
        for match in TOKEN.finditer(line)
    ]
    assert [(token.line, token.start, token.token) for token in ft.SourceToken.all()] == found


def test_coverage_prints_for_reading(source_path: Path) -> None:
    assert re.fullmatch(
        r"coverage 1\.0000: 984 numeric tokens, \d+ tied to a cell, \d+ explained, 0 open",
        str(ft.coverage(str(source_path))),
    )


def test_a_number_that_the_ledger_does_not_have_is_open(
    source_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = source_text._read(source_path)
    monkeypatch.setattr(source_text, "_read", lambda _: [*lines, "then 12,345.6 and 7"])
    found = ft.coverage(source_path)
    more = len(lines) + 1
    assert found.open == ((more, 5, "12,345.6"), (more, 18, "7"))
    assert found.ratio == 984 / 986
    assert str(found).splitlines()[1:] == [
        f"  open: line {more}, start 5: 12,345.6",
        f"  open: line {more}, start 18: 7",
    ]


def test_every_cited_place_agrees_with_the_source_text(source_path: Path) -> None:
    found = ft.verify(source_path)
    assert found.faults == ()
    assert found.datasets == len(catalog.datasets())
    cited = [provenance.places(catalog.load_descriptor(name)) for name in catalog.datasets()]
    assert found.cells == sum(map(len, cited))
    assert found.places == sum(len(group) for groups in cited for group in groups.values())
    assert str(found).endswith("places: all agree")


@pytest.mark.parametrize("check", [ft.coverage, ft.verify])
def test_a_changed_copy_is_refused_and_both_digests_are_named(
    check: Any, source_path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.txt"
    content = source_path.read_bytes()
    assert b"238.19" in content
    copy.write_bytes(content.replace(b"238.19", b"238.20"))
    with pytest.raises(ft.SourceTextError) as caught:
        check(copy)
    assert str(copy) in str(caught.value)
    assert digest_of_the_source() in str(caught.value)
    assert store.digest(copy.read_bytes()) in str(caught.value)


@pytest.mark.parametrize("check", [ft.coverage, ft.verify])
def test_other_line_ends_are_another_text(check: Any, source_path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(source_path.read_bytes().replace(b"\n", b"\r\n"))
    with pytest.raises(ft.SourceTextError, match="is not the source text"):
        check(copy)


@pytest.mark.parametrize("check", [ft.coverage, ft.verify])
@pytest.mark.parametrize("name", ["missing.txt", "", "nul\0"])
def test_a_text_that_cannot_be_read_is_said(check: Any, name: str, tmp_path: Path) -> None:
    with pytest.raises(ft.SourceTextError, match="The source text cannot be read from"):
        check(tmp_path / name)


@pytest.mark.parametrize("check", [ft.coverage, ft.verify])
def test_what_is_no_path_is_said(check: Any) -> None:
    with pytest.raises(ft.SourceTextError, match="cannot be read from None"):
        check(None)


LINES = ["once upon a time", "the 35,400 people of icbc", "of 35400 people"]
CELL = ("icbc", "tech_staff")


def faults(monkeypatch: pytest.MonkeyPatch, version: str, *group: Place) -> list[str]:
    """Return the faults of a version whose only place is the given one, in a made-up text."""
    for module in (provenance, source_text):
        monkeypatch.setattr(module, "places", lambda _: {CELL: group})
    return list(source_text._faults(ft.info("banks", version), LINES))


def place(line: int, start: int, printed: str) -> Place:
    return ft.Place(line, start, printed, Decimal(1), "A section")


def test_characters_that_stand_at_their_place_are_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(monkeypatch, "1.0.0", place(2, 4, "35,400")) == []
    assert faults(monkeypatch, "1.0.0", place(2, 4, "35,"), place(2, 7, "400")) == []


def test_a_place_that_is_moved_by_one_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(monkeypatch, "1.0.0", place(2, 5, "35,400")) == [
        "banks 1.0.0 | icbc | tech_staff: line 2 has '5,400 ' at 5, not '35,400'"
    ]
    assert faults(monkeypatch, "1.0.0", place(1, 4, "35,400")) == [
        "banks 1.0.0 | icbc | tech_staff: line 1 has ' upon ' at 4, not '35,400'"
    ]


def test_a_value_that_its_characters_do_not_say_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(monkeypatch, "1.0.0", place(3, 3, "3540")) == [
        "banks 1.0.0 | icbc | tech_staff: is '35400', printed '3540' × 1, repair None"
    ]


@pytest.mark.usefixtures("three_banks")
def test_a_repaired_value_is_no_fault_while_its_characters_say_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert faults(monkeypatch, "2.0.0", place(3, 3, "35400")) == []


def test_a_repair_of_what_the_characters_say_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (provenance, source_text):
        monkeypatch.setattr(module, "places", lambda _: {CELL: (place(3, 3, "35400"),)})
    idle = replace(ft.info("banks", "1.0.0"), repairs=(Repair(*CELL, "made_up"),))
    assert list(source_text._faults(idle, LINES)) == [
        "banks 1.0.0 | icbc | tech_staff: is '35400', printed '35400' × 1, repair made_up"
    ]


@pytest.mark.usefixtures("three_banks")
def test_a_repaired_value_differs_from_its_characters_and_its_origin_says_so() -> None:
    descriptor = ft.info("banks", "2.0.0")
    assert not provenance.agrees(descriptor, *CELL, "35402")
    assert provenance.agrees(descriptor, *CELL, "35400")
    found = ft.source("banks", *CELL)
    assert (found.value, found.printed, found.repair) == (35402, "35400", "made_up")
    assert "  repaired: see erratum made_up" in str(found).splitlines()
    assert "repaired" not in str(ft.source("banks", *CELL, version="1.0.0"))


def test_faults_are_counted_and_listed() -> None:
    found = ft.Verification(datasets=1, cells=2, places=3, faults=("one", "other"))
    assert str(found).splitlines() == [
        "1 datasets, 2 printed cells at 3 places: 2 faults",
        "  one",
        "  other",
    ]


TOKENS = ft.SourceToken.all()
TIED = [token for token in TOKENS if token.dataset is not None]


def test_every_value_and_every_date_is_tied_to_a_cell() -> None:
    assert [
        token
        for token in TOKENS
        if token.kind in {TokenKind.VALUE, TokenKind.DATE} and token.dataset is None
    ] == []


def test_what_is_not_tied_has_a_reason() -> None:
    assert [token for token in TOKENS if token.dataset is None and not token.reason] == []


def stands_in(token: ft.SourceToken, group: tuple[Place, ...]) -> bool:
    """Tell whether a token lies inside one of the places of a cell."""
    end = token.start + len(token.token)
    return any(
        place.line == token.line
        and place.start <= token.start
        and end <= place.start + len(place.printed)
        for place in group
    )


def test_every_tied_token_lies_inside_a_place_of_its_cell_or_has_a_reason() -> None:
    assert [
        token
        for token in TIED
        if not token.reason
        and not stands_in(
            token,
            provenance.places(catalog.load_descriptor(str(token.dataset))).get(
                (str(token.key), str(token.column)), ()
            ),
        )
    ] == []


def test_every_tied_token_names_a_cell_that_is_there() -> None:
    for token in TIED:
        assert (
            str(token.column) in by_key(catalog.load_descriptor(str(token.dataset)))[str(token.key)]
        )


def test_a_coverage_is_a_number_between_nothing_and_all() -> None:
    found = source_text.Coverage(tokens=4, tied=2, explained=1, open=((1, 0, "9"),))
    assert float(found) == found.ratio == 0.75
