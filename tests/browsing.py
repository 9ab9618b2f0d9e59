"""The site in a browser: what serves it, and what is noted while a page is looked at."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
"""Without these the browser asks its maker's servers for what no page needs."""

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; gives its address, with a stroke at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def chromium() -> str:
    """Return the path of Debian's browser."""
    path = shutil.which("chromium")
    assert path, "Chromium is not installed: nox -s browser installs it"
    return path


class Notes:
    """What happens in the pages of a context that should not, and what they weigh."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        """Begin to take notes."""
        self.address = address
        self.asked: list[Request] = []
        self.answers: list[Response] = []
        self.faults: list[str] = []
        context.on("request", lambda request: self.asked.append(request))
        context.on("response", lambda answer: self.answers.append(answer))
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(str(error.error)))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"{message.page and message.page.url}: {message.text}")

    def foreign(self) -> list[str]:
        """Return the addresses that were asked for and are not the site's."""
        own = (self.address, "data:", "blob:", "file:")
        return [request.url for request in self.asked if not request.url.startswith(own)]

    def weight(self) -> int:
        """Return the bytes of everything but pictures."""
        return sum(size(answer) for answer in self.answers if not is_picture(answer))


def is_picture(answer: Response) -> bool:
    """Tell whether an answer is a picture."""
    return answer.headers.get("content-type", "").startswith("image/")


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


PAINTED = """() => new Promise((answer) => {
  const found = () => performance.getEntriesByName("first-contentful-paint")[0];
  const look = () => (found() ? answer(found().startTime) : setTimeout(look, 10));
  look();
})"""
WIDTH = "() => document.scrollingElement.scrollWidth"


def visit(context: BrowserContext, address: str, page: str) -> Visit:
    """Open a page, and narrow its window to a phone's."""
    notes = Notes(context, address)
    opened = context.new_page()
    opened.goto(address + page, wait_until="load")
    painted, weight = opened.evaluate(PAINTED), notes.weight()
    return Visit(painted, weight, width_on_a_phone(opened), notes.faults, notes.foreign())


def width_on_a_phone(page: Page) -> int:
    """Return how wide the page is where the window has the width of a phone."""
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    return int(page.evaluate(WIDTH))
