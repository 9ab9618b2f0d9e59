"""Every exception: one base class, each also the builtin that a caller expects; and warnings."""

from __future__ import annotations

from fintech2021._given import plain, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    import pandas as pd

__all__ = [
    "ArgumentError",
    "CheckError",
    "ExportError",
    "Fintech2021Error",
    "IntegrityError",
    "LockError",
    "MissingDependencyError",
    "PinError",
    "PinWarning",
    "RecordError",
    "RecordVersionError",
    "RelationError",
    "SourceTextError",
    "SupersededWarning",
    "UnknownBackendError",
    "UnknownColumnError",
    "UnknownDatasetError",
    "UnknownEditionError",
    "UnknownKeyError",
    "UnknownNameError",
    "UnknownVersionError",
    "ValidationError",
]


class Fintech2021Error(Exception):
    """Base of every error that this library raises on purpose.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> try:
    ...     ft.load("bank")
    ... except ft.Fintech2021Error as error:
    ...     print(type(error).__name__)
    UnknownDatasetError
    """

    def __str__(self) -> str:
        return "\n".join(str(argument) for argument in self.args)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self.args, self.__dict__)


def _restored(
    kind: type[Fintech2021Error], arguments: tuple[object, ...], state: dict[str, object]
) -> Fintech2021Error:
    """Return a copied or unpickled error: its constructor takes more than its message."""
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(state)
    return error


