"""The generated page of differences between the versions of every dataset."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from tools.writing import differences_page

from fintech2021._core import catalog
from fintech2021._versions.difference import Snapshot, between

PAGE = differences_page.page()


@pytest.mark.parametrize("name", catalog.datasets())
def test_every_version_that_follows_another_is_compared_with_it(name: str) -> None:
    versions = catalog.versions(name)
    assert (f"\n## {name}\n" in PAGE) is (len(versions) > 1)
    part = PAGE.split(f"\n## {name}\n")[-1].split("\n## ")[0]
    steps = re.findall(r"<strong>(\S+) → (\S+)</strong>", part) if len(versions) > 1 else []
    assert steps == list(pairwise(versions))


def test_the_reason_for_the_later_version_is_given() -> None:
    reason = catalog.load_descriptor("observations", {"the test": "2.0.0"}).superseded
    assert reason
    assert reason in PAGE


def made(*rows: tuple[str, str], meaning: str = "integer") -> Snapshot:
    return Snapshot({"id": "string", "n": meaning}, {k: {"id": k, "n": n} for k, n in rows})


def parts(before: Snapshot, after: Snapshot) -> list[tuple[object, ...]]:
    return list(differences_page._parts(between("made_up", "1.0.0", before, "2.0.0", after)))


def test_a_few_changed_cells_are_shown_with_both_texts() -> None:
    assert parts(made(("a", "1"), ("b", "")), made(("a", "2"), ("b", "3"))) == [
        ("cells changed", 2, "`n` 2<br>\n  `a`, `n`: 1 → 2<br>\n  `b`, `n`: ∅ → 3")
    ]


def test_of_many_changed_cells_only_the_columns_are_counted() -> None:
    before, after = (made(*((str(i), text) for i in range(20))) for text in ("1", "2"))
    assert parts(before, after) == [("cells changed", 20, "`n` 20")]


def test_of_many_rows_the_first_are_named() -> None:
    ((what, number, named),) = parts(made(), made(*((f"r{i:02}", "1") for i in range(15))))
    assert (what, number) == ("rows added", 15)
    assert str(named).endswith("`r11` and 3 more")


def test_a_column_that_means_something_else_shows_both_meanings() -> None:
    assert parts(made(), made(meaning="number")) == [
        ("columns with another meaning", 1, "`n` (integer → number)")
    ]


def test_a_version_that_differs_in_words_only_says_so() -> None:
    assert "; only descriptions, labels or provenance</summary>" in PAGE


def test_a_line_counts_what_it_hides() -> None:
    before, after = made(("a", "1"), ("b", "2")), made(("a", "3"))
    found = between("made_up", "1.0.0", before, "2.0.0", after)
    assert differences_page._in_short(found) == "1 row removed, 1 cell changed"
