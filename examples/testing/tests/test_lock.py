"""The lock: what the project pins is what the tests see, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import fintech2021 as ft

LOCK = Path(__file__).parents[1] / "fintech2021.lock"


def test_the_tests_see_what_is_locked(fintech2021_banks: pd.DataFrame) -> None:
    told = fintech2021_banks.attrs["fintech2021"]
    assert (told["version"], told["pin"]) == ("1.0.0", "use('fintech2021.lock')")
    assert set(ft.catalog()["name"]) == {"banks", "institutions", "virtual_banks"}


def test_the_installed_data_are_those_of_the_lock() -> None:
    ft.verify_lock(LOCK)
