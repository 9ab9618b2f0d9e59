"""Every packaged file with one bit turned: what is read is what was published, or an error."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import fintech2021 as ft
from fintech2021._core import catalog, rows, store
from fintech2021._evidence import places
from fintech2021._frames import pandas as pandas_frames
from fintech2021._records import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.slow

FLIPS = 2000
SEED = 2021
CACHED: list[Any] = [
    catalog._register,
    catalog.editions,
    catalog._superseded,
    catalog._load,
    store.read,
    rows.by_key,
    places.places,
    pandas_frames._cached_frame,
    record._index,
]


class Turned:
    """A loader of the package that turns one bit of one file."""

    def __init__(self, path: Path, place: int, bit: int) -> None:
        self._loader, self._path, self._place, self._bit = store._LOADER, path, place, bit

    def get_data(self, path: str) -> bytes:
        content: bytes = self._loader.get_data(path)
        if Path(path) != self._path:
            return content
        changed = bytearray(content)
        changed[self._place] ^= 1 << self._bit
        return bytes(changed)


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Leave nothing that was read from a turned file."""
    yield
    forget()


def forget() -> None:
    for cached in CACHED:
        cached.cache_clear()


def answer(name: str, version: str | None) -> Any:
    """Return all that a reader sees of a file: of a version, or of what lists the versions."""
    if version is None:
        edition = catalog.default_edition()
        marks = {each: ft.info(each).superseded for each in catalog.datasets()}
        return edition, dict(catalog.editions()), catalog._register(), catalog._superseded(), marks
    descriptor = ft.info(name, version)
    read = places.places(descriptor)
    return descriptor.to_resource(), ft.load(name, version).to_csv(), list(read.items())


def files() -> list[tuple[Path, str, str | None]]:
    """Return every packaged file, with the dataset and the version that are read from it."""
    with ft.data_dir() as folder:
        found = sorted(path for path in folder.rglob("*") if path.is_file())
    return [(path, path.parent.name, _version(path)) for path in found]


def _version(path: Path) -> str | None:
    stem = path.name.removesuffix(".csv").removesuffix(".json").removesuffix(".provenance")
    return stem if path.parent.name != "data" else None


@pytest.mark.filterwarnings("ignore::UserWarning")  # Of superseded versions.
def test_no_turned_bit_changes_an_answer_in_silence(
    share: float, record_property: Callable[[str, object], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(SEED)  # noqa: S311 - The same places every time.
    packaged = files()
    plan = [*packaged, *draw.choices(packaged, k=FLIPS)][: int(FLIPS * share)]
    draw.shuffle(plan)
    counts = dict.fromkeys(("noticed", "the same", "foreign", "silent"), 0)
    whole: dict[Any, Any] = {}
    faults = []
    for path, name, version in plan:
        place, bit = draw.randrange(path.stat().st_size), draw.randrange(8)
        if (name, version) not in whole:
            forget()
            whole[name, version] = answer(name, version)
        with monkeypatch.context() as patch:
            forget()
            patch.setattr(store, "_LOADER", Turned(path, place, bit))
            outcome, why = _outcome(name, version, whole[name, version])
        counts[outcome] += 1
        if why:
            faults.append(f"{path.name} of {name}, bit {bit} of byte {place}: {why}")
    said = ", ".join(f"{count} {what}" for what, count in counts.items())
    record_property("summary", f"fuzz, {len(plan)} turned bits: {said}")
    assert faults == []


def test_a_bit_that_is_turned_in_no_file_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    whole = answer("banks", "1.0.0")
    forget()
    monkeypatch.setattr(store, "_LOADER", Turned(Path("no file"), 0, 0))
    assert _outcome("banks", "1.0.0", whole) == ("the same", "")


def _outcome(name: str, version: str | None, whole: Any) -> tuple[str, str]:
    """Return what became of a turned bit, and what is wrong about that."""
    try:
        same = answer(name, version) == whole
    except ft.IntegrityError:
        return "noticed", ""
    except Exception as error:  # noqa: BLE001 - Whatever it is, it is judged.
        return "foreign", repr(error)
    return ("the same", "") if same else ("silent", "another answer")
