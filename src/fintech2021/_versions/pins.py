"""Which version is asked for: the call's request, and the pins of the block around the call."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from fintech2021._core import catalog
from fintech2021._given import plain
from fintech2021.errors import PinError, UnknownEditionError, UnknownVersionError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from fintech2021._core.descriptor import Descriptor

__all__ = ["pinned", "requested", "requests"]

Pins = Mapping[str, str] | str | os.PathLike[str]
_Function = TypeVar("_Function", bound="Callable[..., Any]")


class _Scope(NamedTuple):
    """The pins in force, and the scope that comes back when they end."""

    pins: Mapping[str, str]
    outer: _Scope | None


_SCOPE: ContextVar[_Scope | None] = ContextVar("fintech2021_pins", default=None)


def requests(name: str, version: str | None = None) -> Mapping[str, str]:
    """Return every request that stands for a dataset, by who makes it."""
    scope = _SCOPE.get()
    pin = scope.pins.get(name) if scope is not None else None
    made = {"the call": version, "the pins around it": pin}
    return {by: request for by, request in made.items() if request is not None}


def requested(name: str, version: str | None = None) -> Descriptor:
    """Return the descriptor of the newest version that the call and the pins around it admit."""
    name, asked = plain(name), plain(version)
    published = catalog.versions(name)  # Refuses what names no dataset, before it is compared.
    if asked is not None and not (isinstance(asked, str) and len(asked) <= _LONGEST_REQUEST):
        raise UnknownVersionError(f"version of {name}", version, published, hint=_A_REQUEST)
    return catalog.load_descriptor(name, requests(name, asked))


_LONGEST_REQUEST = 200
"""Reading a specifier takes longer than in proportion to its length."""
_A_REQUEST = "Write a version like 1.0.0 or a specifier like ~=1.0."


class pinned:  # noqa: N801 - It is called like a function.
    """Pin dataset versions for a block or a function: in this thread or task, and nowhere else.

    It is a context manager and a decorator, of coroutine functions too. Inner pins win over outer
    ones and have to end before them; a call that asks for what its pin rules out raises
    `UnknownVersionError`. A dataset that the pins do not name, such as one that came after an
    edition, is not pinned.

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
        When what is given pins nothing, or when a class or a generator is decorated, in which pins
        cannot hold.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> with ft.pinned(banks="1.0.0"):
    ...     ft.info("banks").version
    '1.0.0'
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
        self.pins = {**_pins(pins), **datasets}
        for name, request in self.pins.items():
            catalog.choose_version(name, {"the pin": request})

    def __enter__(self) -> Self:
        outer = _SCOPE.get()
        inherited = outer.pins if outer is not None else {}
        _SCOPE.set(_Scope({**inherited, **self.pins}, outer))
        return self

    def __exit__(self, *exception: object) -> None:
        scope = _SCOPE.get()
        _SCOPE.set(scope.outer if scope is not None else None)

    def __call__(self, function: _Function) -> _Function:
        """Return the function with the pins in force while it runs."""
        import inspect

        if isinstance(function, type) or not callable(function):
            raise PinError(
                f"{function!r} is no function: put the pins on its methods, or inside it"
            )
        if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
            raise PinError(
                f"{function!r} is a generator: its caller would run between the pins and "
                f"their end. Use `with pinned(...)` inside it, around what loads."
            )
        if any(map(inspect.iscoroutinefunction, (function, type(function).__call__))):
            return self._around_coroutine(function)

        @wraps(function)
        def inside(*args: Any, **kwargs: Any) -> Any:
            with self:
                return function(*args, **kwargs)

        return inside  # type: ignore[return-value] # A wrapper has the signature of what it wraps.

    def _around_coroutine(self, function: _Function) -> _Function:
        @wraps(function)
        async def inside(*args: Any, **kwargs: Any) -> Any:
            with self:
                return await function(*args, **kwargs)

        return inside  # type: ignore[return-value] # A wrapper has the signature of what it wraps.


def _pins(pins: Pins | None) -> Mapping[str, str]:
    if pins is None:
        return {}
    if isinstance(pins, Mapping):
        return pins
    if not isinstance(pins, str | os.PathLike):
        raise PinError(
            f"{pins!r} pins nothing; give a mapping of datasets to versions, keyword arguments, "
            f"the name of an edition, or the path of a lock file"
        )
    if pins in catalog.editions():
        return catalog.editions()[pins].datasets  # type: ignore[index] # A path equal to a name is that name.
    if isinstance(pins, str) and not _is_path(pins):
        raise UnknownEditionError("edition", pins, catalog.editions(), hint=_LOCK_HINT)
    from fintech2021._versions import lockfile

    return lockfile.verify_lock(pins)


def _is_path(name: str) -> bool:
    """Tell a lock file from a mistyped edition: by its folder, its ending, or its being there."""
    head, tail = os.path.split(name)
    return bool(head) or tail.endswith((".lock", ".toml")) or os.path.exists(name)  # noqa: PTH110 - Importing pathlib costs more than the load.


_LOCK_HINT = "A lock file is given by its path, for instance fintech2021.lock."
