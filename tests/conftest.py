"""Fixtures of more than one test file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

import made_up_versions
from fintech2021._core import store
from fintech2021.tables.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
NAME = "000_234e87c5be7a1ca0.txt"

OF_SESSIONS = ("browser", "mcp", "office", "spark", "thorough")

# Whoever runs the tests may have a lock of theirs.
os.environ.pop("FINTECH2021_LOCK", None)

# How fast the machine is today is no property of the code.
settings.register_profile(
    "steady",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count what has a session of its own as slow, for whoever leaves out what is slow."""
    for item in items:
        if any(item.get_closest_marker(name) for name in OF_SESSIONS):
            item.add_marker("slow")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have measured: the properties that they record as ``summary``."""
    reports = (report for group in terminalreporter.stats.values() for report in group)
    calls = (report for report in reports if getattr(report, "when", None) == "call")
    for name, line in (found for report in calls for found in report.user_properties):
        if name == "summary":
            terminalreporter.write_line(line)


def _source_file() -> Path:
    named = os.environ.get("FINTECH2021_SOURCE")
    place = Path(named) if named else ROOT.parent / "shared" / "source"
    return place / NAME if place.is_dir() else place


@pytest.fixture
def three_banks() -> Iterator[None]:
    """Let the package have banks 1.0.0, 1.1.0 and 2.0.0, as `made_up_versions` tells."""
    with pytest.MonkeyPatch.context() as patch:
        made_up_versions.package(patch)
        yield
    made_up_versions.forget()


@pytest.fixture(scope="session")
def source_path() -> Path:
    """The file of the source text; where it is absent the test is skipped, but fails in CI."""
    path = _source_file()
    if not path.is_file():
        reason = f"the source text is not at {path}: set FINTECH2021_SOURCE to its file or folder"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return path


@pytest.fixture(scope="session")
def source_lines(source_path: Path) -> list[str]:
    """The lines of the source text, once it is the one that was read."""
    content = source_path.read_bytes()
    (report,) = (source for source in Source.all() if source.kind == "report")
    assert store.digest(content) == report.sha256, f"{source_path} is not the text that was read"
    return content.decode("utf-8").split("\n")
