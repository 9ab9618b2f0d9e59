"""Hold a frame against the contract of a dataset and report every failure at once."""

from __future__ import annotations

from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from . import catalogue, frames, pins
from .errors import UnknownBackendError, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd
    import pandera.pandas as pa
    from pandera.errors import SchemaErrors

    from ._names import DatasetName
    from .descriptors import Descriptor
    from .rules import Rule

__all__ = ["schema", "validate"]

_ENGINES = ("pandas",)
_MOST_LINES = 20
_FIRST_IMPORT = Lock()
"""Modules of pandera import one another in circles: threads that begin at once would block."""


def schema(
    name: DatasetName,
    version: str | None = None,
    *,
    engine: Literal["pandas"] = "pandas",
    rules: bool = True,
) -> pa.DataFrameSchema:
    """Return the pandera schema of a dataset version.

    ``rules=False`` leaves out the checks on the whole table and between tables, so that the
    schema also fits a part of the rows. Raises `UnknownDatasetError`, `UnknownVersionError` and,
    for an engine that is not supported, `UnknownBackendError`.

    >>> import fintech2021 as ft
    >>> "tech_spend_cny" in ft.schema("banks").columns
    True
    """
    if engine not in _ENGINES:
        raise UnknownBackendError("engine", engine, _ENGINES)
    return _contract(pins.descriptor(name, version), rules=rules)


def _contract(descriptor: Descriptor, *, rules: bool) -> pa.DataFrameSchema:
    with _FIRST_IMPORT:
        from . import contracts

    whole = (*contracts.own_references(descriptor), *_rule_checks(descriptor)) if rules else ()
    return contracts.build(descriptor, whole)


def validate(
    frame: pd.DataFrame, name: DatasetName, version: str | None = None, *, rules: bool = True
) -> pd.DataFrame:
    """Return the frame if it keeps the contract of the dataset version.

    Otherwise raise one `ValidationError` with every failure: its message is for reading, its
    ``failures`` is a frame with the columns ``row``, ``column``, ``rule`` and ``value``.
    ``rules=False`` leaves out the checks on the whole table and between tables.

    >>> import fintech2021 as ft
    >>> banks = ft.load_banks()
    >>> ft.validate(banks, "banks") is banks
    True
    """
    descriptor = pins.descriptor(name, version)
    _require_frame(frame, descriptor)
    contract = _contract(descriptor, rules=rules)
    from pandera.config import ValidationDepth, config_context
    from pandera.errors import SchemaErrors

    whole = ValidationDepth.SCHEMA_AND_DATA
    try:
        with config_context(validation_enabled=True, validation_depth=whole):
            contract.validate(frame.reset_index(drop=True), lazy=True)
    except SchemaErrors as cause:
        failures = _failures(cause, frame.index.tolist())
        raise ValidationError(_message(failures, descriptor), failures) from None
    return frame


def _require_frame(frame: object, descriptor: Descriptor) -> None:
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        kind = f"{type(frame).__module__}.{type(frame).__name__}"
        reason = f"is a {kind}, expected a pandas.DataFrame"
        failures = pd.DataFrame(
            [(None, None, "is a pandas.DataFrame", type(frame).__name__)], columns=_COLUMNS
        )
        raise ValidationError(f"What was given for {descriptor.name} {reason}.", failures)


def _rule_checks(descriptor: Descriptor) -> Iterator[pa.Check]:
    from pandera.pandas import Check

    for rule in rules_of(descriptor):
        yield Check(_holds(rule, descriptor), error=rule.statement)


def rules_of(descriptor: Descriptor) -> tuple[Rule, ...]:
    """Return the rules across rows and tables that a dataset version has to keep."""
    every: tuple[Rule, ...] = import_module(f"fintech2021.tables.{descriptor.name}").RULES
    age = descriptor.versions.index
    return tuple(rule for rule in every if age(rule.since) <= age(descriptor.version))


def _holds(rule: Rule, descriptor: Descriptor) -> Any:
    def published(name: str) -> pd.DataFrame:
        return frames.pandas_frame(catalogue.beside(descriptor, name))

    return lambda frame: bool(rule.holds(frame, published))


_COLUMNS = ["row", "column", "rule", "value"]
_STRUCTURE = {
    "column_in_schema": "is a column of the dataset",
    "column_in_dataframe": "is present",
    "column_ordered": "stands in the published order of columns",
}


def _failures(cause: SchemaErrors, labels: list[Any]) -> pd.DataFrame:
    """Return one line per failure, without checks that could not run because of another one."""
    import pandas as pd

    errors: list[Any] = cause.schema_errors
    ran = [error for error in errors if error.reason_code.name != "CHECK_ERROR"] or errors
    lines = {line[:3]: line for error in ran for line in _lines(error)}
    found = [(None if row is None else labels[row], *rest) for row, *rest in lines.values()]
    return pd.DataFrame(found, columns=_COLUMNS, dtype=object)


def _lines(error: Any) -> Iterator[tuple[Any, Any, str, Any]]:
    check = str(error.check)
    if check in _STRUCTURE:
        yield None, _scalar(error.failure_cases), _STRUCTURE[check], None
    elif hasattr(error.failure_cases, "to_dict"):
        for case in error.failure_cases.to_dict("records"):
            column = case.get("column", error.column_name)
            yield case["index"], column, _rule(error), _scalar(case["failure_case"])
    else:
        yield None, error.column_name, _rule(error), None


_RULES = {"not_nullable": "is not missing", "multiple_fields_uniqueness": "is unique as a key"}


def _rule(error: Any) -> str:
    return _RULES.get(str(error.check)) or str(error.check.error)


def _scalar(value: Any) -> Any:
    """Return the value, and the same ``None`` for everything that stands for a missing one."""
    from pandas import isna
    from pandas.api.types import is_scalar

    return None if is_scalar(value) and isna(value) else value


def _message(failures: pd.DataFrame, descriptor: Descriptor) -> str:
    title = {field.name: field.title_zh for field in descriptor.columns}
    failed = failures.itertuples(index=False, name=None)
    lines = [_line(failure, title) for failure in failed]
    more = len(lines) - _MOST_LINES
    return "\n".join(
        (
            f"The frame breaks the contract of {descriptor.name} {descriptor.version} "
            f"in {len(lines)} place{'s' * (len(lines) != 1)}:",
            *lines[:_MOST_LINES],
            *([f"… and {more} more: see the failures of this error."] if more > 0 else []),
        )
    )


def _line(failure: tuple[Any, ...], title: Mapping[str, str]) -> str:
    row, column, rule, value = failure
    if column is None:
        return f"  the table: expected that {rule}"
    place = "" if row is None else f"row {row}, "
    found = "" if value is None else f", found {value!r}"
    return (
        f"  {place}{column} {title.get(column, '')}".rstrip() + f": expected that it {rule}{found}"
    )
