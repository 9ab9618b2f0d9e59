"""The lock file: which versions a project uses, down to the bytes, and where a project has it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from os import PathLike
from typing import TYPE_CHECKING, Any

from fintech2021._core import catalog, store
from fintech2021._core.deferred import installed
from fintech2021.errors import Fintech2021Error, IntegrityError, LockError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fintech2021._core.descriptor import Descriptor

__all__ = ["lock_in", "lock_path", "lock_text", "verify_lock"]

_FORMAT = 1
_DEFAULT_LOCK = "fintech2021.lock"


def lock_text(descriptors: Iterable[Descriptor]) -> str:
    """Return the text of a lock file that holds these dataset versions."""
    locked = list(descriptors)
    versions = {item.name: item.version for item in locked}
    editions = catalog.editions().values()
    names = [edition.name for edition in editions if edition.datasets == versions]
    head = (
        "# Which data this project uses. Made by `fintech2021 lock`, checked by",
        "# `fintech2021 lock --check`; commit it, do not edit it.",
        f"format = {_FORMAT}",
        f'edition = "{names[-1] if names else ""}"',
        f'package = "{installed()}"',
    )
    tables = (
        f'\n[datasets.{item.name}]\nversion = "{item.version}"\nsha256 = "{item.sha256}"'
        for item in locked
    )
    return "\n".join((*head, *tables, ""))


def verify_lock(path: str | PathLike[str]) -> Mapping[str, str]:
    """Return the locked version of every dataset if the installed package gives just those bytes.

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
    locked = _read(path)
    differences = [line for name, entry in locked.items() for line in _differences(name, entry)]
    if differences:
        raise LockError(
            "\n".join(
                (
                    f"The installed data are not those of {path}:",
                    *(f"  {difference}" for difference in differences),
                    "Install the package version that the lock file names, or make a new lock.",
                )
            )
        )
    return {name: entry["version"] for name, entry in locked.items()}


def _read(path: str | PathLike[str]) -> Mapping[str, Mapping[str, str]]:
    try:
        with open(os.fspath(path), "rb") as file:  # noqa: PTH123 - A file descriptor is a path here too.
            document = tomllib.load(file)
    except (OSError, TypeError, ValueError) as cause:
        raise LockError(f"The lock file {path} cannot be read: {cause}") from cause
    if document.get("format") != _FORMAT or not _is_well_formed(document.get("datasets")):
        raise LockError(
            f"{path} is not a lock file of format {_FORMAT}: expected a table [datasets.<name>] "
            f"with version and sha256 for every dataset. Make one with `fintech2021 lock`."
        )
    datasets: Mapping[str, Mapping[str, str]] = document["datasets"]
    return datasets


def _is_well_formed(datasets: Any) -> bool:
    return (
        isinstance(datasets, dict)
        and bool(datasets)
        and all(
            isinstance(entry, dict)
            and all(isinstance(entry.get(part), str) for part in ("version", "sha256"))
            for entry in datasets.values()
        )
    )


def _differences(name: str, entry: Mapping[str, str]) -> Iterator[str]:
    """Say how the installed bytes of a dataset differ from the locked ones."""
    version, sha256 = entry["version"], entry["sha256"]
    try:
        descriptor = catalog.load_descriptor(name, {"the lock": version})
        installed = store.digest(store.read_unchecked(descriptor.path))
        store.read(descriptor.provenance_path, descriptor.provenance_sha256)
    except IntegrityError as damage:
        yield f"{name} {version}: locked SHA-256 {sha256}, but {damage}"
    except Fintech2021Error as missing:
        yield f"{name} {version}: locked SHA-256 {sha256}, not installed. {missing}"
    else:
        if descriptor.version != version:
            yield f"{name} {version}: a lock names an exact version, for instance 1.0.0"
        if installed != sha256:
            yield f"{name} {version}: locked SHA-256 {sha256}, installed {installed}"


def lock_path(folder: Path) -> Path | None:
    """Return the lock file that ``[tool.fintech2021]`` of the folder's ``pyproject.toml`` names."""
    path = folder / "pyproject.toml"
    if not path.is_file():
        return None
    try:
        document = tomllib.loads(path.read_text("utf-8"))
        named = document.get("tool", {}).get("fintech2021", {}).get("lock")
    except (AttributeError, OSError, ValueError) as cause:
        raise LockError(f"{path} cannot be read: {cause}") from cause
    if named is None:
        return None
    if not isinstance(named, str) or not named:
        raise LockError(f"{path}: [tool.fintech2021] lock is {named!r}, expected a path as text")
    return folder / named


def lock_in(folder: Path) -> Path:
    """Return the lock file that the folder's ``pyproject.toml`` names, or the usual one."""
    return lock_path(folder) or folder / _DEFAULT_LOCK
