"""The font of the pictures: of Noto Sans SC the characters that our data, titles and charts have.

Run ``python -m tools.writing.font`` after new data or new words in a chart; a test says when. Equal
inputs give equal bytes: the versions of both libraries stand in ``tools/requirements.txt``.
"""

from __future__ import annotations

import logging
import string
import sys
from importlib.metadata import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from fintech2021._core import catalog
from fintech2021._core.rows import by_key
from fintech2021.charts.fonts import FAMILY, FONT, LICENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fontTools.ttLib import TTFont

__all__ = ["characters", "main", "subset"]

ROOM = Path(__file__).resolve().parents[2] / "src" / "fintech2021" / "charts"
SOURCE = "pylopdf-fonts-zh-cn"
_SHOWN = ("name", "title", "statement", "holder", "owner", "shareholders", "label")
"""How columns begin whose cells people see in pictures."""
_IN_NO_PICTURE = {"sources"}
"""Titles of web pages: three dozen characters that nothing else has."""
_UPRIGHT = ["BASE", "VORG", "vhea", "vmtx"]
"""What a font says of lines from top to bottom."""
_FAMILY, _UNIQUE, _FULL, _POSTSCRIPT = 1, 3, 4, 6
_TYPOGRAPHIC = 16


def characters() -> str:
    """Return every character that a picture can show, in order."""
    texts = [*_of_data(), *(path.read_text("utf-8") for path in ROOM.glob("*.py"))]
    wanted = {*string.printable, *"".join(texts)}
    return "".join(sorted(letter for letter in wanted if letter.isprintable()))


def _of_data() -> Iterator[str]:
    """Yield titles, labels and names of the newest version of every dataset."""
    for dataset in sorted(set(catalog.datasets()) - _IN_NO_PICTURE):
        descriptor = catalog.load_descriptor(dataset)
        yield descriptor.title_zh + descriptor.title_en
        shown = [column for column in descriptor.columns if column.name.startswith(_SHOWN)]
        for column in descriptor.columns:
            yield "".join((column.title_zh, column.title_en, *column.labels.values()))
        for row in by_key(descriptor).values():
            yield "".join(row[column.name] for column in shown)


def subset(source: Path, wanted: str) -> bytes:
    """Return a font with these characters only, under a name of its own."""
    from fontTools.subset import Options, Subsetter, load_font, save_font

    logging.getLogger("fontTools.subset").setLevel(logging.WARNING)  # Sphinx shows what is less.
    options = Options(
        layout_features=["kern", "ccmp", "locl"], hinting=False, desubroutinize=False,
        name_IDs=["*"], notdef_outline=True, recalc_timestamp=False,
        drop_tables=[*Options().drop_tables, *_UPRIGHT],
    )  # fmt: skip
    cutter, made = Subsetter(options), BytesIO()
    cutter.populate(text=wanted)
    with load_font(str(source), options) as font:
        cutter.subset(font)
        _rename(font)
        save_font(font, made, options)
    return made.getvalue()


def _rename(font: TTFont) -> None:
    """Call the font otherwise than the whole one: it has fewer characters."""
    names = font["name"]
    for number in (_FAMILY, _UNIQUE, _FULL, _TYPOGRAPHIC):
        names.setName(FAMILY, number, 3, 1, 0x409)
    names.setName(FAMILY.replace(" ", ""), _POSTSCRIPT, 3, 1, 0x409)
    names.names = [name for name in names.names if name.langID == 0x409 and name.nameID < 20]
    top = font["CFF "].cff
    top.fontNames[0] = FAMILY.replace(" ", "")
    top.topDictIndex[0].FamilyName = top.topDictIndex[0].FullName = FAMILY


def main() -> None:
    """Write the font and its licence into the package."""
    parts = {path.name: Path(str(path.locate())) for path in files(SOURCE) or ()}
    made = subset(parts["NotoSansSC-Regular.otf"], characters())
    ROOM.joinpath(FONT).write_bytes(made)
    ROOM.joinpath(LICENCE).write_bytes(parts["LICENSE"].read_bytes())
    sys.stdout.write(f"{FONT}: {len(made):,} bytes\n")


if __name__ == "__main__":
    main()
