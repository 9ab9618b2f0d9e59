"""Measure the mutation score.

``python -m tools.checking.mutations`` measures what is kept, raises the floors and writes both.
``--full`` makes every mutant instead of a few, prints the scores and writes nothing: it takes the
better part of an hour. Names of datasets keep to them, and print every survivor.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from fintech2021._versions import pins
from tools.checking.mutations.kept import PATH, kept, renewed, written
from tools.checking.mutations.reasons import reason
from tools.checking.mutations.score import CHECKS, MOST, Result, Tally, measured, outcomes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["main"]


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say."""
    names = [name for name in arguments if name != "--full"]
    most = None if "--full" in arguments else MOST
    if names:
        print("\n".join(survivors(names, most)))
        return 0
    results = {}
    for name in pins.datasets():
        results[name] = measured(name, most)
        print(line(name, results[name]), flush=True)
    print("\n".join(totals(results)))
    if most is not None:
        PATH.write_text(written(results, renewed(kept()[1], results)), "utf-8")
    return 0


def survivors(names: Iterable[str], most: int | None) -> Iterable[str]:
    """Yield every mutant that survives, with the reason."""
    for name in names:
        for outcome in outcomes(name, most):
            if not outcome.killers:
                yield f"{outcome.mutant}  ({reason(outcome.mutant).said})"


def line(name: str, result: Result) -> str:
    """Return the scores of a table."""
    scores = " ".join(f"{check} {result.score(check):.3f}" for check in (*CHECKS, "killed"))
    return f"{name:27} {sum(each.mutants for each in result.tallies.values()):6} {scores}"


def totals(results: dict[str, Result]) -> Iterable[str]:
    """Yield the means over the tables, and what came of printed figures and of rows."""
    for check in (*CHECKS, "killed"):
        yield f"{check}: {sum(each.score(check) for each in results.values()) / len(results):.3f}"
    for name in ("figures", "doubled", "dropped", "rekeyed"):
        tallies = [
            r.figures if name == "figures" else r.tallies.get(name) for r in results.values()
        ]
        summed = Tally(*map(sum, zip(*filter(None, tallies), strict=True)))
        yield f"{name}: {summed.killed} of {summed.mutants} ({summed.provenance} by provenance)"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
