"""Hold a frame of any engine against the contract of a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from fintech2021._contracts import engines
from fintech2021._contracts.outcome import Count, Failure, Outcome
from fintech2021._contracts.published import facts_of_any
from fintech2021._contracts.report import counts_frame, invalid
from fintech2021._contracts.requirements import contract, facts_of, keys_of
from fintech2021._core import catalog
from fintech2021._core.deferred import Deferred, whole_first
from fintech2021._core.names import DatasetName
from fintech2021._frames.pandas import frame as published_frame
from fintech2021._given import is_count, shown
from fintech2021._versions import pins
from fintech2021.errors import ArgumentError, CheckError, UnknownColumnError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from fintech2021._contracts.requirements import Contract
    from fintech2021._core.descriptor import Descriptor
    from fintech2021._records.rules import Fact
else:
    from collections.abc import Mapping

    pd = Deferred("pandas")

__all__ = ["count_failures", "validate"]

_Frame = TypeVar("_Frame")
_UNSAID: Any = object()
_IS_FRAME = "is a frame"
_FRAMES = (
    "expected a pandas.DataFrame, or a frame of polars, pyarrow, DuckDB, ibis or Spark, or an "
    "object with __arrow_c_stream__"
)


def validate(  # noqa: PLR0913 - Each has a name, and most calls give two.
    frame: _Frame,
    name: DatasetName | str,
    version: str | None = None,
    *,
    facts: bool = False,
    references: Mapping[str, Any] | Literal[False] | None = None,
    coerce: bool | Literal["drop"] = False,
    limit: int | None = 10,
    rules: bool = _UNSAID,
) -> _Frame:
    """Return the frame if it keeps the contract of the dataset version.

    A frame of pandas, polars (eager or lazy), pyarrow, DuckDB, ibis or Spark is asked where it
    lives: what comes over is a row of counts and, where something is broken, the first broken rows.
    Every engine finds the same failures. All but pandas and Arrow need the extra ``engines``.

    Parameters
    ----------
    frame
        What is to be checked; it is not changed. An Arrow stream, or any object with
        ``__arrow_c_stream__``, is read once and held as a `pyarrow.Table`.
    name
        One of `catalog`'s names.
    version
        A published version or a specifier; by default the one of the newest edition.
    facts
        Whether what holds of the published table alone is checked too: how many rows it has, what
        the report's prose and other tables say of it. The whole table is fetched for that.
    references
        The frames whose keys the cells have to be, by the name of the dataset that they stand for;
        the published tables stand for those that are not named. With ``False`` nothing but
        references of a table to itself is checked.
    coerce
        Whether a frame that only spells otherwise is read into the exact types and the published
        order of columns; ``"drop"`` leaves out columns that the dataset does not have, too.
    limit
        How many broken rows are fetched for each rule, ``None`` for all.
    rules
        Deprecated: what a part of the rows need not keep are facts, which are not checked unless
        they are asked for.

    Returns
    -------
    frame
        The very frame that was given; the table in which a stream is held; with ``coerce`` a new
        frame of the same engine.

    Raises
    ------
    ArgumentError
        When an option is none.
    ValidationError
        With the failures: its message is for reading, its ``failures`` and ``counts`` are frames.
    CheckError
        When a check cannot run, for a relation whose connection is busy, say.
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.
    UnknownColumnError
        When a frame in ``references`` has no column of keys.
    MissingDependencyError
        When the engine needs a library that is not installed.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> banks = ft.load_banks()
    >>> ft.validate(banks, "banks") is banks
    True
    """
    _check_options(facts, coerce=coerce, limit=limit)
    facts = _facts(facts, rules)
    descriptor = pins.requested(name, version)
    spelled = _contract(descriptor, references)

    def use() -> Any:
        engine, given = _engine(frame, descriptor)
        with engines.guarded(descriptor.name):
            if coerce:
                read = engines.coerced(given, engine, spelled, limit, drop=coerce == "drop")
                given, unread = read
                _refuse(unread, descriptor)
            _refuse(_outcome(given, engine, spelled, references, (limit, facts)), descriptor)
        return given

    return cast("_Frame", whole_first(_of_library(frame), use))


def count_failures(
    frame: Any,
    name: DatasetName | str,
    version: str | None = None,
    *,
    facts: bool = False,
    references: Mapping[str, Any] | Literal[False] | None = None,
) -> pd.DataFrame:
    """Return how often a frame breaks each rule of the dataset version, for monitoring.

    Parameters
    ----------
    frame
        What is to be checked, of any engine that `validate` takes.
    name
        One of `catalog`'s names.
    version
        A published version or a specifier; by default the one of the newest edition.
    facts
        Whether what holds of the published table alone is checked too.
    references
        As `validate` takes them.

    Returns
    -------
    pandas.DataFrame
        One line per rule: ``dataset``, ``column``, ``rule``, ``failures``. A rule that is kept has
        0; one that could not be asked, of a column that is missing say, has no line.

    Raises
    ------
    ArgumentError
        When the references are none.
    ValidationError
        When what was given is no frame.
    CheckError
        When a check cannot run.
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> counts = ft.count_failures(ft.load_banks(), "banks")
    >>> int(counts["failures"].sum())
    0
    """
    _check_options(facts)
    descriptor = pins.requested(name, version)
    spelled = _contract(descriptor, references)

    def use() -> Outcome:
        engine, given = _engine(frame, descriptor)
        with engines.guarded(descriptor.name):
            return _outcome(given, engine, spelled, references, (0, facts))

    return counts_frame(whole_first(_of_library(frame), use).counts, descriptor)


def _of_library(frame: object) -> str:
    """Return the name under which the first check of a library's frame is the first use of it."""
    return f"a contract and {type(frame).__module__.partition('.')[0]}"


