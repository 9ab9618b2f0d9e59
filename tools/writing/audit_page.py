"""The page about the audit, with its picture."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from fintech2021._audit.verdict import counts, judgements
from fintech2021._core import catalog
from fintech2021._core.rows import by_key
from fintech2021._versions import pins
from fintech2021.tables.claims import Asserter
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
    return _claims()[found.claim_id]["statement_en"]


def page() -> str:
    """Return the page about the audit."""
    return blocks(
        "# Audit",
        NOTE,
        _summary(),
        INTRODUCTION,
        "## What fails",
        "![Printed against computed intervals of the claims that fail](audit.svg)",
        "The distance is how far the two sides are from agreeing. Each failure has an entry in "
        "[`errata`](datasets/errata.md), which says how this edition reads the passage.",
        table(_EXPLAINED, map(_explained, _judged(VerdictKind.FAILS))),
        "## What cannot fail",
        "The hedges of the report leave nothing that could make these claims fail. Taken exactly, "
        "some of them would.",
        table(_VACUOUS, map(_vacuous, _judged(VerdictKind.VACUOUS))),
        "## How figures are read",
        RULES,
        "## Verdicts by kind",
        ASSERTERS,
        table(("Asserted by", "Kind", *VERDICTS, "in all"), _counts()),
        "## All claims",
        "In a relation the letters are the operands in their order; the left side is computed, the "
        "right side printed. The operands stand in [`claims`](datasets/claims.md). What fails "
        "comes first.",
        table(
            ("Claim", "Asserted by", "Kind", "Statement", "Relation", "Lines", "Verdict"), _all()
        ),
    )


VERDICTS = tuple(VerdictKind)


def _summary() -> str:
    """Say how many claims hold, fail and are vacuous, apart by who asserts them."""
    edition, counted = catalog.default_edition(), counts(judgements())
    said = (
        f"of {sum(counted[by].values())} claims that {who}, "
        + ", ".join(f"{counted[by][verdict]} {_WORDS[verdict]}" for verdict in VERDICTS)
        for by, who in _WHO.items()
    )
    return f"Edition {edition.name} ({edition.status}): {'; '.join(said)}."


_WHO = {
    Asserter.REPORT: "the report asserts",
    Asserter.LIBRARY: "this library asserts of its own tables",
}
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

One claim in full, with every figure as it is printed, its lines and what it can stand for:

```python
>>> print(ft.claim("property_channel_shares_within_whole"))
property_channel_shares_within_whole: holds  (bound, asserted by the report)
  The shares of the three named channels stay within the whole
  三类渠道的占比之和不超过100%
  a + b + c <= 100
  a  observations/cn_internet_property_insurance_premiums_intermediaries_share_2021_h1/value
       ... = 45, printed '45' in line 2098: 44.5 … 45.5
  b  observations/cn_internet_property_insurance_premiums_own_platforms_share_2021_h1/value
       ... = 22, printed '22' in line 2102: 21.5 … 22.5
  c  observations/cn_internet_property_insurance_premiums_marketing_referral_share_2021_h1/value
       ... = 32, printed '32' in line 2104: 31.5 … 32.5
  computed 97.5 … 100.5
  printed  100
  see erratum property_channels_rest
  claims 2.0.0, reading rule 2

```

At the command line: `fintech2021 audit`, `fintech2021 audit --failed` for what fails,
`fintech2021 audit public_cloud_segments` for one claim in full, and `--strict` to exit with 1 if
any claim fails."""

