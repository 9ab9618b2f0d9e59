"""Commands that hold the data against the source text and against one another."""

from __future__ import annotations

from decimal import Decimal

import click

from fintech2021._audit import verdict as auditing
from fintech2021._cli import output
from fintech2021._cli.output import FORMATS, Heading
from fintech2021._core.rows import write_table
from fintech2021._evidence import source_text
from fintech2021.tables.vocabulary import VerdictKind

__all__ = ["COMMANDS"]


@click.command()
@click.argument("file")
def coverage(file: str) -> None:
    """Say which numbers of the source text FILE are tied to a cell, explained, or open."""
    counted = source_text.coverage(file)
    click.echo(str(counted))
    if counted.open:
        raise SystemExit(1)


@click.command()
@click.argument("file")
def verify(file: str) -> None:
    """Read every cited place of every dataset again in the source text FILE."""
    read = source_text.verify(file)
    click.echo(str(read))
    if read.faults:
        raise SystemExit(1)


@click.command()
@click.argument("dataset", required=False)
@click.option("--failed", is_flag=True, help="Show only the claims that fail.")
@click.option("--strict", is_flag=True, help="Exit with status 1 if any claim fails.")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
def audit(dataset: str | None, form: str, *, failed: bool, strict: bool) -> None:
    """Judge the report's own arithmetic, in all or for what touches DATASET."""
    judged = auditing.judgements(dataset)
    shown = [
        judgement for judgement in judged if not failed or judgement.verdict is VerdictKind.FAILS
    ]
    rows = [["" if value is None else str(value) for value in judgement] for judgement in shown]
    names = auditing.Judgement._fields
    if form == "csv":
        click.echo(write_table(list(names), rows), nl=False)
    elif form == "json":
        output.print_json([_numbered(judgement) for judgement in shown])
    else:
        output.print_table(
            [Heading(name, numeric=name in auditing.NUMBERS) for name in names], rows
        )
    if strict and any(judgement.verdict is VerdictKind.FAILS for judgement in judged):
        raise SystemExit(1)


def _numbered(judgement: auditing.Judgement) -> dict[str, object]:
    return {
        name: float(value) if isinstance(value, Decimal) else value
        for name, value in judgement._asdict().items()
    }


COMMANDS: tuple[click.Command, ...] = (audit, coverage, verify)
"""The commands of this module."""
