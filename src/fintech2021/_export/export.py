"""Hand on the data in another format."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from fintech2021._core.names import DatasetName
from fintech2021._export import request as asked
from fintech2021._export.choice import chosen
from fintech2021._export.formats import FORMATS, ExportFormat
from fintech2021._export.request import Request
from fintech2021._export.target import path_of, refuse_another_kind, replaced, staged
from fintech2021._given import plain
from fintech2021._versions.lockfile import printable
from fintech2021._versions.pins import pinned
from fintech2021.errors import ExportError, Fintech2021Error, UnknownNameError

if TYPE_CHECKING:
    from fintech2021._export.choice import Choice
    from fintech2021._export.format import Format

__all__ = ["ExportFormat", "export", "exported"]


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
        lists. ``sqlite`` and ``duckdb`` have a view in each language, ``datapackage``,
        ``croissant`` and ``schemaorg`` say all in both.
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
    with nullcontext() if request.pins is None else pinned(request.pins):
        tables = _choice(request, to)
        _refuse(path, to, tables)
        try:
            _write(path, FORMATS[to], to, tables, tell)
        except OSError as cause:
            if isinstance(cause, Fintech2021Error):
                raise
            why = cause.strerror or cause
            raise ExportError(f"{printable(path)} cannot be written: {why}") from cause
    return path


def _choice(request: Request, to: str) -> Choice:
    form = FORMATS[to]
    language, bom = asked.language(request, form, to), asked.bom(request, form, to)
    return chosen(asked.descriptors(request), language, bom=bom)


def _format(path: Path, request: Request) -> str:
    """Return the format that is named, or that the ending means."""
    of_ending = [name for name, form in FORMATS.items() if path.suffix in form.endings]
    to = plain(request.to)
    if to is None and of_ending:
        return of_ending[0]
    if not isinstance(to, str) or to not in FORMATS:
        hint = (
            "" if to is not None else f"The ending of {printable(path.name)} means none: say to=."
        )
        raise UnknownNameError("format", request.to, FORMATS, hint=hint)
    if of_ending and to not in of_ending:
        raise ExportError(
            f"{printable(path.name)} is the name of a {of_ending[0]}, and to={to!r} is asked for"
        )
    return to


def _refuse(path: Path, to: str, tables: Choice) -> None:
    """Refuse a target at which something else is, before anything is written."""
    form, count = FORMATS[to], len(tables.tables)
    if not _is_a_file(path, form):
        if path.exists() and not path.is_dir():
            said = f"{printable(path)} is a file, and {to} is a folder of files"
            raise ExportError(f"{said}: name another")
        return
    if form.shape == "tables" and count > 1:
        said = f"{printable(path.name)} is one file, and {count} datasets are to be written"
        raise ExportError(f"{said}: name a folder, or one dataset")
    refuse_another_kind(path, form, to)


def _is_a_file(path: Path, form: Format) -> bool:
    """Tell whether the target is to be one file: by the format, or by its ending."""
    by_ending = path.suffix in form.endings and not path.is_dir()
    return form.shape == "file" or (form.shape == "tables" and by_ending)


def _write(
    path: Path, form: Format, to: str, tables: Choice, tell: Callable[[int, int, str], object]
) -> None:
    with staged(path if path.is_dir() else path.parent) as folder:
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
