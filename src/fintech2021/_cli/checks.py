"""Commands that hold the data against the source text and against one another."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import click

from fintech2021._audit import verdict as auditing
from fintech2021._audit.claim import claim
from fintech2021._cli import output
from fintech2021._cli.output import FORMATS, Heading
from fintech2021._core import catalog
from fintech2021._core.rows import by_key, write_table
from fintech2021._evidence import source_text
from fintech2021.errors import UnknownNameError
from fintech2021.tables.vocabulary import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
@click.argument("about", metavar="[DATASET|CLAIM]", required=False)
@click.option("--failed", is_flag=True, help="Show only the claims that fail.")
@click.option("--strict", is_flag=True, help="Exit with status 1 if any claim fails.")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
def audit(about: str | None, form: str, *, failed: bool, strict: bool) -> None:
    """Judge the report's own arithmetic: all of it, what touches DATASET, or one CLAIM in full."""
    claims = by_key(auditing.claims_in_force())
    if about is not None and about not in catalog.datasets() and about not in claims:
        raise UnknownNameError("dataset or claim", about, [*catalog.datasets(), *claims])
    if about in claims:
        judged = [found for found in auditing.judgements() if found.claim_id == about]
    else:
        judged = list(auditing.judgements(about))
    shown = [found for found in judged if not failed or found.verdict is VerdictKind.FAILS]
    if about in claims and form == "table":
        click.echo("\n\n".join(str(claim(found.claim_id)) for found in shown))
    else:
        _print(shown, form)
    if form == "table" and about not in claims:
        click.echo(_summary(judged))
    if strict and any(found.verdict is VerdictKind.FAILS for found in judged):
        raise SystemExit(1)


def _print(shown: Sequence[auditing.Judgement], form: str) -> None:
    rows = [["" if value is None else str(value) for value in judgement] for judgement in shown]
    names = auditing.Judgement._fields
    if form == "csv":
        output.print_utf8(write_table(list(names), rows))
    elif form == "json":
        output.print_json([_numbered(judgement) for judgement in shown])
    else:
        output.print_table(
            [Heading(name, numeric=name in auditing.NUMBERS) for name in names], rows
        )


def _summary(judged: Sequence[auditing.Judgement]) -> str:
    """Say how many claims hold, fail and are vacuous, apart by who asserts them."""
    counted = auditing.counts(judged)
    asserted = {by: told for by, told in counted.items() if by != "all"} or counted
    return "\n".join(
        f"{_ASSERTED.get(by, 'in all')}: {sum(told.values())} claims, {_counted(told)}"
        for by, told in asserted.items()
    )


_ASSERTED = {"report": "asserted by the report", "library": "asserted by this library"}


def _counted(told: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {_VERBS[verdict]}" for verdict, number in told.items())


_VERBS = {"holds": "hold", "fails": "fail", "vacuous": "cannot fail"}


def _numbered(judgement: auditing.Judgement) -> dict[str, object]:
    return {
        name: float(value) if isinstance(value, Decimal) else value
        for name, value in judgement._asdict().items()
    }


COMMANDS: tuple[click.Command, ...] = (audit, coverage, verify)
"""The commands of this module."""
