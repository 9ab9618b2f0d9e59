"""The command that says how to cite the edition, a table or a number."""

from __future__ import annotations

import click

from fintech2021._cli.output import print_utf8
from fintech2021._explore.citation_styles import STYLES
from fintech2021._explore.cite import cite as cited

__all__ = ["COMMANDS"]


@click.command(
    epilog="Example: fintech2021 cite banks icbc tech_spend_cny --style bibtex",
)
@click.argument("dataset", required=False)
@click.argument("key", required=False)
@click.argument("column", required=False)
@click.option("--style", type=click.Choice([*STYLES]), default="plain", show_default=True)
@click.option(
    "--version", metavar="V", help="A version of DATASET; without one, the name of an edition."
)
def cite(
    dataset: str | None, key: str | None, column: str | None, style: str, version: str | None
) -> None:
    """Say how to cite the edition, DATASET, or the value of COLUMN in the row KEY.

    The parts of a composite key are joined with |. BibTeX and CSL-JSON are UTF-8.
    """
    text = cited(dataset, key, column, style=style, version=version)
    print_utf8(f"{text}\n".encode()) if style in _FOR_PROGRAMS else click.echo(text)


_FOR_PROGRAMS = ("bibtex", "csl")


COMMANDS: tuple[click.Command, ...] = (cite,)
"""The commands of this module."""
