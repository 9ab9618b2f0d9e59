"""Pictures as files: HTML, SVG and PNG, without network and without fonts of the machine."""

from __future__ import annotations

import json
import os
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from fintech2021._given import plain, shown
from fintech2021.charts.colours import GROUNDS, for_page, known
from fintech2021.charts.fonts import FAMILY, STACK, embedded, register
from fintech2021.errors import ArgumentError, ExportError, MissingDependencyError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

    import altair as alt

from fintech2021.charts.colours import Scheme

__all__ = ["carrying", "drawn", "save"]

_PIXELS = 2
"""Dots of a PNG per pixel of the picture: sharp on today's screens."""


def save(
    chart: alt.TopLevelMixin,
    path: str | os.PathLike[str],
    *,
    scheme: Literal["light", "dark"] = "light",
) -> Path:
    """Write a picture to a file, HTML, SVG or PNG by its suffix.

    The file carries the characters that it shows: HTML and SVG as a font, PNG as pixels. HTML also
    carries the library that draws it and waits for the font. Nothing is fetched, and equal pictures
    give equal bytes with equal versions of altair, vl-convert and fontTools.

    Parameters
    ----------
    chart
        A picture of this package, or any other of altair.
    path
        Where to write: ``.html``, ``.svg`` or ``.png``. A file that is there is replaced.
    scheme
        On which pages it is shown: ``"light"`` or ``"dark"`` ones. HTML and SVG leave the ground
        free, PNG has one that is white or nearly black; ``chart.properties(background=...)`` gives
        another.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    ArgumentError
        When it is no chart of altair, no path, another suffix or another scheme.
    ExportError
        When nothing can be written there.
    MissingDependencyError
        When altair, vl-convert or fontTools is not installed.

    Examples
    --------
    >>> from fintech2021 import charts
    >>> from tempfile import mkdtemp
    >>> picture = charts.internet_life_insurers("zh")
    >>> charts.save(picture, f"{mkdtemp()}/insurers.svg", scheme="dark").name
    'insurers.svg'
    """
    target, make = _target(path)
    content = make(_spec(chart), known(scheme))
    try:
        target.write_bytes(content)
    except OSError as cause:
        raise ExportError(f"Cannot write {target}: {cause.strerror}.") from cause
    return target


def _target(path: object) -> tuple[Path, Callable[[Mapping[str, Any], Scheme], bytes]]:
    """Return where to write, and what makes the bytes of that format."""
    try:
        target = Path(os.fspath(plain(path)))  # type: ignore[call-overload] # What is none is refused.
        is_name = b"\0" not in os.fsencode(target)
    except Exception as cause:  # A path may be of anybody's class.
        raise ArgumentError(f"A picture is saved to a path, not to {shown(path)}.") from cause
    if not is_name or target.suffix.lower() not in _FORMATS:
        hint = f"is none of {', '.join(_FORMATS)}: use one of them."
        raise ArgumentError(f"The suffix of {shown(target.name)} {hint}")
    return target, _FORMATS[target.suffix.lower()]


def _spec(chart: Any) -> dict[str, Any]:
    """Return a picture as Vega-Lite."""
    from fintech2021.charts.drawing import altair

    if not issubclass(type(chart), altair().TopLevelMixin):
        hint = "Take what a function of fintech2021.charts returns."
        raise ArgumentError(f"A chart of altair is saved, not {type(chart).__name__}. {hint}")
    spec: dict[str, Any] = chart.to_dict()
    return spec


def _renderer() -> ModuleType:
    """Return the library that draws, which has been told of our font."""
    try:
        import vl_convert
    except ImportError as cause:
        raise MissingDependencyError("vl-convert-python", "charts", "Saving a chart") from cause
    register()
    return vl_convert


def _version(spec: Mapping[str, Any]) -> str:
    """Return the version of Vega-Lite that a picture is written in, as the renderer names it."""
    major, minor, *_ = spec["$schema"].rsplit("/v", 1)[1].removesuffix(".json").split(".")
    return f"{major}.{minor}"


def drawn(chart: alt.TopLevelMixin, scheme: Scheme | None = None) -> str:
    """Return a picture as SVG that names its font and does not carry it, nor words for each mark.

    So a page shows it, which has the font and says what is shown. Without a scheme its colours are
    those of the chart.
    """
    spec = _spec(chart)
    svg = _FOR_READERS.sub("", _plain_svg(_painted(spec, scheme) if scheme else spec))
    fonts = set(_FONTS.findall(svg))
    if len(fonts) != 1:
        return svg
    return _FONTS.sub("", svg).replace("<svg", f"<svg{fonts.pop()}", 1)


_FOR_READERS = re.compile(r' (?:aria-[a-z]+|role|class)="[^"]*"')
_FONTS = re.compile(r' font-family="[^"]*"')


def _painted(spec: Mapping[str, Any], scheme: Scheme) -> dict[str, Any]:
    return for_page(spec, scheme, is_ours=spec.get("config", {}).get("font") == STACK)


def _plain_svg(spec: Mapping[str, Any]) -> str:
    svg: str = _renderer().vegalite_to_svg(dict(spec), vl_version=_version(spec))
    return svg


def _svg(spec: Mapping[str, Any], scheme: Scheme) -> bytes:
    return carrying(_plain_svg(_painted(spec, scheme))).encode()


def carrying(svg: str) -> str:
    """Return a picture with the characters of the font that it shows."""
    head, body = svg.split(">", 1)
    return f"{head}><style>{embedded(svg)}</style>{body}\n"


def _png(spec: Mapping[str, Any], scheme: Scheme) -> bytes:
    # Without a ground what is half transparent comes out too dark: its colours are multiplied twice.
    painted = {"background": GROUNDS[scheme], **_painted(spec, scheme)}
    png: bytes = _renderer().vegalite_to_png(painted, vl_version=_version(spec), scale=_PIXELS)
    return png


def _html(spec: Mapping[str, Any], scheme: Scheme) -> bytes:
    told = json.dumps(_painted(spec, scheme), ensure_ascii=False, sort_keys=True)
    script = _renderer().javascript_bundle(vl_version=_version(spec))
    page = _PAGE.format(
        title=escape(_title(spec)),
        font=embedded(told),
        script=script.replace("</script", "<\\/script"),
        spec=told.replace("</", "<\\/"),
        family=FAMILY,
        scheme=scheme,
    )
    return page.encode()


def _title(spec: Mapping[str, Any]) -> str:
    title = spec.get("title") or ""
    text = title.get("text", "") if isinstance(title, dict) else title
    return text if isinstance(text, str) else " ".join(text)


# Text is measured when the picture is drawn: before its font is there, labels would be cut off.
_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="{scheme}">
<title>{title}</title>
<style>{font} body{{margin:0;overflow-x:auto}}</style>
</head><body><div id="picture"></div>
<script type="module">
{script}
const spec = {spec};
await document.fonts.load("12px '{family}'", "0");
await window.vegaEmbed("#picture", spec, {{actions: false, renderer: "svg"}});
</script></body></html>
"""

_FORMATS: Mapping[str, Callable[[Mapping[str, Any], Scheme], bytes]] = {
    ".html": _html,
    ".svg": _svg,
    ".png": _png,
}