def _check_options(facts: object, *, coerce: object = False, limit: object = None) -> None:
    """Refuse options that mean nothing."""
    if not isinstance(facts, bool):
        raise ArgumentError(f"facts is {shown(facts)}, expected True or False")
    if not (isinstance(coerce, bool) or (isinstance(coerce, str) and coerce == "drop")):
        raise ArgumentError(f"coerce is {shown(coerce)}, expected True, False or 'drop'")
    if limit is not None and not is_count(limit):
        raise ArgumentError(
            f"limit is {shown(limit)}, expected a number of rows that is not negative, or None"
        )


def _facts(facts: bool, rules: Any) -> bool:  # noqa: FBT001 - Two options of the same call.
    """Return whether facts are checked, told by the option or by the one that it replaces."""
    if rules is _UNSAID:
        return facts
    from warnings import warn

    warn(
        "rules= is deprecated and goes in 0.4: rules that hold of any table are always checked, "
        "and facts=True checks what holds of the published table only. For rules=False leave it "
        "out, and say references=False for a table whose keys are new.",
        DeprecationWarning,
        stacklevel=3,
    )
    return facts or rules is True


def _engine(frame: Any, descriptor: Descriptor) -> tuple[str, Any]:
    """Return whose frame it is, and the frame; a stream is held."""
    with engines.guarded(descriptor.name):
        engine = engines.engine_of(frame)
        given = None if engine is None else engines.held(frame, engine)
    if engine is not None and given is not None:
        return engine, given
    kind = f"{type(frame).__module__}.{type(frame).__name__}".removeprefix("builtins.")
    none = Failure(None, None, None, _IS_FRAME, type(frame).__name__)
    raised = invalid((none,), (Count(None, _IS_FRAME, 1),), descriptor)
    raised.args = (f"What was given for {descriptor.name} is of type {kind}, {_FRAMES}.",)
    raise raised


def _contract(descriptor: Descriptor, references: Any) -> Contract:
    if references is not None and references is not False and not isinstance(references, Mapping):
        raise ArgumentError(
            f"references is {shown(references)}, expected a mapping of frames by dataset, or False"
        )
    spelled = contract(descriptor, references=references is not False)
    # What a row points to in its own table has to be in the frame.
    parents = tuple(name for name in spelled.parents() if name != descriptor.name)
    unknown = [name for name in references or () if name not in parents]
    if unknown:
        raise UnknownColumnError(f"reference of {descriptor.name} to", unknown[0], parents)
    return spelled


