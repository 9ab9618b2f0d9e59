"""Make a release: everything up to the tag, from which the workflow publishes.

``python -m tools.releasing --dry-run`` builds and checks everything, and lists what a release still
waits for; only what is wrong fails. Without it nothing may be waiting, and the tag is made.
``--tagged`` is what the workflow asks: whether the commit is the one that the tag says. With
``--out FOLDER`` the files that were checked are kept there.
``--prepare VERSION DAY`` writes the version and the day where they stand, and says what comes next.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from fintech2021._core import catalog
from tools.checking.register import git
from tools.releasing import builds
from tools.releasing.prepare import NEXT, prepare
from tools.releasing.state import ROOT, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["main", "release"]


def release(state: State, wrong: Sequence[str], *, dry: bool, tagged: bool) -> int:
    """Say what is wrong and what is waiting, make the tag if nothing is, and return the status."""
    waiting = list(state.waiting(tagged=tagged))
    for kind, lines in (("wrong", wrong), ("waiting", waiting)):
        print("\n".join(f"{kind}: {line}" for line in lines) or f"nothing is {kind}")
    if wrong or waiting:
        print(f"{state.tag} is not released")
        return int(bool(wrong) or not dry)
    title = f"Release {state.version}, edition {state.edition.name}"
    print(f"{_done(state.tag, title, dry=dry, tagged=tagged)} {state.tag}: {title}")
    return 0


def _done(tag: str, title: str, *, dry: bool, tagged: bool) -> str:
    """Make a tag, if that is meant, and say what was done."""
    if dry or tagged:
        return "would make the tag" if dry else "the commit has the tag"
    git("tag", "--annotate", tag, "--message", title)
    return "to be pushed with `git push --follow-tags`: made the tag"


def built(keep: Path | None) -> list[str]:
    """Build, and return what is wrong; the files are kept in a folder if one is given."""
    with TemporaryDirectory() as folder:
        wrong = list(builds.faults(ROOT, Path(folder)))
        if keep is not None:
            shutil.copytree(Path(folder, "dist"), keep, dirs_exist_ok=True)
    return wrong


def main(arguments: Iterable[str] | None = None) -> int:
    """Do what the command line says."""
    chosen = _parser().parse_args(None if arguments is None else list(arguments))
    if chosen.prepare:
        version, day = chosen.prepare
        try:
            prepare(ROOT, version, day)
        except ValueError as refusal:
            raise SystemExit(f"refused: {refusal}") from None
        edition = catalog.default_edition().name
        print(NEXT.format(version=version, day=day, edition=edition), end="")
        return 0
    state = State.read()
    wrong = [*state.faults(), *built(chosen.out)]
    return release(state, wrong, dry=chosen.dry_run, tagged=chosen.tagged)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.releasing",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--dry-run", action="store_true", help="make no tag; waiting is no fault")
    mode.add_argument("--tagged", action="store_true", help="the tag has to be there already")
    mode.add_argument("--prepare", nargs=2, metavar=("VERSION", "DAY"), help="write both, no more")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="keep what was built there")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
