"""What moves between two sets of dataset versions: editions, lock files, what is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fintech2021._core.words import word
from fintech2021._versions.difference import step_between
from fintech2021._versions.lockfile import read_lock
from fintech2021._versions.pins import edition_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Move", "as_json", "moves", "versions_of"]


class Move(NamedTuple):
    """A dataset that has another version, or is in one of two sets only."""

    dataset: str
    old: str | None
    new: str | None

    @property
    def step(self) -> str | None:
        """How far the number moves, ``major`` for instance; ``None`` where only one set has it."""
        both = self.old is not None and self.new is not None
        return step_between(str(self.old), str(self.new)).name.lower() if both else None

    def __str__(self) -> str:
        return self.told("en")

    def told(self, language: str) -> str:
        """Return what moves, as a line for reading."""
        if self.old is None:
            return f"+ {self.dataset} {self.new}"
        if self.new is None:
            return f"- {self.dataset} {self.old}"
        comma = "，" if language == "zh" else ", "
        return f"~ {self.dataset} {self.old} → {self.new}{comma}{word(str(self.step), language)}"


def moves(old: Mapping[str, str], new: Mapping[str, str]) -> list[Move]:
    """Return what moves from one set of versions to another, by the names of the datasets."""
    names = sorted(old.keys() | new.keys())
    both = (Move(name, old.get(name), new.get(name)) for name in names)
    return [move for move in both if move.old != move.new]


def as_json(moved: Iterable[Move]) -> list[dict[str, str | None]]:
    """Return moves as objects of JSON."""
    return [{**move._asdict(), "step": move.step} for move in moved]


def versions_of(named: str) -> Mapping[str, str]:
    """Return the versions that an edition or a lock file names."""
    edition = edition_named(named)
    return read_lock(named).versions if edition is None else edition.datasets
