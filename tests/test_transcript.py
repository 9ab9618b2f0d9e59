from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tools.freezing import tidy, verdicts
from tools.freezing.freeze import Workspace
from tools.freezing.transcript import FreezeError, TranscribedPlace, Transcript, rank, section
from tools.models import models

import fintech2021 as ft
from fintech2021._audit.verdict import Judgement
from fintech2021._core.rows import read_table, write_table

if TYPE_CHECKING:
    from pathlib import Path

BANKS: Any = models()["banks"]
FOLDER = Workspace().transcription
KEY, STAFF = "icbc", "tech_staff"


@pytest.fixture
def banks() -> Transcript:
    return Transcript.read(FOLDER / "banks", "1.0.0")


def row(transcript: Transcript, key: str) -> list[str]:
    return next(row for row in transcript.rows if row[0] == key)


def set_cell(transcript: Transcript, column: str, text: str, key: str = KEY) -> None:
    row(transcript, key)[transcript.header.index(column)] = text


def move_place(transcript: Transcript, column: str, **changes: str) -> None:
    at = [(place.key, place.column) for place in transcript.places].index((KEY, column))
    transcript.places[at] = transcript.places[at]._replace(**changes)


def refused(transcript: Transcript, model: Any = BANKS) -> str:
    with pytest.raises(FreezeError) as caught:
        transcript.checked(model, Workspace().rows)
    assert all(line.startswith(transcript.name) for line in str(caught.value).splitlines()[:1])
    return str(caught.value)


@pytest.mark.parametrize("name", models())
def test_every_transcription_keeps_every_rule(name: str) -> None:
    folder = FOLDER / name
    transcript = Transcript.read(folder, Workspace().newest(name))
    table, provenance = transcript.checked(models()[name], Workspace().rows)
    assert (table, provenance) == (transcript.table(), transcript.provenance())


def test_a_missing_column_is_refused(banks: Transcript) -> None:
    short = replace(banks, header=banks.header[:-1])
    assert "the columns are" in refused(short)


def test_columns_in_another_order_are_refused(banks: Transcript) -> None:
    assert "the columns are" in refused(replace(banks, header=banks.header[::-1]))


def test_a_duplicate_key_is_refused(banks: Transcript) -> None:
    banks.rows.insert(1, banks.rows[0])
    assert "the key abc stands twice" in refused(banks)


def test_rows_out_of_order_are_refused(banks: Transcript) -> None:
    banks.rows[0], banks.rows[1] = banks.rows[1], banks.rows[0]
    assert "rows are not in the order of their key: ('abc',)" in refused(banks)


@pytest.mark.parametrize("text", ["35,400", " 35400", "35400.0", "many"])
def test_a_malformed_cell_is_refused(banks: Transcript, text: str) -> None:
    set_cell(banks, STAFF, text)
    assert f"icbc: {text!r} is not a well-formed integer" in refused(banks)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("bank_type", "foreign"),
        ("tech_staff_pct", "101"),
        ("fiscal_year", "1066"),
        ("name_en", ""),
        ("bank_id", "ICBC"),
    ],
)
def test_a_value_that_the_record_refuses_is_refused(
    banks: Transcript, column: str, text: str
) -> None:
    set_cell(banks, column, text)
    assert column in refused(banks)


def test_a_cell_that_is_not_what_is_printed_is_refused(banks: Transcript) -> None:
    set_cell(banks, STAFF, "35401")
    assert "icbc: tech_staff is '35401', but line 1641 prints '35400'" in refused(banks)


def test_a_wrong_scale_is_refused(banks: Transcript) -> None:
    move_place(banks, "tech_spend_cny", scale="10000")
    assert "and the scale is 10000" in refused(banks)


def test_printed_characters_that_are_no_number_are_refused(banks: Transcript) -> None:
    move_place(banks, STAFF, printed="many")
    assert "'many' is not a printed number" in refused(banks)


def test_a_printed_cell_without_a_place_is_refused(banks: Transcript) -> None:
    without = [place for place in banks.places if (place.key, place.column) != (KEY, STAFF)]
    assert "icbc: tech_staff is printed but has no place" in refused(replace(banks, places=without))


