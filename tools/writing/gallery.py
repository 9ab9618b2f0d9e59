"""The pictures of ``docs/charts.md``: every function of `fintech2021.charts`, in both languages.

Run ``python -m tools.writing.gallery`` after a change of data or of a picture. Only the newest
edition is drawn. Their font is not embedded: a page that shows all of them would carry it thirty
times.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fintech2021 import charts
from fintech2021.charts.saving import drawn
from tools.writing.markdown import renewed

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ROOM", "main", "page", "pictures"]

DOCS = Path(__file__).resolve().parents[2] / "docs"
ROOM = DOCS / "charts"
START = "<!-- gallery -->"
END = "<!-- /gallery -->"


def pictures() -> Iterator[tuple[str, str]]:
    """Yield the name of each function that draws, and what its picture shows."""
    for name in charts.__all__:
        if name != "save":
            lines = (getattr(charts, name).__doc__ or "").splitlines()
            yield name, lines[0].removeprefix("Draw ").rstrip(".")


def page(text: str) -> str:
    """Return the page with the pictures as they are now."""
    return renewed(text, START, END, "".join(map(_entry, pictures())))


def _entry(picture: tuple[str, str]) -> str:
    name, shows = picture
    says = shows[0].upper() + shows[1:]
    return (
        f"\n### {name}\n\n{says}: `charts.{name}()`, [in Chinese](charts/{name}.zh.svg).\n\n"
        f"![{says}](charts/{name}.en.svg)\n"
    )


def main() -> None:
    """Write page and pictures."""
    ROOM.mkdir(exist_ok=True)
    written = {
        f"{name}.{lang}.svg": drawn(getattr(charts, name)(lang)).encode()
        for name, _ in pictures()
        for lang in ("en", "zh")
    }
    for stale in {path.name for path in ROOM.glob("*.svg")} - written.keys():
        (ROOM / stale).unlink()
    for name, content in written.items():
        (ROOM / name).write_bytes(content)
    document = DOCS / "charts.md"
    document.write_text(page(document.read_text("utf-8")), "utf-8")
    sys.stdout.write(f"{len(written)} pictures, {sum(map(len, written.values())):,} bytes\n")


if __name__ == "__main__":
    main()
