"""Hold a copy of the source text against the ledger of its numbers and every place we cite."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from os import PathLike
from pathlib import PurePath
from typing import TYPE_CHECKING

from fintech2021._core import store
from fintech2021._core.card import Card, Shown, brief
from fintech2021._core.rows import by_key
from fintech2021._core.words import word
from fintech2021._evidence.places import agrees, places
from fintech2021._given import shown
from fintech2021._versions import pins
from fintech2021.errors import SourceTextError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fintech2021._core.descriptor import Descriptor
    from fintech2021._evidence.places import Place

__all__ = ["Coverage", "Verification", "coverage", "verify"]

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Coverage(Shown):
    """How far the numeric tokens of the source text are accounted for.

    Attributes
    ----------
    tokens : int
        How many there are.
    tied : int
        How many belong to a cell of a dataset.
    explained : int
        How many are no figure: names such as 5G, numbers of list items.
    open : tuple[tuple[int, int, str], ...]
        Line, start and characters of every token that the ledger does not have.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> ft.Coverage(tokens=4, tied=2, explained=1, open=((7, 0, "5"),)).ratio
    0.75
    """

    __module__ = "fintech2021"

    tokens: int
    tied: int
    explained: int
    open: tuple[tuple[int, int, str], ...]

    @property
    def ratio(self) -> float:
        """The share of tokens that are tied or explained, 1.0 when none is open."""
        return (self.tied + self.explained) / self.tokens

    def __float__(self) -> float:
        return self.ratio

    def __repr__(self) -> str:
        return brief(
            f"Coverage {self.ratio:.4f}", f"{self.tokens} numeric tokens", f"{len(self.open)} open"
        )

    def _card(self, language: str = "en") -> Card:
        return Card(
            f"{word('covered', language)} {self.ratio:.4f}",
            (),
            (
                ("numeric tokens", self.tokens),
                ("tied to a cell", self.tied),
                ("explained", self.explained),
                ("open", len(self.open)),
            ),
            ("line", "start", "characters"),
            self.open,
            language,
        )

    def __str__(self) -> str:
        return "\n".join(
            (
                f"coverage {self.ratio:.4f}: {self.tokens} numeric tokens, {self.tied} tied to a "
                f"cell, {self.explained} explained, {len(self.open)} open",
                *(f"  open: line {line}, start {at}: {token}" for line, at, token in self.open),
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Verification(Shown):
    """What came of reading every cited place in the source text again.

    Attributes
    ----------
    datasets : int
        How many datasets were read.
    cells : int
        How many printed cells they have.
    places : int
        At how many places these stand.
    faults : tuple[str, ...]
        What does not agree, a sentence for each; empty when everything does.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> print(ft.Verification(datasets=1, cells=126, places=126, faults=()))
    1 datasets, 126 printed cells at 126 places: all agree
    """

    __module__ = "fintech2021"

    datasets: int
    cells: int
    places: int
    faults: tuple[str, ...]

    def __repr__(self) -> str:
        return brief(f"Verification {self.places} places", f"{len(self.faults)} faults")

    def _card(self, language: str = "en") -> Card:
        return Card(
            word("places", language),
            (),
            (
                ("datasets", self.datasets),
                ("printed cells", self.cells),
                ("places", self.places),
                ("faults", len(self.faults)),
            ),
            ("faults",),
            [(fault,) for fault in self.faults],
            language,
        )

    def __str__(self) -> str:
        verdict = f"{len(self.faults)} faults" if self.faults else "all agree"
        return "\n".join(
            (
                f"{self.datasets} datasets, {self.cells} printed cells at {self.places} places: "
                f"{verdict}",
                *(f"  {fault}" for fault in self.faults),
            )
        )


def coverage(path: str | PathLike[str]) -> Coverage:
    r"""Return how far the numbers of a copy of the source text are accounted for.

    Every match of ``\d+(?:[.,]\d+)*`` in a line is a token; the dataset ``source_tokens`` ties it
    to a cell or explains it.

    Parameters
    ----------
    path
        The text file of the report, which is not part of this package.

    Returns
    -------
    Coverage
        How many tokens are tied, explained and open. Printing it gives a text for reading.

    Raises
    ------
    SourceTextError
        When the file cannot be read or is not, byte for byte, the source text.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> ft.coverage("no_such_file.txt")
    Traceback (most recent call last):
    ...
    fintech2021.errors.SourceTextError: The source text cannot be read from 'no_such_file.txt': ...
    """
    lines = _read(path)
    ledger = by_key(pins.needed("source_tokens")).values()
    held = {(int(row["line"]), int(row["start"]), row["token"]): row["dataset"] for row in ledger}
    tokens = list(_tokens(lines))
    known = [held[token] for token in tokens if token in held]
    return Coverage(
        tokens=len(tokens),
        tied=sum(map(bool, known)),
        explained=known.count(""),
        open=tuple(token for token in tokens if token not in held),
    )


def verify(path: str | PathLike[str]) -> Verification:
    """Return what comes of reading every cited place in a copy of the source text again.

    For every printed cell of every dataset: the characters stand at their line and start, and
    together they say the cell's value. Pins choose the datasets and versions.

    Parameters
    ----------
    path
        The text file of the report, which is not part of this package.

    Returns
    -------
    Verification
        How much was read, and every fault. Printing it gives a text for reading.

    Raises
    ------
    SourceTextError
        When the file cannot be read or is not, byte for byte, the source text.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> ft.verify("no_such_file.txt")
    Traceback (most recent call last):
    ...
    fintech2021.errors.SourceTextError: The source text cannot be read from 'no_such_file.txt': ...
    """
    lines = _read(path)
    descriptors = [pins.requested(name) for name in pins.datasets()]
    cited = [places(descriptor) for descriptor in descriptors]
    return Verification(
        datasets=len(descriptors),
        cells=sum(map(len, cited)),
        places=sum(len(group) for groups in cited for group in groups.values()),
        faults=tuple(fault for descriptor in descriptors for fault in _faults(descriptor, lines)),
    )


def _read(path: str | PathLike[str]) -> list[str]:
    """Return the lines of the source text, if it is the one that was read."""
    report = _report()
    try:
        with open(os.fspath(path), "rb") as file:  # noqa: PTH123 - A file descriptor is a path here too.
            content = file.read(_ENOUGH)  # A device may have no end.
    except Exception as cause:
        told = f"The source text cannot be read from {_named(path)}: {_reason(cause)}"
        raise SourceTextError(told) from cause
    found = store.digest(content)
    if found != report["sha256"]:
        raise SourceTextError(
            f"{_named(path)} is not the source text: expected SHA-256 {report['sha256']} "
            f"({report['lines']} lines), found {found if len(content) < _ENOUGH else _TOO_MUCH}. "
            f"Lines and places hold for that file only; give the original text file, unchanged."
        )
    return content.decode("utf-8").split("\n")


_ENOUGH = 2**24
_TOO_MUCH = f"{_ENOUGH} bytes or more"


def _named(path: object) -> str:
    """Return what a message calls the file."""
    return shown(str(path) if isinstance(path, PurePath) else path)


def _reason(cause: Exception) -> str:
    """Return why a file cannot be read, without its name, which the message has already."""
    return cause.strerror or "" if isinstance(cause, OSError) else shown(cause)


def _report() -> Mapping[str, str]:
    listed = by_key(pins.needed("sources")).values()
    return next(row for row in listed if row["kind"] == "report")


def _tokens(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    for number, line in enumerate(lines, start=1):
        for match in _TOKEN.finditer(line):
            yield number, match.start(), match.group()


def _faults(descriptor: Descriptor, lines: list[str]) -> Iterator[str]:
    rows = by_key(descriptor)
    for (key, column), group in places(descriptor).items():
        cell = f"{descriptor.name} {descriptor.version} | {key} | {column}"
        yield from (f"{cell}: {fault}" for fault in _misplaced(group, lines))
        text, repair = rows[key][column], descriptor.repair(key, column)
        if agrees(descriptor, key, column, text) is not (repair is None):
            said = "".join(place.printed for place in group)
            yield f"{cell}: is {text!r}, printed {said!r} × {group[0].scale}, repair {repair}"


def _misplaced(group: tuple[Place, ...], lines: list[str]) -> Iterator[str]:
    for place in group:
        found = lines[place.line - 1][place.start : place.start + len(place.printed)]
        if found != place.printed:
            yield f"line {place.line} has {found!r} at {place.start}, not {place.printed!r}"
