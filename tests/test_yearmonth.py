from __future__ import annotations

from datetime import date
from typing import Any

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintech2021 import YearMonth

MONTHS = st.builds(YearMonth, st.integers(1, 9999), st.integers(1, 12))
ADAPTER = pydantic.TypeAdapter(YearMonth)


@given(MONTHS)
def test_a_month_reads_back_from_its_text(month: YearMonth) -> None:
    assert YearMonth.parse(str(month)) == month


@given(MONTHS, MONTHS)
def test_months_are_ordered_in_time_as_their_texts_are(one: YearMonth, other: YearMonth) -> None:
    assert (one < other) == (str(one) < str(other)) == (one.first_day() < other.first_day())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2015",
        "2015-1",
        "2015-00",
        "2015-13",
        "2015-11-01",
        " 2015-11",
        "2015-11\n",
        "２０１５-11",
    ],
)
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a month; expected YYYY-MM"):
        YearMonth.parse(text)


def test_the_first_day_is_a_date() -> None:
    assert YearMonth(2015, 11).first_day() == date(2015, 11, 1)


def test_a_month_is_immutable_and_hashable() -> None:
    month = YearMonth(2015, 11)
    with pytest.raises(AttributeError):
        month.year = 2016  # type: ignore[misc]
    assert {month: 1}[YearMonth(2015, 11)] == 1


@pytest.mark.parametrize("value", ["2015-11", YearMonth(2015, 11)])
def test_pydantic_takes_a_month_or_its_text(value: object) -> None:
    assert ADAPTER.validate_python(value) == YearMonth(2015, 11)


@pytest.mark.parametrize("value", [(2015, 11), date(2015, 11, 1), 201511, None, "2015-13"])
def test_pydantic_takes_nothing_else(value: object) -> None:
    with pytest.raises(pydantic.ValidationError, match="is not a month"):
        ADAPTER.validate_python(value)


def test_a_month_is_its_text_in_json_both_ways() -> None:
    text = ADAPTER.dump_json(YearMonth(2015, 11))
    assert text == b'"2015-11"'
    assert ADAPTER.validate_json(text) == YearMonth(2015, 11)


def test_the_json_schema_of_a_month_is_a_text_with_a_pattern() -> None:
    schema = ADAPTER.json_schema()
    assert schema["type"] == "string"
    assert "pattern" in schema


@pytest.mark.parametrize(("year", "month"), [(2020, 0), (2020, 13), (-1, 1), (10_000, 1)])
def test_there_is_no_such_month(year: int, month: int) -> None:
    with pytest.raises(ValueError, match="there is no month"):
        YearMonth(year, month)


@pytest.mark.parametrize("thing", [None, 202001, b"2020-01"])
def test_only_text_is_parsed(thing: Any) -> None:
    with pytest.raises(ValueError, match="is not a month"):
        YearMonth.parse(thing)
