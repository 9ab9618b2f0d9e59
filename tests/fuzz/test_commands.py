"""Command lines of words that belong together, or do not: an answer, or a message and a status."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from fintech2021._cli.app import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.slow

COMMANDS = 2500
SEED = 2021
LINES = [
    *(["show", "banks", "--format", form] for form in ("csv", "json", "table")),
    ["show", "regions", "--lang", "zh", "--limit", "3"],
    ["show", "observations", "--version", "1.0.0", "--limit", "1"],
    *(["info", "banks", "--format", form] for form in ("json", "text")),
    ["source", "banks", "icbc", "tech_staff"],
    ["diff", "observations", "1.0.0", "2.0.0"],
    ["diff", "2026.1", "2026.2", "--format", "json"],
    ["list"],
    ["list", "--lang", "zh", "--format", "md"],
    ["editions"],
    ["show", "banks", "--columns", "bank_id,tech_staff", "--wide"],
    ["schema", "banks", "--to", "sqlite"],
    ["find", "registered", "capital", "--limit", "3"],
    ["find", "--topic", "ai", "--dataset", "observations"],
    ["claim", "public_cloud_segments"],
    ["series", "bank_it_market_size", "--region", "china"],
    ["cross-check", "banks", "--differs"],
    ["completion", "bash"],
    ["lock"],
    ["lock", "banks", "--edition", "2026.1"],
    ["lock", "--check"],
    ["outdated"],
    ["cite"],
    ["cite", "banks", "icbc", "tech_staff", "--style", "csl"],
    ["export", "banks.csv", "banks", "--bom", "--lang", "zh"],
    ["export", "--to", "json", "folder", "banks", "regions"],
    ["export", "banks.sqlite", "banks", "--pins", "2026.1"],
    ["update", "banks"],
]
SLOW = [["audit", "banks"], ["validate", "banks"], ["coverage", "no.txt"], ["verify", "/dev/zero"]]
WORDS = [
    *("banks", "regions", "observations", "2026.1", "2026.2", "1.0.0", "2.0.0", "~=1.0"),
    *("icbc", "tech_staff", "name_zh", "fintech2021.lock", "pyproject.toml", "."),
    *("--version", "--format", "--lang", "--limit", "--check", "--failed", "--strict", "--locked"),
    *("--edition", "--output", "--help", "json", "csv", "table", "text", "zh", "en", "3", "-1"),
    *("--columns", "--wide", "--no-pager", "--topic", "--region", "--institution", "md", "深圳"),
]
ODD = [
    *("", " ", "-", "--", "\0", "\x1b[31m", "银行", "\ud800", "x" * 10_000, "9" * 5000),
    *("../../etc/passwd", "/dev/zero", "/dev/full", "banks|", "|", "--format=\0", "%s%n", "🏦"),
]
FILES = {
    "fintech2021.lock": ["", "format = 1\n", "\0", "[datasets.banks]\nversion = 1\n", "[" * 5000],
    "pyproject.toml": [
        "",
        "[tool.fintech2021]\nlock = 1\n",
        '[tool.fintech2021]\nlock = "a"\n',
        "]",
    ],
}


def line(draw: random.Random) -> list[str]:
    """Return a command line with some words replaced, put in or left out; few slow ones."""
    words = [*draw.choice(SLOW if draw.random() < 0.02 else LINES)]
    for _ in range(draw.choice([0, 0, 1, 1, 2, 3])):
        place = draw.randrange(len(words) + 1)
        more = draw.choice([[], [draw.choice(WORDS)], [draw.choice(ODD)]])
        words[place : place + draw.randrange(2)] = more
    return [*(["--locked"] if draw.random() < 0.1 else []), *words]


def write(draw: random.Random, folder: Path) -> None:
    """Leave files in the folder that a command may read, or none."""
    for name, contents in FILES.items():
        (folder / name).unlink(missing_ok=True)
        if draw.random() < 0.3:
            (folder / name).write_text(draw.choice(contents), "utf-8")


@pytest.mark.filterwarnings("ignore::UserWarning")  # Of superseded versions.
def test_every_command_line_ends_with_an_answer_or_a_message(
    share: float,
    record_property: Callable[[str, object], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    draw = random.Random(SEED)  # noqa: S311 - The same lines every time.
    counts = dict.fromkeys(("answered", "refused", "foreign", "silent"), 0)
    faults = []
    for _ in range(int(COMMANDS * share)):
        write(draw, tmp_path)
        words = line(draw)
        outcome = _outcome(CliRunner().invoke(cli, words, prog_name="fintech2021"))
        counts[outcome] += 1
        if outcome in {"foreign", "silent"}:
            faults.append(f"{outcome}: {[word[:40] for word in words]}")
    said = ", ".join(f"{count} {what}" for what, count in counts.items())
    record_property("summary", f"fuzz, {sum(counts.values())} command lines: {said}")
    assert faults == []


def _outcome(result: Result) -> str:
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        return "foreign"
    if result.exit_code == 0:
        return "answered"
    return "refused" if result.output else "silent"
