"""The generated page about the audit, and its picture."""

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from tools.writing import audit_page, audit_picture
from tools.writing.audit_picture import Row, compact, picture

from fintech2021._audit import verdict as auditing
from fintech2021.tables.vocabulary import VerdictKind

PAGE = audit_page.page()
JUDGED = auditing.judgements()
SVG = "{http://www.w3.org/2000/svg}"
D = Decimal


def drawn(*rows: Row) -> ET.Element:
    return ET.fromstring(picture(rows))  # noqa: S314  # It was made a line above.


def texts(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def bars(root: ET.Element, side: str) -> list[tuple[int, int]]:
    """Return the left and right ends of the bars of one side, that of the legend aside."""
    found = [each for each in root.iter(f"{SVG}rect") if each.get("class") == side][1:]
    return [
        (int(bar.attrib["x"]), int(bar.attrib["x"]) + int(bar.attrib["width"])) for bar in found
    ]


def test_the_page_lists_every_claim_with_its_verdict_and_what_fails_first() -> None:
    rows = [line for line in PAGE.split("## All claims")[1].splitlines() if line.startswith("| `")]
    listed = {line.split("`")[1]: line.rsplit(" | ", 1)[1].removesuffix(" |") for line in rows}
    assert listed == {found.claim_id: found.verdict for found in JUDGED}
    order = ["fails", "vacuous", "holds"]
    assert [*listed.values()] == sorted(listed.values(), key=order.index)


@pytest.mark.parametrize(
    ("heading", "verdict"), [("## What fails", "fails"), ("## What cannot fail", "vacuous")]
)
def test_the_page_explains_what_fails_and_what_cannot_with_an_erratum(
    heading: str, verdict: str
) -> None:
    table = PAGE.split(heading)[1].split("\n## ")[0].splitlines()
    rows = {line.split("(`")[1].split("`)")[0]: line for line in table if "(`" in line}
    assert rows.keys() == {found.claim_id for found in JUDGED if found.verdict == verdict}
    assert [key for key in rows if verdict == "fails" and rows[key].endswith("|  |  |")] == []


def test_what_fails_comes_before_the_rules() -> None:
    headings = [line for line in PAGE.splitlines() if line.startswith("## ")]
    assert headings[:3] == ["## What fails", "## What cannot fail", "## How figures are read"]


def test_the_counts_are_apart_by_who_asserts_and_add_up_to_all_claims() -> None:
    rows = [*audit_page._counts()]
    told = auditing.counts(JUDGED)
    for by in ("report", "library"):
        assert sum(int(str(row[-1])) for row in rows if row[0] == by) == sum(told[by].values())
    assert f"of {sum(told['report'].values())} claims that the report asserts" in PAGE
    assert f"of {sum(told['library'].values())} claims that this library asserts" in PAGE


def test_the_page_shows_the_picture() -> None:
    assert "](audit.svg)" in PAGE


def test_an_end_without_a_bound_is_left_open() -> None:
    assert audit_page._interval(D(1), None) == "1 …"
    assert audit_page._interval(None, D(1)) == "… 1"
    assert audit_page._interval(None, None) == "anything"


def test_of_many_lines_the_first_and_the_last_are_shown() -> None:
    assert audit_page._lines("1;2;3") == "1, 2, 3"
    assert audit_page._lines("1;2;3;4;5;6;7") == "1 … 7"


def test_the_picture_has_a_title_a_legend_and_every_claim_that_fails() -> None:
    failing = [audit_page._row(found) for found in audit_page._judged(VerdictKind.FAILS)]
    root = drawn(*failing)
    assert root.findtext(f"{SVG}title") == texts(root)[0]
    assert "what the printed figure can stand for" in texts(root)
    assert "what follows from the other figures" in texts(root)
    assert len(bars(root, "printed")) == len(bars(root, "computed")) == len(failing)


def test_the_sides_of_a_claim_that_fails_do_not_overlap() -> None:
    root = drawn(*(audit_page._row(found) for found in audit_page._judged(VerdictKind.FAILS)))
    for one, two in zip(bars(root, "printed"), bars(root, "computed"), strict=True):
        assert one[1] <= two[0] or two[1] <= one[0]


def test_each_row_uses_the_whole_width_of_its_own_scale() -> None:
    rows = [Row("a", (D(0), D(1)), (D(2), D(3))), Row("b", (D(0), D(100)), (D(200), D(300)))]
    root = drawn(*rows)
    assert len(set(bars(root, "printed"))) == len(set(bars(root, "computed"))) == 1
    room = bars(root, "printed")[0][0] - audit_picture.LEFT
    assert room == audit_picture.RIGHT - bars(root, "computed")[0][1]


def test_a_single_number_can_still_be_seen() -> None:
    ((start, end),) = bars(drawn(Row("a", (D(1), D(1)), (D(2), D(2)))), "printed")
    assert end - start == audit_picture.THIN


@pytest.mark.parametrize(
    ("ends", "edge", "words"),
    [
        ((D(5), None), audit_picture.RIGHT, "at least 5"),
        ((None, D(1)), audit_picture.LEFT, "at most 1"),
    ],
)
def test_an_unbounded_side_points_out_of_the_picture(
    ends: tuple[Decimal | None, Decimal | None], edge: int, words: str
) -> None:
    root = drawn(Row("a", ends, (D(2), D(3))))
    (arrow,) = (path for path in root.iter(f"{SVG}path") if path.get("class") == "printed")
    assert arrow.attrib["d"].startswith(f"M{edge} ")
    assert edge in bars(root, "printed")[0]
    assert words in texts(root)


def test_a_statement_keeps_the_characters_that_xml_reads() -> None:
    assert "R&D < 5" in texts(drawn(Row("R&D < 5", (D(1), D(1)), (D(2), D(2)))))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (D("127650000000"), "127.65 bn"),
        (D(3495000), "3.495 m"),
        (D("0.00490171"), "0.00490171"),
        (D("-200.5"), "\N{MINUS SIGN}200.5"),
        (D(300), "300"),
        (D(125000), "125,000"),
        (D("46.1907661969"), "46.1908"),
        (None, "unbounded"),
    ],
)
def test_a_number_is_shown_in_six_digits(number: Decimal | None, text: str) -> None:
    assert compact(number) == text
