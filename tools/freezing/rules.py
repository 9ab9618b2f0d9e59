"""Whether a transcribed table keeps the rules that it can break by itself."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

from fintech2021._contracts.pandas import check
from fintech2021._contracts.requirements import contract
from fintech2021._core.rows import read_table
from fintech2021._frames.engines import spelled
from fintech2021._frames.pandas import built

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from fintech2021._contracts.requirements import Contract
    from fintech2021._core.descriptor import Descriptor
    from fintech2021._records.record import Record
    from fintech2021._records.rules import Fact

__all__ = ["rule_faults"]


class _ElsewhereError(Exception):
    """A rule asks for another table."""


def _no_other_table(name: str) -> NoReturn:
    raise _ElsewhereError(name)


def rule_faults(model: type[Record], descriptor: Descriptor, content: bytes) -> Iterator[str]:
    """Yield the statements that a table contradicts, a natural key that stands twice for one.

    What holds between tables is looked at when all of them are frozen: verdicts, say, follow from
    claims that are frozen already.
    """
    frame = built(descriptor, spelled(descriptor, read_table(content)[1]))
    module = sys.modules[model.__module__]
    yield from _broken_invariants(frame, contract(descriptor, references=False))
    facts: tuple[Fact, ...] = module.FACTS
    for fact in facts:
        try:
            holds = fact.holds(frame, _no_other_table)
        except _ElsewhereError:
            continue
        if not holds:
            yield f"it does not hold that {fact.statement}"


def _broken_invariants(frame: pd.DataFrame, kept: Contract) -> Iterator[str]:
    """Yield the invariants that rows break, and the first of these rows."""
    for failure in check(frame, kept, _no_other_table, limit=1).failures:
        if failure.is_sentence:
            where = "" if failure.key is None else f" for {failure.key}"
            yield f"it does not hold{where} that {failure.rule}"
