"""No page lets its reader name a version that warns, but those that are about old versions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fintech2021._core import catalog

ROOT = Path(__file__).parents[1]
ABOUT_OLD_VERSIONS = {
    "policy.md",
    "differences.md",
    "from-0.2-to-0.3.md",
    "from-2026.2-to-2026.3.md",
}
PAGES = [
    path
    for path in (*ROOT.glob("README*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/zh/*.md"))
    if path.name not in ABOUT_OLD_VERSIONS
]
NAMED = re.compile(
    r"""load_(?P<loader>\w+)\(version="(?P<one>[\d.]+)"
    |\b(?:load|source|fintech2021_load|assert_matches)\((?:\w+,\ )?
     "(?P<name>\w+)"[^()]*\bversion="(?P<other>[\d.]+)"
    """,
    re.VERBOSE,
)


def named(text: str) -> set[tuple[str, str]]:
    """Return the datasets and versions that calls in a text read."""
    return {
        (found["loader"] or found["name"], found["one"] or found["other"])
        for found in NAMED.finditer(text)
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_example_reads_a_superseded_version(page: Path) -> None:
    asked = named(page.read_text("utf-8"))
    there = [(name, one) for name, one in asked if one in catalog.versions(name)]
    assert [it for it in there if catalog.load_descriptor(it[0], {it[0]: it[1]}).superseded] == []


def test_the_calls_of_a_text_are_found() -> None:
    text = 'ft.load_banks(version="1.0.0"); assert_matches(back, "regions", version="1.1.0")'
    assert named(text) == {("banks", "1.0.0"), ("regions", "1.1.0")}
