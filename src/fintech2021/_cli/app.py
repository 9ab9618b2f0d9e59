"""The command line: every command is one small function over the library."""

from __future__ import annotations

import warnings
from pathlib import Path

import click

from fintech2021._cli import checks, cite, completing, data, explore, export, locks, mcp, versions
from fintech2021._core.deferred import installed
from fintech2021._versions import pins
from fintech2021._versions.project import lock_in
from fintech2021.errors import Fintech2021Error

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


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Status 0: done. 1: not found, does not hold, differs. 2: the command line is wrong.",
)
@click.version_option(installed(), message="%(prog)s %(version)s")
@click.option(
    "--locked",
    is_flag=True,
    help="Use the versions of the lock file that pyproject.toml names, or fintech2021.lock.",
)
@click.pass_context
def cli(context: click.Context, *, locked: bool) -> None:
    """Read a 2021 report on fintech and digital inclusive finance in China (text of early 2022)."""
    if locked:
        context.with_resource(pins.pinned(lock_in(Path.cwd())))


for room in (checks, cite, completing, data, explore, export, locks, mcp, versions):
    for command in room.COMMANDS:
        cli.add_command(command)
