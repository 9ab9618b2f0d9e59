from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

import fintech2021 as ft
from fintech2021._core import catalog
from fintech2021._core.descriptor import Repair
from fintech2021._core.origin import origin_of
from fintech2021._core.rows import by_key
from fintech2021._evidence import places as provenance
from fintech2021._evidence import reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._core.names import DatasetName
    from fintech2021._evidence.places import Place

DATASETS = catalog.datasets()
EVERY = pytest.mark.parametrize("name", DATASETS)


def versions(name: DatasetName) -> Iterator[Descriptor]:
    return (ft.info(name, version) for version in catalog.versions(name))


def cited(descriptor: Descriptor) -> Iterator[tuple[str, Column, str, tuple[Place, ...]]]:
    """Every cell that has places: its key, column, text and places."""
    rows = by_key(descriptor)
    for (key, column), places in provenance.places(descriptor).items():
        yield key, descriptor.column(column), rows[key][column], places


def test_a_printed_cell_has_its_place_in_the_source_text() -> None:
    found = ft.source("banks", "icbc", "tech_spend_cny")
    assert (found.dataset, found.key) == ("banks", "icbc")
    assert found.version == ft.info("banks").version
    assert (found.line, found.start, found.printed) == (1641, 5, "238.19")
    assert (found.value, found.scale) == (23_819_000_000, Decimal(10**8))
    assert (found.origin, found.section) == ("printed", "Banking: technology spending")


def test_a_cell_broken_over_lines_has_a_place_on_each() -> None:
    found = ft.source("virtual_banks", "fusion_bank", "shareholders")
    assert len(found.places) > 1
    assert found.printed == "".join(place.printed for place in found.places)
    assert found.line == found.places[0].line < found.places[-1].line
    assert found.value == ("腾讯", "工银亚洲", "港交所", "高瓴资本")


def test_an_editorial_cell_has_no_place() -> None:
    found = ft.source("banks", "icbc", "name_en")
    assert found.origin == "editorial"
    assert found.places == ()
    assert (found.printed, found.line, found.start, found.scale, found.section) == (None,) * 5
    assert "editorial: not a value that the report prints" in str(found)


def test_a_public_cell_has_no_place() -> None:
    key = ft.SandboxProject.all()[0].project_id
    assert ft.source("sandbox_projects", key, "status").origin == "public"
    assert ft.source("sandbox_projects", key, "status").places == ()


def test_a_printed_dash_is_a_missing_value_with_a_place() -> None:
    found = ft.source("banks", "psbc", "tech_staff")
    assert (found.value, found.printed) == (None, "-")


def test_a_place_prints_for_reading() -> None:
    found = ft.source("banks", "icbc", "tech_spend_cny", version="1.0.0")
    assert str(found).splitlines() == [
        "banks 1.0.0 | icbc | tech_spend_cny = 23819000000  (printed, scale 100000000)",
        "  line 1641, character 5: '238.19'  [Banking: technology spending]",
        "  public pages agree: 23819000000 CNY (xinhua_silk_road_320684)",
    ]


def test_a_key_may_be_given_as_a_tuple() -> None:
    assert ft.source("banks", ("icbc",), "name_zh") == ft.source("banks", "icbc", "name_zh")


def test_an_unknown_key_names_the_close_match() -> None:
    with pytest.raises(ft.UnknownKeyError, match="Did you mean 'icbc'"):
        ft.source("banks", "icbk", "tech_staff")


def test_an_unknown_column_names_the_close_match() -> None:
    with pytest.raises(ft.UnknownColumnError, match="Did you mean 'tech_staff'"):
        ft.source("banks", "icbc", "tech_stuff")


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(ft.UnknownVersionError):
        ft.source("banks", "icbc", "tech_staff", version="99.0.0")


@pytest.mark.parametrize("key", [None, (), ("icbc", "icbc"), 7, ""])
def test_a_key_of_another_shape_is_unknown(key: Any) -> None:
    with pytest.raises(ft.UnknownKeyError):
        ft.source("banks", key, "tech_staff")


@EVERY
def test_every_place_belongs_to_a_cell(name: DatasetName) -> None:
    for descriptor in versions(name):
        rows = by_key(descriptor)
        for key, column in provenance.places(descriptor):
            assert column in rows[key]


@EVERY
def test_every_printed_value_has_a_place(name: DatasetName) -> None:
    for descriptor in versions(name):
        places = provenance.places(descriptor)
        assert [
            (key, field.name)
            for key, row in by_key(descriptor).items()
            for field in descriptor.columns
            if row[field.name]
            and origin_of(field, row) == "printed"
            and (key, field.name) not in places
        ] == []


