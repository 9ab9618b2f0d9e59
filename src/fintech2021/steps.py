"""The steps of a data version: what has to happen to its number."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Step", "moved"]


class Step(IntEnum):
    """How far a version number moves, the smallest step first."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


def moved(old: str, new: str) -> Step:
    """Return how far one version number is from an older one.

    >>> moved("1.0.0", "1.1.0").name
    'MINOR'
    """
    from packaging.version import Version

    parts = zip(Version(old).release, Version(new).release, strict=True)
    differ = [one != other for one, other in parts]
    return (Step.MAJOR, Step.MINOR, Step.PATCH)[differ.index(True)] if any(differ) else Step.NONE
