"""Commands about the lock file of a project: write it, check it, move it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from fintech2021._cli import completing
from fintech2021._cli.output import print_json
from fintech2021._cli.view import Field, Table, View, emit, in_tables, in_words, say
from fintech2021._core import catalog
from fintech2021._versions import lockfile, pins, project
from fintech2021._versions.moves import Move, as_json, moves
from fintech2021.errors import LockError, UnknownEditionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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


@click.command(epilog="Example: fintech2021 lock banks virtual_banks")
@click.argument("datasets", metavar="[DATASET]...", nargs=-1, shell_complete=completing.datasets)
@_output
@click.option("--check", is_flag=True, help="Write nothing; say whether the lock file holds.")
@click.option(
    "--edition",
    metavar="NAME",
    help="Lock this edition instead of the newest.",
    shell_complete=completing.editions,
)
@in_words
def lock(
    datasets: tuple[str, ...], output: Path | None, view: View, *, check: bool, edition: str | None
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
        _check(place, view)
        return
    before = _before(place.path)
    _write(place, before, _versions(datasets, edition, before), view, edition or "")


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
    place: _Place, before: Lock | None, versions: Mapping[str, str], view: View, edition: str = ""
) -> None:
    """Write a lock file and print what moves by it."""
    locked = [catalog.load_descriptor(name, {"the lock": versions[name]}) for name in versions]
    path = project.writable(place.path, place.project, named_by_hand=place.named_by_hand)
    try:
        path.write_bytes(lockfile.lock_text(locked, edition).encode("utf-8"))
    except OSError as cause:
        raise LockError(f"{lockfile.printable(path)} cannot be written: {cause}") from cause
    moved = moves(before.versions, versions) if before is not None else []
    if view.form == "json":
        print_json({"lock": str(path), "datasets": dict(versions), "moved": as_json(moved)})
        return
    said = view.one_of(f": {len(locked)} datasets locked", f"：已锁定 {len(locked)} 个数据集")
    lines = [*(move.told(view.lang) for move in moved), f"{lockfile.printable(path)}{said}"]
    say("\n".join(lines), view)


def _check(place: _Place, view: View) -> None:
    """Say whether a lock file holds, what is newer, and whether anything applies it."""
    lock = lockfile.verified(place.path)
    newest = catalog.default_edition()
    moved = moves(lock.versions, newest.datasets)
    newer = [move for move in moved if move.old is not None and move.new is not None]
    outside = [move for move in moved if move.old is None]
    applied = _applied_by(place)
    ignored = bool(newer) and not applied
    if view.form == "json":
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
        by = ", ".join(applied)
        lines = (
            _held(place, lock, view),
            *_remarks(lock, newer, outside, view),
            view.one_of(f"Applied by: {by}", f"应用者：{by}") if by else view.one_of(*_NOT_APPLIED),
        )
        say("\n".join(lines), view)
    if ignored:
        raise click.ClickException(
            f"a program that nothing pins reads edition {newest.name}, not what is locked: "
            f"{len(newer)} datasets have other versions"
        )


def _held(place: _Place, lock: Lock, view: View) -> str:
    path, count = lockfile.printable(place.path), len(lock.datasets)
    english = f"{path}: {count} datasets are as locked"
    return view.one_of(english, f"{path}：{count} 个数据集与锁定一致")


_NOT_APPLIED = (
    f"Nothing applies the lock: {pins.VARIABLE} does not name it, and no file of the project calls "
    f"ft.use or ft.pinned or names the pytest plugin.",
    f"锁文件未被应用：{pins.VARIABLE} 未指定它，项目中没有文件调用 ft.use 或 ft.pinned，"
    f"也未启用 pytest 插件。",
)


def _remarks(
    lock: Lock, newer: Iterable[Move], outside: Iterable[Move], view: View
) -> Iterator[str]:
    newest = catalog.default_edition().name
    if lines := [f"  {move.told(view.lang)}" for move in newer]:
        yield view.one_of(f"Newer in edition {newest}:", f"版次 {newest} 中更新的：")
        yield from lines
    if names := [move.dataset for move in outside]:
        listed = ", ".join(names)
        yield view.one_of(f"Not in the lock: {listed}", f"未锁定：{listed}")
    if lock.not_covered:
        yield view.one_of(
            f"This lock, of format {lock.format}, does not cover {lock.not_covered}: "
            f"`fintech2021 --locked lock` writes one that does and moves nothing.",
            f"此锁文件格式为 {lock.format}，未涵盖说明与出处："
            f"`fintech2021 --locked lock` 可写出涵盖的锁文件，版本不变。",
        )


def _applied_by(place: _Place) -> list[str]:
    """Return the variable and the files that seem to make something obey a lock file."""
    named = os.environ.get(pins.VARIABLE, "")
    by_variable = bool(named) and Path(named).resolve() == place.path.resolve()
    return [*([pins.VARIABLE] if by_variable else []), *project.applied_by(place.project)]


@click.command(epilog="Example: fintech2021 update banks")
@click.argument(
    "datasets",
    metavar="DATASET...",
    nargs=-1,
    required=True,
    shell_complete=completing.datasets,
)
@_output
@in_words
def update(datasets: tuple[str, ...], output: Path | None, view: View) -> None:
    """Lock the newest version of each DATASET, and leave all others as they are locked."""
    place = _place(output)
    before = lockfile.verified(place.path)
    newest = {name: catalog.choose_version(name) for name in datasets}
    versions = dict(sorted({**before.versions, **newest}.items()))
    _write(place, before, versions, view)


@click.command(epilog="Example: fintech2021 outdated --format json")
@_output
@in_tables
def outdated(output: Path | None, view: View) -> None:
    """List the locked datasets of which there is a newer version."""
    lock = lockfile.read_lock(_place(output).path)
    moved = moves(lock.versions, catalog.default_edition().datasets)
    newer = [move for move in moved if move.old is not None and move.new is not None]
    if view.form == "json":
        print_json(as_json(newer))
    elif newer or view.form != "table":
        rows = [_row(move) for move in newer]
        told = [(*rest, view.word(step), why) for *rest, step, why in rows]
        emit(view, Table(_fields(view), told), Table(_fields(view), rows))
    else:
        say(view.one_of("nothing is outdated", "均为最新"), view)


def _fields(view: View) -> list[Field]:
    return [
        Field(name, view.one_of(english, chinese), weight=0 if name == "dataset" else 1)
        for name, english, chinese in _OUTDATED
    ]


_OUTDATED = (
    ("dataset", "Dataset", "数据集"),
    ("locked", "Locked", "已锁定"),
    ("newest", "Newest", "最新"),
    ("step", "Step", "版本步"),
    ("why", "Why", "原因"),
)


def _row(move: Move) -> tuple[str, ...]:
    published = move.old in catalog.versions(move.dataset)
    descriptor = catalog.load_descriptor(
        move.dataset, {"the lock": str(move.old)} if published else None
    )
    why = descriptor.superseded if published else "not installed"
    return move.dataset, str(move.old), str(move.new), str(move.step), why or ""


COMMANDS: tuple[click.Command, ...] = (lock, outdated, update)
"""The commands of this module."""
