"""Failures as one frame and as a message to read, the same for every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fintech2021._contracts.requirements import IS_COLUMN, IS_ORDERED, has_type
from fintech2021._frames.pandas import dtype
from fintech2021.errors import ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from fintech2021._contracts.outcome import Count, Failure
    from fintech2021._core.descriptor import Column, Descriptor

__all__ = ["COLUMNS", "counts_frame", "invalid"]

COLUMNS = ["dataset", "row", "key", "column", "rule", "value", "message"]
"""The columns of the failures of a `ValidationError`."""
_COUNTS = ["dataset", "column", "rule", "failures"]
_MOST_LINES = 20
_MOST_CHARACTERS = 80


def counts_frame(counts: Iterable[Count], descriptor: Descriptor) -> pd.DataFrame:
    """Return how often each rule is broken."""
    import pandas as pd

    frame = pd.DataFrame(
        [(descriptor.name, *count) for count in counts], columns=_COUNTS, dtype=object
    )
    return frame.astype({"failures": "int64"})


def invalid(
    failures: Iterable[Failure], counts: Iterable[Count], descriptor: Descriptor
) -> ValidationError:
    """Return the error that says what is broken."""
    import pandas as pd

    columns = {column.name: column for column in descriptor.columns}
    failures = tuple(failures)
    messages = [_message(failure, columns, descriptor) for failure in failures]
    lines = [
        (descriptor.name, f.row, f.key, f.column, f.rule, f.value, message)
        for f, message in zip(failures, messages, strict=True)
    ]
    frame = pd.DataFrame(lines, columns=COLUMNS, dtype=object)
    broken = tuple(count for count in counts if count.failures)
    shown = [_placed(f, message) for f, message in zip(failures, messages, strict=True)]
    return ValidationError(
        _text(shown, sum(count.failures for count in broken), descriptor),
        frame,
        counts_frame(broken, descriptor),
    )


def _text(lines: list[str], places: int, descriptor: Descriptor) -> str:
    more = places - len(lines[:_MOST_LINES])
    return "\n".join(
        (
            f"The frame breaks the contract of {descriptor.name} {descriptor.version} "
            f"in {places} place{'s' * (places != 1)}:",
            *(f"  {line}" for line in lines[:_MOST_LINES]),
            *([f"… and {more} more: see the failures of this error."] if more > 0 else []),
        )
    )


def _placed(failure: Failure, message: str) -> str:
    return message if failure.row is None else f"row {_short(str(failure.row))}, {message}"


def _message(failure: Failure, columns: dict[str, Column], descriptor: Descriptor) -> str:
    """Return what one failure says, without the row: not every engine has one."""
    if failure.is_sentence:
        place = "the table" if failure.column is None else _short(failure.key or "no key")
        held = "" if failure.value is None else f"; found {_short(str(failure.value))}"
        return f"{place}: expected that {failure.rule}{held}"
    column = columns.get(str(failure.column))
    title = "" if column is None else f" {column.title_zh}"
    key = "" if failure.key is None else f"{_short(failure.key)}, "
    held = "" if failure.value is None else f", found {_shown(failure.value)}"
    name = _short(str(failure.column))
    cure = _cure(failure, column, descriptor)
    return f"{key}{name}{title}: expected that it {failure.rule}{held}{cure}"


def _cure(failure: Failure, column: Column | None, descriptor: Descriptor) -> str:
    """Return which call mends a frame that only spells otherwise."""
    if column is not None and failure.rule == has_type(column):
        return f" ({dtype(column)} in pandas); {_call(descriptor, 'True')} reads it where it can"
    if failure.rule == IS_ORDERED:
        return f"; {_call(descriptor, 'True')} puts it there"
    if failure.rule == IS_COLUMN:
        return f"; {_call(descriptor, repr('drop'))} leaves it out"
    return ""


def _call(descriptor: Descriptor, coerce: str) -> str:
    return f'ft.validate(frame, "{descriptor.name}", coerce={coerce})'


def _shown(value: Any) -> str:
    return _short(repr(value)) if isinstance(value, str) else _short(str(value))


def _short(text: str) -> str:
    """Return a text on one line, without what a terminal would obey, and not too long."""
    cut = text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in cut)
