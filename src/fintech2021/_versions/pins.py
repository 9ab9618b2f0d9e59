"""Which version is asked for: the call's request, and the pins that hold where the call is made."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import cache, wraps
from threading import current_thread, get_ident, local, main_thread
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from fintech2021._core import catalog
from fintech2021._given import plain, shown
from fintech2021._versions.warning import warn
from fintech2021.errors import (
    Fintech2021Error,
    PinError,
    PinWarning,
    SupersededWarning,
    UnknownEditionError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

    from fintech2021._core.catalog import Edition
    from fintech2021._core.descriptor import Descriptor

__all__ = [
    "VARIABLE",
    "Resolved",
    "datasets",
    "edition",
    "edition_named",
    "is_in_a_block",
    "is_pinned",
    "needed",
    "own",
    "pinned",
    "requested",
    "requests",
    "resolve",
    "use",
    "using",
]

Pins = Mapping[str, str] | str | os.PathLike[str]
_Function = TypeVar("_Function", bound=Callable[..., Any])

VARIABLE = "FINTECH2021_LOCK"
"""The environment variable that pins a process: the path of a lock file, or an edition."""


class _Closed(NamedTuple):
    """An edition or a lock file: what it does not name cannot be loaded under it."""

    says: str
    """How an error calls it."""
    short: str
    """How results call it: an edition, or a file without its folder, which differs by machine."""
    value: str
    """What the environment variable says for it."""
    edition: str
    datasets: Mapping[str, str]


class _Pin(NamedTuple):
    """What one call of `pinned` or `use`, or the environment variable, asks for."""

    by: str
    closed: _Closed | None
    named: Mapping[str, str]

    def request(self, name: str) -> str | None:
        """Return what is asked for of a dataset."""
        if name in self.named:
            return self.named[name]
        return self.closed.datasets.get(name) if self.closed else None

    def said(self, name: str = "") -> str:
        """Return how results and errors call the pin, as far as it concerns a dataset."""
        if name in self.named:
            return f"{self.by}({name}={self.named[name]!r})"
        if self.by == VARIABLE:
            return f"{self.by}={self.closed.short if self.closed else ''}"
        whole = [repr(self.closed.short)] if self.closed else []
        return f"{self.by}({', '.join([*whole, *(f'{n}={r!r}' for n, r in self.named.items())])})"

    @property
    def edition(self) -> str:
        """The edition that it names, or on which its lock rests."""
        return self.closed.edition if self.closed else ""


class _Opened:
    """An open block: who opened it, in which thread, and whether another thread was warned."""

    __slots__ = ("by", "pin", "thread", "told")

    def __init__(self, by: pinned, pin: _Pin) -> None:
        self.by, self.pin, self.thread, self.told = by, pin, get_ident(), False


class _Block(NamedTuple):
    """A pin in force in this thread or task, and the block around it; a carried one is not open."""

    pin: _Pin
    opened: _Opened | None
    outer: _Block | None


class _Process:
    """What `use` has said for the whole process."""

    pin: _Pin | None = None
    undo: Callable[[], None] | None = None
    """What gives the environment variable back the value that it had before `use` set it."""


_BLOCK: ContextVar[_Block | None] = ContextVar("fintech2021_pins", default=None)
_OPEN: dict[int, _Opened] = {}
_PROCESS = _Process()
_THREAD = local()
"""Whether this thread has opened a block: it then knows of pins."""


def _forget_other_threads() -> None:
    """Forget the blocks of threads that a forked child does not have."""
    for number, opened in list(_OPEN.items()):
        if opened.thread != get_ident():
            del _OPEN[number]


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_other_threads)


@cache
def _variable() -> str:
    """Return what the environment variable said when it was first needed."""
    return os.environ.get(VARIABLE, "")


@cache
def _environment() -> _Pin | None:
    """Return the pin of the environment variable; raises `PinError` for an unusable one."""
    value = _variable()
    if not value:
        return None
    try:
        return _of_variable(value)
    except Fintech2021Error as cause:
        raise PinError(
            f"The environment variable {VARIABLE} is {shown(value)}, which cannot be used. {cause}"
        ) from cause


def _of_variable(value: str) -> _Pin:
    """Return the pin of a value: a lock file, an edition, or what `_value` has written."""
    told = _written(value)
    if told is None:
        return _Pin(VARIABLE, _closed(value), {})
    return _read(VARIABLE, told.pop("", None), told)


def _written(value: str) -> dict[str, str] | None:
    """Return what a parent process has written, or ``None`` for the name of a file or edition."""
    if not value.startswith("{"):
        return None
    import json

    try:
        told: dict[str, str] = json.loads(value)
    except ValueError:
        return None
    return told


def _in_force() -> Iterator[_Pin]:
    """Yield the pins that hold here, the innermost first."""
    block = _BLOCK.get()
    while block is not None:
        yield block.pin
        block = block.outer
    if _PROCESS.pin is not None:
        yield _PROCESS.pin
    if (outermost := _environment()) is not None:
        yield outermost


def _obeyed(name: str) -> _Pin | None:
    """Return the pin that decides on a dataset; raises `PinError` where one rules it out."""
    for pin in _in_force():
        if pin.request(name) is not None:
            return pin
        if pin.closed is not None:
            raise PinError(_ruled_out(name, pin, pin.closed))
    return None


def _ruled_out(name: str, pin: _Pin, closed: _Closed) -> str:
    with_it = [edition.name for edition in catalog.editions().values() if name in edition.datasets]
    there = "edition " + (closed.edition if closed.edition in with_it else with_it[0])
    return (
        f"{closed.says[0].upper()}{closed.says[1:]} has no dataset {name}, and {pin.said()} holds "
        f"here; {there} has it. Pin what has it, or name it beside the pin: {name}='~=1.0'."
    )


class Resolved(NamedTuple):
    """The version that a call gets, an edition that names it, and the pin that was obeyed."""

    descriptor: Descriptor
    edition: str | None
    pin: str | None


def resolve(name: str, version: str | None = None) -> Resolved:
    """Return the newest version that the call and the pin around it admit, and who chose it."""
    name, version = plain(name), plain(version)
    catalog.versions(name)  # Refuses what names no dataset, before it is compared.
    pin = _obeyed(name)
    _warn_of_a_block_elsewhere(name, pin)
    descriptor = catalog.load_descriptor(name, _requests(name, version, pin))
    if pin is None and version is not None and descriptor.superseded:
        _warn_of_successor(descriptor)
    edition = catalog.edition_with(name, descriptor.version, pin.edition if pin else "")
    return Resolved(descriptor, edition and edition.name, pin and pin.said(name))


def requested(name: str, version: str | None = None) -> Descriptor:
    """Return the descriptor of the newest version that the call and the pin around it admit."""
    return resolve(name, version).descriptor


def requests(name: str, version: str | None = None) -> Mapping[str, str]:
    """Return every request that stands for a dataset, by who makes it."""
    return _requests(name, version, _obeyed(name))


def _requests(name: str, version: str | None, pin: _Pin | None) -> Mapping[str, str]:
    asked = {} if version is None else {"the call": version}
    request = pin.request(name) if pin else None
    return asked if pin is None or request is None else {**asked, pin.said(name): request}


def datasets() -> tuple[str, ...]:
    """Return the names of the datasets that the pins around the call admit."""
    named: set[str] = set()
    for pin in _in_force():
        named |= pin.named.keys()
        if pin.closed is not None:
            return tuple(sorted(named | pin.closed.datasets.keys()))
    return catalog.datasets()


def own(name: str, beside: Descriptor | None = None) -> Descriptor | None:
    """Return the version of a dataset that the library reads for itself, if there is one.

    Pins choose it; what a lock does not name is of its edition. Without pins it stands beside a
    version of another dataset, or is the newest edition's.
    """
    for pin in _in_force():
        request = pin.request(name)
        if request is None and pin.closed is not None:
            request = catalog.editions()[pin.edition].datasets.get(name)
            if request is None:
                return None
        if request is not None:
            return catalog.load_descriptor(name, {pin.said(name): request})
    if beside is not None:
        return catalog.same_edition(beside, name)
    _warn_of_a_block_elsewhere(name, None)
    return catalog.load_descriptor(name)


def needed(name: str) -> Descriptor:
    """Return what `own` does, or raise `PinError` where a pin rules it out."""
    found = own(name)
    if found is None:
        pin = next(pin for pin in _in_force() if pin.closed is not None)
        raise PinError(_ruled_out(name, pin, pin.closed))  # type: ignore[arg-type] # The line above.
    return found


def edition() -> str:
    """Return the edition that is pinned, or on which the lock rests; empty where none is."""
    return next((pin.edition for pin in _in_force() if pin.closed is not None), "")


def is_pinned(name: str) -> bool:
    """Tell whether a pin chooses the version of a dataset that the library reads for itself."""
    return any(pin.closed is not None or name in pin.named for pin in _in_force())


def is_in_a_block() -> bool:
    """Tell whether the call is made inside a block, which wins over everything else."""
    return _BLOCK.get() is not None


def _warn_of_a_block_elsewhere(name: str, pin: _Pin | None) -> None:
    """Warn once for each open block that this thread, which never had a pin, does not know of."""
    if pin is not None or _BLOCK.get() is not None or hasattr(_THREAD, "has_opened"):
        return
    here = get_ident()
    for opened in tuple(_OPEN.values()):
        is_meant = opened.pin.closed is not None or name in opened.pin.named
        if is_meant and not opened.told and opened.thread != here and not _is_first():
            warn(
                f"{opened.pin.said()} is open in the thread that it was opened in, and this "
                f"thread reads {name} without it. Give the thread ft.pinned.carry(function) to "
                f"run, or pin the whole process with ft.use(...); a block `with ft.pinned():` in "
                f"this thread says that no pin is meant.",
                PinWarning,
            )
            opened.told = True  # After the warning: where it is an error, it is one every time.


def _is_first() -> bool:
    """Tell the thread that no other one started."""
    return current_thread() is main_thread()


_TOLD: set[tuple[str, str]] = set()


def _warn_of_successor(descriptor: Descriptor) -> None:
    """Warn once for each superseded version."""
    version = (descriptor.name, descriptor.version)
    if version not in _TOLD:
        warn(
            f"{descriptor.name} {descriptor.version} is superseded. {descriptor.superseded} "
            f"A pin or a lock that names the version says that it is meant.",
            SupersededWarning,
        )
        _TOLD.add(version)


def use(pins: Pins | None = None, /, *, children: bool = False, **datasets: str) -> None:
    """Pin dataset versions for the whole process, in every thread and task.

    It holds from now on, until the next call: each replaces the one before, and ``use(None)`` ends
    it. A block of `pinned` wins over it, and it wins over the environment variable
    ``FINTECH2021_LOCK``. It is for programs; a library leaves the choice to them, and pins its own
    functions with `pinned`.

    Parameters
    ----------
    pins
        The path of a lock file, whose digests are compared at once, the name of an edition, a
        mapping of datasets to requests, or nothing. An edition and a lock file are closed: what
        they do not name cannot be loaded.
    children
        Whether processes that this one starts are pinned too: it sets ``FINTECH2021_LOCK``, so that
        ``pins`` has to be a lock file or an edition. Call it before the first of them starts.
    **datasets
        Requests by the name of the dataset; they win over ``pins``.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.
    UnknownEditionError
        When no edition has that name.
    LockError
        When the installed data are not those of the lock file.
    PinError
        When what is given pins nothing, or cannot be told to children.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> ft.use("2026.1")
    >>> ft.load_observations().attrs["fintech2021"]["version"]
    '1.0.0'
    >>> ft.use(None)
    """
    pin = _read("use", pins, datasets)
    is_pin = bool(pin.closed or pin.named)
    told = _for_children(pin) if children and is_pin else None
    if _PROCESS.undo is not None:
        _PROCESS.undo()
    _PROCESS.undo = None if told is None else _tell_children(told)
    _PROCESS.pin = pin if is_pin else None


def _for_children(pin: _Pin) -> str:
    if pin.closed is None or pin.named:
        raise PinError(
            f"{pin.said()} cannot be told to child processes, for {VARIABLE} names a lock file or "
            f"an edition: make a lock with `fintech2021 lock`, and give its path"
        )
    return pin.closed.value


def _tell_children(value: str) -> Callable[[], None]:
    """Set the environment variable and return what gives it back its value."""
    _variable()  # What it said before is what it says to this process.
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = value

    def undo() -> None:
        if before is None:
            os.environ.pop(VARIABLE, None)
        else:
            os.environ[VARIABLE] = before

    return undo


def using(
    pins: Pins | None = None, datasets: Mapping[str, str] | None = None, *, by: str = "use"
) -> Callable[[], None]:
    """Pin this process and its children, and return what brings back the pins before.

    An edition and a lock file stand for all that was pinned before; requests of single datasets
    win over it and leave the rest.
    """
    outer = _PROCESS.pin
    pin = _within(_read(by, pins, datasets or {}), outer)
    undo = _tell_children(_value(_within(pin, _environment())))
    _PROCESS.pin = pin

    def bring_back() -> None:
        undo()
        _PROCESS.pin = outer

    return bring_back


def _within(pin: _Pin, outer: _Pin | None) -> _Pin:
    """Return a pin that also asks for what an outer one does, where it leaves that open."""
    if outer is None or pin.closed is not None:
        return pin
    return pin._replace(closed=outer.closed, named={**outer.named, **pin.named})


def _value(pin: _Pin) -> str:
    """Return what the environment variable says for a pin: of single datasets as JSON."""
    closed = pin.closed.value if pin.closed else ""
    if not pin.named:
        return closed
    import json

    return json.dumps({**({"": closed} if closed else {}), **pin.named})


class pinned:  # noqa: N801 - It is called like a function.
    """Pin dataset versions for a block or a function, in this thread or task.

    It is a context manager and a decorator, of coroutine functions too. Inner pins win over outer
    ones, and all over those of `use`; a call that asks for what its pin rules out raises
    `UnknownVersionError`. An edition and a lock file are closed: a dataset that they do not name
    cannot be loaded, which is a `PinError`. Requests of a mapping or of keywords leave all other
    datasets as they are. A new task has the pins of the one that starts it; a new thread has none,
    save where Python hands them on: `carry` does.

    Parameters
    ----------
    pins : Mapping[str, str] or str or os.PathLike[str]
        A mapping of datasets to requests, the name of an edition, or the path of a lock file, whose
        digests are compared at once. A request is an exact version or a specifier such as
        ``"~=1.0"``.
    **datasets
        Requests by the name of the dataset; they win over `pins`.

    Attributes
    ----------
    pins : dict[str, str]
        The requests by the name of the dataset.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.
    UnknownEditionError
        When no edition has that name.
    LockError
        When the installed data are not those of the lock file.
    PinError
        When what is given pins nothing; when something is decorated in which pins cannot hold,
        such as a class or a generator; when a block ends in another thread or task than it began.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> with ft.pinned(banks="~=1.0"):
    ...     ft.info("banks").pin
    "pinned(banks='~=1.0')"
    >>> @ft.pinned("2026.1")
    ... def columns() -> int:
    ...     return len(ft.load_virtual_banks().columns)
    >>> columns()
    7
    """

    # A class and not a generator function: `contextlib.contextmanager` would make the wrong
    # decorator for coroutines and generators, and could not say so.
    __module__ = "fintech2021"

    def __init__(self, pins: Pins | None = None, /, **datasets: str) -> None:
        self._pin = _read("pinned", pins, datasets)
        whole = self._pin.closed.datasets if self._pin.closed else {}
        self.pins = {**whole, **self._pin.named}

    def __enter__(self) -> Self:
        _THREAD.has_opened = True
        opened = _Opened(self, self._pin)
        _OPEN[id(opened)] = opened
        _BLOCK.set(_Block(self._pin, opened, _BLOCK.get()))
        return self

    def __exit__(self, *exception: object) -> None:
        inner, block = [], _BLOCK.get()
        while block is not None and (block.opened is None or block.opened.by is not self):
            inner.append(block)
            block = block.outer
        if block is None or block.opened is None:
            self._forget()
            raise PinError(
                f"{self._pin.said()} ends in another thread or task than it began in, where it "
                f"goes on: a block has to end where it begins. For a whole process take ft.use."
            )
        _OPEN.pop(id(block.opened), None)
        outer = block.outer
        for each in reversed(inner):  # Blocks that began later and go on.
            outer = each._replace(outer=outer)
        _BLOCK.set(outer)

    def _forget(self) -> None:
        mine = [number for number, opened in list(_OPEN.items()) if opened.by is self]
        for number in mine[-1:]:
            _OPEN.pop(number, None)

    def __call__(self, function: _Function) -> _Function:
        """Return the function with the pins in force while it runs."""
        return _around(function, lambda: self)

    @staticmethod
    def carry(function: _Function) -> _Function:
        """Return a function that runs with the pins that are in force now, wherever it is called.

        It is for threads and pools, which begin without the pins of the block that starts them; for
        pools of processes too, as far as the function can be pickled.

        Parameters
        ----------
        function
            What a thread or a pool is to run; a coroutine function is another coroutine function.

        Returns
        -------
        Callable
            A function that takes and returns what ``function`` does.

        Raises
        ------
        PinError
            When pins cannot hold in it, as for a decorator.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> def rows(name: str) -> int:
        ...     return len(ft.load(name))
        >>> with ThreadPoolExecutor() as pool, ft.pinned("2026.1"):
        ...     list(pool.map(ft.pinned.carry(rows), ["banks", "regions"]))
        [18, 55]
        """
        held = _Carried(function, tuple(_in_force()))
        return _around(function, held.pins_in_force) if _is_coroutine(function) else held  # type: ignore[return-value] # It is called like the function.


class _Carried:
    """A function with pins that hold while it runs: an object, so that it can be pickled."""

    def __init__(self, function: Callable[..., Any], pins: tuple[_Pin, ...]) -> None:
        _check(function)
        self._function, self._pins = function, pins
        for name in ("__name__", "__qualname__", "__doc__"):
            setattr(self, name, getattr(function, name, None))
        self.__wrapped__ = function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with self.pins_in_force():
            return _finished(self._function(*args, **kwargs), self._function)

    def __reduce__(self) -> tuple[Any, ...]:
        return _Carried, (self._function, self._pins)

    def pins_in_force(self) -> _Holding:
        """Return a block of the pins, which shuts out those around it."""
        return _Holding(self._pins)


class _Holding:
    """A block of pins that were in force elsewhere, in place of those around it."""

    def __init__(self, pins: tuple[_Pin, ...]) -> None:
        self._pins = pins or (_Pin("pinned", None, {}),)  # No pins are meant, either.

    def __enter__(self) -> None:
        block = None
        for pin in reversed(self._pins):
            block = _Block(pin, None, block)
        self._token = _BLOCK.set(block)

    def __exit__(self, *exception: object) -> None:
        _BLOCK.reset(self._token)


def _around(function: _Function, block: Callable[[], Any]) -> _Function:
    """Return a function, or a coroutine function, whose body runs in a block."""
    _check(function)
    if _is_coroutine(function):

        @wraps(function)
        async def awaited(*args: Any, **kwargs: Any) -> Any:
            with block():
                return _finished(await function(*args, **kwargs), function)

        return awaited  # type: ignore[return-value] # A wrapper has the signature of what it wraps.

    @wraps(function)
    def inside(*args: Any, **kwargs: Any) -> Any:
        with block():
            return _finished(function(*args, **kwargs), function)

    return inside  # type: ignore[return-value] # A wrapper has the signature of what it wraps.


def _check(function: Any) -> None:
    """Refuse what is no function, and what runs after the call of it has returned."""
    import inspect

    if isinstance(function, type | staticmethod | classmethod) or not callable(function):
        raise PinError(
            f"{shown(function)} is no function: put the pins on its methods, or inside it; "
            f"between a method and @staticmethod or @classmethod"
        )
    for each in (function, type(function).__call__):
        if inspect.isgeneratorfunction(each) or inspect.isasyncgenfunction(each):
            raise PinError(
                f"{shown(function)} is a generator: its caller would run between the pins and "
                f"their end. Use `with pinned(...)` inside it, around what loads."
            )


def _is_coroutine(function: Any) -> bool:
    import inspect

    return any(map(inspect.iscoroutinefunction, (function, type(function).__call__)))


def _finished(result: Any, function: object) -> Any:
    """Return what a pinned function gave; refuse what will load after its pins have ended."""
    if not _runs_later(result):
        return result
    if hasattr(result, "close"):
        result.close()  # A coroutine that nobody awaits would be complained of as well.
    raise PinError(
        f"{shown(function)} returned {shown(result)}, which runs after the pins have ended. Use "
        f"`with pinned(...)` around what loads, or let it return what is finished, such as a list."
    )


def _runs_later(result: object) -> bool:
    import inspect
    from contextlib import AbstractAsyncContextManager, AbstractContextManager

    if isinstance(result, AbstractContextManager | AbstractAsyncContextManager):
        result = getattr(result, "gen", None)  # What `contextlib.contextmanager` makes of one.
    return (
        any(is_one(result) for is_one in (inspect.isgenerator, inspect.isasyncgen))
        or inspect.iscoroutine(result)
        or isinstance(result, map | filter | zip | enumerate)
        or type(result).__module__ == "itertools"
    )


def _read(by: str, pins: Pins | None, datasets: Mapping[str, str]) -> _Pin:
    """Return what is asked for, each request of a dataset and a version that exist."""
    if pins is not None and not isinstance(pins, Mapping | str | os.PathLike):
        raise PinError(
            f"{shown(pins)} pins nothing; give a mapping of datasets to versions, keyword "
            f"arguments, the name of an edition, or the path of a lock file"
        )
    closed = None if pins is None or isinstance(pins, Mapping) else _closed(pins)
    given = {**(pins if isinstance(pins, Mapping) else {}), **datasets}
    for name, request in given.items():
        catalog.choose_version(name, {"the pin": request})
    return _Pin(by, closed, {str(plain(n)): str(plain(r)) for n, r in given.items()})


def _closed(pins: str | os.PathLike[str]) -> _Closed:
    """Return what an edition or a lock file names."""
    if (edition := edition_named(pins)) is not None:
        said = f"the edition {edition.name}"
        return _Closed(said, edition.name, edition.name, edition.name, edition.datasets)
    from fintech2021._versions import lockfile

    lock = lockfile.verified(pins)
    return _Closed(
        f"the lock file {lockfile.printable(lock.path)}",
        os.path.basename(lock.path),  # noqa: PTH119 - Importing pathlib costs more than the load.
        os.path.abspath(lock.path),  # noqa: PTH100 - as above.
        lock.edition,
        lock.versions,
    )


def edition_named(named: str | os.PathLike[str]) -> Edition | None:
    """Return the edition of that name, or ``None`` for the path of a lock file.

    Raises `UnknownEditionError` for what is neither.
    """
    name = plain(named)
    if not isinstance(name, str):
        return None
    if name in catalog.editions() or _is_path(name):
        return catalog.editions().get(name)
    hint = "A lock file is given by its path, for instance fintech2021.lock."
    raise UnknownEditionError("edition", name, catalog.editions(), hint=hint)


def _is_path(name: str) -> bool:
    """Tell a lock file from a mistyped edition: by its folder, its ending, or its being there."""
    head, tail = os.path.split(name)
    return bool(head) or tail.endswith((".lock", ".toml")) or os.path.exists(name)  # noqa: PTH110 - as above.
