"""The command line: every command is one small function over the library."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fintech2021._cli import checks, cite, export, locks, output, versions
from fintech2021._cli.output import FORMATS, Heading
from fintech2021._core.deferred import installed
from fintech2021._core.rows import read_table, write_table
from fintech2021._versions import pins
from fintech2021._versions.project import lock_in
from fintech2021.errors import Fintech2021Error

if TYPE_CHECKING:
    from fintech2021._core.descriptor import Descriptor

__all__ = ["cli"]


class _Commands(click.Group):
    """Commands whose errors of this library are a message and status 1, not a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            with warnings.catch_warnings():
                warnings.showwarning = _say
                return super().invoke(ctx)
        except Fintech2021Error as error:
            raise click.ClickException(str(error)) from error


def _say(message: Warning | str, *_where: object, **_more: object) -> None:
    """Print a warning without the line of this package at which it was found."""
    click.echo(f"Warning: {message}", err=True)


_dataset = click.argument("dataset")
_version = click.option(
    "--version", metavar="V", help="A published version; by default the newest edition's."
)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(installed(), message="%(prog)s %(version)s")
@click.option(
    "--locked",
    is_flag=True,
    help="Use the versions of the lock file that pyproject.toml names, or fintech2021.lock.",
)
@click.pass_context
def cli(context: click.Context, *, locked: bool) -> None:
    """Tables from a 2021 report on fintech and digital inclusive finance in China."""
    if locked:
        context.with_resource(pins.pinned(lock_in(Path.cwd())))


@cli.command("list")
def list_datasets() -> None:
    """List every dataset with its version, rows and title."""
    listed = map(pins.requested, pins.datasets())
    output.print_table(_OVERVIEW, [_overview(descriptor) for descriptor in listed])


_OVERVIEW = (
    Heading("Dataset"),
    Heading("Version"),
    Heading("Rows", numeric=True),
    Heading("Title"),
)


def _overview(it: Descriptor) -> tuple[str, ...]:
    return it.name, it.version, str(it.rows), f"{it.title_en} ({it.title_zh})"


@cli.command()
@_dataset
@click.option(
    "--lang",
    type=click.Choice(["en", "zh"]),
    default="en",
    show_default=True,
    help="Language of a table's titles and names; csv and json have both.",
)
@click.option(
    "--format",
    "form",
    type=FORMATS,
    default="table",
    show_default=True,
    help="csv is the published file, byte for byte; json has typed values.",
)
@_version
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Only the first N rows.")
def show(dataset: str, lang: str, form: str, version: str | None, limit: int | None) -> None:
    """Show the rows of DATASET."""
    descriptor = pins.requested(dataset, version)
    header, rows = read_table(descriptor.content)
    first = rows[:limit]
    if form == "csv":
        whole = limit is None
        output.print_utf8(descriptor.content if whole else write_table(header, first))
    elif form == "json":
        output.print_json(output.json_rows(descriptor, first))
    else:
        output.print_table(*output.spoken(descriptor, first, lang))


@cli.command()
@_dataset
@_version
@output.TEXT_OR_JSON
def info(dataset: str, version: str | None, form: str) -> None:
    """Describe DATASET: columns, units, origin, caveats, digest."""
    descriptor = pins.requested(dataset, version)
    if form == "json":
        output.print_json(descriptor.to_resource())
    else:
        click.echo(str(descriptor))


@cli.command()
@_dataset
@click.argument("key")
@click.argument("column")
@_version
def source(dataset: str, key: str, column: str, version: str | None) -> None:
    """Say where the report prints a value.

    It is the value of COLUMN in the row of DATASET whose primary key is KEY; the parts of
    a composite key are joined with |.
    """
    from fintech2021._evidence import places

    click.echo(str(places.source(dataset, key, column, version=version)))


@cli.command()
@click.argument("datasets", metavar="[DATASET]...", nargs=-1)
def validate(datasets: tuple[str, ...]) -> None:
    """Hold datasets against their contracts.

    Every dataset is validated when none is named.
    """
    descriptors = [pins.requested(name) for name in datasets or pins.datasets()]
    verdicts = [_verdict(descriptor) for descriptor in descriptors]
    if not all(verdicts):
        raise SystemExit(1)


def _verdict(descriptor: Descriptor) -> bool:
    """Print one line about a dataset, its failures to stderr, and return whether it is valid."""
    head = f"{descriptor.name} {descriptor.version}"
    try:
        rows = _validated_rows(descriptor)
    except Fintech2021Error as error:
        click.echo(f"{head}: INVALID")
        click.echo(str(error), err=True)
        return False
    click.echo(f"{head}: valid, {rows} rows")
    return True


def _validated_rows(descriptor: Descriptor) -> int:
    from fintech2021._contracts.validate import validate
    from fintech2021._frames.pandas import frame

    return len(validate(frame(descriptor), descriptor.name, descriptor.version))


for room in (checks, cite, export, locks, versions):
    for command in room.COMMANDS:
        cli.add_command(command)
