from __future__ import annotations

import errno
import os
import sys
import zlib
from typing import TYPE_CHECKING, Any

import pytest

import fintech2021 as ft
from fintech2021._core import catalog, store

if TYPE_CHECKING:
    from pathlib import Path


TRICKS: list[Any] = [
    "../x",
    "../../etc/passwd",
    "",
    None,
    ".",
    "banks/1.0.0",
    "/banks",
    "banks\0",
    7,
]


def test_a_packaged_file_is_read_when_its_digest_is_the_published_one() -> None:
    banks = catalog.load_descriptor("banks")
    assert store.digest(store.read(banks.path, banks.sha256)) == banks.sha256


def test_a_damaged_file_names_the_file_both_digests_and_the_cure() -> None:
    banks = catalog.load_descriptor("banks")
    with pytest.raises(ft.IntegrityError) as caught:
        store.read(banks.path, "0" * 64)
    text = str(caught.value)
    assert "banks/" in text
    assert "0" * 64 in text
    assert banks.sha256 in text
    assert "pip install --force-reinstall fintech2021" in text


def test_a_file_that_was_damaged_on_the_disk_is_noticed_by_the_loader(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = store.read_unchecked
    monkeypatch.setattr(store, "read_unchecked", lambda path: whole(path).replace(b"2", b"3"))
    store.read.cache_clear()
    banks = catalog.load_descriptor("banks")
    with pytest.raises(ft.IntegrityError, match=r"banks/.*\.csv is damaged"):
        _ = banks.content


def test_a_damaged_file_is_reported_again_at_the_next_read() -> None:
    for _ in range(2):
        with pytest.raises(ft.IntegrityError, match="is damaged"):
            store.read("editions.json", "0" * 64)


def test_a_missing_file_names_the_file_and_the_cure() -> None:
    with pytest.raises(ft.IntegrityError) as caught:
        store.read("banks/0.0.0.csv", "0" * 64)
    assert "banks/0.0.0.csv is missing" in str(caught.value)
    assert "pip install --force-reinstall fintech2021" in str(caught.value)


def _told(monkeypatch: pytest.MonkeyPatch, cause: Exception) -> str:
    """Return what is said where the loader of the package cannot read a file."""

    def fail(_: str) -> bytes:
        raise cause

    class Loader:
        get_data = staticmethod(fail)

    monkeypatch.setattr(store, "_LOADER", Loader)
    with pytest.raises(ft.IntegrityError) as caught:
        store.read_unchecked("banks/1.0.0.csv")
    return str(caught.value)


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.EACCES, errno.EIO])
def test_a_file_that_is_there_is_not_called_missing(
    monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    why = os.strerror(number)
    told = _told(monkeypatch, OSError(number, why))
    assert told == f"The packaged file banks/1.0.0.csv is there, but cannot be read now: {why}."


@pytest.mark.parametrize(
    "cause", [zlib.error("Error -3"), EOFError(), ImportError("bad local file header"), KeyError()]
)
def test_a_part_of_a_zip_that_cannot_be_read_is_damage(
    monkeypatch: pytest.MonkeyPatch, cause: Exception
) -> None:
    told = _told(monkeypatch, cause)
    assert told.startswith(f"The packaged file banks/1.0.0.csv is damaged: {cause!r}. Reinstall")


@pytest.mark.parametrize("cause", [FileNotFoundError(errno.ENOENT, ""), OSError(0, "", "in a zip")])
def test_a_frozen_app_without_the_data_says_what_to_collect(
    monkeypatch: pytest.MonkeyPatch, cause: Exception
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    told = _told(monkeypatch, cause)
    assert "--collect-data fintech2021" in told
    assert "Reinstall" not in told


def test_no_memory_is_not_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MemoryError):
        _told(monkeypatch, MemoryError())


@pytest.mark.parametrize("name", TRICKS)
@pytest.mark.parametrize(
    "call",
    [
        ft.load,
        ft.info,
        ft.schema,
        lambda name: ft.source(name, "icbc", "name_zh"),
        lambda name: ft.validate(ft.load_banks(), name),
    ],
    ids=["load", "info", "schema", "source", "validate"],
)
def test_a_name_that_is_no_dataset_reaches_no_file(
    call: Any, name: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog.datasets()
    ft.load_banks()
    monkeypatch.setattr(store, "read", _no_file)
    monkeypatch.setattr(store, "read_unchecked", _no_file)
    with pytest.raises(ft.UnknownDatasetError):
        call(name)


@pytest.mark.parametrize("version", TRICKS[:3] + TRICKS[4:])
def test_a_version_that_is_none_reaches_no_file(
    version: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog.load_descriptor("banks")
    monkeypatch.setattr(store, "read", _no_file)
    monkeypatch.setattr(store, "read_unchecked", _no_file)
    with pytest.raises(ft.UnknownVersionError):
        ft.info("banks", version)


def _no_file(*path: str) -> bytes:
    raise AssertionError(f"read {path}")


def test_the_data_folder_holds_every_file_of_every_version() -> None:
    with ft.data_dir() as folder:
        for name in catalog.datasets():
            for version in catalog.versions(name):
                descriptor = ft.info(name, version)
                assert store.digest((folder / descriptor.path).read_bytes()) == descriptor.sha256


def test_a_freshly_opened_data_folder_is_a_path() -> None:
    with ft.data_dir() as folder:
        found: Path = folder / "register.csv"
        assert found.is_file()
