"""Commands that hold the data against the source text and against one another."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from fintech2021._audit import verdict as auditing
from fintech2021._audit.claim import claim as claim_in_full
from fintech2021._cli import completing, output
from fintech2021._cli.view import Field, Table, View, emit, in_tables, in_words, rounded, say, tell
from fintech2021._core import catalog
from fintech2021._core.naming import names_of_rows
from fintech2021._core.rows import by_key, write_table
from fintech2021._evidence import source_text
from fintech2021.errors import UnknownNameError
from fintech2021.tables.vocabulary import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fintech2021._audit.claim import AuditedClaim
    from fintech2021._core.descriptor import Descriptor

__all__ = ["COMMANDS"]


@click.command(epilog="Example: fintech2021 coverage report.txt")
@click.argument("file", type=click.Path())
@in_words
def coverage(file: str, view: View) -> None:
    """Say which numbers of the source text FILE are tied to a cell, explained, or open.

    Exits with status 1 if any is open.
    """
    counted = source_text.coverage(file)
    told = {name: getattr(counted, name) for name in ("tokens", "tied", "explained", "open")}
    _print_or_tell(counted, {**told, "ratio": counted.ratio}, view)
    if counted.open:
        raise SystemExit(1)


@click.command(epilog="Example: fintech2021 verify report.txt")
@click.argument("file", type=click.Path())
@in_words
def verify(file: str, view: View) -> None:
    """Read every cited place of every dataset again in the source text FILE.

    Exits with status 1 if any does not agree.
    """
    read = source_text.verify(file)
    names = ("datasets", "cells", "places", "faults")
    _print_or_tell(read, {name: getattr(read, name) for name in names}, view)
    if read.faults:
        raise SystemExit(1)


def _print_or_tell(shown: object, told: Mapping[str, object], view: View) -> None:
    if view.form == "json":
        output.print_json(told)
    else:
        tell(shown, view)


@click.command(epilog="Example: fintech2021 audit --failed --lang zh")
@click.argument(
    "about", metavar="[DATASET|CLAIM]", required=False, shell_complete=completing.datasets
)
@click.option("--failed", is_flag=True, help="Show only the claims that fail.")
@click.option("--strict", is_flag=True, help="Exit with status 1 if any claim fails.")
@in_tables
def audit(about: str | None, view: View, *, failed: bool, strict: bool) -> None:
    """Judge the report's own arithmetic: all of it, what touches DATASET, or one CLAIM in full."""
    in_force = auditing.claims_in_force()
    claims = by_key(in_force)
    if about is not None and about not in catalog.datasets() and about not in claims:
        raise _unknown(about, in_force)
    if about in claims:
        judged = [found for found in auditing.judgements() if found.claim_id == about]
    else:
        judged = list(auditing.judgements(about))
    shown = [found for found in judged if not failed or found.verdict is VerdictKind.FAILS]
    if about in claims and view.form == "table":
        for found in shown:
            tell(claim_in_full(found.claim_id), view)
    else:
        _print(shown, claims, view)
    if view.form == "table" and about not in claims:
        say(_summary(judged, view), view)
    if strict and any(found.verdict is VerdictKind.FAILS for found in judged):
        raise SystemExit(1)


def _unknown(about: str, claims: Descriptor) -> UnknownNameError:
    titles = (catalog.load_descriptor(name) for name in catalog.datasets())
    names = {it.name: [it.title_en, it.title_zh, it.record] for it in titles}
    named = {**names_of_rows(claims), **names}
    return UnknownNameError("dataset or claim", about, [*names, *by_key(claims)], names=named)


def _print(
    shown: Sequence[auditing.Judgement], claims: Mapping[str, Mapping[str, str]], view: View
) -> None:
    rows = [["" if value is None else str(value) for value in judgement] for judgement in shown]
    names = auditing.Judgement._fields
    if view.form == "csv" and view.columns is None:
        output.print_utf8(write_table(list(names), rows))
    elif view.form == "json" and view.columns is None:
        output.print_json([_numbered(judgement) for judgement in shown])
    else:
        programs = Table([Field(name, name) for name in names], rows)
        emit(view, _for_people(shown, claims, view), programs)


