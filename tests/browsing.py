"""What is noted of the site while its pages are looked at in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tools.site.browser import PHONE

if TYPE_CHECKING:
    from playwright.sync_api import (
        BrowserContext,
        ConsoleMessage,
        Page,
        Request,
        Response,
        WebError,
    )


SLOWEST = 1_000
"""Milliseconds after which a page has to show something."""


class Notes:
    """What happens in the pages of a context that should not, and what they weigh."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        """Begin to take notes."""
        self.address = address
        self.asked: list[Request] = []
        self.answers: list[Response] = []
        self.faults: list[str] = []
        context.on("request", self._request)
        context.on("response", self._answer)
        context.on("console", self._console)
        context.on("weberror", self._error)

    def _request(self, request: Request) -> None:
        self.asked.append(request)

    def _answer(self, answer: Response) -> None:
        self.answers.append(answer)

    def _error(self, error: WebError) -> None:
        self.faults.append(str(error.error))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"{message.page and message.page.url}: {message.text}")

    def foreign(self) -> list[str]:
        """Return the addresses that were asked for and are not the site's."""
        own = (self.address, "data:", "blob:", "file:")
        return [request.url for request in self.asked if not request.url.startswith(own)]

    def weight(self) -> int:
        """Return the bytes of everything but pictures and their font."""
        return sum(size(answer) for answer in self.answers if not is_picture(answer))


def is_picture(answer: Response) -> bool:
    """Tell whether an answer is a picture or the font of pictures: the text has none of its own."""
    return answer.request.resource_type in {"image", "font"}


def size(answer: Response) -> int:
    """Return the bytes of an answer, as they lie on the disk."""
    return int(answer.headers.get("content-length", "0"))


class Visit(NamedTuple):
    """What was noted of a page that was opened with an empty cache."""

    painted: float
    """Milliseconds until the first content was seen."""
    weight: int
    widest: int
    """Pixels of the page at the width of a phone."""
    faults: list[str]
    foreign: list[str]


PATIENCE = 120_000
"""Milliseconds that a page may take on a machine that is busy with other things."""
PAINTED = """() => new Promise((answer) => {
  const found = () => performance.getEntriesByName("first-contentful-paint")[0];
  const look = () => (found() ? answer(found().startTime) : setTimeout(look, 10));
  look();
})"""
PICTURES = """() => [...document.querySelectorAll("figure svg")]
  .reduce((sum, picture) => sum + new Blob([picture.outerHTML]).size, 0)"""
WIDTH = "() => document.scrollingElement.scrollWidth"


def visit(context: BrowserContext, address: str, page: str) -> Visit:
    """Open a page, and narrow its window to a phone's."""
    notes = Notes(context, address)
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    opened.goto(address + page, wait_until="load")
    painted = opened.evaluate(PAINTED)
    weight = notes.weight() - opened.evaluate(PICTURES)
    return Visit(painted, weight, width_on_a_phone(opened), notes.faults, notes.foreign())


def width_on_a_phone(page: Page) -> int:
    """Return how wide the page is where the window has the width of a phone."""
    page.set_viewport_size(PHONE)
    return int(page.evaluate(WIDTH))
