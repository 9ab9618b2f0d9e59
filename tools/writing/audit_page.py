"""The page about the audit, with its picture."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from fintech2021._audit.verdict import judgements
from fintech2021._core import catalog
from fintech2021._core.rows import by_key
from fintech2021._versions import pins
from fintech2021.tables.vocabulary import VerdictKind
from tools.writing.audit_picture import Row, compact, picture
from tools.writing.dataset_pages import NOTE
from tools.writing.markdown import blocks, cell, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal
    from pathlib import Path

    from fintech2021._audit.verdict import Judgement

__all__ = ["outputs", "page"]


def outputs(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield the pages and the picture, and what they must hold."""
    yield root / "docs" / "audit.md", page()
    yield (
        root / "docs" / "audit.svg",
        picture([_row(found) for found in _judged(VerdictKind.FAILS)]),
    )


@cache
def _claims() -> Mapping[str, Mapping[str, str]]:
    return by_key(pins.requested("claims"))


def _judged(*verdicts: VerdictKind) -> list[Judgement]:
    return [found for found in judgements() if found.verdict in verdicts]


def _row(found: Judgement) -> Row:
    statement = _statement(found)
    return Row(
        statement,
        (found.printed_low, found.printed_high),
        (found.computed_low, found.computed_high),
    )


def _statement(found: Judgement) -> str:
    text = _claims()[found.claim_id]["statement_en"]
    return text[0].upper() + text[1:]


def page() -> str:
    """Return the page about the audit."""
    edition = catalog.default_edition()
    return blocks(
        "# Audit",
        NOTE,
        f"Edition {edition.name} ({edition.status}): {_summary()}",
        INTRODUCTION,
        "## What is tested",
        RULES,
        "## Verdicts by kind",
        table(("Kind", *VERDICTS, "in all"), _counts()),
        "## What fails, and what cannot fail",
        "![Printed against computed intervals of the claims that fail](audit.svg)",
        "The distance is how far the two sides are from agreeing. Each failure has an entry in "
        "[`errata`](datasets/errata.md), which says how this edition reads the passage.",
        table(_EXPLAINED, map(_explained, _judged(VerdictKind.FAILS, VerdictKind.VACUOUS))),
        "## All claims",
        "In a relation the letters are the operands in their order; the left side is computed, the "
        "right side printed. The operands stand in [`claims`](datasets/claims.md).",
        table(("Claim", "Kind", "Statement", "Relation", "Lines", "Verdict"), _all()),
    )


VERDICTS = tuple(VerdictKind)


def _summary() -> str:
    counts = Counter(found.verdict for found in judgements())
    said = ", ".join(f"{counts[verdict]} {_WORDS[verdict]}" for verdict in VERDICTS)
    return f"of {counts.total()} claims {said}."


_WORDS = {
    VerdictKind.HOLDS: "hold",
    VerdictKind.FAILS: "fail",
    VerdictKind.VACUOUS: "are vacuous",
}

INTRODUCTION = """\
A report that prints totals beside their parts, growth beside both ends and the same figure twice
can be held against itself. Here every such relation is a row of [`claims`](datasets/claims.md),
written over cells of the other datasets, and `ft.audit()` judges all of them. It says nothing
about the world: a claim that holds can still rest on wrong figures.

```python
>>> import fintech2021 as ft
>>> verdicts = ft.audit("sandbox_regions").set_index("claim_id")
>>> verdicts.loc["sandbox_projects_total", ["verdict", "verdict_unhedged"]].tolist()
['holds', 'holds']
>>> int(verdicts.loc["sandbox_projects_total", "computed_low"])
90

```

At the command line: `fintech2021 audit`, `fintech2021 audit --failed` for what fails, and
`--strict` to exit with 1 if any claim fails."""

RULES = """\
| A figure | stands for |
| --- | --- |
| a printed number, say 238.19 | all numbers that round to it: 238.185 to 238.195, times its scale |
| a count, rank or number of years or days printed in full, a number in Chinese words | itself |
| a number that is not printed, or whose misprint this edition repairs | itself |
| hedged by *about* | 5 % more either way |
| hedged by *over* or *at least* | that or anything above |
| hedged by *under* | that or anything below |
| hedged by *nearly* | up to 10 % less |

The computed side is worked out over all numbers that its figures can stand for, in exact
decimals, lower ends rounded down and upper ends up. A claim **holds** if some of these numbers
make it true, and **fails** if none do. It is **vacuous** if the hedges, or a division by what can
be zero, leave nothing that could make it fail.

The verdicts are frozen with the edition, in [`verdicts`](datasets/verdicts.md): a change of the
data that changes one is refused by the tests until somebody has looked at it.

How much does an audit see that lets figures be rounded and hedged? A test changes every printed
number of a claim that holds by twenty units of its last digit, and wants a claim to fail for at
least nine in ten of them. A claim that no such change can fail is kept only where an erratum
rests on it."""


def _counts() -> Iterator[tuple[object, ...]]:
    judged = [(_claims()[found.claim_id]["kind"], found.verdict) for found in _judged(*VERDICTS)]
    counts, kinds = Counter(judged), Counter(kind for kind, _ in judged)
    for kind, number in sorted(kinds.items()):
        yield (f"`{kind}`", *(counts[kind, verdict] for verdict in VERDICTS), number)


_EXPLAINED = ("Claim", "Verdict", "Printed", "Computed", "Distance", "Erratum", "Why")


def _explained(found: Judgement) -> tuple[object, ...]:
    errata = {
        key: row
        for key, row in by_key(pins.requested("errata")).items()
        if found.claim_id in row["claim_ids"].split(";")
    }
    return (
        f"{cell(_statement(found))} (`{found.claim_id}`)",
        found.verdict,
        _interval(found.printed_low, found.printed_high),
        _interval(found.computed_low, found.computed_high),
        compact(found.distance) if found.distance else "",
        "<br>".join(f"`{key}`" for key in errata),
        "<br>".join(cell(row["reason_en"]) for row in errata.values()),
    )


def _interval(low: Decimal | None, high: Decimal | None) -> str:
    """Return an interval as text; an end without a bound is left open."""
    if low is None and high is None:
        return "anything"
    ends = ["" if end is None else compact(end) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else " … ".join(ends).strip()


def _all() -> Iterator[tuple[object, ...]]:
    for found in judgements():
        claim = _claims()[found.claim_id]
        yield (
            f"`{found.claim_id}`",
            claim["kind"],
            cell(_statement(found)),
            f"`{claim['relation']}`",
            _lines(claim["lines"]),
            found.verdict,
        )


MOST_LINES = 6


def _lines(text: str) -> str:
    """Return the lines, of many only the first and the last."""
    lines = text.split(";")
    return ", ".join(lines) if len(lines) <= MOST_LINES else f"{lines[0]} … {lines[-1]}"