RULES = """\
| A figure | stands for |
| --- | --- |
| a printed number, say 238.19 | all numbers that round to it: 238.185 to 238.195, times its scale |
| a count, rank, tier, full mark or number of years or days printed in full, a number in Chinese \
words | itself |
| a number that is not printed, or whose misprint this edition repairs | itself |
| hedged by *about* | up to 5 % of the printed number more or less, and all that rounds to it |
| hedged by *over* or *at least* | that or anything above, and all that rounds to it |
| hedged by *under* | that or anything below, and all that rounds to it |
| hedged by *nearly* | up to 10 % of the printed number less, and all that rounds to it |

A hedge is applied to the printed number, not to an end of what rounds to it; then both are put
together. *About* 40 is 38 to 42, *about* 4 is 3.5 to 4.5, *nearly* 40 is 36 to 40.5, *over* 40 is
39.5 or more. A fall is hedged as the number that is printed, without its sign.

This is the second revision of the rule. In the first, by which the claims of edition 2026.2 are
judged to this day, the hedge was applied after rounding, to the end that is farther from zero, and
full marks were rounded. Each version of `claims` names its revision: `with ft.pinned("2026.2")`
gives the verdicts that were published with that edition.

The computed side is worked out over all numbers that its figures can stand for, in exact
decimals, lower ends rounded down and upper ends up. A claim **holds** if some of these numbers
make it true, and **fails** if none do. It is **vacuous** if the hedges, or a division by what can
be zero, leave nothing that could make it fail. Where this edition repairs a misprint, the claim is
about the printed characters all the same: a repair of the data takes no fault from the report.

The verdicts are frozen with the edition, in [`verdicts`](datasets/verdicts.md): a change of the
data that changes one is refused by the tests until somebody has looked at it.

How much does an audit see that lets figures be rounded and hedged? A test changes every printed
number of a claim that holds by twenty units of its last digit, and wants a claim to fail for at
least nine in ten of them. A claim that no such change can fail is kept only where an erratum
rests on it, or where the report states it in words."""

ASSERTERS = """\
The report asserts what its words or figures entail: a total of its parts, a number of what it
lists, one thing that is larger than another. This library asserts that a table of its own is
whole, without doubles and in order, or how a fault came about; such a claim says nothing about the
report."""


def _counts() -> Iterator[tuple[object, ...]]:
    judged = [
        (_claims()[found.claim_id]["asserted_by"], _claims()[found.claim_id]["kind"], found.verdict)
        for found in judgements()
    ]
    counted, kinds = Counter(judged), Counter((by, kind) for by, kind, _ in judged)
    for by in Asserter:
        for kind in sorted(kind for asserter, kind in kinds if asserter == by):
            verdicts = (counted[by, kind, verdict] for verdict in VERDICTS)
            yield (by, f"`{kind}`", *verdicts, kinds[by, kind])


_EXPLAINED = ("Claim", "Printed", "Computed", "Distance", "Why", "Erratum")


def _explained(found: Judgement) -> tuple[object, ...]:
    errata = _errata(found)
    return (
        f"{cell(_statement(found))} (`{found.claim_id}`)",
        _interval(found.printed_low, found.printed_high),
        _interval(found.computed_low, found.computed_high),
        compact(found.distance),
        "<br>".join(cell(row["reason_en"]) for row in errata.values()),
        "<br>".join(f"`{key}`" for key in errata),
    )


_VACUOUS = ("Claim", "Printed", "Computed", "Taken exactly", "Why", "Erratum")


def _vacuous(found: Judgement) -> tuple[object, ...]:
    claim, printed, computed, _, why, errata = _explained(found)
    return claim, printed, computed, found.verdict_unhedged, why, errata


def _errata(found: Judgement) -> Mapping[str, Mapping[str, str]]:
    """Return the errata that rest on a claim."""
    listed = by_key(pins.requested("errata")).items()
    return {key: row for key, row in listed if found.claim_id in row["claim_ids"].split(";")}


def _interval(low: Decimal | None, high: Decimal | None) -> str:
    """Return an interval as text; an end without a bound is left open."""
    if low is None and high is None:
        return "anything"
    ends = ["" if end is None else compact(end) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else " … ".join(ends).strip()


def _all() -> Iterator[tuple[object, ...]]:
    first = (VerdictKind.FAILS, VerdictKind.VACUOUS, VerdictKind.HOLDS)
    for found in sorted(judgements(), key=lambda found: first.index(found.verdict)):
        claim = _claims()[found.claim_id]
        yield (
            f"`{found.claim_id}`",
            claim["asserted_by"],
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