def test_a_place_of_no_row_is_refused(banks: Transcript) -> None:
    stray = TranscribedPlace("zzz", STAFF, "1", "1641", "0", "1", "1")
    assert "a place is given for zzz, which is no row" in refused(
        replace(banks, places=[*banks.places, stray])
    )


def test_a_place_of_no_column_is_refused(banks: Transcript) -> None:
    stray = TranscribedPlace("spdb", "zzz", "1", "1641", "0", "1", "1")
    assert "a place is given for zzz, which is no column" in refused(
        replace(banks, places=[*banks.places, stray])
    )


def test_places_out_of_order_are_refused(banks: Transcript) -> None:
    backwards = replace(banks, places=banks.places[::-1])
    assert "the places are not in the order of key, column and part" in refused(backwards)


@pytest.mark.parametrize("column", ["part", "line", "start", "scale"])
@pytest.mark.parametrize("text", ["", "x", "-", "1.5.2", "½"])
def test_a_malformed_place_is_refused(banks: Transcript, column: str, text: str) -> None:
    move_place(banks, STAFF, **{column: text})
    assert "part, line, start or scale is malformed" in refused(banks)


def test_every_fault_is_reported_at_once(banks: Transcript) -> None:
    set_cell(banks, STAFF, "many")
    set_cell(banks, "bank_type", "foreign", key="abc")
    assert {"icbc", "abc"} <= {
        line.split(":")[1].strip() for line in refused(banks).splitlines() if ":" in line
    }


def test_a_place_is_published_with_the_part_of_the_report(banks: Transcript) -> None:
    header, rows = read_table(banks.provenance())
    assert header[-1] == "section"
    assert {line[-1] for line in rows} == {"Banking: technology spending"}


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (1, "Preface"),
        (57, "Preface"),
        (58, "Part 1: development of fintech"),
        (1641, "Banking: technology spending"),
        (99999, "Outlook: trends 9 and 10"),
    ],
)
def test_a_line_belongs_to_the_part_that_began_last(line: int, title: str) -> None:
    assert section(line) == title


LINES = ["", "工商银行 238.19 2.70%", "1,238.19 238.19", "12 12"]


def place(**changes: str) -> dict[str, str]:
    given = {"key": "icbc", "column": "tech_staff", "part": "", "line": "2", "start": ""}
    return given | {"printed": "238.19", "scale": ""} | changes


def test_a_place_without_a_start_is_looked_up_in_its_line() -> None:
    settled = tidy._settled(place(), LINES)
    assert (settled["start"], settled["part"], settled["scale"]) == ("5", "1", "1")


def test_a_start_that_is_given_stays() -> None:
    assert tidy._settled(place(start="3"), LINES)["start"] == "3"


def test_a_number_within_a_longer_one_is_not_a_place() -> None:
    assert tidy._settled(place(printed="70", line="2"), ["", "1270 70.5 70"])["start"] == "10"


@pytest.mark.parametrize("changes", [{"line": "4", "printed": "12"}, {"printed": "999"}])
def test_characters_that_do_not_stand_just_once_are_refused(changes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"stands [02] times"):
        tidy._settled(place(**changes), LINES)


def test_settling_brings_a_shuffled_transcription_into_its_order(tmp_path: Path) -> None:
    original = Transcript.read(FOLDER / "banks", "1.0.0")
    folder, text = tmp_path / "banks", tmp_path / "source.txt"
    folder.mkdir()
    text.write_text("", "utf-8")
    shuffled = [list(place) for place in original.places[::-1]]
    (folder / "1.0.0.csv").write_bytes(write_table(original.header, original.rows[::-1]))
    (folder / "1.0.0.provenance.csv").write_bytes(write_table(tidy.HEADER, shuffled))
    tidy.tidy(folder, "1.0.0", text)
    settled = Transcript.read(folder, "1.0.0")
    assert (settled.rows, settled.places) == (original.rows, original.places)


