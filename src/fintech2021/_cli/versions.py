"""Commands about versions: editions, differences, the lock file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fintech2021._cli.output import Heading, print_table
from fintech2021._core import catalog
from fintech2021._versions import difference, lockfile, pins
from fintech2021.errors import UnknownEditionError

if TYPE_CHECKING:
    from fintech2021._core.descriptor import Descriptor

__all__ = ["COMMANDS"]


@click.command()
def editions() -> None:
    """List the editions: one version of every dataset under one name."""
    rows = [
        (edition.name, edition.status, edition.published_on or "", str(len(edition.datasets)))
        for edition in catalog.editions().values()
    ]
    print_table(_EDITIONS, rows)


_EDITIONS = (
    Heading("Edition"),
    Heading("Status"),
    Heading("Published on"),
    Heading("Datasets", numeric=True),
)


@click.command()
@click.argument("dataset")
@click.argument("old")
@click.argument("new")
def diff(dataset: str, old: str, new: str) -> None:
    """Show how version NEW of DATASET differs from version OLD."""
    click.echo(str(difference.diff(dataset, old, new)))


@click.command()
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The lock file; by default the one that pyproject.toml names, or fintech2021.lock.",
)
@click.option("--check", is_flag=True, help="Write nothing; fail if the installed data differ.")
@click.option("--edition", metavar="NAME", help="Lock this edition instead of the newest.")
def lock(output: Path | None, *, check: bool, edition: str | None) -> None:
    """Write which data are installed, down to the bytes, or check them against a lock file."""
    if check and edition:
        raise click.UsageError("--check compares with what the lock file names: leave --edition")
    path = output or lockfile.lock_in(Path.cwd())
    if check:
        click.echo(f"{path}: {len(lockfile.verify_lock(path))} datasets are as locked")
        return
    locked = _locked(edition)
    try:
        path.write_text(lockfile.lock_text(locked), "utf-8")
    except OSError as cause:
        raise click.ClickException(f"{path} cannot be written: {cause}") from cause
    click.echo(f"{path}: {len(locked)} datasets locked")


def _locked(edition: str | None) -> list[Descriptor]:
    """Return what to lock: an edition, or what the pins or the newest edition give."""
    if edition is None:
        return [pins.requested(name) for name in catalog.datasets()]
    if edition not in catalog.editions():
        raise UnknownEditionError("edition", edition, catalog.editions())
    versions = catalog.editions()[edition].datasets
    return [catalog.load_descriptor(name, {"the edition": versions[name]}) for name in versions]


COMMANDS: tuple[click.Command, ...] = (editions, diff, lock)
"""The commands of this module."""
