"""Run what stands on the page about pinning a project, and write what comes of it into the page.

``python -m tools.writing.pin_page`` takes a minute or two: it starts some hundred processes.
``--check`` only says whether the page is current. The page is there in English and in Chinese;
each is run for itself, as its commands may speak its language.
"""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import fintech2021 as ft
from tools.writing.languages import ENGLISH, LANGUAGES
from tools.writing.markdown import renewed, table
from tools.writing.pin_places import PLACES, SCOPES, run
from tools.writing.pin_words import HEADING, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tools.writing.languages import Language

__all__ = ["PAGES", "Project", "held_places", "main", "places", "with_outputs"]

ROOT = Path(__file__).resolve().parents[2]
PAGES = {language: ROOT / language.pages / "pin-a-project.md" for language in LANGUAGES}
HOME = "/home/me/report"
"""How the page calls the folder of the project."""
_BLOCK = re.compile(
    r"(?:<!-- (?P<mark>.*?) -->\n)?```(?P<language>\w+)\n(?P<body>.*?)```\n", re.DOTALL
)
_PROGRAMS = {"fintech2021": "fintech2021", "pytest": "pytest", "python": ""}


class Project:
    """A folder in which the blocks of the page are run, one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "report"
        self.programs = folder / "bin"
        self.names: dict[str, Any] = {}
        self.shown = ""
        for each in (self.folder, self.programs):
            each.mkdir()
        for name, module in _PROGRAMS.items():
            script = self.programs / name
            command = [sys.executable, *(["-m", module] if module else [])]
            script.write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n', "utf-8")
            script.chmod(0o755)

    def block(self, match: re.Match[str]) -> str:
        """Do what a block says, and return it with what it printed."""
        whole, mark, body = match[0], match["mark"] or "", match["body"]
        if mark.startswith("file: "):
            path = self.folder / mark.removeprefix("file: ")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, "utf-8")
        elif mark == "cell":
            self.shown = self.cell(body)
        elif mark == "output":
            return whole.replace(f"```text\n{body}```", f"```text\n{self.shown}```")
        elif match["language"] == "console":
            commands = [line for line in body.splitlines() if line.startswith("$ ")]
            told = (f"{each}\n{self.command(each.removeprefix('$ '))}" for each in commands)
            return whole.replace(body, "".join(told))
        return whole

    def run(self, line: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        """Run a line of a shell."""
        return subprocess.run(
            ["/bin/sh", "-c", line],
            cwd=self.folder,
            env=self.environment() | environment,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def command(self, line: str) -> str:
        """Return what a line of a shell prints, here or to standard error."""
        told = self.run(line).stdout.decode("utf-8")
        text = told.replace(str(self.folder.resolve()), HOME)
        return re.sub(r"in \d+\.\d+s", "in 0.1s", text)

    def environment(self) -> dict[str, str]:
        """Return what the programs of the page find around them: nothing of whoever runs this."""
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("PYTEST", "FINTECH"))}
        path = os.pathsep.join((str(self.programs), kept["PATH"]))
        quiet = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "COLUMNS": "80"}
        return {**kept, **quiet, "PATH": path, "PY_COLORS": "0"}

    def cell(self, body: str) -> str:
        """Run a cell of a notebook: its last line, if it has a value, is shown."""
        *lines, last = body.splitlines()
        here = Path.cwd()
        os.chdir(self.folder)
        try:
            return asyncio.run(self._cell("\n".join(lines), last))
        finally:
            os.chdir(here)

    async def _cell(self, body: str, last: str) -> str:
        exec(body, self.names)  # noqa: S102 - It stands on a page of ours.
        value = eval(last, self.names)  # noqa: S307 - As above.
        return "" if value is None else f"{value!r}\n"


def with_outputs(text: str, project: Project) -> str:
    """Return the page with what its blocks print now in a project."""
    try:
        return _BLOCK.sub(project.block, text)
    finally:
        ft.use(None)  # A cell of a notebook has pinned this process.


def places(outcome: Callable[[str], dict[str, str]] = run) -> Iterator[tuple[str, ...]]:
    """Yield every place that could be tried, and whether each pin holds there."""
    found = [outcome(scope) for scope in SCOPES]
    for place in PLACES:
        if all(place in each for each in found):
            yield place, *(each[place] for each in found)


def known_places(text: str) -> Mapping[str, tuple[str, ...]]:
    """Return the rows of the table of places; where a library is missing, as the page has them."""
    return held_places(text) | {row[0]: row for row in places()}


def with_places(text: str, known: Mapping[str, tuple[str, ...]], language: Language) -> str:
    """Return the page with the table of places in its language."""
    rows = [known[place] for place in PLACES if place in known]
    told = [[said(each, language) for each in row] for row in ((HEADING, *SCOPES), *rows)]
    return renewed(text, "<!-- places -->", "<!-- /places -->", table(told[0], told[1:]))


def held_places(text: str) -> dict[str, tuple[str, ...]]:
    """Return the rows of the table of places as the page has them, by the place."""
    _, _, rest = text.partition("<!-- places -->\n")
    lines = rest.partition("<!-- /places -->")[0].splitlines()[2:]
    rows = [tuple(line.strip("| ").split(" | ")) for line in lines]
    return {row[0]: row for row in rows}


def outputs() -> Iterator[tuple[Path, str, str]]:
    """Yield each page, what it has and what it must have."""
    known = known_places(PAGES[ENGLISH].read_text("utf-8"))
    for language, page in PAGES.items():
        text = page.read_text("utf-8")
        with TemporaryDirectory() as folder:
            told = with_outputs(text, Project(Path(folder)))
        yield page, text, with_places(told, known, language)


def main(arguments: list[str] | None = None) -> int:
    """Write the pages, or say whether they are current."""
    stale = [(page, new) for page, text, new in outputs() if new != text]
    if "--check" in (sys.argv[1:] if arguments is None else arguments):
        lines = [f"not current: {page.relative_to(ROOT)}" for page, _ in stale]
        print("\n".join(lines) or "current")
        return len(stale)
    for page, new in stale:
        page.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
