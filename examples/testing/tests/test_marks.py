"""Marks: what a single test sees, in its threads and child processes too."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

import fintech2021 as ft

NAMES = ("banks", "virtual_banks")
ASK = f"import fintech2021 as ft; print(*(ft.info(name).version for name in {NAMES}))"


def versions() -> tuple[str, ...]:
    return tuple(ft.info(name).version for name in NAMES)


def everywhere() -> set[tuple[str, ...]]:
    """Return the versions that this thread, another one and a child process see."""
    with ThreadPoolExecutor() as pool:
        thread = pool.submit(versions).result()
    child = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    return {versions(), thread, tuple(child.stdout.split())}


def test_without_a_mark_the_lock_holds() -> None:
    assert everywhere() == {("1.0.0", "1.1.0")}
    with pytest.raises(ft.PinError, match="has no dataset sandbox_projects"):
        ft.load("sandbox_projects")


@pytest.mark.fintech2021(virtual_banks="1.0.0")
def test_a_mark_wins_over_the_lock_for_what_it_names(
    fintech2021_virtual_banks: pd.DataFrame,
) -> None:
    assert fintech2021_virtual_banks.attrs["fintech2021"]["version"] == "1.0.0"
    assert everywhere() == {("1.0.0", "1.0.0")}


@pytest.mark.fintech2021("2026.1")
class TestOnAnEdition:
    """Marks of classes and modules hold for each of their tests."""

    def test_a_whole_edition_can_be_seen(self) -> None:
        assert everywhere() == {("1.0.0", "1.0.0")}
        assert ft.load("sandbox_projects").attrs["fintech2021"]["edition"] == "2026.1"
