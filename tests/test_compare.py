from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import fintech2021 as ft
from fintech2021._core import catalog
from fintech2021._core.rows import by_key
from fintech2021._versions.difference import (
    Change,
    Difference,
    Snapshot,
    Step,
    between,
    snapshot,
    step_between,
)
from made_up_versions import STAFF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fintech2021._core.names import DatasetName

NAMES = st.sampled_from(["id", "name", "amount", "share", "note"])
KEYS = st.sampled_from(["a", "b", "c", "d", "e"])
MEANINGS = st.sampled_from(["string", "integer, CNY", "number, percent"])
TEXTS = st.sampled_from(["", "1", "2", "x"])


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """The content of a made-up version: any columns, any rows, in any order."""
    columns = draw(st.lists(NAMES, unique=True))
    keys = draw(st.lists(KEYS, unique=True))
    return Snapshot(
        {name: draw(MEANINGS) for name in columns},
        {key: {name: draw(TEXTS) for name in columns} for key in keys},
        draw(st.sampled_from(["", "about"])),
    )


def made(columns: Mapping[str, str], *rows: tuple[str, ...], about: str = "") -> Snapshot:
    """Return a content whose first column is the key."""
    return Snapshot(columns, {row[0]: dict(zip(columns, row, strict=True)) for row in rows}, about)


BEFORE = made({"id": "string", "staff": "integer"}, ("a", "1"), ("b", "2"), ("c", ""))


def difference(after: Snapshot, before: Snapshot = BEFORE) -> Difference:
    return between("made_up", "1.0.0", before, "2.0.0", after)


def applied(made: Difference, before: Snapshot, after: Snapshot) -> Snapshot:
    """Return the content that a difference makes of another, in the order of the new one."""
    redefined = {name: new for name, (_, new) in made.columns_changed.items()}
    meaning = {**before.meaning, **made.columns_added, **redefined}
    texts = {(c.key, c.column): c.new for c in (*made.changed, *made.filled)}
    known = {**before.rows, **made.rows_added}
    keys = [key for key in after.rows if key in known and key not in made.rows_removed]
    names = [name for name in after.meaning if name in meaning and name not in made.columns_removed]
    rows = {
        key: {name: texts.get((key, name), known[key].get(name)) or "" for name in names}
        for key in keys
    }
    assert set(keys) == known.keys() - made.rows_removed.keys()
    assert set(names) == meaning.keys() - made.columns_removed.keys()
    return Snapshot({name: meaning[name] for name in names}, rows)


def order(content: Snapshot) -> tuple[list[str], list[str], list[list[str]]]:
    """Return columns and keys in their order, and the columns of every row in theirs."""
    return list(content.meaning), list(content.rows), [list(row) for row in content.rows.values()]


@given(snapshots(), snapshots())
def test_applying_a_difference_gives_the_new_content_in_its_order(
    before: Snapshot, after: Snapshot
) -> None:
    found = applied(difference(after, before), before, after)
    assert (found.meaning, found.rows) == (after.meaning, after.rows)
    assert order(found) == order(after)


@given(snapshots())
def test_a_content_does_not_differ_from_itself(content: Snapshot) -> None:
    found = difference(content, content)
    assert not any((found.columns_added, found.columns_removed, found.columns_changed))
    assert not any((found.rows_added, found.rows_removed, found.changed, found.filled))
    assert found.step is Step.NONE
    assert str(found) == "made_up 1.0.0 → 2.0.0: no difference"


def readable(content: Snapshot) -> set[tuple[str, str, str, str]]:
    """Everything that a reader may rely on: the text and the meaning of every cell."""
    return {
        (key, name, content.meaning[name], text)
        for key, row in content.rows.items()
        for name, text in row.items()
    }


def demanded(before: Snapshot, after: Snapshot) -> Step:
    """Say the rule once more: what has been read stays, or the step is major."""
    was = readable(before) | {(key, "", "", "") for key in before.rows}
    now = readable(after) | {(key, "", "", "") for key in after.rows}
    if not (was <= now and before.meaning.items() <= after.meaning.items()):
        return Step.MAJOR
    if was != now or before.meaning.keys() != after.meaning.keys():
        return Step.MINOR
    return Step.PATCH if before.about != after.about else Step.NONE


