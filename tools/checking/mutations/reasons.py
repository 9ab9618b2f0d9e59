"""Why a mutant survives: what the changed cell rests on, beside which nothing says the same."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from fintech2021._core.origin import origin_of

if TYPE_CHECKING:
    from fintech2021._core.descriptor import Column
    from tools.checking.mutations.table import Mutant

__all__ = ["Reason", "reason"]


class Reason(StrEnum):
    """Why nothing notices a change."""

    ROW = "row"
    KEY = "key"
    REPAIRED = "repaired"
    ALIKE = "alike"
    PAGE = "page"
    ATTRIBUTION = "attribution"
    JUDGEMENT = "judgement"
    WORDS = "words"
    FIGURE = "figure"

    @property
    def said(self) -> str:
        """The reason in a sentence."""
        return _SAID[self]


_SAID = {
    Reason.ROW: "nothing counts the rows or refers to this one",
    Reason.KEY: "the key was given here, and nothing refers to it",
    Reason.REPAIRED: "the printed characters are a misprint: any other value differs from them too",
    Reason.ALIKE: "the report prints the same characters for both, or the one is inside the other",
    Reason.PAGE: "it rests on a page outside the report, whose text the package does not hold",
    Reason.ATTRIBUTION: "to which place, organisation, page or claim it belongs was judged here",
    Reason.JUDGEMENT: "its category was judged here: another one would be as well-formed",
    Reason.WORDS: "our own words, which stand nowhere else",
    Reason.FIGURE: "a number or day of ours that no other cell gives",
}


def reason(mutant: Mutant) -> Reason:
    """Return why a mutant that no check kills survives."""
    if mutant.is_of_rows:
        return Reason.ROW
    if mutant.operator == "rekeyed":
        return Reason.KEY
    column = mutant.table.columns[next(iter(mutant.cells))]
    if mutant.table.descriptor.repair(mutant.key, column.name):
        return Reason.REPAIRED
    origin = origin_of(column, mutant.before)
    return {"printed": Reason.ALIKE, "public": Reason.PAGE}.get(origin) or _of_ours(column)


def _of_ours(column: Column) -> Reason:
    if column.references:
        return Reason.ATTRIBUTION
    if column.enum or column.type == "boolean":
        return Reason.JUDGEMENT
    return Reason.WORDS if column.type in {"string", "list"} else Reason.FIGURE
