"""Bring a transcription into its published order, and look up where its characters stand.

``python tools/settle.py FOLDER VERSION TEXT`` rewrites the two files of one version: rows by key,
places by key, column and part. A place without a start is looked up in the source text, where its
characters must stand exactly once in the line; an empty part is 1 and an empty scale is 1.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from fintech2021 import cells
from models import models
from transcript import TranscribedPlace

HEADER = [*TranscribedPlace._fields]


def settle(folder: Path, version: str, text: Path) -> None:
    """Rewrite the two files of one version."""
    lines = text.read_text("utf-8").split("\n")
    table = models()[folder.name].table
    header, rows = cells.read_table((folder / f"{version}.csv").read_bytes())
    named = [dict(zip(header, row, strict=True)) for row in rows]
    named.sort(key=lambda row: [_rank(row[column]) for column in (*table.order, *table.key)])
    path = folder / f"{version}.provenance.csv"
    places = [
        _settled(dict(zip(HEADER, place, strict=False)), lines)
        for place in (cells.read_table(path.read_bytes())[1] if path.exists() else [])
    ]
    places.sort(key=lambda place: (place["key"], header.index(place["column"]), int(place["part"])))
    for name, columns, content in ((f"{version}.csv", header, named), (path.name, HEADER, places)):
        body = [[row[column] for column in columns] for row in content]
        (folder / name).write_bytes(cells.write_table(columns, body))


def _rank(text: str) -> int | str:
    return int(text) if text.isdigit() else text


def _settled(place: dict[str, str], lines: list[str]) -> dict[str, str]:
    place |= {name: place[name] or "1" for name in ("part", "scale")}
    place["start"] = place["start"] or str(_start(place, lines[int(place["line"]) - 1]))
    return place


def _start(place: dict[str, str], line: str) -> int:
    characters = place["printed"]
    before = r"(?<![0-9.])" if characters[:1].isdigit() else ""
    after = r"(?![0-9]|[.,][0-9])" if characters[-1:].isdigit() else ""
    found = [m.start() for m in re.finditer(before + re.escape(characters) + after, line)]
    if len(found) != 1:
        raise ValueError(f"line {place['line']}: {characters!r} stands {len(found)} times: {place}")
    return found[0]


if __name__ == "__main__":
    settle(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
