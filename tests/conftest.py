"""Fixtures of more than one test file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from fintech2021 import store
from fintech2021.tables.sources import Source

ROOT = Path(__file__).resolve().parent.parent
NAME = "000_234e87c5be7a1ca0.txt"

# How fast the machine is today is no property of the code.
settings.register_profile(
    "steady",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")


def _source_file() -> Path:
    named = os.environ.get("FINTECH2021_SOURCE")
    place = Path(named) if named else ROOT.parent / "shared" / "source"
    return place / NAME if place.is_dir() else place


@pytest.fixture(scope="session")
def source_lines() -> list[str]:
    """The lines of the source text; where it is absent the test is skipped, but fails in CI."""
    path = _source_file()
    if not path.is_file():
        reason = f"the source text is not at {path}: set FINTECH2021_SOURCE to its file or folder"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    content = path.read_bytes()
    (report,) = (source for source in Source.all() if source.kind == "report")
    assert store.digest(content) == report.sha256, f"{path} is not the text that was read"
    return content.decode("utf-8").split("\n")
