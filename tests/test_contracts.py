from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import fintech2021 as ft
from fintech2021._contracts import pandas as checks
from fintech2021._contracts import patterns, requirements
from fintech2021._core import catalog
from fintech2021._core.cells import Unreadable, read_cell
from fintech2021._frames import pandas as pandas_frames
from made_up import COLUMN, publish

if TYPE_CHECKING:
    from fintech2021._core.names import DatasetName

DATASETS = catalog.datasets()


def _column(name: str, kind: str, **constraints: object) -> dict[str, object]:
    item = {
        f"item_{key}": constraints.pop(key)
        for key in ("enum", "pattern")
        if kind == "list" and key in constraints
    }
    return COLUMN | {"name": name, "type": kind, "constraints": constraints} | item


def _breaks(
    monkeypatch: pytest.MonkeyPatch, column: dict[str, object], good: str, bad: Any
) -> list[str]:
    """Return the broken rules when one good cell of a made-up table is replaced by a bad one."""
    fields = [_column("id", "string", required=True), column]
    kinds = {"id": "string", str(column["name"]): str(column["type"])}
    made = publish(
        monkeypatch,
        kinds,
        [("a", good), ("b", good)],
        schema={"primaryKey": ["id"], "fields": fields, "foreignKeys": []},
    )
    spelled, frame = requirements.contract(made), pandas_frames.frame(made)

    def keys(dataset: str) -> tuple[str, ...]:
        return requirements.keys_of(made, dataset)

    assert not checks.check(frame, spelled, keys, 10).failures
    frame.loc[1, str(column["name"])] = bad
    found = checks.check(frame, spelled, keys, 10)
    assert [count.rule for count in found.counts if count.failures] == [
        failure.rule for failure in found.failures
    ]
    return [failure.rule for failure in found.failures]


ONE_LINE = "is one line without outer white space"


