"""Write the tables of the lessons as one workbook in each language, for classes without Python.

Usage: ``python workbook.py FOLDER``; without a folder, where you are. Needs
``pip install 'fintech2021[xlsx]'``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import fintech2021 as ft

EDITION = "2026.3"
"""The edition to which the notebooks are pinned: their answers are those of this workbook."""

TABLES = (
    "banks",
    "observations",
    "cross_checks",
    "errata",
    "sandbox_projects",
    "sandbox_regions",
    "institutions",
)


def workbooks(folder: Path) -> list[Path]:
    """Write the workbooks into a folder, and return them."""
    with ft.pinned(EDITION):
        return [
            ft.export(folder / f"lessons.{lang}.xlsx", datasets=TABLES, lang=lang)
            for lang in ("en", "zh")
        ]


if __name__ == "__main__":
    for path in workbooks(Path(*sys.argv[1:2])):
        print(path)
