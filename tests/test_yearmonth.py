from __future__ import annotations

import json
import pickle
from datetime import date
from typing import Any

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fintech2021 as ft
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
        month.year = 2016
    with pytest.raises(AttributeError):
        del month.year
    with pytest.raises(AttributeError):
        month.day = 1
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


@pytest.mark.parametrize(("year", "month"), [(2020, 0), (2020, 13), (-1, 1), (0, 1), (10_000, 1)])
def test_there_is_no_such_month(year: int, month: int) -> None:
    with pytest.raises(ValueError, match="there is no month"):
        YearMonth(year, month)


def test_a_year_of_any_length_is_refused_in_few_words() -> None:
    with pytest.raises(ValueError, match=r"month 1 of the year an integer of 16610 bits"):
        YearMonth(10**5000, 1)


@pytest.mark.parametrize("thing", [None, 202001, b"2020-01"])
def test_only_text_is_parsed(thing: Any) -> None:
    with pytest.raises(ValueError, match="is not a month"):
        YearMonth.parse(thing)


class Rude:
    def __index__(self) -> int:
        raise RuntimeError

    def __repr__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize("year", ["2020", 1.0, None, Rude(), [2020], "x" * 10**6])
def test_a_year_that_is_no_integer_is_refused(year: Any) -> None:
    with pytest.raises(TypeError, match="a year and a month are integers, not ") as caught:
        YearMonth(year, 1)
    assert len(str(caught.value)) < 400


def test_any_integer_is_a_year() -> None:
    import numpy as np

    month = YearMonth(np.int64(2015), np.int8(1))
    assert (month, type(month.year), type(month.month)) == (YearMonth(2015, 1), int, int)


def test_a_month_can_be_unpacked_and_matched() -> None:
    year, month = YearMonth(2015, 11)
    match YearMonth(2015, 11):
        case YearMonth(2015, matched):
            assert (year, month, matched) == (2015, 11, 11)


def test_a_month_is_replaced_by_one_that_exists_or_not_at_all() -> None:
    assert YearMonth(2015, 11)._replace(year=2016) == YearMonth(2016, 11)
    with pytest.raises(ValueError, match="there is no month 13 of the year 2015"):
        YearMonth(2015, 11)._replace(month=13)


def test_a_month_is_formatted_as_its_first_day_or_as_its_text() -> None:
    month = YearMonth(2015, 11)
    assert f"{month} {month:%Y} {month:%m/%y}|{month:>9}|" == "2015-11 2015 11/15|  2015-11|"
    assert repr(month) == "YearMonth(year=2015, month=11)"


def test_json_refuses_a_month_rather_than_write_a_list() -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        json.dumps({"founded": YearMonth(2015, 11)})
    with pytest.raises(pydantic.ValidationError):
        pydantic.TypeAdapter(tuple[int, int]).validate_python(YearMonth(2015, 11), strict=True)


class Firm(pydantic.BaseModel):
    founded: YearMonth | None


def test_a_model_that_holds_a_month_writes_its_text() -> None:
    firm = Firm(founded=YearMonth(2015, 11))
    assert firm.model_dump_json() == '{"founded":"2015-11"}'
    assert firm.model_dump(mode="json") == {"founded": "2015-11"}
    assert Firm.model_validate_json('{"founded":"2015-11"}') == firm


def test_what_worked_while_a_month_was_a_tuple_names_what_to_write() -> None:
    month = YearMonth(2015, 11)
    with pytest.deprecated_call(match=r"month\.year and month\.month"):
        assert (month[0], month[-1]) == (2015, 11)
    with pytest.deprecated_call(match=r"YearMonth\(year, month\)"):
        assert (2015, 11) == month  # noqa: SIM300 - The tuple's own comparison comes first.
    with pytest.deprecated_call():
        assert month != (2015, 12)
    with pytest.raises(TypeError, match="not supported"):
        _ = month < (2015, 12)


@pytest.mark.parametrize("other", ["2015-11", date(2015, 11, 1), None])
def test_a_month_is_nothing_else_and_comes_neither_before_nor_after_it(other: Any) -> None:
    month = YearMonth(2015, 11)
    assert month != other
    with pytest.raises(TypeError, match="not supported"):
        _ = month < other


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_month_survives_pickling(protocol: int) -> None:
    month = YearMonth(2015, 11)
    assert pickle.loads(pickle.dumps(month, protocol)) == month  # noqa: S301 - Our own bytes.


@pytest.mark.parametrize(
    "pickled",
    [
        b"\x80\x02cfintech2021.yearmonth\nYearMonth\nq\x00M\xdf\x07K\x0b\x86q\x01\x81q\x02.",
        b"\x80\x04\x950\x00\x00\x00\x00\x00\x00\x00\x8c\x15fintech2021.yearmonth\x94\x8c\tYearMonth"
        b"\x94\x93\x94M\xdf\x07K\x0b\x86\x94\x81\x94.",
    ],
)
def test_a_month_that_release_0_2_0_pickled_is_read(pickled: bytes) -> None:
    assert pickle.loads(pickled) == ft.YearMonth(2015, 11)  # noqa: S301 - Made by 0.2.0.
