from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import fintech2021 as ft
from fintech2021._audit.interval import WHOLE, Interval
from fintech2021._audit.relation import Comparison, Operand, parse

INFINITY = Decimal("Infinity")


def between(low: int | str, high: int | str) -> Interval:
    return Interval(Decimal(low), Decimal(high))


def at_least(low: int) -> Interval:
    return Interval(Decimal(low), INFINITY)


def at_most(high: int) -> Interval:
    return Interval(-INFINITY, Decimal(high))


def operands(**given: Any) -> dict[str, Operand]:
    """Return operands by letter; each is a number, an interval, or a list of either."""
    return {letter: _operand(cells) for letter, cells in given.items()}


def _operand(cells: Any) -> Operand:
    every = cells if isinstance(cells, list) else [cells]
    intervals = [cell if isinstance(cell, Interval) else Interval.exact(cell) for cell in every]
    return Operand([str(cell) for cell in every], intervals)


def holds(relation: str, **given: Any) -> bool:
    return all(comparison.holds for comparison in parse(relation).compare(operands(**given)))


@pytest.mark.parametrize(
    ("relation", "true"),
    [
        ("a + b = c", True),
        ("a + b = d", False),
        ("c - a = b", True),
        ("a - c = b", False),
        ("a * b = 6", True),
        ("a * b = c", False),
        ("c / 5 = 1", True),
        ("a / b = 1", False),
        ("(a + b) * 2 = 10", True),
        ("a + b * 2 = 10", False),
        ("a = 2", True),
        ("a = 2.5", False),
        ("a < b", True),
        ("b < a", False),
        ("a < a", False),
        ("a <= a", True),
        ("b <= a", False),
        ("b > a", True),
        ("a > b", False),
        ("a > a", False),
        ("a >= a", True),
        ("a >= b", False),
        ("a<b", True),
        ("a>=b", False),
    ],
)
def test_operators_and_signs_mean_what_they_mean(relation: str, true: bool) -> None:  # noqa: FBT001
    assert holds(relation, a=2, b=3, c=5, d=6) is true


def test_powers_are_of_exact_and_of_broken_exponents() -> None:
    assert holds("a ** 2 = 9", a=3)
    assert holds("a ** (1 / 2) = 3", a=9)
    assert not holds("a ** (1 / 2) = 3.001", a=9)
    assert holds("(b / a) ** (1 / 4) - 1 = 0.5", a=16, b=81)


@pytest.mark.parametrize(
    ("relation", "true"),
    [
        ("sum(a) = 7", True),
        ("sum(a) = 8", False),
        ("count(a) = 3", True),
        ("count(a) = 2", False),
        ("distinct(a) = 2", True),
        ("distinct(a) = 3", False),
        ("sum(a) / count(a) = b", True),
        ("count(b) = 1", True),
        ("sum(b) * 3 = sum(a)", True),
    ],
)
def test_functions_take_operands_of_many_cells(relation: str, true: bool) -> None:  # noqa: FBT001
    mean = Interval.exact(7) / Interval.exact(3)
    assert holds(relation, a=[2, 3, 2], b=mean) is true


def test_every_part_of_a_chain_has_to_hold() -> None:
    assert len(parse("a < b <= c = d").compare(operands(a=1, b=2, c=2, d=2))) == 3
    assert holds("a < b <= c = d", a=1, b=2, c=2, d=2)
    assert not holds("a < b < c", a=1, b=2, c=2)
    assert not holds("a = b = c", a=1, b=1, c=2)


def test_a_year_is_the_time_of_a_day_or_period() -> None:
    days = {"a": Operand(["2019-10-25"], []), "b": Operand(["2021-07"], [])}
    (found,) = parse("year(b) - year(a) > 2").compare(days)
    assert not found.holds
    assert str(found.left.high).startswith("1.767")
    assert parse("year(a) <= year(b)").compare(days)[0].holds


def test_a_year_is_of_one_day_or_period() -> None:
    for texts in (["2019", "2020"], [], ["soon"], ["2021-13"]):
        with pytest.raises(ft.RelationError):
            parse("year(a) = 2021").compare({"a": Operand(texts, [])})


def test_descending_compares_each_cell_with_the_next() -> None:
    found = parse("descending(a)").compare(operands(a=[5, 3, 3, 4]))
    assert [comparison.holds for comparison in found] == [True, True, False]
    assert {comparison.sign for comparison in found} == {">="}
    assert holds("descending(a)", a=[5, 3, 3])


def test_a_comparison_of_ranges_holds_if_some_numbers_make_it_hold() -> None:
    assert holds("a = b", a=between(1, 2), b=between(2, 3))
    assert not holds("a = b", a=between(1, "1.9"), b=between(2, 3))
    assert holds("a < b", a=between(2, 9), b=between(1, 3))
    assert not holds("a < b", a=between(3, 9), b=between(1, 3))
    assert holds("a <= b", a=between(3, 9), b=between(1, 3))
    assert holds("a > b", a=between(1, 3), b=between(2, 9))
    assert not holds("a > b", a=between(1, 2), b=between(2, 9))
    assert holds("a >= b", a=between(1, 2), b=between(2, 9))