@given(snapshots(), snapshots())
def test_the_step_is_the_one_that_the_rule_demands(before: Snapshot, after: Snapshot) -> None:
    assert difference(after, before).step is demanded(before, after)


@st.composite
def grown(draw: st.DrawFn) -> tuple[Snapshot, Snapshot]:
    """A content, and one that has all of it and may have more rows or columns."""
    after = draw(snapshots())
    columns = [name for name in after.meaning if draw(st.booleans())]
    keys = [key for key in after.rows if draw(st.booleans())]
    before = Snapshot(
        {name: after.meaning[name] for name in columns},
        {key: {name: after.rows[key][name] for name in columns} for key in keys},
        after.about,
    )
    return before, after


@given(grown())
def test_more_rows_or_columns_are_a_minor_step(both: tuple[Snapshot, Snapshot]) -> None:
    before, after = both
    assume((len(before.meaning), len(before.rows)) != (len(after.meaning), len(after.rows)))
    assert difference(after, before).step is demanded(before, after) is Step.MINOR


@given(grown())
def test_fewer_rows_or_columns_are_a_major_step(both: tuple[Snapshot, Snapshot]) -> None:
    after, before = both
    assume((len(before.meaning), len(before.rows)) != (len(after.meaning), len(after.rows)))
    assert difference(after, before).step is demanded(before, after) is Step.MAJOR


@given(snapshots(), snapshots())
def test_the_way_back_removes_what_the_way_there_adds(one: Snapshot, other: Snapshot) -> None:
    there, back = difference(other, one), difference(one, other)
    assert there.rows_added == back.rows_removed
    assert there.columns_added == back.columns_removed
    assert {(x.key, x.column, x.new, x.old) for x in there.changed} == {
        (x.key, x.column, x.old, x.new) for x in back.changed
    }


def test_a_changed_cell_is_a_major_step_and_is_shown() -> None:
    found = difference(made(BEFORE.meaning, ("a", "1"), ("b", "3"), ("c", "")))
    assert found.changed == (Change("b", "staff", "2", "3"),)
    assert found.cells().to_dict("records") == [
        {"key": "b", "column": "staff", "old": "2", "new": "3"}
    ]
    assert str(found).splitlines() == [
        "made_up 1.0.0 → 2.0.0: major step",
        "~ b | staff: 2 → 3",
    ]


def test_a_cell_that_is_filled_or_emptied_has_changed() -> None:
    found = difference(made(BEFORE.meaning, ("a", ""), ("b", "2"), ("c", "4")))
    assert found.step is Step.MAJOR
    assert str(found).splitlines()[1:] == ["~ a | staff: 1 → ∅", "~ c | staff: ∅ → 4"]


def test_an_added_row_is_a_minor_step_and_is_shown() -> None:
    found = difference(made(BEFORE.meaning, ("a", "1"), ("b", "2"), ("c", ""), ("d", "5")))
    assert found.step is Step.MINOR
    assert found.rows().to_dict("records") == [
        {"change": "added", "key": "d", "id": "d", "staff": "5"}
    ]
    assert str(found).splitlines()[1:] == ["+ row d"]


def test_a_removed_row_is_a_major_step_and_is_shown() -> None:
    found = difference(made(BEFORE.meaning, ("a", "1"), ("b", "2")))
    assert found.step is Step.MAJOR
    assert found.rows().to_dict("records") == [
        {"change": "removed", "key": "c", "id": "c", "staff": ""}
    ]
    assert str(found).splitlines()[1:] == ["- row c"]


def test_an_added_column_is_a_minor_step_and_its_cells_are_shown() -> None:
    more = {**BEFORE.meaning, "share": "number"}
    found = difference(made(more, ("a", "1", "0.5"), ("b", "2", ""), ("c", "", "")))
    assert found.step is Step.MINOR
    assert found.columns().to_dict("records") == [
        {"change": "added", "column": "share", "old": None, "new": "number"}
    ]
    assert str(found).splitlines()[1:] == ["+ column share: number", "+ a | share: 0.5"]
    assert found.filled == tuple(
        Change(key, "share", None, text) for key, text in (("a", "0.5"), ("b", ""), ("c", ""))
    )