@EVERY
def test_no_public_cell_claims_a_place(name: DatasetName) -> None:
    for descriptor in versions(name):
        assert [
            (key, field.name)
            for key, field, _, _ in cited(descriptor)
            if origin_of(field, by_key(descriptor)[key]) == "public"
        ] == []


@EVERY
def test_every_cell_is_its_printed_characters_times_the_scale_or_a_repair(
    name: DatasetName,
) -> None:
    for descriptor in versions(name):
        assert [
            (key, field.name, text, places)
            for key, field, text, places in cited(descriptor)
            if not descriptor.repair(key, field.name)
            and not reading.agrees(
                text, field, "".join(place.printed for place in places), places[0].scale
            )
        ] == []


@EVERY
def test_only_a_repaired_cell_may_disagree_with_its_places(name: DatasetName) -> None:
    for descriptor in versions(name):
        assert {
            (key, field.name)
            for key, field, text, _ in cited(descriptor)
            if not provenance.agrees(descriptor, key, field.name, text)
        } <= {(repair.key, repair.column) for repair in descriptor.repairs}


def test_a_repaired_cell_names_its_erratum() -> None:
    banks = ft.info("banks", "1.0.0")
    repaired = replace(banks, repairs=(Repair("icbc", "tech_staff", "some_erratum"),))
    assert repaired.repair("icbc", "tech_staff") == "some_erratum"
    assert repaired.repair("icbc", "tech_staff_pct") is None
    found = replace(ft.source("banks", "icbc", "tech_staff"), repair="some_erratum")
    assert "repaired: see erratum some_erratum" in str(found).splitlines()[1]


@EVERY
def test_the_places_of_one_cell_share_scale_and_follow_one_another(name: DatasetName) -> None:
    for descriptor in versions(name):
        for _, _, _, places in cited(descriptor):
            assert len({place.scale for place in places}) == 1
            assert len({(place.line, place.start) for place in places}) == len(places)


@EVERY
def test_source_gives_the_value_that_the_record_has(name: DatasetName) -> None:
    descriptor = catalog.load_descriptor(name)
    record: type[ft.Record] = getattr(ft, descriptor.record)
    first = record.all()[0]
    key = tuple(getattr(first, part) for part in descriptor.primary_key)
    for field in descriptor.columns:
        assert ft.source(name, key, field.name).value == getattr(first, field.name)


@EVERY
def test_the_printed_characters_stand_in_the_source_text(
    name: DatasetName, source_lines: list[str]
) -> None:
    for descriptor in versions(name):
        assert [
            (key, field.name, place)
            for key, field, _, places in cited(descriptor)
            for place in places
            if not source_lines[place.line - 1].startswith(place.printed, place.start)
        ] == []


@EVERY
def test_no_printed_number_is_cut_out_of_a_longer_one(
    name: DatasetName, source_lines: list[str]
) -> None:
    for descriptor in versions(name):
        assert [
            (key, field.name, place)
            for key, field, _, places in cited(descriptor)
            if field.type in {"integer", "number"} and len(places) == 1
            for place in places
            if _is_cut(place, source_lines[place.line - 1])
        ] == []


def _is_cut(place: Place, line: str) -> bool:
    before, after = line[: place.start][-1:], line[place.start + len(place.printed) :][:1]
    return (place.printed[:1].isdigit() and before.isdigit()) or (
        place.printed[-1:].isdigit() and after.isdigit()
    )


def test_a_public_cell_names_its_pages() -> None:
    found = ft.source("virtual_banks", "mox_bank", "licensed_on")
    assert found.source_ids == ft.VirtualBank.get("mox_bank").source_ids
    assert len(found.source_ids) > 1
    assert f"pages: {', '.join(found.source_ids)}" in str(found)
    assert "hkma_2019_03_27" in found.source_ids or "news_gov_hk_2019_03_27" in found.source_ids
    assert ft.source("virtual_banks", "mox_bank", "features").source_ids == ()


def test_a_cell_that_is_in_doubt_names_its_erratum() -> None:
    found = ft.source("observations", "cn_ai_core_cagr_2021_2025", "value")
    assert "ai_core_cagr" in found.errata
    assert "see erratum ai_core_cagr" in str(found)
    assert ft.source("banks", "icbc", "tech_spend_cny").errata == ()


def test_a_cell_whose_column_differs_by_row_is_as_its_row() -> None:
    assert ft.info("bank_technology").column("tech_spend_cny").origin == "by_row"
    printed, public = (
        ft.source("bank_technology", ("cmb", year), "tech_spend_cny") for year in (2020, 2019)
    )
    assert (printed.origin, printed.printed, printed.source_ids) == ("printed", "119.12", ())
    assert (public.origin, public.places) == ("public", ())
    assert public.source_ids == ft.BankTechnology.get("cmb", 2019).source_ids
