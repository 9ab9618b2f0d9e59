"""Each edition is one Data Package, which other programs read and hold against the standard."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import frictionless
import pytest
from tools.freezing.package import packages

import fintech2021 as ft
from fintech2021._core import catalog, store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EDITIONS = json.loads(store.read_unchecked("editions.json"))


def _document(name: str, version: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(store.read_unchecked(f"{name}/{version}.json"))
    return document


PACKAGES = packages(EDITIONS, _document)


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """The folder to which the paths in packages are relative."""
    with ft.data_dir() as folder:
        yield folder


def _errors(package: dict[str, Any], folder: Path) -> list[str]:
    report = frictionless.Package.from_descriptor(package, basepath=str(folder)).validate()
    return [": ".join(error) for error in report.flatten(["type", "note"])]


@pytest.mark.parametrize("path", PACKAGES)
def test_an_edition_is_valid_as_a_whole(path: str, data: Path) -> None:
    assert _errors(PACKAGES[path], data) == []


@pytest.mark.parametrize("path", PACKAGES)
def test_a_package_has_every_table_of_its_edition_with_a_licence(path: str, data: Path) -> None:
    package = PACKAGES[path]
    named = EDITIONS[package["version"]]["datasets"]
    found = {resource["name"]: resource["version"] for resource in package["resources"]}
    assert found == named
    for resource in package["resources"]:
        assert (data / resource["path"]).is_file()
        assert (data / resource["provenance"]["path"]).is_file()
        assert resource["licenses"]
        assert resource["schema"].get("foreignKeys") != []


def test_a_reference_to_a_row_that_is_not_there_is_found(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(data, folder)
    package = json.loads(json.dumps(PACKAGES["datapackage-2026.1.json"]))
    path = folder / "banks" / "1.0.0.csv"
    path.write_bytes(path.read_bytes().replace(b"\nicbc,", b"\nxxxx,"))
    kinds = {error.partition(":")[0] for error in _errors(package, folder)}
    assert kinds == {"foreign-key", "hash-count"}


def test_the_default_edition_has_a_package() -> None:
    assert f"datapackage-{catalog.default_edition().name}.json" in PACKAGES
