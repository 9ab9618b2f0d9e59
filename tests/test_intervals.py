from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fintech2021._audit.interval import WHOLE, Interval, of_period, total
from fintech2021._audit.reading_rule import READING_RULES, Figure, read_figure

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBERS = st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False, places=6)
LONG = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=30)
POSITIVE = st.decimals(Decimal("0.0001"), 10**6, allow_nan=False, places=4)
ONE = Decimal(1)
of_figure = READING_RULES[2].stands_for


@st.composite
def surrounded(
    draw: st.DrawFn, numbers: st.SearchStrategy[Decimal] = NUMBERS | LONG
) -> tuple[Interval, Fraction]:
    """An interval, and any number inside it."""
    low, high = sorted((draw(numbers), draw(numbers)))
    share = Fraction(draw(st.integers(0, 100)), 100)
    return Interval(low, high), Fraction(low) * (1 - share) + Fraction(high) * share


def has(interval: Interval, number: Fraction) -> bool:
    """Tell whether an interval has a number, by arithmetic without any rounding."""
    above = interval.low.is_infinite() or Fraction(interval.low) <= number
    return above and (interval.high.is_infinite() or number <= Fraction(interval.high))


def interval(low: str, high: str) -> Interval:
    return Interval(Decimal(low), Decimal(high))


def same(one: Interval, low: str, high: str) -> bool:
    return (one.low, one.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "operation",
    [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a * b],
    ids=["sum", "difference", "product"],
)
@given(one=surrounded(), other=surrounded())
def test_the_result_of_any_two_points_lies_inside(
    operation: Callable[..., Interval],
    one: tuple[Interval, Fraction],
    other: tuple[Interval, Fraction],
) -> None:
    exact: object = operation(one[1], other[1])
    assert isinstance(exact, Fraction)
    assert has(operation(one[0], other[0]), exact)


@given(surrounded(), surrounded())
def test_the_quotient_of_any_two_points_lies_inside(
    one: tuple[Interval, Fraction], other: tuple[Interval, Fraction]
) -> None:
    assume(other[1] != 0)
    assert has(one[0] / other[0], one[1] / other[1])


@given(surrounded(), surrounded())
def test_a_quotient_is_bounded_only_where_the_divisor_is_not_around_zero(
    one: tuple[Interval, Fraction], other: tuple[Interval, Fraction]
) -> None:
    around_zero = other[0].low <= 0 <= other[0].high
    assert (one[0] / other[0] == WHOLE) is around_zero


@given(surrounded())
def test_the_opposite_of_any_point_lies_inside_and_twice_is_the_same(
    one: tuple[Interval, Fraction],
) -> None:
    opposite = -one[0]
    assert has(opposite, -one[1])
    assert -opposite == one[0]


@given(surrounded(), NUMBERS)
def test_any_point_times_a_number_lies_inside(
    one: tuple[Interval, Fraction], factor: Decimal
) -> None:
    assert has(one[0].scaled(factor), one[1] * Fraction(factor))


@given(st.lists(surrounded(), max_size=5))
def test_the_total_of_any_points_lies_inside(parts: list[tuple[Interval, Fraction]]) -> None:
    assert has(total(part for part, _ in parts), sum((at for _, at in parts), Fraction(0)))


@given(surrounded(POSITIVE), st.integers(-6, 6))
def test_whole_powers_of_any_point_lie_inside(one: tuple[Interval, Fraction], power: int) -> None:
    assert has(one[0] ** Interval.exact(power), one[1] ** power)


@given(surrounded(POSITIVE), st.integers(-6, 6), st.integers(1, 8))
def test_broken_powers_of_any_point_lie_inside(
    one: tuple[Interval, Fraction], above: int, below: int
) -> None:
    exponent = Interval.exact(above) / Interval.exact(below)
    found = one[0] ** exponent
    # x to the power of a/b lies between two positive numbers if x to the a lies between their b-th
    # powers: nothing is rounded here.
    assert 0 < Fraction(found.low) ** below <= one[1] ** above <= Fraction(found.high) ** below


@given(surrounded(POSITIVE), st.integers(-4, 4), st.integers(0, 4))
def test_powers_between_two_exponents_lie_inside(
    one: tuple[Interval, Fraction], least: int, more: int
) -> None:
    found = one[0] ** Interval(Decimal(least), Decimal(least + more))
    assert all(has(found, one[1] ** power) for power in range(least, least + more + 1))


