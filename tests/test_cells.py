from __future__ import annotations

import string
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintech2021 import YearMonth
from fintech2021._core.kinds import KINDS, parse
from fintech2021._core.rows import read_table, write_table

LINES = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=1).filter(
    lambda text: text == text.strip()
)
ITEMS = st.lists(LINES.map(lambda text: text.replace(";", ",")), min_size=1)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "string": LINES,
    "integer": st.integers(),
    "number": st.decimals(allow_nan=False, allow_infinity=False, places=3),
    "boolean": st.booleans(),
    "date": st.dates(),
    "yearmonth": st.builds(YearMonth, st.integers(1, 9999), st.integers(1, 12)),
    "list": ITEMS.map(tuple),
}
REFUSED = {
    "string": [" ", " a", "a ", "a\nb", "a\rb", "\ta", "a\u3000", "a\n"],
    "integer": [
        "1_0",
        " 5",
        "5 ",
        "+5",
        "05",
        "-0",
        "5.0",
        "1e3",
        "1,000",
        "５",
        "٣",
        "",
        "0x1",
        "5\n",
    ],
    "number": [
        "1_0.5",
        " 5",
        ".5",
        "5.",
        "+5",
        "05",
        "1e3",
        "1,000",
        "nan",
        "inf",
        "５",
        "1.5\n",
        "--1",
    ],
    "boolean": ["True", "FALSE", "yes", "1", "0", "t", " true", "true\n"],
    "date": ["2020-1-2", "20200102", "2020-13-01", "2020-02-30", "2020-01-02T00:00", "２020-01-02"],
    "yearmonth": ["2020-1", "2020-13", "2020-00", "202001", "2020", "2020-01-01", "2020-01\n"],
    "list": [";", "a;", ";a", "a;;b", " a;b", "a; b", "a ;b", "a\nb;c", "a\rb", " "],
}


def _spelled(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ";".join(value) if type(value) is tuple else str(value)


def test_every_type_has_values_and_refused_texts_here() -> None:
    assert VALUES.keys() == REFUSED.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_cell_is_missing_in_every_type(kind: str) -> None:
    assert parse("", kind) is None


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in REFUSED.items() for text in texts if text]
)
def test_a_text_that_is_not_just_as_it_must_be_spelled_is_refused(kind: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"well-formed|month|day|isoformat"):
        parse(text, kind)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("string", "NA", "NA"),
        ("string", "null", "null"),
        ("string", "工商银行", "工商银行"),
        ("integer", "-7", -7),
        ("number", "2.70", Decimal("2.70")),
        ("boolean", "false", False),
        ("boolean", "true", True),
        ("date", "2020-03-24", date(2020, 3, 24)),
        ("yearmonth", "2015-11", YearMonth(2015, 11)),
        ("list", "a", ("a",)),
        ("list", "小米金融;尚乘集团", ("小米金融", "尚乘集团")),
    ],
)
def test_a_well_formed_text_is_its_value(kind: str, text: str, value: object) -> None:
    found = parse(text, kind)
    assert found == value
    assert type(found) is type(value)


def test_a_number_keeps_the_digits_that_are_printed() -> None:
    assert str(parse("2.70", "number")) == "2.70"


@given(st.data(), st.sampled_from(sorted(VALUES)))
def test_every_value_reads_back_from_its_text(data: st.DataObject, kind: str) -> None:
    value = data.draw(VALUES[kind])
    assert parse(_spelled(value), kind) == value


@given(st.text(string.printable + "银行０１", max_size=12), st.sampled_from(sorted(VALUES)))
def test_any_text_is_a_value_that_is_spelled_so_or_a_value_error(text: str, kind: str) -> None:
    try:
        value = parse(text, kind)
    except ValueError:
        return
    assert value is None or kind == "number" or _spelled(value) == text


@given(st.lists(st.lists(LINES | st.just(""), min_size=2, max_size=2)))
def test_a_table_of_any_admitted_texts_reads_back(rows: list[list[str]]) -> None:
    content = write_table(["a", "b"], rows)
    assert read_table(content) == (["a", "b"], rows)


def test_a_table_is_written_with_line_feeds_and_the_fewest_quotes() -> None:
    content = write_table(["id", "note"], [["一", "a,b"], ["b", '"'], ["c", ""]])
    assert content == 'id,note\n一,"a,b"\nb,""""\nc,\n'.encode()