def test_settling_without_places_makes_an_empty_file_of_places(tmp_path: Path) -> None:
    folder, text = tmp_path / "sandbox_projects", tmp_path / "source.txt"
    folder.mkdir()
    text.write_text("", "utf-8")
    table = (FOLDER / "sandbox_projects" / "1.0.0.csv").read_bytes()
    (folder / "1.0.0.csv").write_bytes(table)
    tidy.tidy(folder, "1.0.0", text)
    assert (folder / "1.0.0.csv").read_bytes() == table
    assert read_table((folder / "1.0.0.provenance.csv").read_bytes())[1] == []


def test_the_transcription_is_what_is_packaged() -> None:
    for name, model in models().items():
        version = Workspace().newest(name)
        assert Transcript.read(FOLDER / name, version).table() == ft.info(name, version).content
        assert model.table.name == name


@pytest.fixture
def spending() -> Transcript:
    return Transcript.read(FOLDER / "bank_technology", "1.0.0")


SPENDING: Any = models()["bank_technology"]


def in_row(transcript: Transcript, key: str, column: str, text: str) -> None:
    bank, year = key.split("|")
    header = transcript.header
    at = [header.index(name) for name in ("bank_id", "fiscal_year")]
    (found,) = (row for row in transcript.rows if [row[i] for i in at] == [bank, year])
    found[header.index(column)] = text


def test_a_row_of_the_report_needs_the_places_of_its_cells(spending: Transcript) -> None:
    in_row(spending, "icbc|2019", "evidence", "report")
    assert "icbc|2019: tech_spend_cny is printed but has no place" in refused(spending, SPENDING)


def test_a_row_of_the_report_says_what_is_printed(spending: Transcript) -> None:
    in_row(spending, "icbc|2020", "tech_spend_cny", "23819000001")
    assert "but line 1641 prints '238.19'" in refused(spending, SPENDING)


def test_a_row_of_pages_has_no_places(spending: Transcript) -> None:
    in_row(spending, "icbc|2020", "evidence", "two_pages")
    faults = refused(spending, SPENDING)
    assert (
        "icbc|2020: tech_spend_cny has a place, but the evidence of the row is two_pages" in faults
    )


def test_a_row_of_pages_names_them(spending: Transcript) -> None:
    in_row(spending, "icbc|2019", "source_ids", "")
    faults = refused(spending, SPENDING)
    assert "icbc|2019: the evidence is one_page, but source_ids names no page" in faults


def test_years_of_periods_are_sorted_as_text_and_numbers_by_size() -> None:
    results = models()["virtual_bank_results"]
    row = {"bank_id": "za_bank", "period": "2022", "measure": "loss"}
    assert rank(row, results) == ("za_bank", "2022", "loss")
    assert rank({"bank_id": "icbc", "fiscal_year": "2019"}, SPENDING) == ("icbc", 2019)


def test_verdicts_are_transcribed_in_their_order_with_empty_cells_for_open_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = Judgement._fields
    open_: list[Any] = [None] * (len(fields) - 1)
    made = [Judgement(name, *open_) for name in ("b", "a")]
    monkeypatch.setattr(verdicts, "judgements", lambda: made)
    verdicts.write("9.0.0", tmp_path / "verdicts")
    header, rows = read_table((tmp_path / "verdicts" / "9.0.0.csv").read_bytes())
    assert header == [*fields]
    assert rows == [[name, *[""] * (len(fields) - 1)] for name in ("a", "b")]
    places = read_table((tmp_path / "verdicts" / "9.0.0.provenance.csv").read_bytes())
    assert places == ([*TranscribedPlace._fields], [])


def test_a_row_says_the_line_of_its_place() -> None:
    errata = Transcript.read(FOLDER / "errata", "2.0.0")
    at = errata.header.index("line")
    errata.rows[0][at] = "1"
    line = next(place.line for place in errata.places if place.key == errata.rows[0][0])
    expected = f"{errata.rows[0][0]}: the line is 1, its place is {line}"
    assert expected in refused(errata, models()["errata"])
