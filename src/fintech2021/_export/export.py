"""Hand on the data in another format."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from fintech2021._core.names import DatasetName
from fintech2021._export import (
    arrow,
    choice,
    croissant,
    csv,
    datapackage,
    duckdb,
    json,
    schemaorg,
    sqlite,
    xlsx,
)
from fintech2021._export.target import path_of, refuse_another_kind, replaced, staged
from fintech2021._given import plain, shown
from fintech2021._versions import pins as versions
from fintech2021.errors import ExportError, Fintech2021Error, UnknownNameError

if TYPE_CHECKING:
    from fintech2021._core.descriptor import Descriptor
    from fintech2021._export.choice import Choice
    from fintech2021._export.format import Format

__all__ = ["FORMATS", "ExportFormat", "Request", "descriptors", "export", "exported"]

ExportFormat = Literal[
    "csv",
    "json",
    "jsonl",
    "parquet",
    "arrow",
    "xlsx",
    "sqlite",
    "duckdb",
    "datapackage",
    "croissant",
    "schemaorg",
]
"""The formats that `export` writes."""

FORMATS: Mapping[str, Format] = {
    "csv": csv.FORMAT,
    "json": json.FORMAT,
    "jsonl": json.LINES,
    "parquet": arrow.PARQUET,
    "arrow": arrow.FORMAT,
    "xlsx": xlsx.FORMAT,
    "sqlite": sqlite.FORMAT,
    "duckdb": duckdb.FORMAT,
    "datapackage": datapackage.FORMAT,
    "croissant": croissant.FORMAT,
    "schemaorg": schemaorg.FORMAT,
}
"""What writes each of them; of two that share an ending the first is meant by it."""


class Request(NamedTuple):
    """What is to be handed on."""

    to: object = None
    datasets: object = None
    version: str | None = None
    pins: Any = None
    lang: object = None
    bom: bool = False


def export(  # noqa: PLR0913 - One call says what, where and how.
    target: str | os.PathLike[str],
    *,
    to: ExportFormat | str | None = None,
    datasets: DatasetName | str | Iterable[DatasetName | str] | None = None,
    version: str | None = None,
    pins: Mapping[str, str] | str | os.PathLike[str] | None = None,
    lang: str | None = None,
    bom: bool = False,
) -> Path:
    """Write datasets in another format.

    What is there already is replaced when all is written, and stays as it was if anything fails.
    A file that was not written from here is never replaced.

    Parameters
    ----------
    target
        A file; of ``csv``, ``json``, ``jsonl``, ``parquet`` and ``arrow``, which have a file for
        each dataset, a folder, or with one dataset a file; of ``croissant`` a folder.
    to
        The format; by default the one that the ending of the target means.
    datasets
        A name, or several; by default all.
    version
        A published version of the one dataset, or a specifier.
    pins
        The versions of all of them, as `pinned` takes them: an edition, a lock file, a mapping.
    lang
        ``"en"`` or ``"zh"``: titles in place of the names of columns, and the labels of closed
        lists. In ``sqlite`` and ``duckdb`` only the views are of that language; ``datapackage``,
        ``croissant`` and ``schemaorg`` have both.
    bom
        Whether a ``csv`` begins with the mark by which spreadsheets know UTF-8.

    Returns
    -------
    pathlib.Path
        The target.

    Raises
    ------
    ExportError
        When it cannot be written there, or something else is there.
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.
    UnknownEditionError
        When no edition has that name.
    UnknownNameError
        When there is no such format or language.
    LockError
        When the installed data are not those of the lock file.
    PinError
        When the pin around the call rules a dataset out.
    MissingDependencyError
        When the library of the format is not installed.

    Examples
    --------
    >>> import tempfile
    >>> import fintech2021 as ft
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(ft.export(f"{folder}/banks.csv", datasets="banks", bom=True).name)
    banks.csv
    """
    return exported(target, Request(to, datasets, version, pins, lang, bom))


def exported(
    target: object, request: Request, tell: Callable[[int, int, str], object] = lambda *_: None
) -> Path:
    """Write what is requested, and tell after each part how many of how many are written."""
    path = path_of(target)
    to = _format(path, request)
    with versions.pinned(request.pins) if request.pins is not None else nullcontext():
        tables = choice.chosen(descriptors(request), _language(request, to), bom=_bom(request, to))
        _refuse(path, to, tables)
        try:
            _write(path, to, tables, tell)
        except OSError as cause:
            if isinstance(cause, Fintech2021Error):
                raise
            raise ExportError(f"{path} cannot be written: {cause.strerror or cause}") from cause
    return path


def _format(path: Path, request: Request) -> str:
    """Return the format that is named, or that the ending means."""
    of_ending = [name for name, form in FORMATS.items() if path.suffix in form.endings]
    to = plain(request.to)
    if to is None and of_ending:
        return of_ending[0]
    if not isinstance(to, str) or to not in FORMATS:
        hint = "" if to is not None else f"The ending of {path.name} means none: say to=."
        raise UnknownNameError("format", request.to, FORMATS, hint=hint)
    if of_ending and to not in of_ending:
        raise ExportError(
            f"{path.name} is the name of a {of_ending[0]}, and to={to!r} is asked for"
        )
    return to


def descriptors(request: Request) -> list[Descriptor]:
    """Return the versions that are requested, in the order of the names, each once."""
    names = dict.fromkeys(_names(request.datasets))
    if request.version is not None and len(names) != 1:
        raise ExportError(
            f"version={shown(request.version)} is of one dataset, and {len(names)} are asked for: "
            f"name one, or give pins= for several"
        )
    return [versions.requested(name, request.version) for name in names]


def _names(datasets: Any) -> Iterable[str]:
    given = plain(datasets)
    if given is None:
        return versions.datasets()
    if isinstance(given, str):
        return (given,)
    try:
        names = [plain(name) for name in given]
    except Exception as cause:  # It may be of anybody's class.
        raise ExportError(f"datasets={shown(datasets)} are no names of datasets") from cause
    if not names:
        raise ExportError("datasets= is empty: name one at least, or leave it for all")
    for name in names:
        versions.requests(name)
    return names


def _language(request: Request, to: str) -> str | None:
    lang = plain(request.lang)
    if lang is None:
        return None
    if not isinstance(lang, str) or lang not in choice.LANGUAGES:
        raise UnknownNameError("language", request.lang, choice.LANGUAGES)
    if not FORMATS[to].has_languages:
        raise ExportError(f"{to} has both languages beside one another: leave lang=")
    return lang


def _bom(request: Request, to: str) -> bool:
    if request.bom and not FORMATS[to].takes_bom:
        raise ExportError(f"bom= is of csv, and {to} is to be written: leave it")
    return bool(request.bom)


def _refuse(path: Path, to: str, tables: Choice) -> None:
    """Refuse a target at which something else is, before anything is written."""
    form = FORMATS[to]
    if _is_a_file(path, form):
        if form.shape == "tables" and len(tables.tables) > 1:
            raise ExportError(
                f"{path.name} is one file, and {len(tables.tables)} datasets are to be written: "
                f"name a folder, or one dataset"
            )
        refuse_another_kind(path, form, to)
    elif path.exists() and not path.is_dir():
        raise ExportError(f"{path} is a file, and {to} is a folder of files: name another")


def _is_a_file(path: Path, form: Format) -> bool:
    """Tell whether the target is to be one file: by the format, or by its ending."""
    by_ending = path.suffix in form.endings and not path.is_dir()
    return form.shape == "file" or (form.shape == "tables" and by_ending)


def _write(path: Path, to: str, tables: Choice, tell: Callable[[int, int, str], object]) -> None:
    form = FORMATS[to]
    with staged(path.parent) as folder:
        place = folder / path.name if form.shape == "file" else folder
        for done, name in enumerate(form.write(tables, place), 1):
            tell(done, len(tables.tables), name)
        made = sorted(folder.iterdir())
        if _is_a_file(path, form):
            replaced(made[0], path)
            return
        for each in made:
            refuse_another_kind(path / each.name, form, to)
        path.mkdir(exist_ok=True)
        for each in made:
            replaced(each, path / each.name)
