"""What is asked for, and what is meant by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._core import catalog
from fintech2021._export.choice import LANGUAGES
from fintech2021._given import plain, shown
from fintech2021._versions import pins
from fintech2021.errors import ExportError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fintech2021._core.descriptor import Descriptor
    from fintech2021._export.format import Format

__all__ = ["Request", "bom", "descriptors", "language"]


class Request(NamedTuple):
    """What is to be handed on."""

    to: object = None
    datasets: object = None
    version: str | None = None
    pins: Any = None
    lang: object = None
    bom: bool = False


def descriptors(request: Request) -> list[Descriptor]:
    """Return the versions that are requested, in the order of the names, each once."""
    names = dict.fromkeys(_names(request.datasets))
    if request.version is not None and len(names) != 1:
        raise ExportError(
            f"version={shown(request.version)} is of one dataset, and {len(names)} are asked for: "
            f"name one, or give pins= for several"
        )
    return [pins.requested(name, request.version) for name in names]


def _names(datasets: Any) -> Iterable[str]:
    given = plain(datasets)
    if given is None:
        return pins.datasets()
    if isinstance(given, str):
        return (given,)
    try:
        names = [plain(name) for name in given]
    except Exception as cause:  # It may be of anybody's class.
        raise ExportError(f"datasets={shown(datasets)} are no names of datasets") from cause
    if not names:
        raise ExportError("datasets= is empty: name one at least, or leave it for all")
    for name in names:
        catalog.versions(name)  # Refuses what names no dataset, before it is compared.
    return names


def language(request: Request, form: Format, to: str) -> str | None:
    """Return the language that is asked for; raises `ExportError` where there is no choice."""
    lang = plain(request.lang)
    if lang is None:
        return None
    if not isinstance(lang, str) or lang not in LANGUAGES:
        raise UnknownNameError("language", request.lang, LANGUAGES)
    if not form.has_languages:
        raise ExportError(f"{to} has both languages beside one another: leave lang=")
    return lang


def bom(request: Request, form: Format, to: str) -> bool:
    """Tell whether a mark is asked for; raises `ExportError` where none can be."""
    if not isinstance(request.bom, bool):
        raise ExportError(f"bom= is True or False, not {shown(request.bom)}")
    if request.bom and not form.takes_bom:
        raise ExportError(f"bom= is of csv, and {to} is to be written: leave it")
    return request.bom
