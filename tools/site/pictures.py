"""Pictures of `fintech2021.charts` on pages: once for each language, in the colours of the reader.

A picture is part of its page, so that its words are found and read in any size; which colours stand
for those of the chart says a sheet of styles, for light and for dark pages.
"""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from fintech2021 import charts
from fintech2021.charts.colours import SCHEMES
from fintech2021.charts.fonts import FAMILY, FONT
from fintech2021.charts.saving import drawn
from tools.site.twins import language_of
from tools.writing.font import ROOM, characters, subset
from tools.writing.gallery import NAMES

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["Picture", "picture", "register", "words"]

STYLES = "pictures.css"
FONTS = {"latin": "U+0-2FFF", "chinese": "U+3000-10FFFF"}
"""The halves of the font, and the characters for which a page asks for each."""
_CHINESE = "\u3000"


class Picture(SphinxDirective):
    """``{picture} funding``: a picture in the language of the page.

    The body is for readers of the repository.
    """

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the picture, or an error that names those there are."""
        (name,) = self.arguments
        if name not in NAMES:
            raise self.error(f"There is no picture {name!r}, but {', '.join(sorted(NAMES))}.")
        made = picture(name, language_of(self.env.docname).code)
        return [nodes.raw("", made, format="html")]


@cache
def picture(name: str, lang: str) -> str:
    """Return a picture as a part of a page that scrolls in its own box where the page is narrow."""
    chart: Any = getattr(charts, name)(lang)
    told = escape(words(chart.to_dict(), lang))
    svg = drawn(chart).replace("<svg", f'<svg role="img" aria-label="{told}"', 1)
    return f'<figure class="picture" tabindex="0" data-pagefind-ignore="all">{svg}</figure>'


def words(spec: dict[str, Any], lang: str) -> str:
    """Return what a picture says around its marks: title, note and source."""
    joint, stop = ("", "。") if lang == "zh" else (" ", ". ")
    caption = spec["vconcat"][-1]["mark"]["text"]
    return joint.join(spec["title"]["text"]) + stop + joint.join(caption)


def register(app: Sphinx) -> None:
    """Tell Sphinx of the directive and of what its pictures need."""
    app.add_directive("picture", Picture)
    app.add_css_file(STYLES, priority=710)
    app.connect("builder-inited", _write_styles)


def _write_styles(app: Sphinx) -> None:
    """Write colours and font beside the other static files."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath(STYLES).write_text(styles(), "utf-8")
    for half, content in _halves().items():
        folder.joinpath(_file(half)).write_bytes(content)


def _file(half: str) -> str:
    return f"{Path(FONT).stem}-{half}.otf"


@cache
def _halves() -> dict[str, bytes]:
    every = characters()
    split = {
        "latin": [letter for letter in every if letter < _CHINESE],
        "chinese": [letter for letter in every if letter >= _CHINESE],
    }
    return {half: subset(ROOM / FONT, "".join(letters)) for half, letters in split.items()}


def styles() -> str:
    """Return the styles of pictures: the font, the box, the colours by the scheme of the page."""
    fonts = "".join(
        f"@font-face{{font-family:'{FAMILY}';font-display:swap;"
        f"src:url({_file(half)}) format('opentype');unicode-range:{characters_}}}\n"
        for half, characters_ in FONTS.items()
    )
    roles = {colour: f"--picture-{number}" for number, colour in enumerate(SCHEMES["light"])}
    light, dark = (
        ";".join(f"{roles[colour]}:{own}" for colour, own in SCHEMES[scheme].items())
        for scheme in ("light", "dark")
    )
    painted = "".join(
        f'.picture [{way}="{colour}"]{{{way}:var({role})}}\n'
        for colour, role in roles.items()
        for way in ("fill", "stroke")
    )
    return (
        f"{fonts}.picture{{margin:1.5rem 0;overflow-x:auto}}\n"
        ".picture svg{display:block;width:100%;min-width:38rem;max-width:48rem;height:auto}\n"
        f"body{{{light}}}\n@media not print{{body[data-theme=dark]{{{dark}}}\n"
        f"@media (prefers-color-scheme:dark){{body:not([data-theme=light]){{{dark}}}}}}}\n{painted}"
    )
