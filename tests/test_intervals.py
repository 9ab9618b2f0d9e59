from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fintech2021._audit.interval import WHOLE, Interval, hedged, of_printed, total

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBERS = st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False, places=6)
LONG = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=30)
POSITIVE = st.decimals(Decimal("0.0001"), 10**6, allow_nan=False, places=4)
ONE = Decimal(1)


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
    plain = [-Interval.exact(number), hedged(Interval.exact(number), "about")]
    with localcontext() as context:
        context.prec = 3
        assert [-Interval.exact(number), hedged(Interval.exact(number), "about")] == plain
        assert of_printed("238.19", ONE, exact=False) == interval("238.185", "238.195")
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
    ("characters", "low", "high"),
    [
        ("2.70", "2.695", "2.705"),
        ("2.7", "2.65", "2.75"),
        ("238.19", "238.185", "238.195"),
        ("183", "182.5", "183.5"),
        ("180", "179.5", "180.5"),
        ("10,393", "10392.5", "10393.5"),
        ("0", "-0.5", "0.5"),
        ("0.0", "-0.05", "0.05"),
        (" 1 83 ", "182.5", "183.5"),
    ],
)
def test_a_printed_number_is_all_that_rounds_to_it(characters: str, low: str, high: str) -> None:
    assert same(of_printed(characters, ONE, exact=False), low, high)


def test_a_digit_more_says_more() -> None:
    assert of_printed("2.70", ONE, exact=False) != of_printed("2.7", ONE, exact=False)


@pytest.mark.parametrize(
    ("scale", "low", "high"),
    [
        ("100000000", "18250000000", "18350000000"),
        ("0.01", "1.825", "1.835"),
        ("-1", "-183.5", "-182.5"),
        ("-10000", "-1835000", "-1825000"),
    ],
)
def test_the_scale_takes_both_ends_along(scale: str, low: str, high: str) -> None:
    assert same(of_printed("183", Decimal(scale), exact=False), low, high)


@given(st.decimals(0, 10**9, places=3, allow_nan=False), st.integers(0, 3))
def test_whatever_rounds_to_the_printed_number_is_one_of_its_numbers(
    number: Decimal, places: int
) -> None:
    characters = f"{number:.{places}f}"
    assert has(of_printed(characters, ONE, exact=False), Fraction(number))


@pytest.mark.parametrize(("characters", "number"), [("183", "183"), ("2.70", "2.7")])
def test_an_exact_number_is_itself_alone(characters: str, number: str) -> None:
    assert same(of_printed(characters, ONE, exact=True), number, number)
    assert same(of_printed(characters, Decimal(-10), exact=True), f"-{number}E1", f"-{number}E1")


@pytest.mark.parametrize(
    ("characters", "number"), [("三", "3"), ("十二", "12"), ("一半", "0.5"), ("五分之一", "0.2")]
)
def test_a_number_in_chinese_words_is_exact(characters: str, number: str) -> None:
    assert same(of_printed(characters, ONE, exact=False), number, number)


@pytest.mark.parametrize("characters", ["-", "many", "183%", ""])
def test_what_is_no_number_is_refused(characters: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        of_printed(characters, ONE, exact=False)


@pytest.mark.parametrize(
    ("qualifier", "low", "high"),
    [
        ("about", "90", "210"),
        ("over", "100", "Infinity"),
        ("at_least", "100", "Infinity"),
        ("under", "-Infinity", "200"),
        ("nearly", "80", "200"),
        ("", "100", "200"),
        ("exactly", "100", "200"),
    ],
)
def test_a_hedge_widens_as_documented(qualifier: str, low: str, high: str) -> None:
    assert same(hedged(interval("100", "200"), qualifier), low, high)


@pytest.mark.parametrize(
    ("qualifier", "low", "high"), [("about", "-210", "-90"), ("nearly", "-220", "-100")]
)
def test_a_hedge_widens_negative_numbers_by_their_size(qualifier: str, low: str, high: str) -> None:
    assert same(hedged(interval("-200", "-100"), qualifier), low, high)


@given(surrounded(), st.sampled_from(["about", "over", "at_least", "under", "nearly", "other"]))
def test_no_hedge_takes_a_number_away(one: tuple[Interval, Fraction], qualifier: str) -> None:
    assert has(hedged(one[0], qualifier), one[1])


def test_the_total_of_nothing_is_zero() -> None:
    assert total([]) == Interval.exact(0)
