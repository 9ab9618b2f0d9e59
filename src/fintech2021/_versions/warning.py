"""Warnings that point at the line of the caller, however deep in the package they are found."""

from __future__ import annotations

import os
import sys

__all__ = ["warn"]

_PACKAGE = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - pathlib costs an import.


def warn(message: str, category: type[Warning]) -> None:
    """Warn at the first line on the stack that is not of this package."""
    import warnings

    level, frame = 1, sys._getframe()  # noqa: SLF001 - Since Python 3.12 `warn` can skip files itself.
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        level, frame = level + 1, frame.f_back
    warnings.warn(message, category, stacklevel=level)
