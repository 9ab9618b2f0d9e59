"""The API reference: every public name stands in it, and every docstring has its sections."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import fintech2021 as ft
from fintech2021 import charts, testing
from fintech2021.testing import strategies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PAGES = sorted((Path(__file__).resolve().parents[1] / "docs" / "api").glob("*.md"))
ENTRY = re.compile(r"^\.\. (?:auto|py:)(?:class|data|exception|function):: (\w+)", re.MULTILINE)
MODULE = re.compile(r"^\.\. py:currentmodule:: ([\w.]+)", re.MULTILINE)
MADE = [
    "BrokenFrame",
    "LoadFixture",
    "RecordsFixture",
    "assert_matches",
    "broken",
    "make",
    "make_frame",
    "make_parents",
]
"""What `fintech2021.testing` has besides the plugin."""
PUBLIC = [getattr(ft, name) for name in ft.__all__]
CLASSES = [item for item in PUBLIC if inspect.isclass(item) and item.__module__ == "fintech2021"]


def _functions_and_methods() -> Iterator[Callable[..., Any]]:
    """Yield every public function, and the methods that public classes have of their own."""
    yield from filter(inspect.isfunction, PUBLIC)
    for item in CLASSES:
        methods = (getattr(item, name) for name in vars(item) if not name.startswith("_"))
        yield from filter(inspect.isroutine, methods)


STRATEGIES = [getattr(strategies, name) for name in strategies.__all__]
FUNCTIONS = [
    *_functions_and_methods(),
    testing.assert_matches,
    testing.broken,
    testing.make,
    testing.make_frame,
    testing.make_parents,
    *STRATEGIES,
    *(getattr(charts, name) for name in charts.__all__),
]


def _named(item: Callable[..., Any]) -> str:
    return item.__qualname__


def _sections(item: object) -> Mapping[str, str]:
    _, *parts = re.split(r"^(\w+)\n-+\n", inspect.getdoc(item) or "", flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _entries(section: str) -> list[str]:
    """Return the names that a section describes: what is not indented, without its type."""
    heads = (line.split(" : ")[0] for line in section.splitlines() if line[:1].strip())
    return [name for head in heads for name in head.split(", ")]


def test_every_public_name_stands_in_the_reference_once() -> None:
    assert Counter(_entries_of("fintech2021")) == Counter(ft.__all__)


def test_every_name_that_makes_frames_stands_in_the_reference_once() -> None:
    assert sorted(_entries_of("fintech2021.testing")) == MADE
    assert set(MADE) < set(testing.__all__)


def test_every_strategy_stands_in_the_reference_once() -> None:
    assert sorted(_entries_of("fintech2021.testing.strategies")) == strategies.__all__


def test_every_picture_stands_in_the_reference_once() -> None:
    assert sorted(_entries_of("fintech2021.charts")) == charts.__all__


def _entries_of(module: str) -> Iterator[str]:
    """Yield the names that pages about a module have entries for."""
    for text in (page.read_text("utf-8") for page in PAGES):
        if {*MODULE.findall(text)} == {module}:
            yield from ENTRY.findall(text)


@pytest.mark.parametrize("function", [*FUNCTIONS, ft.pinned], ids=_named)
def test_a_docstring_says_what_each_parameter_is(function: Callable[..., Any]) -> None:
    parameters = [p for name, p in inspect.signature(function).parameters.items() if name != "self"]
    assert _entries(_sections(function).get("Parameters", "")) == [
        str(parameter.replace(annotation=inspect.Parameter.empty, default=inspect.Parameter.empty))
        for parameter in parameters
    ]


@pytest.mark.parametrize("function", FUNCTIONS, ids=_named)
def test_a_docstring_says_what_comes_back_and_gives_an_example(
    function: Callable[..., Any],
) -> None:
    gives = inspect.signature(function).return_annotation not in {None, "None"}
    assert {*(["Returns"] if gives else []), "Examples"} <= _sections(function).keys()


RESULTS = [testing.BrokenFrame] + [
    item for item in CLASSES if is_dataclass(item) or hasattr(item, "_field_defaults")
]


@pytest.mark.parametrize(
    "result", [item for item in RESULTS if item is not ft.YearMonth], ids=_named
)
def test_a_docstring_says_what_each_field_of_a_result_is(result: Any) -> None:
    names = [field.name for field in fields(result)] if is_dataclass(result) else result._fields
    assert _entries(_sections(result)["Attributes"]) == list(names)
