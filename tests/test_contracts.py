from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pandera.pandas as pa
import pytest

import fintech2021 as ft
from fintech2021._contracts import pandas as contracts
from fintech2021._core import catalog
from fintech2021._frames import pandas as pandas_frames
from made_up import COLUMN, publish

if TYPE_CHECKING:
    from fintech2021._core.names import DatasetName

DATASETS = catalog.datasets()


@pytest.mark.parametrize("name", DATASETS)
def test_a_schema_has_the_columns_titles_and_key_of_the_descriptor(name: DatasetName) -> None:
    descriptor = catalog.load_descriptor(name)
    schema = contracts.schema(descriptor)
    assert list(schema.columns) == [field.name for field in descriptor.columns]
    assert schema.unique == list(descriptor.primary_key)
    assert schema.title == descriptor.title_en
    for field in descriptor.columns:
        column = schema.columns[field.name]
        assert column.nullable is not field.required
        assert (column.title, column.description) == (field.title_en, field.description)


@pytest.mark.parametrize("name", DATASETS)
def test_the_published_frame_keeps_the_contract_without_a_change(name: DatasetName) -> None:
    frame = ft.load(name)
    checked = contracts.schema(catalog.load_descriptor(name)).validate(frame, lazy=True)
    pd.testing.assert_frame_equal(checked, ft.load(name))


def _column(name: str, kind: str, **constraints: object) -> dict[str, object]:
    return COLUMN | {"name": name, "type": kind, "constraints": constraints}


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
    schema, frame = contracts.schema(made), pandas_frames.frame(made)
    schema.validate(frame, lazy=True)
    frame.loc[1, str(column["name"])] = bad
    with pytest.raises(pa.errors.SchemaErrors) as caught:
        schema.validate(frame, lazy=True)
    return [str(error.check.error) for error in caught.value.schema_errors]


@pytest.mark.parametrize(
    ("column", "good", "bad", "rule"),
    [
        (_column("n", "integer", required=True, minimum=0), "0", -1, "is at least 0"),
        (_column("n", "integer", required=True, maximum=9), "9", 10, "is at most 9"),
        (_column("p", "number", minimum=0, maximum=100), "100", 100.5, "is at most 100"),
        (_column("t", "string", enum=["x", "y"]), "x", "z", "is one of x, y"),
        (_column("t", "string", pattern="^[a-z]+$"), "x", "X", "matches ^[a-z]+$"),
        (_column("t", "string", pattern="^[a-z]+$"), "x", "x\n", "matches ^[a-z]+$"),
        (_column("t", "string"), "x", " x", "is one line without outer white space"),
        (_column("t", "string"), "x", "", "is one line without outer white space"),
        (_column("t", "list"), "x;y", "x;;y", "is one line without outer white space"),
        (_column("t", "list"), "x;y", "x; y", "is one line without outer white space"),
    ],
)
def test_a_value_beyond_a_constraint_breaks_its_rule(
    column: dict[str, object],
    good: str,
    bad: object,
    rule: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert _breaks(monkeypatch, column, good, bad) == [rule]


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


def test_a_reference_to_the_same_table_is_a_check_of_its_own() -> None:
    (check,) = contracts.own_references(catalog.load_descriptor("regions"))
    regions = ft.load_regions()
    assert check(regions).check_passed
    assert not check(regions[regions["region_id"] != "china"]).check_passed


def test_a_table_without_references_to_itself_has_no_such_check() -> None:
    assert list(contracts.own_references(catalog.load_descriptor("banks"))) == []
