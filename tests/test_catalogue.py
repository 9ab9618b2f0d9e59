from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from typing import TYPE_CHECKING, Any

import pytest

import fintech2021 as ft
from fintech2021._core import catalog, digests, store
from fintech2021._core.kinds import KINDS
from fintech2021._core.rows import read_table
from made_up import publish
from made_up_versions import STAFF, WHY, forget

if TYPE_CHECKING:
    from fintech2021._core.names import DatasetName

DATASETS = catalog.datasets()


def test_datasets_are_named_in_alphabetical_order() -> None:
    assert list(DATASETS) == sorted(set(DATASETS))
    assert "banks" in DATASETS


def test_the_default_edition_is_the_newest_and_names_a_version_of_every_dataset() -> None:
    edition = catalog.default_edition()
    assert edition is list(catalog.editions().values())[-1]
    assert edition.datasets.keys() == set(DATASETS)


@pytest.mark.parametrize("edition", catalog.editions().values(), ids=lambda edition: edition.name)
def test_an_edition_names_versions_that_exist(edition: catalog.Edition) -> None:
    assert all(version in catalog.versions(name) for name, version in edition.datasets.items())
    assert (edition.published_on is None) == (edition.status == "draft")


@pytest.mark.parametrize("name", DATASETS)
def test_a_request_without_a_version_means_the_default_edition(name: DatasetName) -> None:
    assert catalog.choose_version(name) == catalog.default_edition().datasets[name]


@pytest.mark.parametrize("name", DATASETS)
def test_versions_are_listed_oldest_first(name: DatasetName) -> None:
    from packaging.version import Version

    versions = catalog.versions(name)
    assert sorted(versions, key=Version) == list(versions)
    assert catalog.load_descriptor(name).versions == versions


@pytest.mark.parametrize("name", DATASETS)
def test_a_descriptor_counts_what_its_files_hold(name: DatasetName) -> None:
    for version in catalog.versions(name):
        descriptor = ft.info(name, version)
        header, rows = read_table(descriptor.content)
        places = store.read(descriptor.provenance_path, descriptor.provenance_sha256)
        assert (descriptor.name, descriptor.version) == (name, version)
        assert header == [field.name for field in descriptor.columns]
        assert descriptor.rows == len(rows)
        assert descriptor.provenance_rows == len(read_table(places)[1])


@pytest.mark.parametrize("name", DATASETS)
def test_a_descriptor_says_what_a_reader_needs(name: DatasetName) -> None:
    descriptor = catalog.load_descriptor(name)
    assert all((descriptor.title_en, descriptor.title_zh, descriptor.description))
    assert set(descriptor.primary_key) <= {field.name for field in descriptor.columns}
    for field in descriptor.columns:
        assert all((field.title_en, field.title_zh, field.description))
        assert field.origin in {"printed", "public", "editorial", "derived", "by_row"}
        assert (field.origin == "derived") is bool(field.derivation)
        assert field.type in KINDS
        assert field.required == (field.missing is None)


@pytest.mark.parametrize("name", DATASETS)
def test_a_reference_names_a_dataset_with_a_single_key(name: DatasetName) -> None:
    for field in catalog.load_descriptor(name).columns:
        if field.references:
            assert len(catalog.load_descriptor(field.references).primary_key) == 1


def test_an_unknown_dataset_names_the_close_match_and_what_exists() -> None:
    with pytest.raises(ft.UnknownDatasetError, match="Did you mean 'banks'") as caught:
        catalog.versions("bnks")
    assert all(name in caught.value.known for name in DATASETS)


@pytest.mark.parametrize("name", [None, 7, [], {}, b"banks", "Banks", " banks", "banks "])
def test_only_the_exact_name_of_a_dataset_is_one(name: Any) -> None:
    with pytest.raises(ft.UnknownDatasetError):
        catalog.load_descriptor(name)


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
        catalog.load_descriptor("banks").column("tech_stuff")


def test_a_descriptor_prints_as_a_data_dictionary() -> None:
    banks = ft.info("banks", "1.0.0")
    text = str(banks)
    assert text.startswith("banks 1.0.0: Technology spending and staff of national banks, 2020")
    assert all(field.name in text and field.title_en in text for field in banks.columns)
    assert all(caveat in text for caveat in banks.caveats)
    assert banks.sha256 in text


def test_a_descriptor_is_immutable_and_the_same_object_each_time() -> None:
    banks = catalog.load_descriptor("banks")
    with pytest.raises(FrozenInstanceError):
        banks.rows = 1  # type: ignore[misc]
    assert catalog.load_descriptor("banks") is banks


def test_a_descriptor_without_caveats_and_units_prints_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = replace(publish(monkeypatch, {"id": "string"}, [("a",)]), caveats=())
    assert "Caveat" not in str(made)


def test_the_register_is_ascii_with_one_line_per_version() -> None:
    lines = store.read_unchecked("register.csv").decode("ascii").splitlines()
    assert lines[0] == "dataset,version,sha256"
    assert len(lines) - 1 == sum(len(catalog.versions(name)) for name in DATASETS)


