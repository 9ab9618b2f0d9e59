from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import fintech2021 as ft
from fintech2021._core import catalog

if TYPE_CHECKING:
    from fintech2021._core.names import DatasetName

DATASETS = catalog.datasets()
BACKENDS = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.Table}
EVERY = pytest.mark.parametrize("name", DATASETS)


@EVERY
def test_every_dataset_has_a_loader_of_its_own(name: DatasetName) -> None:
    loader = getattr(ft, f"load_{name}")
    pd.testing.assert_frame_equal(loader(), ft.load(name))


@EVERY
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_loader_returns_the_frame_of_the_backend(name: DatasetName, backend: str) -> None:
    frame = getattr(ft, f"load_{name}")(backend=backend)
    assert isinstance(frame, BACKENDS[backend])
    assert frame.shape == (ft.info(name).rows, len(ft.info(name).columns))


@EVERY
def test_a_loader_loads_every_version(name: DatasetName) -> None:
    for version in catalog.versions(name):
        frame = getattr(ft, f"load_{name}")(version=version)
        assert frame.attrs["fintech2021"]["version"] == version


@EVERY
def test_a_loader_tells_what_each_column_holds(name: DatasetName) -> None:
    loader = getattr(ft, f"load_{name}")
    text = inspect.getdoc(loader) or ""
    assert loader.__name__ == f"load_{name}"
    assert all(f"{field.name} : {field.type}" in text for field in ft.info(name).columns)


@EVERY
def test_a_loader_takes_only_keywords(name: DatasetName) -> None:
    with pytest.raises(TypeError):
        getattr(ft, f"load_{name}")("1.0.0")


@EVERY
def test_every_call_returns_a_fresh_frame(name: DatasetName) -> None:
    assert ft.load(name) is not ft.load(name)


@pytest.mark.parametrize("backend", ["panda", "", None, 7, []])
def test_an_unknown_backend_names_the_known_ones(backend: Any) -> None:
    with pytest.raises(ft.UnknownBackendError, match="Known: pandas, polars, pyarrow"):
        ft.load("banks", backend=backend)


@pytest.mark.parametrize("name", ["bank", "BANKS", "", None, 7, [], ("banks",)])
def test_an_unknown_dataset_names_the_known_ones(name: Any) -> None:
    with pytest.raises(ft.UnknownDatasetError, match=r"Known: .*banks"):
        ft.load(name)


@pytest.mark.parametrize("version", ["99.0.0", "newest", "", 1, ["1.0.0"]])
def test_an_unknown_version_names_the_published_ones(version: Any) -> None:
    with pytest.raises(ft.UnknownVersionError, match=r"Known: .*1\.0\.0"):
        ft.load("banks", version)
