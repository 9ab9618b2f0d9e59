"""Bring a transcription into its published order, and fill in what can be looked up.

``python -m tools.freezing.tidy FOLDER VERSION TEXT`` rewrites the files of one version: rows by
key, places by key, column and part; derived cells as their rules give them. A place without a start
is looked up in the source text, where its characters must stand exactly once in the line; an empty
part is 1 and an empty scale is 1.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

from fintech2021._core.rows import read_table, write_table
from tools.freezing.derive import derived_cells
from tools.freezing.describe import describe
from tools.freezing.freeze import Workspace
from tools.freezing.transcript import TranscribedPlace, rank
from tools.models import keys, models

__all__ = ["tidy"]

HEADER = [*TranscribedPlace._fields]


def tidy(folder: Path, version: str, text: Path) -> None:
    """Rewrite the two files of one version."""
    lines = text.read_text("utf-8").split("\n")
    model = models()[folder.name]
    descriptor = describe(model, keys())
    header, rows = read_table((folder / f"{version}.csv").read_bytes())
    named = [dict(zip(header, row, strict=True)) for row in rows]
    others = cache(Workspace(transcription=folder.parent).rows)
    named = [row | derived_cells(descriptor, row, others) for row in named]
    named.sort(key=lambda row: rank(row, model))
    path = folder / f"{version}.provenance.csv"
    places = [
        _settled(dict(zip(HEADER, place, strict=False)), lines)
        for place in (read_table(path.read_bytes())[1] if path.exists() else [])
    ]
    places.sort(key=lambda place: (place["key"], header.index(place["column"]), int(place["part"])))
    for name, columns, content in ((f"{version}.csv", header, named), (path.name, HEADER, places)):
        body = [[row[column] for column in columns] for row in content]
        (folder / name).write_bytes(write_table(columns, body))


def _settled(place: dict[str, str], lines: list[str]) -> dict[str, str]:
    place |= {name: place[name] or "1" for name in ("part", "scale")}
    place["start"] = place["start"] or str(_start(place, lines[int(place["line"]) - 1]))
    return place


def _start(place: dict[str, str], line: str) -> int:
    characters = place["printed"]
    before = r"(?<![0-9.])" if characters[:1].isdigit() else ""
    after = r"(?![0-9]|[.,][0-9])" if characters[-1:].isdigit() else ""
    starts = [m.start() for m in re.finditer(before + re.escape(characters) + after, line)]
    if len(starts) != 1:
        raise ValueError(
            f"line {place['line']}: {characters!r} stands {len(starts)} times: {place}"
        )
    return starts[0]


if __name__ == "__main__":
    tidy(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