def test_rounded_parts_need_not_add_up_to_the_last_digit() -> None:
    third = between("33.25", "33.35")
    assert holds("a + b + c = 100", a=third, b=third, c=third)
    assert not holds("a + b + c = 100.1", a=third, b=third, c=third)


@pytest.mark.parametrize(
    ("left", "sign", "right", "distance"),
    [
        (between(1, 2), "=", between(2, 3), "0"),
        (between(1, 2), "=", between(5, 7), "3"),
        (between(5, 7), "=", between(1, 2), "3"),
        (between(5, 7), "<", between(1, 2), "3"),
        (between(5, 7), "<=", between(1, 2), "3"),
        (between(1, 2), "<", between(5, 7), "0"),
        (between(1, 2), ">", between(5, 7), "3"),
        (between(1, 2), ">=", between(5, 7), "3"),
        (between(5, 7), ">", between(1, 2), "0"),
        (at_least(5), "=", between(1, 2), "3"),
        (WHOLE, "=", between(1, 2), "0"),
    ],
)
def test_the_distance_says_by_how_much_a_comparison_misses(
    left: Interval, sign: str, right: Interval, distance: str
) -> None:
    assert Comparison(left, sign, right).distance == Decimal(distance)


ONE, TWO = Interval.exact(1), Interval.exact(2)


@pytest.mark.parametrize(
    ("left", "sign", "right"),
    [
        (WHOLE, "=", ONE),
        (ONE, "=", WHOLE),
        (at_least(1), "=", at_least(2)),
        (at_most(1), "=", at_most(2)),
        (at_least(1), ">", TWO),
        (at_least(1), ">=", TWO),
        (ONE, ">", at_most(2)),
        (ONE, ">=", at_most(2)),
        (at_most(3), "<", TWO),
        (at_most(3), "<=", TWO),
        (ONE, "<", at_least(0)),
        (ONE, "<=", at_least(0)),
    ],
)
def test_a_comparison_that_no_numbers_could_make_fail_is_vacuous(
    left: Interval, sign: str, right: Interval
) -> None:
    found = Comparison(left, sign, right)
    assert found.is_vacuous
    assert found.holds


@pytest.mark.parametrize(
    ("left", "sign", "right"),
    [
        (ONE, "=", TWO),
        (ONE, "<", TWO),
        (at_least(1), "=", TWO),
        (at_most(1), "=", TWO),
        (at_least(1), "=", at_most(2)),
        (at_most(1), "=", at_least(2)),
        (at_least(1), "<", TWO),
        (at_most(1), ">", TWO),
        (ONE, "<", at_most(2)),
        (ONE, ">", at_least(2)),
    ],
)
def test_a_comparison_that_is_bounded_where_it_matters_is_not_vacuous(
    left: Interval, sign: str, right: Interval
) -> None:
    assert not Comparison(left, sign, right).is_vacuous


@pytest.mark.parametrize(
    "relation",
    [
        "",
        "a",
        "a + b",
        "sum(a)",
        "1",
        "a =",
        "= a",
        "a == b",
        "a != b",
        "a => b",
        "a = b; b = a",
        "a = b\nb = a",
        "a = x",
        "a = many",
        "many = a",
        "a = -b",
        "a = not b",
        "a % b = 0",
        "a // b = 0",
        "a @ b = 0",
        "a in b",
        "a is b",
        "a and b",
        "a = (b if a else c)",
        "a = (b, c)",
        "a = [b]",
        "a = 'text'",
        "a = True",
        "a = None",
        "a.real = b",
        "a.__class__ = b",
        "sum(a.b) = b",
        "a[0] = b",
        "(lambda: a) = b",
        "lambda: a",
        "(a := b) = c",
        "sum(a + b) = c",
        "sum(x) = c",
        "sum() = c",
        "sum(a, b) = c",
        "sum(a, many=b) = c",
        "sum(*a) = c",
        "max(a) = c",
        "open(a) = c",
        "__import__(a) = c",
        "a.sum(b) = c",
        "ascending(many)",
        "descending()",
        "descending(x)",
        "descending(many, a)",
        "descending(sum(a))",
        "descending(many) = a",
        "descending(a)",
        "a = b\0",
        "0 < descending(many)",
    ],
)
def test_a_malformed_relation_is_refused_and_repeated(relation: str) -> None:
    given = operands(a=1, b=2, c=3, many=[3, 2, 1])
    with pytest.raises(ft.RelationError) as caught:
        parse(relation).compare(given)
    assert str(caught.value).startswith(repr(relation))


def test_a_number_that_is_written_out_is_exact() -> None:
    (found,) = parse("a = 0.1").compare(operands(a=0))
    assert found.right == Interval.exact(Decimal("0.1"))