def _for_people(
    shown: Sequence[auditing.Judgement], claims: Mapping[str, Mapping[str, str]], view: View
) -> Table:
    fields = [
        Field("claim_id", view.one_of("Claim", "命题"), weight=0),
        Field("verdict", view.one_of("Verdict", "结论"), weight=0),
        Field("statement", view.one_of("Statement", "内容"), weight=0),
        Field("printed", view.one_of("Printed", "报告所载"), weight=2),
        Field("computed", view.one_of("Computed", "计算值"), weight=2),
        Field("distance", view.one_of("Missed by", "相差"), "number", weight=1),
        Field("lines", view.one_of("Lines", "行号"), weight=3),
    ]
    return Table(fields, [_in_words(each, claims[each.claim_id], view) for each in shown])


def _in_words(found: auditing.Judgement, claim: Mapping[str, str], view: View) -> Sequence[str]:
    chinese = claim.get("statement_zh", "") if view.lang == "zh" else ""
    return (
        found.claim_id,
        view.word(found.verdict.value),
        chinese or claim["statement_en"],
        _range(found.printed_low, found.printed_high),
        _range(found.computed_low, found.computed_high),
        rounded(found.distance) if found.distance else "",
        claim["lines"].replace(";", ", "),
    )


def _range(low: Decimal | None, high: Decimal | None) -> str:
    """Return what a side can be, with commas; an end without a bound is left open."""
    ends = ["" if end is None else rounded(end) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else " … ".join(ends).strip()


def _summary(judged: Sequence[auditing.Judgement], view: View) -> str:
    """Say how many claims hold, fail and are vacuous, apart by who asserts them."""
    counted = auditing.counts(judged)
    asserted = {by: told for by, told in counted.items() if by != "all"} or counted
    return "\n".join(_counted(by, told, view) for by, told in asserted.items())


_ASSERTED = {
    "report": ("asserted by the report", "报告主张"),
    "library": ("asserted by this library", "本库主张"),
}
_VERBS = {
    "holds": ("hold", "成立"),
    "fails": ("fail", "不成立"),
    "vacuous": ("cannot fail", "无从证伪"),
}


def _counted(by: str, told: Mapping[str, int], view: View) -> str:
    said = view.one_of(*_ASSERTED.get(by, ("in all", "合计")))
    each = (f"{number} {view.one_of(*_VERBS[verdict])}" for verdict, number in told.items())
    every = sum(told.values())
    if view.lang == "zh":
        return f"{said}：{every} 项命题，{'，'.join(each)}"
    return f"{said}: {every} claims, {', '.join(each)}"


def _numbered(judgement: auditing.Judgement) -> dict[str, object]:
    return {name: _plain(value) for name, value in judgement._asdict().items()}


def _plain(value: Any) -> object:
    """Return a value as JSON has it: numbers as numbers, records as objects."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


@click.command(epilog="Example: fintech2021 claim public_cloud_segments --lang zh")
@click.argument("claim_id", metavar="CLAIM", shell_complete=completing.keys_of("claims"))
@in_words
def claim(claim_id: str, view: View) -> None:
    """Show one CLAIM with the figures behind it, where they are printed, and the verdict."""
    found = claim_in_full(claim_id)
    _print_or_tell(found, _of_claim(found), view)


def _of_claim(found: AuditedClaim) -> dict[str, object]:
    told = {name: _plain(getattr(found, name)) for name in found.__dataclass_fields__}
    operands = [
        {"letter": operand.letter, "name": operand.name, "cells": [_cell(c) for c in operand.cells]}
        for operand in found.operands
    ]
    return {**told, "operands": operands}


def _cell(cell: Any) -> dict[str, object]:
    told = {name: _plain(value) for name, value in cell._asdict().items()}
    value = told["value"]
    is_json = value is None or isinstance(value, str | int | float | list)
    return {**told, "value": value if is_json else str(value)}


COMMANDS: tuple[click.Command, ...] = (audit, claim, coverage, verify)
"""The commands of this module."""
