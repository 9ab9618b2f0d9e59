from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from typing import TYPE_CHECKING, Any

import pytest

import fintech2021 as ft
from fintech2021 import catalogue, cells, store
from made_up import publish

if TYPE_CHECKING:
    from fintech2021._names import DatasetName

DATASETS = catalogue.datasets()


def test_datasets_are_named_in_alphabetical_order() -> None:
    assert list(DATASETS) == sorted(set(DATASETS))
    assert "banks" in DATASETS


def test_the_default_edition_is_the_newest_and_names_a_version_of_every_dataset() -> None:
    edition = catalogue.default_edition()
    assert edition is list(catalogue.editions().values())[-1]
    assert edition.datasets.keys() == set(DATASETS)


@pytest.mark.parametrize("edition", catalogue.editions().values(), ids=lambda edition: edition.name)
def test_an_edition_names_versions_that_exist(edition: catalogue.Edition) -> None:
    assert all(version in catalogue.versions(name) for name, version in edition.datasets.items())
    assert (edition.published_on is None) == (edition.status == "draft")


@pytest.mark.parametrize("name", DATASETS)
def test_a_request_without_a_version_means_the_default_edition(name: DatasetName) -> None:
    assert catalogue.find(name) == catalogue.default_edition().datasets[name]


@pytest.mark.parametrize("name", DATASETS)
def test_versions_are_listed_oldest_first(name: DatasetName) -> None:
    from packaging.version import Version

    versions = catalogue.versions(name)
    assert sorted(versions, key=Version) == list(versions)
    assert catalogue.descriptor(name).versions == versions


@pytest.mark.parametrize("name", DATASETS)
def test_a_descriptor_counts_what_its_files_hold(name: DatasetName) -> None:
    for version in catalogue.versions(name):
        descriptor = ft.info(name, version)
        header, rows = cells.read_table(descriptor.content)
        places = store.read(descriptor.provenance_path, descriptor.provenance_sha256)
        assert (descriptor.name, descriptor.version) == (name, version)
        assert header == [field.name for field in descriptor.columns]
        assert descriptor.rows == len(rows)
        assert descriptor.provenance_rows == len(cells.read_table(places)[1])


@pytest.mark.parametrize("name", DATASETS)
def test_a_descriptor_says_what_a_reader_needs(name: DatasetName) -> None:
    descriptor = catalogue.descriptor(name)
    assert all((descriptor.title_en, descriptor.title_zh, descriptor.description))
    assert set(descriptor.primary_key) <= {field.name for field in descriptor.columns}
    for field in descriptor.columns:
        assert all((field.title_en, field.title_zh, field.description))
        assert field.origin in {"printed", "public", "editorial"}
        assert field.type in cells.CELLS
        assert field.required == (field.missing is None)


@pytest.mark.parametrize("name", DATASETS)
def test_a_reference_names_a_dataset_with_a_single_key(name: DatasetName) -> None:
    for field in catalogue.descriptor(name).columns:
        if field.references:
            assert len(catalogue.descriptor(field.references).primary_key) == 1


def test_an_unknown_dataset_names_the_close_match_and_what_exists() -> None:
    with pytest.raises(ft.UnknownDatasetError, match="Did you mean 'banks'") as caught:
        catalogue.versions("bnks")
    assert all(name in caught.value.known for name in DATASETS)


@pytest.mark.parametrize("name", [None, 7, [], {}, b"banks", "Banks", " banks", "banks "])
def test_only_the_exact_name_of_a_dataset_is_one(name: Any) -> None:
    with pytest.raises(ft.UnknownDatasetError):
        catalogue.descriptor(name)


def test_an_unknown_version_names_the_published_ones() -> None:
    with pytest.raises(ft.UnknownVersionError, match=r"'99\.0\.0'.*Known: .*1\.0\.0"):
        ft.info("banks", "99.0.0")


@pytest.mark.parametrize("version", ["latest!", "v one", "", "1..0"])
def test_a_version_that_is_none_says_how_to_write_one(version: str) -> None:
    with pytest.raises(ft.UnknownVersionError, match=r"1\.0"):
        ft.info("banks", version)


@pytest.mark.parametrize("version", [1, 1.0, (), [], b"1.0.0", object()])
def test_a_version_that_is_no_text_is_unknown(version: Any) -> None:
    with pytest.raises(ft.UnknownVersionError):
        ft.info("banks", version)


def test_an_unknown_column_names_the_close_match() -> None:
    with pytest.raises(ft.UnknownColumnError, match="Did you mean 'tech_staff'"):
        catalogue.descriptor("banks").field("tech_stuff")


def test_a_descriptor_prints_as_a_data_dictionary() -> None:
    banks = ft.info("banks", "1.0.0")
    text = str(banks)
    assert text.startswith("banks 1.0.0: Technology spending and staff of national banks, 2020")
    assert all(field.name in text and field.title_en in text for field in banks.columns)
    assert all(caveat in text for caveat in banks.caveats)
    assert banks.sha256 in text


def test_a_descriptor_is_immutable_and_the_same_object_each_time() -> None:
    banks = catalogue.descriptor("banks")
    with pytest.raises(FrozenInstanceError):
        banks.rows = 1  # type: ignore[misc]
    assert catalogue.descriptor("banks") is banks


def test_a_descriptor_without_caveats_and_units_prints_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = replace(publish(monkeypatch, {"id": "string"}, [("a",)]), caveats=())
    assert "Caveat" not in str(made)


def test_the_register_is_ascii_with_one_line_per_version() -> None:
    lines = store.read_unchecked("register.csv").decode("ascii").splitlines()
    assert lines[0] == "dataset,version,sha256"
    assert len(lines) - 1 == sum(len(catalogue.versions(name)) for name in DATASETS)


@pytest.mark.parametrize("name", DATASETS)
def test_the_digest_of_a_descriptor_stands_in_the_register(name: DatasetName) -> None:
    register = store.read_unchecked("register.csv").decode("ascii").splitlines()
    for version in catalogue.versions(name):
        content = store.read_unchecked(f"{name}/{version}.json")
        assert f"{name},{version},{store.digest(content)}" in register
        assert json.loads(content)["version"] == version
