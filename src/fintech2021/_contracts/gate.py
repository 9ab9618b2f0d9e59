"""Without narwhals a pandas frame passes through the pandera schema that everybody can have.

What the schema cannot say is checked besides; where it refuses, the failures come from the same
expressions as everywhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fintech2021._contracts import pandas
from fintech2021._contracts.outcome import Count, Outcome
from fintech2021._contracts.schemas import keeps, says
from fintech2021.errors import CheckError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    import pandas as pd

    from fintech2021._contracts.requirements import Contract

__all__ = ["check"]


def check(
    frame: pd.DataFrame,
    contract: Contract,
    keys: Callable[[str], Sequence[Any]],
    limit: int | None,
) -> Outcome:
    """Return what a frame breaks."""
    if pandas.structured(frame, contract).failures or not keeps(frame, contract.descriptor):
        found = pandas.check(frame, contract, keys, limit)
        if not any(count.failures for count in found.counts):
            raise CheckError(
                f"The pandera schema of {contract.descriptor.name} refuses the frame, and the "
                "checks behind it do not: please report it, with the frame."
            )
        return found
    beyond = tuple(r for r in contract.requirements if not says(r))
    found = pandas.check(frame, contract._replace(requirements=beyond), keys, limit)
    kept = {(r.column, r.rule): Count(r.column, r.rule, 0) for r in contract.requirements}
    counts = kept | {count[:2]: count for count in found.counts}
    return Outcome(tuple(counts.values()), found.failures)
