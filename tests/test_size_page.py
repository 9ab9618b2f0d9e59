"""The page about the size of a wheel says what the files of the package take."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING

import pytest
from tools.checking import wheel
from tools.writing import size_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TEXT = size_page.PAGE.read_text("utf-8")
NEAR = 0.1
"""By how much numbers may be off: so that not every line of code needs the page anew."""


@cache
def _measured() -> Mapping[str, int]:
    files = size_page.of_package()
    return {**size_page.parts(files), **size_page.alternatives(files)}


@cache
def _told() -> Mapping[str, int]:
    return {
        name: int(kb) for name, kb in re.findall(r"^\| ([^|]+) \| (\d+) \|", TEXT, re.MULTILINE)
    }


@pytest.mark.parametrize("name", sorted(_measured()))
def test_the_page_says_what_a_part_takes(name: str) -> None:
    told, measured = _told()[name], _measured()[name] / 1000
    assert told == pytest.approx(measured, rel=NEAR, abs=5), "python -m tools.writing.size_page"


def test_the_parts_of_the_page_are_those_of_the_package_and_metadata() -> None:
    assert _told().keys() - _measured().keys() == {"metadata, licences, this README"}


def test_the_total_of_the_page_is_the_sum_of_its_parts() -> None:
    (total,) = re.findall(r"takes \*\*([\d.]+) MB\*\*", TEXT)
    parts = list(_told().values())[: -len(size_page.alternatives(size_page.of_package()))]
    assert float(total) == pytest.approx(sum(parts) / 1000, abs=0.02)


def test_the_whole_stays_under_the_limit_of_the_rule() -> None:
    (limit,) = re.findall(r"under \*\*(\d+) MB\*\*", TEXT)
    assert int(limit) * 10**6 == wheel.LIMIT
    assert sum(size_page.parts(size_page.of_package()).values()) < wheel.LIMIT


def test_a_wheel_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "some.whl"
    path.write_bytes(b"12345")
    assert list(wheel.size_faults(str(path))) == []
    monkeypatch.setattr(wheel, "LIMIT", 4)
    assert list(wheel.size_faults(str(path))) == [
        "5 bytes, more than 4: docs/size.md says which versions move where"
    ]


def test_the_page_names_the_dependencies_at_run_time() -> None:
    project = tomllib.loads((size_page.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {re.match(r"[\w-]+", each)[0] for each in project["dependencies"]}  # type: ignore[index]
    listed = set(re.findall(r"^\| `([\w-]+)` \|", TEXT, re.MULTILINE))
    assert listed == wanted
    assert len(wanted) == 4
