from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import fintech2021 as ft
from fintech2021._core import catalog

if TYPE_CHECKING:
    from fintech2021._core.names import DatasetName

DATASETS = catalog.datasets()


def test_the_catalogue_has_one_row_per_dataset() -> None:
    assert tuple(ft.catalog()["name"]) == DATASETS


def test_the_catalogue_says_what_a_reader_asks_first() -> None:
    banks = ft.catalog().set_index("name").loc["banks"]
    assert banks["version"] == ft.info("banks").version
    assert (banks["rows"], banks["columns"], banks["record"]) == (18, 10, "Bank")
    assert banks["title_en"] == "Technology spending and staff of national banks, 2020"
    assert banks["title_zh"] == "全国性银行科技投入与科技人员（2020年）"
    assert "1.0.0" in banks["versions"].split(";")


@pytest.mark.parametrize("name", DATASETS)
def test_the_catalogue_counts_what_the_frames_hold(name: DatasetName) -> None:
    row = ft.catalog().set_index("name").loc[name]
    assert (row["rows"], row["columns"]) == ft.load(name).shape
    assert issubclass(getattr(ft, str(row["record"])), ft.Record)


def test_every_call_of_the_catalogue_returns_a_fresh_frame() -> None:
    mine = ft.catalog()
    mine.loc[0, "name"] = "x"
    assert tuple(ft.catalog()["name"]) == DATASETS


def test_info_describes_the_version_that_is_asked_for() -> None:
    banks = ft.info("banks", "1.0.0")
    assert (banks.name, banks.version, banks.rows) == ("banks", "1.0.0", 18)
    assert banks.primary_key == ("bank_id",)
    assert banks.column("tech_spend_cny").unit == "CNY"
    assert banks.sources
    assert banks.caveats


def test_info_without_a_version_describes_the_default_one() -> None:
    assert ft.info("banks") == catalog.load_descriptor("banks")


@pytest.mark.parametrize(("name", "error"), [("bank", ft.UnknownDatasetError)])
def test_info_of_an_unknown_dataset_is_refused(name: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        ft.info(name)


def test_editions_lists_a_version_of_every_dataset_per_edition() -> None:
    editions = ft.editions()
    newest = editions[editions["edition"] == catalog.default_edition().name]
    assert dict(zip(newest["dataset"], newest["version"], strict=True)) == {
        name: catalog.load_descriptor(name).version for name in DATASETS
    }
    assert set(editions["status"]) <= {"draft", "published"}
    assert pd.api.types.is_datetime64_dtype(editions["published_on"])


def test_what_info_returns_can_be_copied_and_pickled() -> None:
    found = ft.info("banks")
    for copied in (copy.deepcopy(found), pickle.loads(pickle.dumps(found))):  # noqa: S301
        assert copied.to_resource() == found.to_resource()


def test_nobody_can_change_the_words_of_a_descriptor() -> None:
    labels = ft.info("banks").column("bank_type").labels
    with pytest.raises(TypeError, match="does not support item assignment"):
        labels["state_owned"] = "x"  # type: ignore[index]
    assert ft.info("banks").column("bank_type").labels["state_owned"] == "国有大型银行"


def test_a_dataset_has_a_title_in_each_language() -> None:
    titles = ft.info("banks").titles
    assert dict(titles) == {"en": ft.info("banks").title_en, "zh": ft.info("banks").title_zh}
    assert len(titles) == 2
