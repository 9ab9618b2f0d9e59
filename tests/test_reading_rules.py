"""What a printed figure can stand for, by each revision of the reading rule, and at the edges."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fintech2021 as ft
from fintech2021._audit.interval import Interval
from fintech2021._audit.reading_rule import READING_RULES, Figure, ReadingRule, read_figure
from fintech2021.tables.vocabulary import HEDGES, Qualifier

ONE = Decimal(1)
FIRST, SECOND = READING_RULES[1], READING_RULES[2]
RULES = pytest.mark.parametrize("rule", READING_RULES.values(), ids=READING_RULES)
EDGE = Decimal("1e-20")


def stands_for(
    characters: str, hedge: str = "", *, revision: int = 2, scale: str = "1", exact: bool = False
) -> Interval:
    figure = read_figure(characters, Decimal(scale), exact=exact)
    return READING_RULES[revision].stands_for(figure, hedge)


def interval(low: str, high: str) -> Interval:
    return Interval(Decimal(low), Decimal(high))


# A figure without a hedge


@RULES
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
def test_a_printed_number_is_all_that_rounds_to_it(
    rule: ReadingRule, characters: str, low: str, high: str
) -> None:
    assert rule.stands_for(read_figure(characters, ONE, exact=False), "") == interval(low, high)


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
    assert stands_for("183", scale=scale) == interval(low, high)


@given(st.decimals(0, 10**9, places=3, allow_nan=False), st.integers(0, 3))
def test_whatever_rounds_to_the_printed_number_is_one_of_its_numbers(
    number: Decimal, places: int
) -> None:
    found = stands_for(f"{number:.{places}f}")
    assert Fraction(found.low) <= Fraction(number) <= Fraction(found.high)


@pytest.mark.parametrize(("characters", "number"), [("183", "183"), ("2.70", "2.7")])
def test_an_exact_number_is_itself_alone(characters: str, number: str) -> None:
    assert stands_for(characters, exact=True) == interval(number, number)
    assert stands_for(characters, scale="-10", exact=True) == interval(
        f"-{number}E1", f"-{number}E1"
    )


@pytest.mark.parametrize(
    ("characters", "number"), [("三", "3"), ("十二", "12"), ("一半", "0.5"), ("五分之一", "0.2")]
)
def test_a_number_in_chinese_words_is_exact(characters: str, number: str) -> None:
    assert stands_for(characters) == interval(number, number)


@pytest.mark.parametrize("characters", ["-", "many", "183%", ""])
def test_what_is_no_number_is_refused(characters: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        read_figure(characters, ONE, exact=False)


# Hedges: of the printed number, and what rounds to it


@pytest.mark.parametrize(
    ("characters", "hedge", "low", "high"),
    [
        ("40", "about", "38", "42"),
        ("4", "about", "3.5", "4.5"),
        ("40.0", "about", "38", "42"),
        ("40", "nearly", "36", "40.5"),
        ("40.0", "nearly", "36", "40.05"),
        ("40", "over", "39.5", "Infinity"),
        ("40", "at_least", "39.5", "Infinity"),
        ("40", "under", "-Infinity", "40.5"),
        ("40", "exact", "39.5", "40.5"),
        ("40", "forecast", "39.5", "40.5"),
        ("40", "", "39.5", "40.5"),
        ("0", "about", "-0.5", "0.5"),
        ("0", "over", "-0.5", "Infinity"),
        ("四十", "about", "38", "42"),
        ("四十", "nearly", "36", "40"),
        ("四十", "over", "40", "Infinity"),
        ("四十", "at_least", "40", "Infinity"),
        ("四十", "under", "-Infinity", "40"),
    ],
)
def test_a_hedge_is_one_of_the_printed_number_beside_what_rounds_to_it(
    characters: str, hedge: str, low: str, high: str
) -> None:
    assert stands_for(characters, hedge) == interval(low, high)


@pytest.mark.parametrize(
    ("hedge", "inside", "outside"),
    [
        ("about", ["38", "42"], [Decimal(38) - EDGE, Decimal(42) + EDGE]),
        ("nearly", ["36", "40.5"], [Decimal(36) - EDGE, Decimal("40.5") + EDGE]),
        ("over", ["39.5", "1E9"], [Decimal("39.5") - EDGE]),
        ("at_least", ["39.5", "1E9"], [Decimal("39.5") - EDGE]),
        ("under", ["40.5", "-1E9"], [Decimal("40.5") + EDGE]),
        ("forecast", ["39.5", "40.5"], [Decimal("39.5") - EDGE, Decimal("40.5") + EDGE]),
    ],
)
def test_an_edge_belongs_to_a_figure_and_what_is_beyond_does_not(
    hedge: str, inside: list[str], outside: list[Decimal]
) -> None:
    found = stands_for("40", hedge)
    assert all(found.meets(Interval.exact(Decimal(number))) for number in inside)
    assert not any(found.meets(Interval.exact(number)) for number in outside)


@pytest.mark.parametrize(
    ("hedge", "low", "high"),
    [
        ("about", "-42", "-38"),
        ("nearly", "-40.5", "-36"),
        ("over", "-Infinity", "-39.5"),
        ("under", "-40.5", "Infinity"),
    ],
)
def test_a_fall_is_hedged_as_the_number_that_is_printed(hedge: str, low: str, high: str) -> None:
    assert stands_for("40", hedge, scale="-1") == interval(low, high)


def test_every_hedge_of_the_library_is_known_to_both_revisions() -> None:
    for hedge in {*Qualifier, *HEDGES}:
        assert {
            stands_for("40", hedge, revision=number).meets(Interval.exact(40)) for number in (1, 2)
        }


@RULES
@pytest.mark.parametrize("word", ["roughly", "About", "target", " "])
def test_an_unknown_word_is_an_error_and_not_silence(rule: ReadingRule, word: str) -> None:
    with pytest.raises(ft.RelationError, match=f"{word!r} is no hedge; known are exact, forecast"):
        rule.stands_for(Figure(ONE, ONE, ONE), word)


@RULES
@given(
    st.decimals(0, 10**6, places=2, allow_nan=False),
    st.sampled_from([*Qualifier, "forecast"]),
    st.sampled_from([-1, 1, 10**8]),
)
def test_no_hedge_takes_a_number_away(
    rule: ReadingRule, number: Decimal, hedge: str, scale: int
) -> None:
    figure = Figure(number, Decimal("0.005"), Decimal(scale))
    plain, hedged = rule.stands_for(figure, ""), rule.stands_for(figure, hedge)
    assert hedged.low <= plain.low <= plain.high <= hedged.high


# The first revision


@pytest.mark.parametrize(
    ("hedge", "low", "high"),
    [
        ("about", "37.475", "42.525"),
        ("over", "39.5", "Infinity"),
        ("at_least", "39.5", "Infinity"),
        ("under", "-Infinity", "40.5"),
        ("nearly", "35.45", "40.5"),
        ("exact", "39.5", "40.5"),
        ("forecast", "39.5", "40.5"),
    ],
)
def test_the_first_revision_hedges_what_is_rounded(hedge: str, low: str, high: str) -> None:
    assert stands_for("40", hedge, revision=1) == interval(low, high)


@pytest.mark.parametrize(
    ("hedge", "low", "high"), [("about", "-42.525", "-37.475"), ("nearly", "-44.55", "-39.5")]
)
def test_the_first_revision_hedges_a_fall_with_its_sign(hedge: str, low: str, high: str) -> None:
    assert stands_for("40", hedge, revision=1, scale="-1") == interval(low, high)


def test_what_is_counted_in_points_and_tiers_is_exact_since_the_second_revision() -> None:
    assert SECOND.counted - FIRST.counted == {"score", "tier", "ranks"}
