"""The small language in which a claim is written, and its evaluation over intervals.

A relation compares two expressions, ``a + b + c = d`` say, or several in a chain. Letters are the
claim's operands in their order; ``sum(a)``, ``count(a)`` and ``distinct(a)`` take an operand of
many cells, ``year(a)`` one that is a day or period, as a time in years, and ``descending(a)`` says
that its cells fall or stay equal in the order of rows.
"""

from __future__ import annotations

import ast
import operator
import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._audit.interval import Interval, of_period, total
from fintech2021.errors import RelationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["Comparison", "Operand", "Relation", "parse"]


class Operand(NamedTuple):
    """The cells that a letter stands for: as text, and the numbers that they can be."""

    texts: Sequence[str]
    intervals: Sequence[Interval]


class Comparison(NamedTuple):
    """Two sides and how they should stand to one another: ``=``, ``<``, ``<=``, ``>`` or ``>=``."""

    left: Interval
    sign: str
    right: Interval

    @property
    def distance(self) -> Decimal:
        """How far the sides are from standing so; zero if they can."""
        # Over intervals, whose ends are exact; a bare `-` would round in the caller's context.
        above, below = (self.left - self.right).low, (self.right - self.left).low
        if self.sign == "=":
            return max(above, below, Decimal(0))
        return max(below if self.sign in {">", ">="} else above, Decimal(0))

    @property
    def holds(self) -> bool:
        """Whether some pair of numbers from the two sides stands so."""
        return _POSSIBLE[self.sign](self.left, self.right)

    @property
    def is_vacuous(self) -> bool:
        """Whether no numbers behind the bounded ends could make it fail."""
        never_below = self.left.high.is_infinite() or self.right.low.is_infinite()
        never_above = self.left.low.is_infinite() or self.right.high.is_infinite()
        if self.sign == "=":
            return never_below and never_above
        return never_below if self.sign in {">", ">="} else never_above


_POSSIBLE: Mapping[str, Callable[[Interval, Interval], bool]] = {
    "=": Interval.meets,
    "<": lambda left, right: left.low < right.high,
    "<=": lambda left, right: left.low <= right.high,
    ">": lambda left, right: left.high > right.low,
    ">=": lambda left, right: left.high >= right.low,
}


class Relation(NamedTuple):
    """A relation that has been read, to be compared over operands."""

    text: str
    tree: ast.expr

    def compare(self, operands: Mapping[str, Operand]) -> tuple[Comparison, ...]:
        """Return the comparisons it makes; raises `RelationError` if it cannot be evaluated."""
        try:
            made = tuple(_comparisons(self.tree, operands))
        except (KeyError, TypeError, ValueError, ArithmeticError) as cause:
            raise RelationError(f"{self.text!r} cannot be evaluated: {cause!r}") from cause
        if not made:
            raise RelationError(f"{self.text!r} compares nothing")
        return made


def parse(relation: str) -> Relation:
    """Return a relation as read; raises `RelationError` for what is no expression."""
    try:
        return Relation(relation, ast.parse(_pythonic(relation), mode="eval").body)
    except (SyntaxError, ValueError) as cause:
        raise RelationError(f"{relation!r} cannot be evaluated: {cause!r}") from cause


_EQUALS = re.compile("(?<![<>])=")


def _pythonic(relation: str) -> str:
    """Return the relation in Python's spelling, which doubles the sign of equality."""
    return _EQUALS.sub("==", relation)


_SIGNS = {ast.Eq: "=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_OPERATIONS: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_FUNCTIONS: Mapping[str, Callable[[Operand], Interval]] = {
    "sum": lambda operand: total(operand.intervals),
    "count": lambda operand: Interval.exact(len(operand.texts)),
    "distinct": lambda operand: Interval.exact(len(set(operand.texts))),
    "year": lambda operand: of_period(_only(operand.texts)),
}


def _comparisons(tree: ast.expr, operands: Mapping[str, Operand]) -> Iterator[Comparison]:
    if isinstance(tree, ast.Call):
        yield from _descending(tree, operands)
        return
    if not isinstance(tree, ast.Compare):
        raise TypeError("it compares nothing")
    sides = [_value(side, operands) for side in (tree.left, *tree.comparators)]
    for (left, right), sign in zip(pairwise(sides), tree.ops, strict=True):
        yield Comparison(left, _SIGNS[type(sign)], right)


def _descending(tree: ast.Call, operands: Mapping[str, Operand]) -> Iterator[Comparison]:
    if _name(tree.func) != "descending":
        raise TypeError("it compares nothing")
    for left, right in pairwise(operands[_name(_argument(tree))].intervals):
        yield Comparison(left, ">=", right)


def _only(texts: Sequence[str]) -> str:
    (only,) = texts
    return only


def _value(tree: ast.expr, operands: Mapping[str, Operand]) -> Interval:
    if isinstance(tree, ast.BinOp):
        operation = _OPERATIONS[type(tree.op)]
        value: Interval = operation(_value(tree.left, operands), _value(tree.right, operands))
        return value
    if isinstance(tree, ast.Constant):
        return Interval.exact(Decimal(str(tree.value)))
    if isinstance(tree, ast.Call):
        return _FUNCTIONS[_name(tree.func)](operands[_name(_argument(tree))])
    (only,) = operands[_name(tree)].intervals
    return only


def _argument(tree: ast.Call) -> ast.expr:
    (only,) = (*tree.args, *(keyword.value for keyword in tree.keywords))
    return only


def _name(tree: ast.expr) -> str:
    if isinstance(tree, ast.Name):
        return tree.id
    raise TypeError(f"{ast.unparse(tree)} is not a name")