def test_a_power_is_no_wider_than_its_rounding() -> None:
    found = interval("2", "2") ** interval("3", "3")
    assert 0 < found.high - found.low < Decimal("1e-45")
    assert found.low < 8 < found.high


@pytest.mark.parametrize("base", [("-1", "2"), ("0", "2"), ("-3", "-2")])
def test_a_power_of_a_base_that_may_not_be_positive_is_anything(base: tuple[str, str]) -> None:
    assert interval(*base) ** interval("2", "2") == WHOLE


@pytest.mark.parametrize("divisor", [("0", "0"), ("-1", "1"), ("0", "1"), ("-1", "0")])
def test_a_division_by_an_interval_around_zero_gives_the_whole_line(
    divisor: tuple[str, str],
) -> None:
    assert interval("1", "2") / interval(*divisor) == WHOLE
    assert WHOLE.low == -WHOLE.high == Decimal("-Infinity")


def test_a_third_lies_between_its_two_roundings() -> None:
    third = Interval.exact(1) / Interval.exact(3)
    assert third.low < third.high
    assert has(third, Fraction(1, 3))


def test_the_callers_decimal_context_changes_nothing() -> None:
    number = Decimal("1234567890123456789012345678901234567.89")
    plain = [-Interval.exact(number), of_figure(Figure(number, ONE, ONE), "about")]
    with localcontext() as context:
        context.prec = 3
        assert [-Interval.exact(number), of_figure(Figure(number, ONE, ONE), "about")] == plain
        assert of_figure(read_figure("238.19", ONE, exact=False), "") == interval(
            "238.185", "238.195"
        )
    assert plain[0] == Interval.exact(number.copy_negate())


@pytest.mark.parametrize(
    ("infinite", "expected"),
    [
        (interval("1", "Infinity") * interval("0", "2"), ("0", "Infinity")),
        (interval("1", "Infinity") * interval("-2", "0"), ("-Infinity", "0")),
        (interval("1", "Infinity") + interval("-5", "5"), ("-4", "Infinity")),
        (interval("1", "Infinity") - interval("1", "Infinity"), ("-Infinity", "Infinity")),
        (interval("1", "Infinity") / interval("2", "4"), ("0.25", "Infinity")),
        (interval("1", "4") / interval("2", "Infinity"), ("0", "2")),
        (interval("1", "Infinity") / interval("1", "Infinity"), ("0", "Infinity")),
        (-interval("1", "Infinity"), ("-Infinity", "-1")),
        (interval("1", "Infinity") * Interval.exact(0), ("0", "0")),
    ],
)
def test_an_end_may_be_infinite(infinite: Interval, expected: tuple[str, str]) -> None:
    assert same(infinite, *expected)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (("1", "2"), ("2", "3"), True),
        (("1", "2"), ("2.1", "3"), False),
        (("2.1", "3"), ("1", "2"), False),
        (("1", "9"), ("2", "3"), True),
        (("-Infinity", "1"), ("1", "Infinity"), True),
    ],
)
def test_intervals_meet_where_they_have_a_number_in_common(
    one: tuple[str, str],
    other: tuple[str, str],
    meet: bool,  # noqa: FBT001
) -> None:
    assert interval(*one).meets(interval(*other)) is meet


@pytest.mark.parametrize(
    ("period", "low", "high"),
    [
        ("2021", "2021", "2022"),
        ("2020-02", "2020.084699453551912568306010928", "2020.163934426229508196721311476"),
        ("2021-12-31", "2021.997260273972602739726027397", "2022"),
        ("2021-01/2021-06", "2021", "2021.495890410958904109589041096"),
        ("2018/2020", "2018", "2021"),
    ],
)
def test_a_period_is_a_time_in_years(period: str, low: str, high: str) -> None:
    found = of_period(period)
    assert abs(found.low - Decimal(low)) + abs(found.high - Decimal(high)) < Decimal("1e-24")


@given(st.dates())
def test_one_day_ends_where_the_next_begins(day: date) -> None:
    assume(day < date.max)
    after = day + timedelta(days=1)
    gap = of_period(after.isoformat()).low - of_period(day.isoformat()).high
    assert abs(gap) < Decimal("1e-40")


def test_the_total_of_nothing_is_zero() -> None:
    assert total([]) == Interval.exact(0)
