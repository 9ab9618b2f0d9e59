"""What pandera found, as a frame with one line per failure and as a message to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd
    from pandera.errors import SchemaErrors

    from fintech2021._core.descriptor import Descriptor

__all__ = ["COLUMNS", "failures_of", "message"]

COLUMNS = ["row", "column", "rule", "value"]
"""The columns of the failures of a `ValidationError`."""

_MOST_LINES = 20
_STRUCTURE = {
    "column_in_schema": "is a column of the dataset",
    "column_in_dataframe": "is present",
    "column_ordered": "stands in the published order of columns",
}


def failures_of(cause: SchemaErrors, labels: list[Any]) -> pd.DataFrame:
    """Return one line per failure, without checks that could not run because of another one."""
    import pandas as pd

    errors: list[Any] = cause.schema_errors
    ran = [error for error in errors if error.reason_code.name != "CHECK_ERROR"] or errors
    lines = {line[:3]: line for error in ran for line in _lines(error)}
    rows = [(None if row is None else labels[row], *rest) for row, *rest in lines.values()]
    return pd.DataFrame(rows, columns=COLUMNS, dtype=object)


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


def message(failures: pd.DataFrame, descriptor: Descriptor) -> str:
    title = {column.name: column.title_zh for column in descriptor.columns}
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
    held = "" if value is None else f", found {value!r}"
    return (
        f"  {place}{column} {title.get(column, '')}".rstrip() + f": expected that it {rule}{held}"
    )
