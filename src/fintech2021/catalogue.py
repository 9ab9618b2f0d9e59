"""Which datasets, versions and editions exist, and the descriptor of each version."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from . import cells, store
from .descriptors import parse_descriptor
from .errors import IntegrityError, UnknownDatasetError, UnknownVersionError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .descriptors import Descriptor

__all__ = [
    "Edition",
    "beside",
    "datasets",
    "default_edition",
    "descriptor",
    "editions",
    "find",
    "versions",
]


class Edition(NamedTuple):
    """One version of every dataset, under one calendar name."""

    name: str
    status: str
    published_on: str | None
    datasets: Mapping[str, str]


_Parsed = TypeVar("_Parsed")


def _parsed(path: str, parser: Callable[[bytes], _Parsed]) -> _Parsed:
    """Return what a file says that no digest guards, or say that it is damaged."""
    try:
        return parser(store.read_unchecked(path))
    except (ValueError, LookupError, TypeError, AttributeError) as cause:
        raise IntegrityError(
            f"The packaged file {path} is damaged: {cause!r}. {store.CURE}"
        ) from cause


@cache
def _register() -> Mapping[str, Mapping[str, str]]:
    """Dataset, version and the SHA-256 of its descriptor, in the order of publication."""
    return _parsed("register.csv", _read_register)


_REGISTER = "dataset,version,sha256"


def _read_register(content: bytes) -> Mapping[str, Mapping[str, str]]:
    register: dict[str, dict[str, str]] = {}
    header, *lines = content.decode("ascii").splitlines()
    if header != _REGISTER:
        raise ValueError(f"its head is {header!r}")
    for line in lines:
        dataset, version, sha256 = line.split(",")
        register.setdefault(dataset, {})[version] = sha256
    return register


@cache
def editions() -> Mapping[str, Edition]:
    """Return every edition by name, oldest first."""
    return _parsed("editions.json", _read_editions)


def _read_editions(content: bytes) -> Mapping[str, Edition]:
    found = {
        name: Edition(name, entry["status"], entry.get("published_on"), entry["datasets"])
        for name, entry in json.loads(content).items()
    }
    newest = list(found.values())[-1]
    if newest.datasets.keys() != _register().keys():
        raise ValueError(f"edition {newest.name} and the register name different datasets")
    for edition in found.values():
        for name, version in edition.datasets.items():
            _register()[name][version]
    return found


def default_edition() -> Edition:
    """Return the edition that a request without a version means: the newest."""
    return list(editions().values())[-1]


def datasets() -> tuple[str, ...]:
    """Return the names of all datasets in alphabetical order."""
    return tuple(sorted(_register()))


def versions(name: str) -> tuple[str, ...]:
    """Return the published versions of a dataset, oldest first; raises `UnknownDatasetError`."""
    if not isinstance(name, str) or name not in _register():
        raise UnknownDatasetError("dataset", name, datasets())
    return tuple(_register()[name])


def find(name: str, requests: Mapping[str, str] | None = None) -> str:
    """Return the newest version of a dataset that every request admits.

    A request is an exact version or a specifier such as ``~=1.0``; the mapping says who makes it.
    Without any, the version is the default edition's.
    """
    published = versions(name)
    if not requests:
        return default_edition().datasets[name]
    admitted = [_admitted(name, request, published) for request in requests.values()]
    found = [version for version in published if all(version in each for each in admitted)]
    if not found:
        raise UnknownVersionError(
            f"version of {name} for",
            " and ".join(requests.values()),
            published,
            hint=_met(requests),
        )
    return found[-1]


def _admitted(name: str, request: object, published: tuple[str, ...]) -> tuple[str, ...]:
    """Return the published versions that one request admits."""
    if request in published:
        return (str(request),)
    from packaging.specifiers import InvalidSpecifier, SpecifierSet
    from packaging.version import InvalidVersion, Version

    try:
        if not isinstance(request, str) or not request.strip():
            raise InvalidVersion  # noqa: TRY301
        if request.strip()[0] in "<>=!~":
            return tuple(SpecifierSet(request).filter(published))
        if str(Version(request)) in published:
            hint = f"Write it exactly as it is published: {Version(request)}."
            raise UnknownVersionError(f"version of {name}", request, published, hint=hint)
    except (InvalidSpecifier, InvalidVersion):
        hint = f"{request!r} cannot be read; write a version like 1.0.0 or a specifier like ~=1.0."
        raise UnknownVersionError(f"version of {name}", request, published, hint=hint) from None
    return ()


def _met(requests: Mapping[str, str]) -> str:
    """Say which requests met, where there is more than one."""
    said = ", ".join(f"{by}: {request}" for by, request in requests.items())
    return f"The requests that met are {said}." if len(requests) > 1 else ""


def descriptor(name: str, requests: Mapping[str, str] | None = None) -> Descriptor:
    """Return the descriptor of the version that the requests mean."""
    return _load(name, find(name, requests))


def beside(descriptor: Descriptor, name: str) -> Descriptor:
    """Return the version of a dataset that stands beside a version of another.

    It is the one of the newest edition that names the other's version, or else the newest.
    """
    mine = (descriptor.name, descriptor.version)
    for edition in reversed([*editions().values()]):
        if mine in edition.datasets.items() and name in edition.datasets:
            return _load(name, edition.datasets[name])
    return _load(name, find(name))


@cache
def _superseded() -> Mapping[tuple[str, str], str]:
    """Return why a version, or with an empty version a whole dataset, is superseded."""
    return _parsed("superseded.csv", _read_superseded)


def _read_superseded(content: bytes) -> Mapping[tuple[str, str], str]:
    _, rows = cells.read_table(content)
    return {(name, version): reason for name, version, reason in rows}


@cache
def _load(name: str, version: str) -> Descriptor:
    content = store.read(f"{name}/{version}.json", _register()[name][version])
    marks = _superseded()
    return replace(
        parse_descriptor(json.loads(content)),
        versions=versions(name),
        superseded=marks.get((name, version)) or marks.get((name, "")),
    )
