"""Which datasets, versions and editions exist, and the descriptor of each version."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from fintech2021._core import digests, rows, store
from fintech2021._core.descriptor import Descriptor
from fintech2021._given import plain, shown
from fintech2021.errors import (
    Fintech2021Error,
    IntegrityError,
    UnknownDatasetError,
    UnknownVersionError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from fintech2021._core.names import DatasetName

__all__ = [
    "REGISTER_HEADER",
    "Edition",
    "choose_version",
    "datasets",
    "default_edition",
    "edition_with",
    "editions",
    "load_descriptor",
    "read_register",
    "registered",
    "same_edition",
    "told",
    "unknown_dataset",
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
    """Return what an index says that has the digest of the last freeze, or that it is damaged."""
    content = store.read(path, digests.INDEX_SHA256.get(path, "none"))
    try:
        return parser(content)
    except (ValueError, LookupError, TypeError, AttributeError) as cause:
        raise IntegrityError(
            f"The packaged file {path} is damaged: {cause!r}. {store.CURE}"
        ) from cause


@cache
def _register() -> Mapping[str, Mapping[str, str]]:
    """Dataset, version and the SHA-256 of its descriptor, in the order of publication."""
    register: dict[str, dict[str, str]] = {}
    for (dataset, version), sha256 in _parsed("register.csv", read_register).items():
        register.setdefault(dataset, {})[version] = sha256
    return register


REGISTER_HEADER = "dataset,version,sha256"


def read_register(content: bytes) -> dict[tuple[str, str], str]:
    """Return what a register says: the digest of every descriptor, by dataset and version."""
    header, *lines = content.decode("ascii").splitlines()
    if header != REGISTER_HEADER:
        raise ValueError(f"its head is {header!r}")
    parts = (line.split(",") for line in lines)
    return {(dataset, version): sha256 for dataset, version, sha256 in parts}


@cache
def editions() -> Mapping[str, Edition]:
    """Return every edition by name, oldest first."""
    return _parsed("editions.json", _read_editions)


def _read_editions(content: bytes) -> Mapping[str, Edition]:
    named = {
        name: Edition(name, entry["status"], entry.get("published_on"), entry["datasets"])
        for name, entry in json.loads(content).items()
    }
    newest = list(named.values())[-1]
    if newest.datasets.keys() != _register().keys():
        raise ValueError(f"edition {newest.name} and the register name different datasets")
    for edition in named.values():
        for name, version in edition.datasets.items():
            if version not in _register()[name]:
                raise ValueError(f"the register has no {name} {version}")
    return named


def default_edition() -> Edition:
    """Return the edition that a request without a version means: the newest."""
    return list(editions().values())[-1]


def datasets() -> tuple[DatasetName, ...]:
    """Return the names of all datasets in alphabetical order."""
    return tuple(cast("DatasetName", name) for name in sorted(_register()))


def versions(name: str) -> tuple[str, ...]:
    """Return the published versions of a dataset, oldest first; raises `UnknownDatasetError`."""
    given = plain(name)
    if not isinstance(given, str) or given not in _register():
        raise unknown_dataset("dataset", name)
    return tuple(_register()[given])


def unknown_dataset(
    kind: str, name: object, known: Iterable[str] | None = None
) -> UnknownDatasetError:
    """Return the error about a name that no dataset has, or none of those that are known."""
    known = datasets() if known is None else tuple(known)
    return UnknownDatasetError(kind, name, known, names={each: _titles(each) for each in known})


def _titles(name: str) -> tuple[str, ...]:
    """Return what a dataset is called: its titles and its record class."""
    try:
        it = load_descriptor(name)
    except Fintech2021Error:  # Whoever wants the dataset is told; whoever mistypes another is not.
        return ()
    return it.title_en, it.title_zh, it.record


def told(name: str, version: str, column: str = "") -> tuple[str, ...]:
    """Return the titles of a dataset version, or of a column of it, for showing: or nothing."""
    try:
        it = load_descriptor(name, {"": version})
        about = it.column(column) if column else it
    except Fintech2021Error:  # A made-up one, or one that this release does not have.
        return ()
    return about.title_en, about.title_zh


def registered(name: str, version: str) -> str:
    """Return the SHA-256 of the descriptor of a published version."""
    return _register()[name][version]


def edition_with(name: str, version: str, first: str = "") -> Edition | None:
    """Return an edition that names a version: one if it does, or else the newest that does."""
    with_it = (each for each in _preferred(first) if each.datasets.get(name) == version)
    return next(with_it, None)


def _preferred(first: str) -> list[Edition]:
    """Return the edition of a name, if there is one, and then the others, newest first."""
    newest_first = [*editions().values()][::-1]
    return sorted(newest_first, key=lambda each: each.name != first)


def choose_version(name: str, requests: Mapping[str, str] | None = None) -> str:
    """Return the newest version of a dataset that every request admits.

    A request is an exact version or a specifier such as ``~=1.0``; the mapping says who makes it.
    Without any, the version is the default edition's.
    """
    published = versions(name)
    if not requests:
        return default_edition().datasets[plain(name)]
    admitted = [_admitted(name, request, published) for request in requests.values()]
    by_all = [version for version in published if all(version in each for each in admitted)]
    if not by_all:
        raise UnknownVersionError(
            f"version of {name} for",
            " and ".join(requests.values()),
            published,
            hint=_met(requests),
        )
    return by_all[-1]


def _admitted(name: str, request: object, published: tuple[str, ...]) -> tuple[str, ...]:
    """Return the published versions that one request admits."""
    request = plain(request)
    if isinstance(request, str) and request in published:
        return (request,)
    from packaging.specifiers import InvalidSpecifier, SpecifierSet
    from packaging.version import InvalidVersion, Version

    try:
        if not isinstance(request, str) or not request.strip() or len(request) > _LONGEST_REQUEST:
            raise InvalidVersion  # noqa: TRY301 - One place says what to write instead.
        if request.strip()[0] in "<>=!~":
            return tuple(SpecifierSet(request).filter(published))
        if str(Version(request)) in published:
            hint = f"Write it exactly as it is published: {Version(request)}."
            raise UnknownVersionError(f"version of {name}", request, published, hint=hint)
    except (InvalidSpecifier, InvalidVersion):
        written = "write a version like 1.0.0 or a specifier like ~=1.0"
        hint = f"{shown(request)} cannot be read; {written}."
        raise UnknownVersionError(f"version of {name}", request, published, hint=hint) from None
    return ()


_LONGEST_REQUEST = 200
"""No request has more characters: its numbers would be too long to be read, its parts too many."""


def _met(requests: Mapping[str, str]) -> str:
    """Say which requests met, where there is more than one."""
    said = ", ".join(f"{by}: {request}" for by, request in requests.items())
    return f"The requests that met are {said}." if len(requests) > 1 else ""


def load_descriptor(name: str, requests: Mapping[str, str] | None = None) -> Descriptor:
    """Return the descriptor of the version that the requests mean."""
    version = choose_version(name, requests)
    return _load(str(plain(name)), version)


def same_edition(descriptor: Descriptor, name: str, first: str = "") -> Descriptor:
    """Return the version of a dataset that stands beside a version of another.

    It is the one of the edition that `first` names, or else of the newest edition, that names the
    other's version and has the dataset; where none does, it is the newest.
    """
    mine = (descriptor.name, descriptor.version)
    for edition in _preferred(first):
        if mine in edition.datasets.items() and name in edition.datasets:
            return _load(name, edition.datasets[name])
    return _load(name, choose_version(name))


@cache
def _superseded() -> Mapping[tuple[str, str], str]:
    """Return why a version, or with an empty version a whole dataset, is superseded."""
    return _parsed("superseded.csv", _read_superseded)


def _read_superseded(content: bytes) -> Mapping[tuple[str, str], str]:
    _, marks = rows.read_table(content)
    return {(name, version): reason for name, version, reason in marks}


@cache
def _load(name: str, version: str) -> Descriptor:
    content = store.read(f"{name}/{version}.json", _register()[name][version])
    marks = _superseded()
    reason = marks.get((name, version)) or marks.get((name, ""))
    return Descriptor.from_resource(json.loads(content), versions(name), reason)
