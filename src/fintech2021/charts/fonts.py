"""The font of the pictures: a part of Noto Sans SC that has every character of our data and labels.

It has a name of its own, so that no other font of the machine stands in for it, and pictures are the
same everywhere. Characters that it does not have are taken from fonts of the reader.
"""

from __future__ import annotations

import os
from base64 import b64encode
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from fintech2021.errors import MissingDependencyError

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

__all__ = ["FAMILY", "FONT", "LICENCE", "STACK", "embedded", "known_characters", "register"]

FAMILY = "fintech2021 Sans SC"
FONT = "fintech2021-sans-sc.otf"
LICENCE = "OFL.txt"
STACK = (
    f"'{FAMILY}', 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
)
"""The font, and what readers have for characters of their own that it does not have."""

_LOADER: Any = __spec__.loader  # It also has the file: on disk, in a zip, in a frozen app.
_FOLDER = os.path.dirname(__file__)  # noqa: PTH120 - A path that a loader understands.


@cache
def content() -> bytes:
    """Return the font."""
    font: bytes = _LOADER.get_data(os.path.join(_FOLDER, FONT))  # noqa: PTH118 - as above.
    return font


@cache
def register() -> None:
    """Tell the renderer of this process of the font; the system is told nothing."""
    from vl_convert import register_font_directory

    on_disk = os.path.isfile(os.path.join(_FOLDER, FONT))  # noqa: PTH113, PTH118 - as above.
    register_font_directory(_FOLDER if on_disk else _unpacked())


def _unpacked() -> str:
    """Return a folder with the font until this process ends: the renderer reads no zips."""
    import atexit
    import shutil
    import tempfile
    from pathlib import Path

    folder = Path(tempfile.mkdtemp(prefix="fintech2021-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.joinpath(FONT).write_bytes(content())
    return str(folder)


def known_characters() -> frozenset[str]:
    """Return the characters that the font has."""
    return frozenset(map(chr, _font().getBestCmap() or ()))


def _font() -> TTFont:
    try:
        from fontTools.ttLib import TTFont
    except ImportError as cause:
        raise MissingDependencyError("fonttools", "charts", "Embedding a font") from cause
    return TTFont(BytesIO(content()), recalcTimestamp=False)


def embedded(text: str) -> str:
    """Return a CSS rule that carries the font, of its characters those of a text.

    Not compressed: what zlib makes of it differs from build to build.
    """
    font = _font()
    from fontTools.subset import Options, Subsetter

    cutter = Subsetter(Options(layout_features=["kern"], recalc_timestamp=False))
    cutter.populate(text=text)
    cutter.subset(font)
    made = BytesIO()
    font.save(made, reorderTables=False)
    data = b64encode(made.getvalue()).decode("ascii")
    return f"@font-face{{font-family:'{FAMILY}';src:url(data:font/otf;base64,{data})}}"