def _refuse(found: Outcome, descriptor: Descriptor) -> None:
    if any(count.failures for count in found.counts):
        raise invalid(found.failures, found.counts, descriptor) from None


def _outcome(
    frame: Any,
    engine: str,
    spelled: Contract,
    references: Mapping[str, Any] | Literal[False] | None,
    asked: tuple[int | None, bool],
) -> Outcome:
    limit, facts = asked
    parents = _Parents((frame, engine), spelled.descriptor, references or {})
    found = engines.check(frame, engine, spelled, parents, limit)
    if facts:
        found += _of_facts(frame, engine, spelled, found)
    return found


class _Parents:
    """The tables to which columns refer: the caller's own, or the published ones."""

    def __init__(
        self, asking: tuple[Any, str], descriptor: Descriptor, given: Mapping[str, Any]
    ) -> None:
        self._asking = asking
        self._descriptor = descriptor
        self._given = given
        self._known: dict[str, tuple[Any, str, str]] = {}

    def keys(self, dataset: str) -> tuple[str, ...]:
        """Return the keys of the caller's table, or of the published one."""
        if dataset not in self._given:
            return keys_of(self._descriptor, dataset)
        frame, engine, column = self._parent(dataset)
        try:
            return engines.keys(frame, engine, column)
        except TypeError as cause:  # Lists, say.
            raise ArgumentError(
                f"The column {column} of the frame for {dataset} has cells that are no keys"
            ) from cause

    def beside(self, dataset: str) -> Any | None:
        """Return the caller's table where the engine can take it as it is."""
        if dataset not in self._given:
            return None
        frame, engine, column = self._parent(dataset)
        return engines.beside(frame, engine, column, self._asking)

    def _parent(self, dataset: str) -> tuple[Any, str, str]:
        """Return a table of the caller's; a stream can be read only once."""
        if dataset not in self._known:
            self._known[dataset] = self._held(dataset)
        return self._known[dataset]

    def _held(self, dataset: str) -> tuple[Any, str, str]:
        target = catalog.same_edition(self._descriptor, dataset, pins.edition())
        engine, frame = _engine(self._given[dataset], target)
        column = target.primary_key[0]
        names = engines.names_of(frame, engine)
        if column not in names:
            raise UnknownColumnError(f"column of the frame for {dataset}", column, names)
        if names.count(column) > 1:
            raise ArgumentError(f"The column {column} of the frame for {dataset} is there twice")
        return frame, engine, column


def _of_facts(frame: Any, engine: str, spelled: Contract, found: Outcome) -> Outcome:
    """Return which facts do not hold; a frame that lacks a column or its type has none to ask."""
    descriptor = spelled.descriptor
    if any(
        failure.key is None and failure.row is None and not failure.is_sentence
        for failure in found.failures
    ):
        return Outcome((), ())
    known = engines.in_pandas(frame, engine, spelled)

    edition = pins.edition()

    def published(name: str) -> pd.DataFrame:
        return published_frame(catalog.same_edition(descriptor, name, edition))

    broken = any(count.failures for count in found.counts)
    facts = (*facts_of_any(descriptor), *facts_of(descriptor))
    counts = tuple(_of_fact(fact, known, published, broken=broken) for fact in facts)
    failures = (
        Failure(None, None, None, count.rule, is_sentence=True)
        for count in counts
        if count.failures
    )
    return Outcome(counts, tuple(failures))


def _of_fact(fact: Fact, frame: pd.DataFrame, published: Any, *, broken: bool) -> Count:
    try:
        holds = bool(fact.holds(frame, published))
    except Exception as cause:
        if not broken:
            raise CheckError(
                f"It cannot be told whether {fact.statement}: {cause!r:.200}"
            ) from cause
        holds = True  # What is broken besides is named, and says why.
    return Count(None, fact.statement, int(not holds))
