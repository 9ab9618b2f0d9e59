from __future__ import annotations

from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

import pydantic
import pytest
from tools.models import models

import fintech2021 as ft
from fintech2021 import YearMonth
from fintech2021._core import catalog
from fintech2021._core.rows import key_text, read_table
from fintech2021._records import record
from fintech2021._versions import pins
from made_up import publish

if TYPE_CHECKING:
    from fintech2021._core.descriptor import Descriptor

MODELS = models()
EVERY = pytest.mark.parametrize("record", MODELS.values(), ids=MODELS.keys())


def spelled(value: Any) -> str:
    """The CSV cell of a record's value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return ";".join(value) if type(value) is tuple else str(value)


def test_every_dataset_has_a_record_class() -> None:
    assert tuple(MODELS) == catalog.datasets()


@EVERY
def test_every_cell_survives_in_the_record(record: type[ft.Record]) -> None:
    header, rows = read_table(catalog.load_descriptor(record.table.name).content)
    assert [[spelled(getattr(row, name)) for name in header] for row in record.all()] == rows


@EVERY
def test_every_record_is_found_by_its_key(record: type[ft.Record]) -> None:
    for row in record.all():
        assert record.get(*(getattr(row, part) for part in record.table.key)) is row


@EVERY
def test_every_record_is_hashable_and_unlike_every_other(record: type[ft.Record]) -> None:
    rows = record.all()
    assert len(set(rows)) == len(rows) == catalog.load_descriptor(record.table.name).rows


@EVERY
def test_every_record_survives_json(record: type[ft.Record]) -> None:
    for row in record.all():
        assert record.model_validate_json(row.model_dump_json()) == row


@EVERY
def test_every_record_class_has_a_json_schema_of_its_columns(record: type[ft.Record]) -> None:
    columns = [field.name for field in catalog.load_descriptor(record.table.name).columns]
    assert list(record.model_json_schema()["properties"]) == columns


@EVERY
def test_every_record_class_agrees_with_its_descriptor(record: type[ft.Record]) -> None:
    descriptor = catalog.load_descriptor(record.table.name)
    assert descriptor.record == record.__name__
    assert descriptor.primary_key == record.table.key
    assert [field.name for field in descriptor.columns] == list(record.model_fields)


@EVERY
def test_every_record_class_has_rules(record: type[ft.Record]) -> None:
    module = import_module(record.__module__)
    rules = (*module.INVARIANTS, *module.FACTS)
    assert rules
    assert len({rule.statement for rule in rules}) == len(rules)


def test_a_record_is_frozen() -> None:
    bank = ft.Bank.get("icbc")
    with pytest.raises(pydantic.ValidationError, match="frozen"):
        bank.tech_staff = 1


def test_a_record_admits_no_other_attribute() -> None:
    with pytest.raises(pydantic.ValidationError, match="extra"):
        ft.Bank.model_validate({**ft.Bank.get("icbc").model_dump(), "staff": 1})


def test_all_gives_the_rows_in_the_order_of_the_file() -> None:
    assert [bank.bank_id for bank in ft.Bank.all()] == list(ft.load_banks()["bank_id"])


def test_all_gives_a_tuple_that_nobody_can_change() -> None:
    assert isinstance(ft.Bank.all(), tuple)
    assert ft.Bank.all() == ft.Bank.all(version="1.0.0")


def test_values_have_the_types_of_the_record() -> None:
    bank = ft.Bank.get("icbc")
    assert bank.tech_spend_cny == 23_819_000_000
    assert bank.tech_spend_revenue_pct == Decimal("2.70")
    assert bank.bank_type is ft.BankType.STATE_OWNED
    assert ft.FintechSubsidiary.get("cib_digital").founded_month == YearMonth(2015, 11)
    assert ft.VirtualBank.get("za_bank").shareholders == ("众安在线", "百仕达")


def test_an_empty_cell_is_none() -> None:
    assert ft.Bank.get("psbc").tech_staff is None


@pytest.mark.parametrize("key", ["icbx", "ICBC", "icbc "])
def test_an_unknown_key_names_the_close_matches(key: str) -> None:
    with pytest.raises(ft.UnknownKeyError, match=f"There is no Bank with the key '{key}'"):
        ft.Bank.get(key)


def test_a_misspelled_key_suggests_the_right_one() -> None:
    with pytest.raises(ft.UnknownKeyError, match="Did you mean 'webank'"):
        ft.PrivateBank.get("we_bank")


def test_what_a_caller_does_to_the_set_of_fields_is_not_seen_by_the_next() -> None:
    whole = set(ft.Bank.model_fields)
    ft.Bank.get("icbc").model_fields_set.clear()
    assert ft.Bank.get("icbc").model_fields_set == whole
    assert ft.Bank.get("icbc").model_dump(exclude_unset=True).keys() == whole


@pytest.mark.parametrize("key", [(), (None,), (1,), ("icbc", "icbc")])
def test_a_key_of_another_shape_is_unknown(key: tuple[Any, ...]) -> None:
    with pytest.raises(ft.UnknownKeyError):
        ft.Bank.get(*key)


def test_an_unknown_version_is_refused() -> None:
    for call in (ft.Bank.all, lambda version: ft.Bank.get("icbc", version=version)):
        with pytest.raises(ft.UnknownVersionError):
            call(version="99.0.0")


class Reading(record.Record):
    """A row of a table that does not exist."""

    table: ClassVar = record.TableInfo("banks", ("place", "year"), "Readings", "读数")

    place: str
    year: int
    month: YearMonth | None = None


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> Descriptor:
    made = publish(
        monkeypatch,
        {"place": "string", "year": "integer", "month": "yearmonth"},
        [("a", "2020", "2020-01"), ("a", "2021", ""), ("b", "2020", "2020-03")],
        key=("place", "year"),
    )
    monkeypatch.setattr(pins, "requested", lambda _name, _version=None: made)
    return made


@pytest.mark.usefixtures("readings")
def test_a_composite_key_is_given_part_by_part() -> None:
    assert Reading.get("b", 2020).month == YearMonth(2020, 3)
    assert Reading.get("a", "2021").month is None


@pytest.mark.usefixtures("readings")
def test_an_unknown_composite_key_names_the_close_matches() -> None:
    with pytest.raises(ft.UnknownKeyError, match=r"Did you mean 'b\|2020'"):
        Reading.get("b", 2029)


@pytest.mark.usefixtures("readings")
def test_a_composite_key_as_text_has_its_parts_joined() -> None:
    assert [key_text((row.place, row.year)) for row in Reading.all()] == [
        "a|2020",
        "a|2021",
        "b|2020",
    ]


@pytest.mark.usefixtures("readings")
def test_a_version_that_the_record_class_does_not_fit_says_how_to_load_it() -> None:
    with pytest.raises(
        ft.RecordVersionError, match=r"does not fit .*Bank.* Load that version as a frame"
    ):
        ft.Bank.all()


def test_a_composite_key_is_given_in_parts_or_as_one() -> None:
    found = ft.OpenBankingMetric.get("cmbc", "api_interfaces")
    assert ft.OpenBankingMetric.get(("cmbc", "api_interfaces")) is found
    assert ft.OpenBankingMetric.get("cmbc|api_interfaces") is found
