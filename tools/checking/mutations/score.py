"""The mutation score: the share of mutants that are killed, each operator with the same weight."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from fintech2021._core.origin import origin_of
from tools.checking.mutations import audit, provenance, rules
from tools.checking.mutations.operators import OPERATORS, mutants
from tools.checking.mutations.reasons import reason
from tools.checking.mutations.table import table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.checking.mutations.table import Mutant

__all__ = ["CHECKS", "MOST", "Outcome", "Result", "Tally", "measured", "outcomes"]

MOST = 8
"""So many mutants of a table each operator makes for the score that is kept."""
CHECKS = {"rules": rules.kills, "audit": audit.kills, "provenance": provenance.kills}
"""What can kill a mutant."""
ROWS = ("doubled", "dropped", "rekeyed")
"""The operators of which no mutant may survive."""


class Outcome(NamedTuple):
    """A mutant, and the checks that kill it."""

    mutant: Mutant
    killers: frozenset[str]


class Tally(NamedTuple):
    """How many mutants of an operator there are, and how many each check and any check kills."""

    mutants: int
    rules: int
    audit: int
    provenance: int
    killed: int

    @classmethod
    def of(cls, found: Iterable[Outcome]) -> Tally:
        """Return the tally of some outcomes."""
        killers = [outcome.killers for outcome in found]
        by_check = {check: sum(check in each for each in killers) for check in CHECKS}
        return cls(len(killers), **by_check, killed=sum(map(bool, killers)))

    def share(self, check: str) -> float:
        """Return the share that a check kills."""
        killed: int = getattr(self, check)
        return killed / self.mutants


class Result(NamedTuple):
    """What came of the mutants of a table."""

    tallies: dict[str, Tally]
    """By operator: of those that can make one."""
    figures: Tally
    """Of the printed numbers and days."""
    survivors: dict[str, int]
    """How many there are by reason, column and operator, with blanks between."""

    def score(self, check: str = "killed") -> float:
        """Return the mean over the operators of the share that a check kills."""
        shares = [each.share(check) for each in self.tallies.values()]
        return sum(shares) / len(shares)


def outcomes(dataset: str, most: int | None) -> list[Outcome]:
    """Return what came of each mutant of a table, or of so many of each operator."""
    made = (mutant for each in OPERATORS for mutant in mutants(table(dataset), each, most))
    return [
        Outcome(mutant, frozenset(name for name, kills in CHECKS.items() if kills(mutant)))
        for mutant in made
    ]


def measured(dataset: str, most: int | None = MOST) -> Result:
    """Return the result for a table."""
    found = outcomes(dataset, most)
    named = [operator.name for operator in OPERATORS]
    by_operator = {name: [o for o in found if o.mutant.operator == name] for name in named}
    alive = [outcome.mutant for outcome in found if not outcome.killers]
    return Result(
        {name: Tally.of(each) for name, each in by_operator.items() if each},
        Tally.of(outcome for outcome in found if is_printed_figure(outcome.mutant)),
        dict(sorted(Counter(map(_described, alive)).items())),
    )


def is_printed_figure(mutant: Mutant) -> bool:
    """Tell whether what is changed is a printed number or day, or a period."""
    columns = [mutant.table.columns[name] for name in mutant.cells]
    return mutant.operator not in ROWS and any(
        origin_of(column, mutant.before) == "printed"
        and (column.is_number or column.type in {"date", "yearmonth"} or column.unit == "period")
        for column in columns
    )


def _described(mutant: Mutant) -> str:
    columns = "+".join(mutant.cells) or "-"
    return f"{reason(mutant)} {columns} {mutant.operator}"