def test_a_removed_and_a_changed_column_are_a_major_step_and_are_shown() -> None:
    found = difference(made({"id": "integer"}, ("a",), ("b",), ("c",)))
    assert found.step is Step.MAJOR
    assert found.columns().to_dict("records") == [
        {"change": "removed", "column": "staff", "old": "integer", "new": None},
        {"change": "changed", "column": "id", "old": "string", "new": "integer"},
    ]
    assert str(found).splitlines()[1:] == [
        "- column staff: integer",
        "~ column id: string → integer",
    ]


def test_new_words_about_the_same_data_are_a_patch() -> None:
    found = difference(BEFORE._replace(about="told better"))
    assert found.step is Step.PATCH
    assert str(found).splitlines() == [
        "made_up 1.0.0 → 2.0.0: patch step",
        "~ descriptions or provenance only",
    ]


def test_rows_stand_under_their_own_columns_where_the_two_versions_have_different_ones() -> None:
    after = made({"id": "string", "share": "number", "staff": "integer"}, ("d", "0.5", "9"))
    rows = difference(after).rows().set_index("key")
    assert rows.loc["d"].to_dict() == {"change": "added", "id": "d", "share": "0.5", "staff": "9"}
    assert rows.loc["b"].to_dict() == {"change": "removed", "id": "b", "share": None, "staff": "2"}


def test_without_a_difference_the_frames_are_empty_and_keep_their_columns() -> None:
    found = difference(BEFORE)
    assert [list(frame.columns) for frame in (found.cells(), found.rows(), found.columns())] == [
        ["key", "column", "old", "new"],
        ["change", "key"],
        ["change", "column", "old", "new"],
    ]
    assert found.cells().empty
    assert found.rows().empty
    assert found.columns().empty


@pytest.mark.usefixtures("three_banks")
def test_diff_compares_two_published_versions() -> None:
    found = ft.diff("banks", "1.0.0", "2.0.0")
    assert (found.dataset, found.old, found.new) == ("banks", "1.0.0", "2.0.0")
    assert found.changed == (
        Change("icbc", "tech_staff", str(STAFF["1.0.0"]), str(STAFF["2.0.0"])),
    )
    assert found.step is Step.MAJOR


@pytest.mark.usefixtures("three_banks")
def test_diff_takes_specifiers_and_is_not_bound_by_pins() -> None:
    with ft.pinned(banks="1.0.0"):
        found = ft.diff("banks", "~=1.0", ">=2")
    assert (found.old, found.new) == ("1.1.0", "2.0.0")


def test_diff_of_an_unknown_version_says_so() -> None:
    with pytest.raises(ft.UnknownVersionError, match=r"'99\.0\.0'"):
        ft.diff("banks", "1.0.0", "99.0.0")


def test_diff_of_an_unknown_dataset_names_the_close_match() -> None:
    with pytest.raises(ft.UnknownDatasetError, match="Did you mean 'banks'"):
        ft.diff("bank", "1.0.0", "1.0.0")


@pytest.mark.parametrize("name", catalog.datasets())
def test_a_snapshot_has_every_row_and_the_meaning_of_every_column(name: DatasetName) -> None:
    descriptor = ft.info(name)
    found = snapshot(descriptor)
    assert found.rows == by_key(descriptor)
    assert list(found.meaning) == [field.name for field in descriptor.columns]


@pytest.mark.parametrize("name", catalog.datasets())
def test_published_versions_move_at_least_as_far_as_their_difference_demands(
    name: DatasetName,
) -> None:
    versions = catalog.versions(name)
    for old, new in pairwise(versions):
        assert step_between(old, new) >= ft.diff(name, old, new).step


def test_a_column_means_its_type_its_unit_and_whether_every_row_has_it() -> None:
    meaning = snapshot(ft.info("banks")).meaning
    assert meaning["bank_id"] == "string required"
    assert meaning["tech_spend_cny"] == "integer CNY optional"
    assert meaning["tech_staff_pct"] == "number percent optional"
