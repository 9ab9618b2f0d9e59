"""Commands about versions: editions, and what differs."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import click

from fintech2021._cli.output import TEXT_OR_JSON, Heading, print_json, print_table
from fintech2021._core import catalog
from fintech2021._versions import difference
from fintech2021._versions.moves import as_json, moves, versions_of

if TYPE_CHECKING:
    from fintech2021._versions.difference import Difference
    from fintech2021._versions.moves import Move

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
@click.argument("named", nargs=-1, metavar="[DATASET] OLD NEW")
@TEXT_OR_JSON
def diff(named: tuple[str, ...], form: str) -> None:
    """Show how NEW differs from OLD: two versions of DATASET, two editions, or two lock files."""
    match named:
        case (old, new):
            _print_moves(old, new, moves(versions_of(old), versions_of(new)), form)
        case (dataset, old, new):
            found = difference.diff(dataset, *(_version(dataset, each) for each in (old, new)))
            print_json(_spelled(found)) if form == "json" else click.echo(str(found))
        case _:
            raise click.UsageError(
                "give OLD and NEW: two editions or lock files, or a DATASET and two versions"
            )


def _version(dataset: str, named: str) -> str:
    """Return a request, and for an edition the version that it has of a dataset."""
    edition = catalog.editions().get(named)
    if edition is None:
        return named
    if dataset not in edition.datasets:
        raise catalog.unknown_dataset(f"dataset in edition {named}", dataset, edition.datasets)
    return edition.datasets[dataset]


def _spelled(found: Difference) -> dict[str, Any]:
    """Return a difference as an object of JSON."""
    named = {field.name: getattr(found, field.name) for field in fields(found)}
    cells = {name: [cell._asdict() for cell in named[name]] for name in ("changed", "filled")}
    return {**named, **cells, "step": found.step.name.lower()}


def _print_moves(old: str, new: str, moved: list[Move], form: str) -> None:
    if form == "json":
        print_json({"old": old, "new": new, "datasets": as_json(moved)})
        return
    counted = f"{len(moved)} datasets differ" if moved else "no difference"
    click.echo("\n".join((f"{old} → {new}: {counted}", *map(str, moved))))


COMMANDS: tuple[click.Command, ...] = (editions, diff)
"""The commands of this module."""
