"""Where labels stand, so that none is over another or over a point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["SIZE", "Box", "Label", "around", "beside", "length"]

SIZE = 12
"""The height of a label's characters, in pixels."""
_LINE = SIZE + 3
_GAP, _FAR = 7, 14
_ALIGNED = {"left": 0.0, "center": 0.5, "right": 1.0}


_NARROW, _BROAD = " !'(),-./:;I[]fijlrt|", "%&@MWmw"


def length(text: str, size: float) -> float:
    """Return about how many pixels a text is wide in our font, its widest line: never fewer."""
    return size * max(sum(map(_ems, line)) for line in text.split("\n"))


def _ems(letter: str) -> float:
    if east_asian_width(letter) in "WFA":
        return 1.0
    if letter in _NARROW:
        return 0.36
    return 0.9 if letter in _BROAD else 0.59 + 0.1 * letter.isupper()


class Box(NamedTuple):
    """The pixels that something takes."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether two boxes have a pixel in common."""
        apart_x = self.right <= other.left or other.right <= self.left
        return not (apart_x or self.bottom <= other.top or other.bottom <= self.top)


class Label(NamedTuple):
    """A text, where it stands, and the point that it is of."""

    text: str
    x: float
    y: float
    align: Literal["left", "center", "right"]
    of: tuple[float, float]
    size: int = SIZE

    @property
    def box(self) -> Box:
        """The pixels that the text takes."""
        wide = length(self.text, self.size)
        left = self.x - wide * _ALIGNED[self.align]
        return Box(left, self.y - _LINE / 2, left + wide, self.y + _LINE / 2)

    @property
    def is_far(self) -> bool:
        """Whether a line has to say of which point it is."""
        across = max(self.box.left - self.of[0], self.of[0] - self.box.right, 0)
        upright = max(self.box.top - self.of[1], self.of[1] - self.box.bottom, 0)
        return across + upright > _FAR

    @property
    def towards(self) -> float:
        """How far from where it begins the line to its point does."""
        return {"left": -2, "right": 2, "center": 0}[self.align]


Point = tuple[str, float, float]
"""A text and the pixel of the point that it is of."""


def beside(points: Iterable[Point], x: float, height: float) -> list[Label]:
    """Return labels in one column, each as near to its point's height as the others allow."""
    ordered = sorted(points, key=lambda point: point[2])
    places = _spread([point[2] for point in ordered], height)
    return [
        Label(text, x, y, "left", (of_x, of_y))
        for (text, of_x, of_y), y in zip(ordered, places, strict=True)
    ]


def _spread(wanted: Sequence[float], height: float) -> list[float]:
    """Return heights one line apart: pushed down from the top, then up from the bottom."""
    places: list[float] = []
    for y in wanted:
        places.append(max(y, places[-1] + _LINE) if places else max(y, 0))
    limit = height
    for number in reversed(range(len(places))):
        places[number] = min(places[number], limit)
        limit = places[number] - _LINE
    return places


def around(points: Sequence[Point], width: float, height: float) -> list[Label]:
    """Return a label near each point, at the first of its places that nothing else has taken.

    The points with the most neighbours choose first.
    """
    taken = [Box(x - 5, y - 5, x + 5, y + 5) for _, x, y in points]
    inside = Box(0, -4, width, height)
    labels = []
    for point in sorted(points, key=lambda each: -_neighbours(each, points)):
        label = next(each for each in _places(*point) if _is_free(each, taken, inside))
        taken.append(label.box)
        labels.append(label)
    return labels


def _neighbours(point: Point, points: Sequence[Point]) -> int:
    return sum(abs(point[1] - x) < 8 * SIZE and abs(point[2] - y) < 2 * SIZE for _, x, y in points)


def _is_free(label: Label, taken: Sequence[Box], inside: Box) -> bool:
    box = label.box
    fits = box.left >= inside.left and box.right <= inside.right
    fits = fits and box.top >= inside.top and box.bottom <= inside.bottom
    return fits and not any(box.meets(other) for other in taken)


def _places(text: str, x: float, y: float) -> Iterator[Label]:
    """Yield places ever farther from the point; at last where nobody asks whether it fits."""
    for ring in range(40):
        up, side = ring * 6, _GAP + ring * 3
        yield Label(text, x + side, y - up, "left", (x, y))
        yield Label(text, x - side, y - up, "right", (x, y))
        yield Label(text, x + side, y + up, "left", (x, y))
        yield Label(text, x - side, y + up, "right", (x, y))
        yield Label(text, x, y - _LINE / 2 - 6 - up, "center", (x, y))
        yield Label(text, x, y + _LINE / 2 + 6 + up, "center", (x, y))
