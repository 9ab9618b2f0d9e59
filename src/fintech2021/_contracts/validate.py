"""Hold a frame against the contract of a dataset and report every failure at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from fintech2021._contracts.report import COLUMNS, failures_of, message
from fintech2021._core import catalog
from fintech2021._core.deferred import Deferred, table_module, whole_first  # noqa: TID251 - Tables stand one floor below.
from fintech2021._core.names import DatasetName
from fintech2021._frames.pandas import frame as published_frame
from fintech2021._given import plain
from fintech2021._versions import pins
from fintech2021.errors import UnknownBackendError, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    import pandera.pandas as pa

    from fintech2021._core.descriptor import Descriptor
    from fintech2021._records.rules import Rule
else:
    pd, pa = map(Deferred, ("pandas", "pandera.pandas"))

__all__ = ["Engine", "rules_of", "schema", "validate"]

Engine = Literal["pandas"]
"""The engines for which `schema` makes a schema."""

_ENGINES: tuple[Engine, ...] = ("pandas",)


def schema(
    name: DatasetName | str,
    version: str | None = None,
    *,
    engine: Engine | str = "pandas",
    rules: bool = True,
) -> pa.DataFrameSchema:
    """Return the pandera schema of a dataset version.

    Parameters
    ----------
    name
        One of `catalog`'s names.
    version
        A published version or a specifier; by default the one of the newest edition.
    engine
        The library whose frames the schema is for: ``"pandas"``.
    rules
        Whether the schema has the checks on the whole table and between tables; without them it
        also fits a part of the rows.

    Returns
    -------
    pandera.pandas.DataFrameSchema
        A fresh schema, with titles and descriptions, to use or to build on.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.
    UnknownBackendError
        When there is no such engine.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> "tech_spend_cny" in ft.schema("banks").columns
    True
    """
    asked = plain(engine)
    if not isinstance(asked, str) or asked not in _ENGINES:
        raise UnknownBackendError("engine", engine, _ENGINES)
    return _contract(pins.requested(name, version), rules=rules)


def _contract(descriptor: Descriptor, *, rules: bool) -> pa.DataFrameSchema:
    return whole_first("pandera", lambda: _schema(descriptor, rules=rules))


def _schema(descriptor: Descriptor, *, rules: bool) -> pa.DataFrameSchema:
    from fintech2021._contracts import pandas as engine

    whole = (*engine.own_references(descriptor), *_rule_checks(descriptor)) if rules else ()
    return engine.schema(descriptor, whole)


def validate(
    frame: pd.DataFrame, name: DatasetName | str, version: str | None = None, *, rules: bool = True
) -> pd.DataFrame:
    """Return the frame if it keeps the contract of the dataset version.

    Parameters
    ----------
    frame
        What is to be checked; it is not changed.
    name
        One of `catalog`'s names.
    version
        A published version or a specifier; by default the one of the newest edition.
    rules
        Whether the checks on the whole table and between tables are made; without them a part of
        the rows can be checked as well.

    Returns
    -------
    pandas.DataFrame
        The very frame that was given.

    Raises
    ------
    ValidationError
        With every failure at once: its message is for reading, its ``failures`` is a frame with
        ``row``, ``column``, ``rule`` and ``value``.
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> banks = ft.load_banks()
    >>> ft.validate(banks, "banks") is banks
    True
    """
    descriptor = pins.requested(name, version)
    _require_frame(frame, descriptor)
    contract = _contract(descriptor, rules=rules)
    from pandera.config import ValidationDepth, config_context
    from pandera.errors import SchemaErrors

    whole = ValidationDepth.SCHEMA_AND_DATA
    try:
        with config_context(validation_enabled=True, validation_depth=whole):
            plain_index = frame.reset_index(drop=True)
            whole_first("a contract", lambda: contract.validate(plain_index, lazy=True))
    except SchemaErrors as cause:
        failures = failures_of(cause, frame.index.tolist())
        raise ValidationError(message(failures, descriptor), failures) from None
    return frame


def _require_frame(frame: object, descriptor: Descriptor) -> None:
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        kind = f"{type(frame).__module__}.{type(frame).__name__}"
        reason = f"is a {kind}, expected a pandas.DataFrame"
        failures = pd.DataFrame(
            [(None, None, "is a pandas.DataFrame", type(frame).__name__)], columns=COLUMNS
        )
        raise ValidationError(f"What was given for {descriptor.name} {reason}.", failures)


def _rule_checks(descriptor: Descriptor) -> Iterator[pa.Check]:
    from pandera.pandas import Check

    for rule in rules_of(descriptor):
        yield Check(_holds(rule, descriptor), error=rule.statement)


def rules_of(descriptor: Descriptor) -> tuple[Rule, ...]:
    """Return the rules across rows and tables that a dataset version has to keep."""
    every: tuple[Rule, ...] = table_module(descriptor.name).RULES
    age = descriptor.versions.index
    return tuple(rule for rule in every if age(rule.since) <= age(descriptor.version))


def _holds(rule: Rule, descriptor: Descriptor) -> Any:
    edition = pins.edition()

    def published(name: str) -> pd.DataFrame:
        return published_frame(catalog.same_edition(descriptor, name, edition))

    return lambda frame: bool(rule.holds(frame, published))