@pytest.mark.parametrize("name", DATASETS)
def test_the_digest_of_a_descriptor_stands_in_the_register(name: DatasetName) -> None:
    register = store.read_unchecked("register.csv").decode("ascii").splitlines()
    for version in catalog.versions(name):
        content = store.read_unchecked(f"{name}/{version}.json")
        assert f"{name},{version},{store.digest(content)}" in register
        assert json.loads(content)["version"] == version


SPECIFIERS = {
    "1.0.0": "1.0.0",
    "==1.0.0": "1.0.0",
    "==1.0": "1.0.0",
    "==1.*": "1.1.0",
    "~=1.0": "1.1.0",
    "~=1.0.0": "1.0.0",
    ">=1.1,<2": "1.1.0",
    ">=1.1, <2": "1.1.0",
    "<2": "1.1.0",
    "!=2.0.0": "1.1.0",
    ">=1": "2.0.0",
    "~=2.0": "2.0.0",
    " ~=1.0 ": "1.1.0",
    "===1.1.0": "1.1.0",
}


@pytest.mark.usefixtures("three_banks")
@pytest.mark.parametrize("request_", SPECIFIERS)
def test_a_request_gets_the_newest_version_that_it_admits(request_: str) -> None:
    assert ft.info("banks", request_).version == SPECIFIERS[request_]


@pytest.mark.usefixtures("three_banks")
@pytest.mark.parametrize(
    "request_", ["~=3.0", ">2", "<1", ">=1.1,<1.1", "==9.9.9", "1.0", "v1.0.0"]
)
def test_a_request_that_admits_no_version_names_those_that_exist(request_: str) -> None:
    with pytest.raises(ft.UnknownVersionError, match=r"Known: 1\.0\.0, 1\.1\.0, 2\.0\.0"):
        ft.info("banks", request_)


@pytest.mark.parametrize(
    "request_", ["~=1", ">=", "=>1.0", ">=one", "~1.0", ">=1.0 or <2", "<", "^1"]
)
def test_a_specifier_that_cannot_be_read_says_how_to_write_one(request_: str) -> None:
    with pytest.raises(ft.UnknownVersionError, match=r"cannot be read; write a version .* ~=1\.0"):
        ft.info("banks", request_)


@pytest.mark.usefixtures("three_banks")
def test_requests_that_meet_get_the_newest_version_that_all_admit() -> None:
    assert catalog.choose_version("banks", {"one": "~=1.0", "another": ">=1.0"}) == "1.1.0"
    assert catalog.choose_version("banks", {"one": "~=1.0", "another": "!=1.1.0"}) == "1.0.0"


@pytest.mark.usefixtures("three_banks")
def test_requests_that_contradict_each_other_are_all_named() -> None:
    with pytest.raises(ft.UnknownVersionError) as caught:
        catalog.choose_version("banks", {"one": "~=1.0", "another": ">=2"})
    assert "'~=1.0 and >=2'" in str(caught.value)
    assert "The requests that met are one: ~=1.0, another: >=2." in str(caught.value)


@pytest.mark.usefixtures("three_banks")
def test_a_single_request_is_not_said_to_have_met_another() -> None:
    with pytest.raises(ft.UnknownVersionError) as caught:
        catalog.choose_version("banks", {"one": "~=3.0"})
    assert "met" not in str(caught.value)


@pytest.mark.usefixtures("three_banks")
def test_a_version_that_is_superseded_says_why_and_the_others_do_not() -> None:
    assert [ft.info("banks", v).superseded for v in STAFF] == [None, WHY, None]


def test_a_whole_dataset_may_be_superseded(monkeypatch: pytest.MonkeyPatch) -> None:
    marks = {("banks", ""): "all of it", ("banks", "1.0.0"): "this one"}
    monkeypatch.setattr(catalog, "_superseded", lambda: marks)
    load = catalog._load.__wrapped__
    assert load("banks", "1.0.0").superseded == "this one"
    del marks["banks", "1.0.0"]
    assert load("banks", "1.0.0").superseded == "all of it"
    assert load("regions", "1.0.0").superseded is None


def test_a_cell_that_is_faithful_has_no_repair() -> None:
    assert ft.info("banks", "1.0.0").repair("icbc", "tech_staff") is None


@pytest.mark.usefixtures("three_banks")
def test_a_repaired_cell_names_its_erratum_and_no_other_cell_does() -> None:
    descriptor = ft.info("banks", "2.0.0")
    assert descriptor.repair("icbc", "tech_staff") == "made_up"
    assert descriptor.repair("icbc", "tech_spend_cny") is None
    assert descriptor.repair("abc", "tech_staff") is None


@pytest.mark.parametrize("name", DATASETS)
def test_every_repair_of_a_published_version_rests_on_an_erratum(name: DatasetName) -> None:
    known = {erratum.erratum_id for erratum in ft.Erratum.all()}
    for version in catalog.versions(name):
        assert {repair.erratum_id for repair in ft.info(name, version).repairs} <= known


