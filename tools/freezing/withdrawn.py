"""Whether a version whose cells the next one corrects says so to whoever still asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fintech2021._versions.difference import Difference

__all__ = ["mark_faults"]


def mark_faults(
    found: Difference,
    repair: Callable[[str, str], str | None],
    reasons: Mapping[tuple[str, str], str],
) -> Iterator[str]:
    """Yield what a warning about the old version would lack: a reason, or the errata behind it.

    `repair` gives the erratum on which a cell of the new version rests; `reasons` are those of
    ``superseded.csv``, by dataset and version.
    """
    if not (found.changed or found.rows_removed):
        return
    old = f"{found.dataset} {found.old}"
    reason = reasons.get((found.dataset, found.old))
    if reason is None:
        yield f"{old} has cells that {found.new} corrects, and superseded.csv does not say why"
        return
    errata = {repair(change.key, change.column) for change in found.changed} - {None}
    for erratum in sorted(errata, key=str):
        if str(erratum) not in reason:
            yield f"the reason why {old} is superseded does not name the erratum {erratum}"