@pytest.mark.parametrize(
    ("column", "good", "bad", "rule"),
    [
        (_column("n", "integer", required=True, minimum=0), "0", -1, "is at least 0"),
        (_column("n", "integer", required=True, maximum=9), "9", 10, "is at most 9"),
        (_column("p", "number", minimum=0, maximum=100), "100", 100.5, "is at most 100"),
        (_column("p", "number", minimum=0), "100", float("inf"), "is a finite number"),
        (_column("t", "string", enum=["x", "y"]), "x", "z", "is one of x, y"),
        (_column("t", "list", enum=["x", "y"]), "x;y", "x;z", "is one of x, y"),
        (_column("t", "string", pattern="^[a-z]+$"), "x", "X", "matches ^[a-z]+$"),
        (_column("t", "string", pattern="^[a-z]+$"), "x", "x\n", "matches ^[a-z]+$"),
        (_column("t", "string", pattern=r"^\S(?:.*\S)?$"), "x", "x\u3000", ONE_LINE),
        (_column("t", "string"), "x", " x", ONE_LINE),
        (_column("t", "string"), "x", "", ONE_LINE),
        (_column("t", "string"), "x", "a\rb", ONE_LINE),
        (_column("t", "list"), "x;y", "x;;y", ONE_LINE),
        (_column("t", "list"), "x;y", "x; y", ONE_LINE),
        (_column("m", "yearmonth"), "2020-01", "2020-01-02", "is the first day of a month"),
        (_column("d", "date"), "2020-01-01", "2020-01-01 09:00", "has no time of day"),
    ],
)
def test_a_value_beyond_a_constraint_breaks_its_rule(
    column: dict[str, object],
    good: str,
    bad: Any,
    rule: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import pandas as pd

    value = pd.Timestamp(bad) if column["type"] in {"date", "yearmonth"} else bad
    assert _breaks(monkeypatch, column, good, value) == [rule]


@pytest.mark.parametrize("kind", ["string", "list"])
def test_a_reference_is_a_key_of_the_other_table(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    column = _column("bank", kind, pattern="^[a-z]+$") | {"references": "private_banks"}
    assert _breaks(monkeypatch, column, "webank", "webang") == ["is a key of private_banks"]


def test_every_item_of_a_list_of_references_has_to_resolve(monkeypatch: pytest.MonkeyPatch) -> None:
    column = _column("bank", "list") | {"references": "private_banks"}
    broken = _breaks(monkeypatch, column, "webank;mybank", "webank;nobank")
    assert broken == ["is a key of private_banks"]


def test_items_of_a_list_are_held_against_the_closed_list_of_items() -> None:
    banks = ft.load_virtual_banks()
    banks.loc[0, "features"] = "deposit_account;free_lunch"
    with pytest.raises(ft.ValidationError, match=r"features .*is one of remote_account_opening"):
        ft.validate(banks, "virtual_banks")


def test_a_reference_to_the_same_table_is_held_against_the_frame() -> None:
    regions = ft.load_regions()
    part = regions[regions["region_id"] != "china"]
    with pytest.raises(ft.ValidationError, match="is a key of regions"):
        ft.validate(part, "regions", references=False)


@pytest.mark.parametrize("name", DATASETS)
def test_a_contract_names_columns_of_its_version_only(name: DatasetName) -> None:
    for version in catalog.versions(name):
        spelled = requirements.contract(ft.info(name, version))
        known = {column.name for column in spelled.descriptor.columns}
        for requirement in spelled.requirements:
            assert known.issuperset(requirement.needs(spelled)), requirement.rule


EVERY_SPACE = [c for c in map(chr, range(0x11000)) if c.isspace()]


def test_white_space_is_what_python_holds_to_be_some() -> None:
    assert sorted(patterns.WHITE_SPACE) == EVERY_SPACE


@pytest.mark.parametrize(
    ("short", "text", "item"),
    [
        ("^[a-z]+$", "^[a-z]+$", "^(?:[a-z]+)(?:;(?:[a-z]+))*$"),
        (r"^a\.b$", r"^a\.b$", r"^(?:a\.b)(?:;(?:a\.b))*$"),
        (
            "^[^/]+$",
            "^[^\n\r\x85\u2028\u2029/]+$",
            "^(?:[^;\n\r\x85\u2028\u2029/]+)(?:;(?:[^;\n\r\x85\u2028\u2029/]+))*$",
        ),
        (r"^[\d]\d$", "^[0-9][0-9]$", "^(?:[0-9][0-9])(?:;(?:[0-9][0-9]))*$"),
    ],
)
def test_a_portable_pattern_has_classes_of_characters_only(
    short: str, text: str, item: str
) -> None:
    assert patterns.portable(short) == text
    assert patterns.portable(short, in_list=True) == item


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        ("2020-02-29", "date", "2020-02-29"),
        ("2020-02", "yearmonth", "2020-02-01"),
        ("2020-02-01", "yearmonth", "2020-02-01"),
        ("12", "integer", "12"),
        (12.0, "integer", "12"),
        (True, "boolean", "True"),
        (1, "boolean", "True"),
        ("false", "boolean", "False"),
        (None, "date", "None"),
        (float("nan"), "string", "None"),
        (2020.0, "string", "2020"),
    ],
)
def test_a_cell_of_another_spelling_is_read(cell: object, kind: str, value: str) -> None:
    assert str(read_cell(cell, kind)) == value


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("2020-02-30", "date"),
        ("20200229", "date"),
        ("1_0", "integer"),
        (12.5, "integer"),
        (10**30, "integer"),
        (float("inf"), "integer"),
        (True, "integer"),
        (2**60 + 1, "number"),
        ("yes", "boolean"),
        (2, "boolean"),
        (True, "string"),
        (7.5, "string"),
        (b"x", "string"),
        ("", "date"),
        (object(), "date"),
    ],
)
def test_a_cell_that_stands_for_nothing_of_the_type_is_refused(cell: object, kind: str) -> None:
    with pytest.raises(Unreadable):
        read_cell(cell, kind)
