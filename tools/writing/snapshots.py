"""What every command prints in English and Chinese, kept beside the tests."""

from __future__ import annotations

import os
from contextlib import ExitStack, chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest.mock import patch

from click.testing import CliRunner

from fintech2021._cli.app import cli
from fintech2021._evidence import source_text
from fintech2021._evidence.source_text import Coverage, Verification

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["LANGUAGES", "LINES", "WITHOUT_LANGUAGE", "outputs", "snapshot"]

LANGUAGES = ("en", "zh")
_LOCK = ("--output", "fintech2021.lock")
LINES: dict[str, tuple[tuple[str, ...], ...]] = {
    "audit": (("audit", "--failed"), ("audit", "sandbox_regions")),
    "claim": (("claim", "public_cloud_segments"),),
    "coverage": (("coverage", "report.txt"),),
    "cross-check": (("cross-check", "banks", "--differs"),),
    "diff": (
        ("diff", "observations", "1.0.0", "2.0.0"),
        ("diff", "policies", "1.0.0", "1.0.0"),
        ("diff", "2026.1", "2026.2"),
    ),
    "editions": (("editions",),),
    "find": (
        ("find", "registered", "capital", "--limit", "5"),
        ("find", "科技投入", "--institution", "ICBC", "--dataset", "banks"),
        ("find", "qqqzzz"),
    ),
    "info": (("info", "private_banks"),),
    "list": (("list",),),
    "lock": (
        ("lock", *_LOCK, "--edition", "2026.1"),
        ("lock", *_LOCK, "--check"),
        ("outdated", *_LOCK),
        ("update", *_LOCK, "banks"),
    ),
    "schema": (("schema", "trends", "--to", "sqlite"),),
    "series": (("series", "bank_it_market_size"),),
    "show": (
        ("show", "private_banks"),
        ("show", "banks", "--columns", "bank_id,tech_spend_cny", "--limit", "2", "--format", "md"),
    ),
    "source": (
        ("source", "banks", "icbc", "tech_spend_cny"),
        ("source", "banks", "icbc", "name_en"),
    ),
    "validate": (("validate", "private_banks"),),
    "verify": (("verify", "report.txt"),),
}
"""Command lines by the command that they show."""

WITHOUT_LANGUAGE = {"schema"}
"""Commands that print nothing for people."""

_COVERED = Coverage(tokens=4, tied=2, explained=1, open=((7, 3, "1.5"),))
_VERIFIED = Verification(datasets=1, cells=2, places=3, faults=("banks | icbc: line 7 says '1'",))
_ENVIRONMENT = {"FORCE_COLOR": None, "COLUMNS": None, "TTY_COMPATIBLE": None, "NO_COLOR": None}


def outputs(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield the file of every command and what it must hold."""
    for command in LINES:
        yield root / "tests" / "snapshots" / f"{command}.txt", snapshot(command)


def snapshot(command: str) -> str:
    """Return what the lines of a command print, in each language."""
    languages = ("en",) if command in WITHOUT_LANGUAGE else LANGUAGES
    with ExitStack() as patched:
        patched.enter_context(patch.dict(os.environ))
        os.environ.pop("FINTECH2021_LOCK", None)
        patched.enter_context(patch.object(source_text, "coverage", lambda _: _COVERED))
        patched.enter_context(patch.object(source_text, "verify", lambda _: _VERIFIED))
        return "\n".join(each for language in languages for each in _in(language, LINES[command]))


def _in(language: str, lines: Sequence[Sequence[str]]) -> list[str]:
    """Return what lines print in one language, in a folder of their own."""
    with TemporaryDirectory() as folder, chdir(folder):
        return [_told(line, language) for line in lines]


def _told(line: Sequence[str], language: str) -> str:
    words = [*line, *(["--lang", language] if language != "en" else [])]
    result = CliRunner(env=_ENVIRONMENT).invoke(cli, words, prog_name="fintech2021")
    spoken = " ".join(f'"{word}"' if " " in word else word for word in words)
    status = f"[status {result.exit_code}]\n" if result.exit_code else ""
    lines = (each.rstrip() for each in result.output.splitlines())
    return f"$ fintech2021 {spoken}\n" + "".join(f"{each}\n" for each in lines) + status