@pytest.mark.parametrize("path", ["register.csv", "editions.json", "superseded.csv"])
@pytest.mark.parametrize("content", [b"", b"a,b\nc", b"\xff\xfe"])
def test_an_index_that_cannot_be_read_is_damaged(
    path: str, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = store.read_unchecked
    monkeypatch.setattr(
        store, "read_unchecked", lambda asked: content if asked == path else read(asked)
    )
    forget()
    try:
        with pytest.raises(ft.IntegrityError, match=f"{path} is damaged: published with SHA-256"):
            (ft.catalog(), ft.editions(), ft.load("banks"))
    finally:
        forget()


@pytest.mark.parametrize("path", ["register.csv", "editions.json", "superseded.csv"])
def test_no_flipped_bit_of_an_index_passes(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = store.read_unchecked
    whole = read(path)
    places = sorted({*range(0, len(whole), 97), len(whole) - 1})
    for place in places:
        flipped = bytearray(whole)
        flipped[place] ^= 1 << place % 8
        monkeypatch.setattr(
            store,
            "read_unchecked",
            lambda asked, made=bytes(flipped): made if asked == path else read(asked),
        )
        forget()
        with pytest.raises(ft.IntegrityError, match=f"{path} is damaged"):
            (catalog.editions(), ft.info("observations"))
    monkeypatch.undo()
    forget()


@pytest.mark.parametrize(
    "content", [b"{}", b'{"2026.1": {"status": "draft", "datasets": {"banks": "9.9.9"}}}']
)
def test_an_index_that_contradicts_the_register_is_damaged(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = store.read_unchecked
    monkeypatch.setattr(
        store, "read_unchecked", lambda path: content if path == "editions.json" else read(path)
    )
    guard = digests.INDEX_SHA256 | {"editions.json": store.digest(content)}
    monkeypatch.setattr(digests, "INDEX_SHA256", guard)
    catalog.editions.cache_clear()
    try:
        with pytest.raises(ft.IntegrityError, match=r"editions\.json is damaged"):
            ft.load("banks")
    finally:
        catalog.editions.cache_clear()


class Loud(str):
    """A text that cannot be compared."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        raise RuntimeError


def test_a_text_of_a_class_of_its_own_is_taken_as_a_text() -> None:
    assert ft.info(Loud("banks"), Loud("1.0.0")).version == "1.0.0"


@pytest.mark.parametrize("request_", ["9" * 5000, ">=" + "9" * 5000, ",".join([">=1.0"] * 4000)])
def test_a_request_that_is_longer_than_any_is_refused_at_once(request_: str) -> None:
    with pytest.raises(ft.UnknownVersionError, match="cannot be read; write a version"):
        ft.info("banks", request_)


def test_an_edition_with_a_version_is_the_one_that_is_meant_or_the_newest() -> None:
    assert getattr(catalog.edition_with("banks", "1.0.0"), "name", "") == "2026.2"
    assert getattr(catalog.edition_with("banks", "1.0.0", "2026.1"), "name", "") == "2026.1"
    assert getattr(catalog.edition_with("claims", "1.0.0", "2026.1"), "name", "") >= "2026.2"
    assert catalog.edition_with("banks", "9.9.9") is None


@pytest.mark.parametrize("request_", ["1.0", "v1.0.0", "1.0.0 "])
def test_another_spelling_of_a_version_is_told_the_right_one(request_: str) -> None:
    with pytest.raises(ft.UnknownVersionError):
        ft.load("banks", request_)


def test_a_release_that_is_spelled_otherwise_is_named_as_published() -> None:
    with pytest.raises(ft.UnknownVersionError, match=r"as it is published: 1\.0\.0"):
        ft.load("banks", "v1.0.0")


def test_beside_a_version_that_no_edition_names_stands_the_newest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = replace(publish(monkeypatch, {"id": "string"}, [("a",)]), version="9.9.9")
    assert catalog.same_edition(made, "observations").version == catalog.choose_version(
        "observations"
    )


def test_beside_an_old_version_stand_those_of_its_edition() -> None:
    old = ft.info("virtual_banks", "1.0.0")
    assert catalog.same_edition(old, "observations").version == "1.0.0"


def test_an_edition_that_names_a_version_that_is_not_registered_is_damaged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = json.loads(store.read_unchecked("editions.json"))
    next(iter(document.values()))["datasets"]["banks"] = "9.9.9"
    content, read = json.dumps(document).encode(), store.read
    monkeypatch.setattr(
        store, "read", lambda path, sha: content if path == "editions.json" else read(path, sha)
    )
    catalog.editions.cache_clear()
    try:
        with pytest.raises(ft.IntegrityError, match=r"the register has no banks 9\.9\.9"):
            ft.load("banks")
    finally:
        catalog.editions.cache_clear()
