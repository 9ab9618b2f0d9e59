"""The long description of the package: the README without what leads nowhere outside a repository.

The build runs this file alone (`hook.py`), where neither the package nor a library is installed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["INSTALLED", "Addresses", "described", "loose_links"]

_FENCED = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(
    r"(?P<code>(?P<ticks>`+).+?(?P=ticks))"  # As it is: what looks like a link in it is none.
    r"|(?P<picture><picture>.*?</picture>\n?)"
    r"|(?P<image>!?)\[(?P<text>(?:`[^`]*`|[^\[\]`])*)\]\((?P<target>[^()\s]+)\)",
    re.DOTALL,
)
_SOURCE = re.compile(r'(?P<name>\b(?:src|srcset|href))="(?P<target>[^"]+)"')
_REFERENCE = re.compile(r"^\[[^\]]+\]: *(?P<target>\S+)", re.MULTILINE)
_ELSEWHERE = re.compile(r"https?://|mailto:")

INSTALLED = {
    "From a clean clone, with Python": "With Python",
    "pip install -q . ": "pip install -q fintech2021 ",
    "'.[": "'fintech2021[",
}
"""What the README says to whoever has a clone, and what to whoever has none."""
_OF_A_CLONE = re.compile(r"^## Test it$.*?(?=^## )", re.MULTILINE | re.DOTALL)


class Addresses:
    """Where files of one release can be read: nowhere, as long as the project has no address."""

    def __init__(self, repository: str, tag: str) -> None:
        self.repository, self.tag = repository.rstrip("/"), tag

    def page(self, path: str) -> str:
        """Return the address at which people read a file, or nothing."""
        return self._of("blob", path)

    def picture(self, path: str) -> str:
        """Return the address at which a browser gets a picture, or nothing."""
        return self._of("raw", path)

    def _of(self, kind: str, path: str) -> str:
        if _ELSEWHERE.match(path):
            return path
        within = path.startswith("#") or not self.repository  # An index gives headings no anchors.
        return "" if within else f"{self.repository}/{kind}/{self.tag}/{path}"


def described(readme: str, addresses: Addresses) -> str:
    """Return a README for whoever has no clone: each link leads elsewhere, or is plain words."""
    text = _OF_A_CLONE.sub("", readme)
    for of_a_clone, of_an_index in INSTALLED.items():
        text = text.replace(of_a_clone, of_an_index)
    parts = _FENCED.split(text)
    prose = (part if part.startswith("```") else _prose(part, addresses) for part in parts)
    return re.sub(r"\n{3,}", "\n\n", "".join(prose))


def _prose(text: str, addresses: Addresses) -> str:
    lines = _without_bare_links(text, addresses)
    return _LINK.sub(lambda found: _led(found, addresses), lines)


def _without_bare_links(text: str, addresses: Addresses) -> str:
    """Return a text without the lines that have nothing but links, where these lead nowhere."""
    return "".join(line for line in text.splitlines(keepends=True) if not _is_bare(line, addresses))


def _is_bare(line: str, addresses: Addresses) -> bool:
    """Return whether nothing is left to read of a line whose links lead nowhere."""
    targets = [found["target"] for found in _LINK.finditer(line)]
    lost = [target for target in targets if target and not addresses.page(target)]
    return bool(lost) and not re.search(r"\w", _LINK.sub("", line))


def _led(found: re.Match[str], addresses: Addresses) -> str:
    """Return a link, a picture or a piece of code as it can stand elsewhere."""
    if found["code"]:
        return found[0]
    if found["picture"]:
        return _picture(found[0], addresses)
    target = (addresses.picture if found["image"] else addresses.page)(found["target"])
    if target:
        return f"{found['image']}[{found['text']}]({target})"
    return "" if found["image"] else found["text"]


def _picture(block: str, addresses: Addresses) -> str:
    """Return a picture whose files are found, or nothing."""
    targets = [found["target"] for found in _SOURCE.finditer(block)]
    if not all(map(addresses.picture, targets)):
        return ""
    return _SOURCE.sub(lambda it: f'{it["name"]}="{addresses.picture(it["target"])}"', block)


def loose_links(text: str) -> Iterator[str]:
    """Yield what a text leads to that is no whole address."""
    prose = "".join(part for part in _FENCED.split(text) if not part.startswith("```"))
    targets = (found["target"] for found in _LINK.finditer(prose) if found["target"])
    others = (found["target"] for form in (_SOURCE, _REFERENCE) for found in form.finditer(prose))
    yield from (target for target in (*targets, *others) if not _ELSEWHERE.match(target))
