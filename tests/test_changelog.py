from __future__ import annotations

import pytest
from tools.writing import changelog

from fintech2021._core import catalog
from fintech2021._versions.difference import Snapshot, between
from made_up_versions import EDITIONS

CHANGELOG = """# Changelog

Written by hand.

<!-- data 2026.3 -->
<!-- /data 2026.3 -->

<!-- data 2026.2 -->
what stood here before
<!-- /data 2026.2 -->

<!-- data 2026.1 -->
<!-- /data 2026.1 -->

The end.
"""


def section(text: str, edition: str) -> list[str]:
    """Return the lines between the marks of an edition."""
    _, rest = text.split(f"<!-- data {edition} -->\n")
    return rest.split(f"\n<!-- /data {edition} -->")[0].splitlines()


@pytest.fixture
def written(three_banks: None) -> str:  # noqa: ARG001
    return changelog.with_data(CHANGELOG)


def test_the_first_edition_lists_every_dataset_as_new(written: str) -> None:
    head, empty, *lines = section(written, "2026.1")
    assert head == f"Edition 2026.1, published on 2026-11-23. {changelog.NOTE}"
    assert empty == ""
    assert len(lines) == len(catalog.datasets())
    assert "- `banks` 1.0.0: new, 18 rows" in lines


def test_a_later_edition_lists_only_what_differs_cell_by_cell(written: str) -> None:
    assert section(written, "2026.2") == [
        f"Edition 2026.2, published on 2026-11-23. {changelog.NOTE}",
        "",
        "- `banks` 1.0.0 → 1.1.0 (major): 1 cell changed",
        "  - `icbc`, `tech_staff`: 35400 → 35401, see erratum `made_up`",
    ]


def test_a_draft_is_called_one(written: str) -> None:
    assert section(written, "2026.3")[0] == f"Edition 2026.3, draft. {changelog.NOTE}"


def test_what_is_written_by_hand_stays(written: str) -> None:
    assert written.startswith("# Changelog\n\nWritten by hand.\n\n<!-- data 2026.3 -->\n")
    assert written.endswith("\n<!-- /data 2026.1 -->\n\nThe end.\n")
    assert "what stood here before" not in written


def test_writing_twice_changes_nothing(written: str) -> None:
    assert changelog.with_data(written) == written


@pytest.mark.usefixtures("three_banks")
@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_without_its_marks_is_refused(edition: str) -> None:
    with pytest.raises(ValueError, match="not enough values"):
        changelog.with_data(CHANGELOG.replace(f"<!-- data {edition} -->\n", ""))


def test_every_kind_of_difference_is_counted_and_changed_cells_are_shown() -> None:
    before = Snapshot({"id": "a", "x": "a", "y": "a"}, {"1": _row("1"), "2": _row("2")})
    after = Snapshot(
        {"id": "a", "x": "b", "z": "a"},
        {"1": {"id": "1", "x": "", "z": ""}, "3": {"id": "3", "x": "", "z": ""}},
    )
    found = between("made_up", "1.0.0", before, "2.0.0", after)
    assert list(changelog._lines(found, lambda _key, _column: "why")) == [
        "- `made_up` 1.0.0 → 2.0.0 (major): 1 column added, 1 column removed, "
        "1 column changed, 1 row added, 1 row removed, 1 cell changed",
        "  - columns removed: `y`",
        "  - columns changed: `x`",
        "  - `1`, `x`: old → ∅, see erratum `why`",
    ]


def _row(key: str) -> dict[str, str]:
    return {"id": key, "x": "old", "y": "old"}


def test_of_many_cells_that_differ_only_the_count_is_told() -> None:
    keys = [str(number) for number in range(changelog.MOST_CELLS + 1)]
    columns = {"id": "a", "x": "a"}
    before, after = (
        Snapshot(columns, {key: {"id": key, "x": said} for key in keys}) for said in ("old", "new")
    )
    found = between("made_up", "1.0.0", before, "2.0.0", after)
    assert list(changelog._lines(found, lambda _key, _column: None)) == [
        f"- `made_up` 1.0.0 → 2.0.0 (major): {len(keys)} cells changed"
    ]


def test_where_only_descriptions_differ_it_says_so() -> None:
    same = Snapshot({"id": "a"}, {"1": {"id": "1"}})
    found = between("made_up", "1.0.0", same, "1.0.1", same)
    (line,) = changelog._lines(found, lambda _key, _column: None)
    assert line.endswith(": descriptions and labels only")
