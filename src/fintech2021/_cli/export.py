"""The command that hands on the data in another format."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

import click

from fintech2021._export.choice import LANGUAGES
from fintech2021._export.export import exported
from fintech2021._export.formats import FORMATS
from fintech2021._export.request import Request

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["COMMANDS"]

_PATIENCE = 1.0
"""After how many seconds a bar says how far it is."""


@click.command(
    epilog="Example: fintech2021 export report.xlsx banks fintech_subsidiaries --lang zh"
)
@click.argument("target")  # What is no path is refused with the words of `export`.
@click.argument("datasets", metavar="[DATASET]...", nargs=-1)
@click.option(
    "--to", type=click.Choice([*FORMATS]), help="The format; by default what TARGET's ending means."
)
@click.option("--version", metavar="V", help="A published version of the one DATASET.")
@click.option("--pins", metavar="P", help="An edition, or the path of a lock file.")
@click.option(
    "--lang", type=click.Choice(LANGUAGES), help="Titles and labels in place of names and slugs."
)
@click.option("--bom", is_flag=True, help="Begin CSV with the mark that spreadsheets look for.")
def export(  # noqa: PLR0913 - Each is an option.
    target: str,
    datasets: tuple[str, ...],
    *,
    to: str | None,
    version: str | None,
    pins: str | None,
    lang: str | None,
    bom: bool,
) -> None:
    """Write every dataset, or each DATASET, to TARGET in another format.

    csv, json, jsonl, parquet and arrow have a file for each dataset: TARGET is a folder, or with
    one dataset a file. What is there is replaced when all is written; a file that was not written
    from here stays.
    """
    request = Request(to, datasets or None, version, pins, lang, bom)
    with _Bar() as bar:
        path = exported(target, request, bar.tell)
    click.echo(f"{path}: {bar.done} datasets" if bar.done != 1 else f"{path}: 1 dataset")


class _Bar:
    """A bar on a terminal that is there only when it takes long."""

    def __init__(self) -> None:
        self.done = 0
        self._began = time.monotonic()
        self._bar: Progress | None = None

    def tell(self, done: int, total: int, name: str) -> None:
        """Say how many are written."""
        self.done = total
        if self._bar is None and self._takes_long():
            self._bar = _started(total)
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=done, description=name)

    def _takes_long(self) -> bool:
        is_seen = sys.stderr is not None and sys.stderr.isatty()
        return is_seen and time.monotonic() - self._began > _PATIENCE

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._bar is not None:
            self._bar.stop()


def _started(total: int) -> Progress:
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    bar.add_task("", total=total)
    bar.start()
    return bar


COMMANDS: tuple[click.Command, ...] = (export,)
"""The commands of this module."""
