"""Commands about the lock file of a project: write it, check it, move it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from fintech2021._cli.output import TEXT_OR_JSON, Heading, print_json, print_table
from fintech2021._core import catalog
from fintech2021._versions import lockfile, pins, project
from fintech2021._versions.moves import Move, as_json, moves
from fintech2021.errors import LockError, UnknownEditionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fintech2021._versions.lockfile import Lock

__all__ = ["COMMANDS"]

_output = click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The lock file; by default the one that pyproject.toml names, or fintech2021.lock.",
)


class _Place(NamedTuple):
    """The lock file that a command is about, and its project."""

    path: Path
    project: Path
    named_by_hand: bool


def _place(output: Path | None) -> _Place:
    here = Path.cwd()
    path = project.lock_in(here) if output is None else output
    return _Place(path, project.project_of(here), output is not None)


@click.command()
@click.argument("datasets", metavar="[DATASET]...", nargs=-1)
@_output
@click.option("--check", is_flag=True, help="Write nothing; say whether the lock file holds.")
@click.option("--edition", metavar="NAME", help="Lock this edition instead of the newest.")
@TEXT_OR_JSON
def lock(
    datasets: tuple[str, ...], output: Path | None, form: str, *, check: bool, edition: str | None
) -> None:
    """Write which data are used, down to the bytes, and say what moves.

    Every dataset is locked when none is named, or those that the lock file has, if it has only
    some.
    """
    place = _place(output)
    if check:
        if edition is not None or datasets:
            raise click.UsageError(
                "--check compares with what the lock file names: leave --edition and DATASET"
            )
        _check(place, form)
        return
    before = _before(place.path)
    _write(place, before, _versions(datasets, edition, before), form, edition or "")


def _before(path: Path) -> Lock | None:
    """Return what a lock file says that will be written over; refuse any other file."""
    return lockfile.read_lock(path) if path.exists() else None


def _versions(
    datasets: tuple[str, ...], edition: str | None, before: Lock | None
) -> Mapping[str, str]:
    """Return what to lock: of an edition, of the block around, or of the newest edition."""
    every = _every(edition)
    kept = before.datasets if before is not None and before.is_partial and edition is None else ()
    for name in datasets or kept:
        if name not in every:
            catalog.versions(name)
            raise catalog.unknown_dataset(f"dataset in {edition or 'what is pinned'}", name, every)
    return {name: every[name] for name in datasets or kept or every}


def _every(edition: str | None) -> Mapping[str, str]:
    if edition is not None:
        if edition not in catalog.editions():
            raise UnknownEditionError("edition", edition, catalog.editions())
        return catalog.editions()[edition].datasets
    # The environment variable and `use` name what was locked: of no use for a new lock.
    if pins.is_in_a_block():
        return {name: pins.requested(name).version for name in pins.datasets()}
    return catalog.default_edition().datasets


def _write(
    place: _Place, before: Lock | None, versions: Mapping[str, str], form: str, edition: str = ""
) -> None:
    """Write a lock file and print what moves by it."""
    locked = [catalog.load_descriptor(name, {"the lock": versions[name]}) for name in versions]
    path = project.writable(place.path, place.project, named_by_hand=place.named_by_hand)
    try:
        path.write_bytes(lockfile.lock_text(locked, edition).encode("utf-8"))
    except OSError as cause:
        raise LockError(f"{lockfile.printable(path)} cannot be written: {cause}") from cause
    moved = moves(before.versions, versions) if before is not None else []
    if form == "json":
        print_json({"lock": str(path), "datasets": dict(versions), "moved": as_json(moved)})
        return
    lines = [*map(str, moved), f"{lockfile.printable(path)}: {len(locked)} datasets locked"]
    click.echo("\n".join(lines))


def _check(place: _Place, form: str) -> None:
    """Say whether a lock file holds, what is newer, and whether anything applies it."""
    lock = lockfile.verified(place.path)
    newest = catalog.default_edition()
    moved = moves(lock.versions, newest.datasets)
    newer = [move for move in moved if move.old is not None and move.new is not None]
    outside = [move for move in moved if move.old is None]
    applied = _applied_by(place)
    ignored = bool(newer) and not applied
    if form == "json":
        print_json(
            {
                "lock": str(place.path),
                "format": lock.format,
                "edition": lock.edition,
                "datasets": dict(lock.versions),
                "newer": as_json(newer),
                "outside": as_json(outside),
                "applied_by": applied,
                "not_covered": lock.not_covered,
            }
        )
    else:
        path = lockfile.printable(place.path)
        click.echo(f"{path}: {len(lock.datasets)} datasets are as locked")
        click.echo("".join(f"{line}\n" for line in _remarks(lock, newer, outside)), nl=False)
        click.echo(f"Applied by: {', '.join(applied)}" if applied else _NOT_APPLIED)
    if ignored:
        raise click.ClickException(
            f"a program that nothing pins reads edition {newest.name}, not what is locked: "
            f"{len(newer)} datasets have other versions"
        )


_NOT_APPLIED = (
    f"Nothing applies the lock: {pins.VARIABLE} does not name it, and no file of the project calls "
    f"ft.use or ft.pinned or names the pytest plugin."
)


def _remarks(lock: Lock, newer: Iterable[Move], outside: Iterable[Move]) -> Iterable[str]:
    newest = catalog.default_edition().name
    if lines := [f"  {move}" for move in newer]:
        yield f"Newer in edition {newest}:"
        yield from lines
    if names := [move.dataset for move in outside]:
        yield f"Not in the lock: {', '.join(names)}"
    if lock.not_covered:
        yield (
            f"This lock, of format {lock.format}, does not cover {lock.not_covered}: "
            f"`fintech2021 --locked lock` writes one that does and moves nothing."
        )


def _applied_by(place: _Place) -> list[str]:
    """Return the variable and the files that seem to make something obey a lock file."""
    named = os.environ.get(pins.VARIABLE, "")
    by_variable = bool(named) and Path(named).resolve() == place.path.resolve()
    return [*([pins.VARIABLE] if by_variable else []), *project.applied_by(place.project)]


@click.command()
@click.argument("datasets", metavar="DATASET...", nargs=-1, required=True)
@_output
@TEXT_OR_JSON
def update(datasets: tuple[str, ...], output: Path | None, form: str) -> None:
    """Lock the newest version of each DATASET, and leave all others as they are locked."""
    place = _place(output)
    before = lockfile.verified(place.path)
    newest = {name: catalog.choose_version(name) for name in datasets}
    versions = dict(sorted({**before.versions, **newest}.items()))
    _write(place, before, versions, form)


@click.command()
@_output
@TEXT_OR_JSON
def outdated(output: Path | None, form: str) -> None:
    """List the locked datasets of which there is a newer version."""
    lock = lockfile.read_lock(_place(output).path)
    moved = moves(lock.versions, catalog.default_edition().datasets)
    newer = [move for move in moved if move.old is not None and move.new is not None]
    if form == "json":
        print_json(as_json(newer))
    elif newer:
        print_table(_OUTDATED, [_row(move) for move in newer])
    else:
        click.echo("nothing is outdated")


_OUTDATED = tuple(map(Heading, ("Dataset", "Locked", "Newest", "Step", "Why")))


def _row(move: Move) -> tuple[str, ...]:
    published = move.old in catalog.versions(move.dataset)
    descriptor = catalog.load_descriptor(
        move.dataset, {"the lock": str(move.old)} if published else None
    )
    why = descriptor.superseded if published else "not installed"
    return move.dataset, str(move.old), str(move.new), str(move.step), why or ""


COMMANDS: tuple[click.Command, ...] = (lock, outdated, update)
"""The commands of this module."""
