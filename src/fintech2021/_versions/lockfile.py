"""The lock file: which versions a project uses, down to the bytes."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from os import PathLike
from typing import TYPE_CHECKING, Any, NamedTuple, TypeGuard

from fintech2021._core import catalog, store
from fintech2021._core.deferred import installed
from fintech2021._given import plain, shown
from fintech2021.errors import Fintech2021Error, IntegrityError, LockError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fintech2021._core.descriptor import Descriptor

__all__ = ["Entry", "Lock", "lock_text", "printable", "read_lock", "verified", "verify_lock"]

_FORMAT = 2
_LONGEST = 1_000_000
"""How many bytes of a lock are read: a hundred times what all datasets take."""
_MOST_DATASETS = 1_000
_DIGESTS = {1: ("sha256",), 2: ("sha256", "descriptor", "provenance")}
"""What the formats of lock files have the digests of, besides the version."""


class Entry(NamedTuple):
    """A locked version and the SHA-256 of its files; what a lock does not cover is ``None``."""

    version: str
    sha256: str
    descriptor: str | None = None
    provenance: str | None = None


class Lock(NamedTuple):
    """What a lock file says."""

    path: str
    format: int
    edition: str
    others: str | None
    datasets: Mapping[str, Entry]

    @property
    def versions(self) -> Mapping[str, str]:
        """The locked version by the name of the dataset."""
        return {name: entry.version for name, entry in self.datasets.items()}

    @property
    def is_partial(self) -> bool:
        """Whether the edition has datasets that are not locked."""
        edition = catalog.editions().get(self.edition or _nearest_edition(self.versions))
        return edition is not None and not edition.datasets.keys() <= self.datasets.keys()

    @property
    def not_covered(self) -> str:
        """What a change of goes unnoticed, to be read after «this lock does not cover»."""
        return "" if self.format == _FORMAT else "descriptors and provenance"


def lock_text(descriptors: Iterable[Descriptor], edition: str = "") -> str:
    """Return the text of a lock file that holds these dataset versions.

    What else an edition has, the library reads for itself: it is the one that is named, or else the
    newest of those that have most of these versions.
    """
    locked = list(descriptors)
    versions = {item.name: item.version for item in locked}
    beside = edition or _nearest_edition(versions)
    others = _others(beside, versions)
    head = (
        "# Which data this project uses. Made by `fintech2021 lock`, checked by",
        "# `fintech2021 lock --check`; commit it, do not edit it.",
        f"format = {_FORMAT}",
        f'edition = "{beside}"',
        *([f'others = "{others}"'] if others else []),
        f'package = "{installed()}"',
    )
    return "\n".join((*head, *map(_table, locked), ""))


def _table(item: Descriptor) -> str:
    return "\n".join(
        (
            f"\n[datasets.{item.name}]",
            f'version = "{item.version}"',
            f'sha256 = "{item.sha256}"',
            f'descriptor = "{catalog.registered(item.name, item.version)}"',
            f'provenance = "{item.provenance_sha256}"',
        )
    )


def _nearest_edition(versions: Mapping[str, str]) -> str:
    """Return the newest of the editions that name most of some versions."""
    every = reversed([*catalog.editions().values()])
    return max(every, key=lambda each: len(versions.items() & each.datasets.items())).name


def _others(edition: str, versions: Mapping[str, str]) -> str | None:
    """Return a digest of what an edition names besides some datasets, if it names more."""
    lines = [
        f"{name},{version},{catalog.registered(name, version)}"
        for name, version in sorted(catalog.editions()[edition].datasets.items())
        if name not in versions
    ]
    return store.digest("\n".join(lines).encode("ascii")) if lines else None


def verify_lock(path: str | PathLike[str]) -> Mapping[str, str]:
    """Return the locked version of every dataset if the installed package gives just those bytes.

    Compared are the data, the descriptor and the provenance of every locked version. A lock of
    release 0.2.0 or before, of format 1, has the digests of the data only; one of some datasets
    also guards the edition from which the library reads all others.

    Parameters
    ----------
    path
        A lock file, as the command ``fintech2021 lock`` makes it.

    Returns
    -------
    Mapping[str, str]
        The version by the name of the dataset.

    Raises
    ------
    LockError
        Naming every dataset, version and pair of digests that differ, or why the lock file cannot
        be read.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> ft.verify_lock("no_such.lock")
    Traceback (most recent call last):
    ...
    fintech2021.errors.LockError: The lock file no_such.lock cannot be read: ...
    """
    return verified(path).versions


def verified(path: str | PathLike[str]) -> Lock:
    """Return what a lock file says once the installed data are those; raises `LockError`."""
    lock = read_lock(path)
    differences = [line for name in lock.datasets for line in _differences(name, lock)]
    differences += _changed_beside(lock)
    if differences:
        raise LockError(
            "\n".join(
                (
                    f"The installed data are not those of {printable(lock.path)}:",
                    *(f"  {difference}" for difference in differences[:_MOST_SAID]),
                    *_left_out(differences),
                    "Install the package version that the lock file names, or make a new lock.",
                )
            )
        )
    if lock.edition not in catalog.editions():  # A lock of all its datasets rests on no edition.
        return lock._replace(edition=_nearest_edition(lock.versions))
    return lock


_MOST_SAID = 50


def _left_out(differences: list[str]) -> list[str]:
    more = len(differences) - _MOST_SAID
    return [f"  … and {more} more"] if more > 0 else []


def read_lock(path: str | PathLike[str]) -> Lock:
    """Return what a lock file says, without a look at what is installed; raises `LockError`."""
    name, document = _document(path)
    form, datasets = document.get("format"), document.get("datasets")
    if type(form) is int and form > _FORMAT:
        raise LockError(
            f"{name} is a lock file of format {shown(form)}, and this release of fintech2021 reads "
            f"formats up to {_FORMAT}: install the release that made it, or a newer one."
        )
    if type(form) is not int or form not in _DIGESTS or not _is_well_formed(datasets, form):
        raise LockError(
            f"{name} is not a lock file of format {_FORMAT}: expected a table [datasets.<name>] "
            f"with version, {', '.join(_DIGESTS[_FORMAT])} for every dataset. Make one with "
            f"`fintech2021 lock`."
        )
    entries = {
        dataset: Entry(entry["version"], *(entry[part] for part in _DIGESTS[form]))
        for dataset, entry in datasets.items()
    }
    for dataset, entry in entries.items():
        if not _NAME.fullmatch(dataset) or not _EXACT.fullmatch(entry.version):
            raise LockError(
                f"{name} has {shown(dataset)} in version {shown(entry.version)}: a lock names an "
                f"exact version of a dataset, for instance banks 1.0.0"
            )
    edition, others = document.get("edition"), document.get("others")
    return Lock(
        os.fsdecode(plain(path)),
        form,
        edition if isinstance(edition, str) else "",
        others if isinstance(others, str) else None,
        entries,
    )


def _document(path: str | PathLike[str]) -> tuple[str, Mapping[str, Any]]:
    """Return how a message calls a lock file, and the TOML document in it."""
    given = plain(path)
    name = printable(given) if isinstance(given, str | PathLike) else shown(given)
    try:
        with open(os.fspath(given), "rb") as file:  # noqa: PTH123 - A file descriptor is a path here too.
            content = file.read(_LONGEST + 1)
        if len(content) > _LONGEST:
            raise ValueError(f"it is longer than {_LONGEST} bytes")  # noqa: TRY301 - One place says which file.
        # Editors on Windows put a mark before a text of UTF-8.
        return name, tomllib.loads(content.decode("utf-8-sig"))
    except Exception as cause:  # A path may be of anybody's class.
        reason = printable(cause)
        raise LockError(f"The lock file {name} cannot be read: {reason}") from cause


def printable(given: object) -> str:
    """Return a text for a message: as it is where it is short and nothing for terminals."""
    try:
        text = plain(str(given))
    except Exception:  # noqa: BLE001 - It is somebody else's `str`.
        return shown(given)
    return text if text.isprintable() and len(text) <= _LONGEST_SAID else shown(text)


_LONGEST_SAID = 300


def _is_well_formed(datasets: Any, form: int) -> TypeGuard[Mapping[str, Mapping[str, str]]]:
    parts = ("version", *_DIGESTS[form])
    return (
        isinstance(datasets, dict)
        and 0 < len(datasets) <= _MOST_DATASETS
        and all(
            isinstance(entry, dict) and all(isinstance(entry.get(part), str) for part in parts)
            for entry in datasets.values()
        )
    )


_NAME = re.compile(r"[a-z0-9_]{1,99}")
_EXACT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}){2}")


def _differences(name: str, lock: Lock) -> Iterator[str]:
    """Say how the installed bytes of a dataset differ from the locked ones."""
    entry = lock.datasets[name]
    said = f"{name} {entry.version}"
    try:
        descriptor = catalog.load_descriptor(name, {"the lock": entry.version})
        found = Entry(
            descriptor.version,
            store.digest(store.read_unchecked(descriptor.path)),
            store.digest(store.read_unchecked(f"{name}/{descriptor.version}.json")),
            store.digest(store.read_unchecked(descriptor.provenance_path)),
        )
        store.read(descriptor.provenance_path, descriptor.provenance_sha256)
    except IntegrityError as damage:
        yield f"{said}: locked SHA-256 {printable(entry.sha256)}, but {damage}"
    except Fintech2021Error as missing:
        yield f"{said}: locked SHA-256 {printable(entry.sha256)}, not installed. {missing}"
    else:
        for part, of_what in _PARTS.items():
            locked, there = getattr(entry, part), getattr(found, part)
            if locked not in {None, there}:
                yield (f"{said}{of_what}: locked SHA-256 {printable(locked)}, installed {there}")


_PARTS = {"sha256": "", "descriptor": ", descriptor", "provenance": ", provenance"}


def _changed_beside(lock: Lock) -> Iterator[str]:
    """Say how the edition differs from which the library reads what is not locked."""
    if lock.others is None:
        return
    if lock.edition not in catalog.editions():
        yield f"edition {printable(lock.edition)}: not installed; of it are the tables not locked"
    elif _others(lock.edition, lock.versions) != lock.others:
        yield f"edition {lock.edition}: what it has besides the locked datasets is not what it was"
