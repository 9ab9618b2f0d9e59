"""Whether a transcribed table keeps the rules that it can break by itself."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

from fintech2021._core.rows import read_table
from fintech2021._frames.engines import spelled
from fintech2021._frames.pandas import built

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fintech2021._core.descriptor import Descriptor
    from fintech2021._records.record import Record
    from fintech2021._records.rules import Rule

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
    rules: tuple[Rule, ...] = sys.modules[model.__module__].RULES
    frame = built(descriptor, spelled(descriptor, read_table(content)[1]))
    for rule in rules:
        try:
            holds = rule.holds(frame, _no_other_table)
        except _ElsewhereError:
            continue
        if not holds:
            yield f"it does not hold that {rule.statement}"
