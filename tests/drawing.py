"""What strategies draw, as lists: the same ones in each run."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import HealthCheck, Phase, find, given, settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

    _Drawn = TypeVar("_Drawn")

__all__ = ["drawn", "plainest"]

STEADY: dict[str, Any] = {
    "database": None,
    "deadline": None,
    "derandomize": True,
    "suppress_health_check": list(HealthCheck),
}


def drawn(strategy: SearchStrategy[_Drawn], examples: int) -> list[_Drawn]:
    """Return so many examples: the same ones every time."""
    every: list[_Drawn] = []

    @settings(max_examples=examples, phases=[Phase.generate], **STEADY)
    @given(strategy)
    def collect(each: _Drawn) -> None:
        every.append(each)

    collect()
    return every


def plainest(strategy: SearchStrategy[_Drawn], is_such: Callable[[_Drawn], bool]) -> _Drawn:
    """Return the plainest example of a kind, as a failing test would show it."""
    with warnings.catch_warnings():
        return find(strategy, is_such, settings=settings(max_examples=2_000, **STEADY))
