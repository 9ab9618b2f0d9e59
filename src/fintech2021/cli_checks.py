"""Commands that hold the data against the source text."""

from __future__ import annotations

import click

from . import ledger

__all__ = ["COMMANDS"]


@click.command()
@click.argument("file")
def coverage(file: str) -> None:
    """Say which numbers of the source text FILE are tied to a cell, explained, or open."""
    found = ledger.coverage(file)
    click.echo(str(found))
    if found.open:
        raise SystemExit(1)


@click.command()
@click.argument("file")
def verify(file: str) -> None:
    """Read every cited place of every dataset again in the source text FILE."""
    found = ledger.verify(file)
    click.echo(str(found))
    if found.faults:
        raise SystemExit(1)


COMMANDS: tuple[click.Command, ...] = (coverage, verify)
"""The commands of this module."""
