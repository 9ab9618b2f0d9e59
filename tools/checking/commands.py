"""Run the installed command line by what is kept of it, with nothing of the checkout in reach.

``python tools/checking/commands.py PROGRAM SNAPSHOTS`` runs each line of ``tests/snapshots`` in a
folder of its own, and fails where something else is printed. It needs the standard library only.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["faults", "main"]

_MADE_UP = {"coverage", "verify"}
"""Commands that need the source text: their snapshots are of made-up results."""
_LINE = re.compile(r"^\$ fintech2021 (?P<words>.*)\n(?P<printed>(?:(?!\$ ).*\n)*)", re.MULTILINE)
_OF_TERMINALS = ("FORCE_COLOR", "COLUMNS", "TTY_COMPATIBLE", "NO_COLOR", "FINTECH2021_LOCK")


def faults(program: str, snapshot: str) -> Iterator[str]:
    """Yield the lines of a snapshot that print something else."""
    lines = list(_LINE.finditer(snapshot))
    for language in (False, True):  # Each language had a folder of its own.
        spoken = [each for each in lines if each["words"].endswith(" --lang zh") is language]
        with TemporaryDirectory() as folder:
            yield from (
                f"fintech2021 {each['words']}"
                for each in spoken
                # Standard error is not buffered, so that the two may come in another order.
                if sorted(_printed(program, each["words"], folder))
                != sorted(_lines(each["printed"]))
            )


def _printed(program: str, words: str, folder: str) -> list[str]:
    environment = {name: v for name, v in os.environ.items() if name not in _OF_TERMINALS}
    done = subprocess.run(  # noqa: S603 - The arguments are those of our own snapshots.
        [program, *shlex.split(words)],
        cwd=folder,
        env=environment | {"PYTHONIOENCODING": "utf-8"},
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    status = f"[status {done.returncode}]\n" if done.returncode else ""
    return _lines(done.stdout + status)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def main(program: str, folder: str) -> int:
    """Print every line that prints something else, or that none does; return how many do."""
    paths = [path for path in sorted(Path(folder).glob("*.txt")) if path.stem not in _MADE_UP]
    wrong = [fault for path in paths for fault in faults(program, path.read_text("utf-8"))]
    print("\n".join(wrong) or f"{len(paths)} commands print what they printed")
    return len(wrong)


if __name__ == "__main__":
    raise SystemExit(min(main(*sys.argv[1:]), 1))
