"""Which release of the package this is."""

from __future__ import annotations

__all__ = ["installed"]


def installed() -> str:
    """Return the version of the installed package, or what stands for an unknown one."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("fintech2021")
    except PackageNotFoundError:  # A bare copy of the package: in a zip, in a frozen app.
        return "0+unknown"
