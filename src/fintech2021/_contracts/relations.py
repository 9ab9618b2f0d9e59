"""What all engines but pandas share: a frame as narwhals has it, held against a contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from fintech2021._contracts.outcome import Count, Outcome, structure
from fintech2021._contracts.requirements import SAID, Contract, Requirement
from fintech2021._records.expressions import Expression

if TYPE_CHECKING:
    from collections.abc import Callable

    from fintech2021._contracts.outcome import Parents
    from fintech2021._contracts.queries import Source
    from fintech2021._core.descriptor import Column

__all__ = ["Lazy", "check", "coerced", "wrong_type"]


class Lazy(Protocol):
    """What the module of an engine gives."""

    def names_of(self, frame: Any) -> list[str]: ...
    def source(self, frame: Any, names: list[str] | None = None) -> Source: ...


def wrong_type(frame: Any) -> Callable[[Column], str | None]:
    """Return what says of which type a column is, if it is not the one that it must be."""
    from fintech2021._contracts.coercion import TYPES

    schema = frame.collect_schema()

    def found(column: Column) -> str | None:
        kind = schema[column.name]
        return None if kind == TYPES[column.type] else str(kind)

    return found


def check(
    engine: Lazy, frame: Any, contract: Contract, parents: Parents, limit: int | None
) -> Outcome:
    """Return what a frame breaks."""
    from fintech2021._contracts import queries

    def of_type(column: Column) -> str | None:  # Asked only where names are there once.
        return types(column)

    names = engine.names_of(frame)
    if len(set(names)) == len(names):
        types = wrong_type(engine.source(frame).frame)
    failures, usable = structure(names, contract, of_type)
    found = Outcome(tuple(Count(f.column, f.rule, 1) for f in failures), tuple(failures))
    ordered = [column.name for column in contract.descriptor.columns if column.name in usable]
    if not ordered:
        return found
    return found + queries.check(engine.source(frame, ordered), contract, parents, limit)


def coerced(
    engine: Lazy, frame: Any, contract: Contract, *, drop: bool, limit: int | None
) -> tuple[Any, Outcome]:
    """Return the frame in the published order and exact types, and the cells that cannot be read.

    What is wrong with the columns themselves stays as it is, for the check to name.
    """
    from fintech2021._contracts import queries
    from fintech2021._contracts.coercion import reading

    names = engine.names_of(frame)
    if len(set(names)) < len(names):
        return frame, Outcome((), ())
    source = engine.source(frame)
    schema = source.frame.collect_schema()
    there = [column for column in contract.descriptor.columns if column.name in schema]
    unreadable = tuple(
        Requirement(
            SAID[column.type],
            Expression("unreadable", (column, schema[column.name])),
            (column.name,),
        )
        for column in there
    )
    spelled = Contract(contract.descriptor, unreadable, ())
    known = [column.name for column in there]
    found = queries.check(engine.source(frame, known), spelled, _Nobody(), limit)
    others = [] if drop else [name for name in names if name not in known]
    cells = [reading(column, schema[column.name]).cells.alias(column.name) for column in there]
    return source.frame.select(*cells, *others).to_native(), found


class _Nobody:
    """No table: nothing refers to one."""

    def keys(self, dataset: str) -> tuple[str, ...]:  # noqa: ARG002 - Of every table.
        return ()

    def beside(self, dataset: str) -> None:  # noqa: ARG002 - Of every table.
        return None