class UnknownNameError(Fintech2021Error, KeyError):
    """A name that does not exist; the message lists close matches and what exists.

    Attributes
    ----------
    asked : object
        What was asked for.
    known : tuple[str, ...]
        What exists.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> try:
    ...     ft.load("banks", version="9.0.0")
    ... except ft.UnknownNameError as error:
    ...     error.asked, error.known[0]
    ('9.0.0', '1.0.0')
    """

    def __init__(
        self,
        kind: str,
        asked: object,
        known: Iterable[str],
        *,
        hint: str = "",
        names: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        self.asked = plain(asked)
        self.known = tuple(known)
        super().__init__(_unknown(kind, self.asked, self.known, hint, names))

    def __reduce__(self) -> tuple[Any, ...]:
        make, (kind, arguments, state) = super().__reduce__()
        return make, (kind, arguments, {**state, "asked": _that_travels(self.asked)})


def _that_travels(asked: object) -> object:
    """Return what was asked for, or its text if another process cannot have it."""
    import pickle

    try:
        pickle.dumps(asked)
    except Exception:  # noqa: BLE001 - It is somebody else's class.
        return shown(asked)
    return asked


class UnknownDatasetError(UnknownNameError):
    """No dataset has that name."""


class UnknownVersionError(UnknownNameError):
    """No published version of the dataset answers the request."""


class UnknownEditionError(UnknownNameError):
    """No edition has that name."""


class UnknownColumnError(UnknownNameError):
    """The dataset version has no column of that name."""


class UnknownKeyError(UnknownNameError):
    """The dataset version has no row with that key."""


class UnknownBackendError(UnknownNameError, ValueError):
    """No backend or engine has that name."""


class IntegrityError(Fintech2021Error, RuntimeError):
    """A packaged file is missing, cannot be read, or is not, byte for byte, what was published."""


class MissingDependencyError(Fintech2021Error, ImportError):
    """An optional library that the call needs is not installed."""

    def __init__(self, module: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs {module}, which is not installed. "
            f"Install it with: pip install 'fintech2021[{extra}]'"
        )


class ArgumentError(Fintech2021Error, TypeError, ValueError):
    """An argument is none that the function takes."""


class CheckError(Fintech2021Error, RuntimeError):
    """A check could not run: nothing is said about whether the frame keeps its contract.

    The cause is what the engine raised.
    """


class ExportError(Fintech2021Error, OSError):
    """What is asked for cannot be written there; what was there before is as it was."""


class LockError(Fintech2021Error, ValueError):
    """The installed data are not those of a lock file, or the lock file cannot be read."""


class PinError(Fintech2021Error, TypeError):
    """Pins were put where they cannot hold, or do not have the dataset that is asked for."""


class PinWarning(UserWarning):
    """A thread reads without the pin of a block that is open in another one."""


class SupersededWarning(UserWarning):
    """A version was asked for by its number that should give way to another; it says why."""


class RecordError(Fintech2021Error, ValueError):
    """A row makes no record, or a record no row; the message lists the first cells.

    Attributes
    ----------
    failures : tuple[tuple[Any, str | None, Any, str], ...]
        Every cell at fault: its row (the label in the index of a pandas frame, else the number),
        its column, its value, and why it cannot be. Row and value are ``None`` where a whole
        column is at fault.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> banks = ft.load_banks()
    >>> banks.loc[0, "tech_staff_pct"] = 120
    >>> try:
    ...     ft.to_records(banks, ft.Bank)
    ... except ft.RecordError as error:
    ...     error.row, error.column, error.value
    (0, 'tech_staff_pct', Decimal('120.0'))
    """

    def __init__(
        self, message: str, failures: tuple[tuple[Any, str | None, Any, str], ...]
    ) -> None:
        super().__init__(message)
        self.failures = failures

    @property
    def row(self) -> Any:
        """The row of the first cell at fault."""
        return self.failures[0][0]

    @property
    def column(self) -> str | None:
        """The column of the first cell at fault."""
        return self.failures[0][1]

    @property
    def value(self) -> Any:
        """The first cell at fault."""
        return self.failures[0][2]


class RecordVersionError(Fintech2021Error, ValueError):
    """Rows of that dataset version do not fit the record class of this package version."""


class RelationError(Fintech2021Error, ValueError):
    """The relation of a claim cannot be evaluated."""


class SourceTextError(Fintech2021Error, ValueError):
    """The file is not the source text that the provenance was taken from."""


class ValidationError(Fintech2021Error, ValueError):
    """A frame breaks the contract of a dataset; the message lists the first failures.

    Attributes
    ----------
    failures : pandas.DataFrame
        One line per broken rule and row: ``dataset``, ``row`` (the label in the index of a pandas
        frame, the number of the row in a polars or Arrow one, missing for engines whose rows have
        no numbers and for what concerns no row), ``key``, ``column``, ``rule``, ``value`` and
        ``message``. Of each rule the first by key and content, as many as were asked for.
    counts : pandas.DataFrame
        How many rows break each broken rule: ``dataset``, ``column``, ``rule``, ``failures``.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> banks = ft.load_banks()
    >>> banks.loc[0, "tech_staff_pct"] = 120
    >>> try:
    ...     ft.validate(banks, "banks")
    ... except ft.ValidationError as error:
    ...     error.failures["column"].tolist(), error.counts["failures"].tolist()
    (['tech_staff_pct'], [1])
    """

    def __init__(self, message: str, failures: pd.DataFrame, counts: pd.DataFrame) -> None:
        super().__init__(message)
        self.failures = failures
        self.counts = counts


def _unknown(
    kind: str,
    asked: object,
    known: tuple[str, ...],
    hint: str,
    names: Mapping[str, Iterable[str]] | None,
) -> str:
    from fintech2021._matching.closest import closest

    like_a_name = isinstance(asked, str) and len(asked) <= _LONGEST_NAME
    close = closest(str(asked), known, names) if like_a_name else []
    many = len(known) > _MOST_NAMES
    some = (*known[:_A_FEW], f"… {len(known)} in all") if many else known
    return " ".join(
        part
        for part in (
            f"There is no {kind} {shown(asked)}.",
            f"Did you mean {' or '.join(map(repr, close))}?" if close else "",
            f"Known: {', '.join(some)}." if some else "",
            hint,
        )
        if part
    )


_LONGEST_NAME = 100
_MOST_NAMES = 40
_A_FEW = 8
