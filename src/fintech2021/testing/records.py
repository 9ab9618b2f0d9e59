"""Records to test with: a packaged one, of which a test changes what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from fintech2021._core import catalog
from fintech2021._core.kinds import parse
from fintech2021._core.rows import by_key
from fintech2021._frames.records import refuse, validated
from fintech2021._given import shown
from fintech2021.errors import ArgumentError, UnknownColumnError

if TYPE_CHECKING:
    from fintech2021._core.descriptor import Descriptor
    from fintech2021._records import record as models

    _Row = TypeVar("_Row", bound=models.Record)
else:
    _Row = TypeVar("_Row")

__all__ = ["make"]


def make(record: type[_Row], /, **overrides: Any) -> _Row:
    """Return one valid record: the first packaged one of a class, with other values in places.

    Parameters
    ----------
    record
        The class of the record, such as `fintech2021.Bank`.
    **overrides
        Values by the names of the columns. Those of the other columns are as they are packaged.

    Returns
    -------
    Record
        A record of that class, whose cells keep the types, bounds and patterns of their columns.

    Raises
    ------
    UnknownColumnError
        When the class has no such column.
    RecordError
        When a value cannot be; it names the column and the value.
    ArgumentError
        When ``record`` is not the class of a dataset.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> from fintech2021.testing import make
    >>> bank = make(ft.Bank, tech_spend_cny=5, tech_staff=None)
    >>> bank.bank_id, bank.tech_spend_cny, bank.tech_staff
    ('abc', 5, None)
    """
    table = getattr(record, "table", None)
    if not isinstance(record, type) or table is None:
        raise ArgumentError(
            f"record is {shown(record)}, expected the class of a dataset, such as Bank"
        )
    for name in overrides:
        if name not in record.model_fields:
            raise UnknownColumnError(f"column of {record.__name__}", name, record.model_fields)
    row = {**_first(catalog.load_descriptor(table.name)), **overrides}
    made, faults = validated(record, row)
    if faults:
        refuse([(None, *fault) for fault in faults], f"That makes no {record.__name__}")
    built: _Row = made
    return built


def _first(descriptor: Descriptor) -> dict[str, Any]:
    """Return the cells of the first row; no pin changes them, for the class reads this version."""
    row = next(iter(by_key(descriptor).values()))
    return {column.name: parse(row[column.name], column.type) for column in descriptor.columns}
