"""Commands about versions: editions, and what differs."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import click

from fintech2021._cli import completing
from fintech2021._cli.output import print_json
from fintech2021._cli.view import Field, Table, View, emit, in_tables, in_words, say, tell
from fintech2021._core import catalog
from fintech2021._versions import difference
from fintech2021._versions.moves import as_json, moves, versions_of

if TYPE_CHECKING:
    from fintech2021._versions.difference import Difference
    from fintech2021._versions.moves import Move

__all__ = ["COMMANDS"]


@click.command(epilog="Example: fintech2021 editions --format json")
@in_tables
def editions(view: View) -> None:
    """List the editions: one version of every dataset under one name."""
    fields = [
        Field("edition", view.one_of("Edition", "版次"), weight=0),
        Field("status", view.one_of("Status", "状态")),
        Field("published_on", view.one_of("Published on", "发布日期")),
        Field("datasets", view.one_of("Datasets", "数据集数"), "integer"),
    ]
    rows = [
        (edition.name, edition.status, edition.published_on or "", str(len(edition.datasets)))
        for edition in catalog.editions().values()
    ]
    told = [(name, view.word(status), *rest) for name, status, *rest in rows]
    emit(view, Table(fields, told), Table(fields, rows))


@click.command(epilog="Example: fintech2021 diff virtual_banks 1.0.0 2.0.0")
@click.argument("named", nargs=-1, metavar="[DATASET] OLD NEW", shell_complete=completing.datasets)
@in_words
def diff(named: tuple[str, ...], view: View) -> None:
    """Show how NEW differs from OLD: two versions of DATASET, two editions, or two lock files."""
    match named:
        case (old, new):
            _print_moves(old, new, moves(versions_of(old), versions_of(new)), view)
        case (dataset, old, new):
            found = difference.diff(dataset, *(_version(dataset, each) for each in (old, new)))
            print_json(_spelled(found)) if view.form == "json" else tell(found, view)
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


def _print_moves(old: str, new: str, moved: list[Move], view: View) -> None:
    if view.form == "json":
        print_json({"old": old, "new": new, "datasets": as_json(moved)})
        return
    counted = view.one_of(f"{len(moved)} datasets differ", f"{len(moved)} 个数据集不同")
    none = view.one_of("no difference", "无差别")
    head = f"{old} → {new}: {counted if moved else none}"
    say("\n".join((head, *(move.told(view.lang) for move in moved))), view)


COMMANDS: tuple[click.Command, ...] = (editions, diff)
"""The commands of this module."""
