"""The colours of pictures: as drawn, for any page, and as files have them, for light or dark ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from fintech2021._given import plain, shown
from fintech2021.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "BLUE", "FAINT", "GREEN", "GROUNDS", "INK", "OCHRE", "ORANGE", "SCHEMES", "Scheme", "for_page",
    "known",
]  # fmt: skip

Scheme = Literal["light", "dark"]

INK, FAINT = "#767676", "#8883"
BLUE, ORANGE, GREEN, OCHRE = "#2a7fbf", "#d55e00", "#1a936f", "#b07d12"
"""A chart in a notebook knows no page: each of these is read on white and on black."""

SCHEMES: Mapping[str, Mapping[str, str]] = {
    "light": {
        INK: "#3b3f44", FAINT: "#e3e5e8",
        BLUE: "#1f6fab", ORANGE: "#c25000", GREEN: "#0f8060", OCHRE: "#946708",
    },
    "dark": {
        INK: "#c9ced4", FAINT: "#33373d",
        BLUE: "#5aa9e6", ORANGE: "#ff8f3f", GREEN: "#3cc29a", OCHRE: "#d9b13a",
    },
}  # fmt: skip
"""What a file has in place of each. Kinds that a picture tells apart are told apart with any eyes."""

GROUNDS: Mapping[str, str] = {"light": "#ffffff", "dark": "#131416"}
"""What a file that cannot leave its ground free is drawn on."""


_KNOWN: tuple[Scheme, ...] = ("light", "dark")


def known(scheme: object) -> Scheme:
    """Return a scheme that is given, or say which there are."""
    asked = plain(scheme)
    for each in _KNOWN:
        if isinstance(asked, str) and asked == each:
            return each
    raise ArgumentError(f"There is no scheme {shown(scheme)}: it is 'light' or 'dark'.")


def for_page(spec: Mapping[str, Any], scheme: Scheme, *, is_ours: bool) -> dict[str, Any]:
    """Return a picture in the colours of a scheme: ours has its own, any other one new defaults."""
    if is_ours:
        painted: dict[str, Any] = _painted(spec, SCHEMES[scheme])
        return painted
    defaults = _defaults(SCHEMES[scheme]) if scheme == "dark" else {}
    return {**spec, "config": {**defaults, **spec.get("config", {})}}


def _painted(value: Any, colours: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _painted(each, colours) for key, each in value.items()}
    if isinstance(value, list):
        return [_painted(each, colours) for each in value]
    return colours.get(value, value) if isinstance(value, str) else value


def _defaults(colours: Mapping[str, str]) -> dict[str, Any]:
    """Return how a chart whose colours are not ours is read on a dark page."""
    ink, faint = colours[INK], colours[FAINT]
    words = {"labelColor": ink, "titleColor": ink}
    return {
        "background": "transparent",
        "axis": {**words, "domainColor": ink, "tickColor": ink, "gridColor": faint},
        "header": words,
        "legend": words,
        "text": {"color": ink},
        "title": {"color": ink, "subtitleColor": ink},
        "view": {"stroke": faint},
    }
