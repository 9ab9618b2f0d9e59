"""The command that answers programs which speak the Model Context Protocol."""

from __future__ import annotations

from importlib.util import find_spec

import click

from fintech2021.errors import MissingDependencyError

__all__ = ["COMMANDS"]


@click.command(epilog="Example: fintech2021 mcp")
def mcp() -> None:
    """Answer a program that speaks the Model Context Protocol, until it hangs up.

    Questions and answers pass through standard input and output. Nothing is written.
    """
    if find_spec("mcp") is None:
        raise MissingDependencyError("mcp", "mcp", "The command mcp")
    from fintech2021._mcp.server import server

    server().run()


COMMANDS: tuple[click.Command, ...] = (mcp,)
"""The commands of this module."""
