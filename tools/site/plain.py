"""Pages as plain Markdown: what their directives stand for, and neither comments nor HTML."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

from fintech2021._core import catalog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["DIRECTIVES", "FENCE", "plain"]

FENCE = re.compile(
    r"^(?P<mark>`{3,})(?:\{(?P<name>[\w-]+)\})?(?P<about>[^\n]*)\n(?P<body>.*?)^(?P=mark) *$\n?",
    re.MULTILINE | re.DOTALL,
)
"""A block of code or a directive."""
FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
SUMMARY = re.compile(r"<summary>(.*?)</summary>", re.DOTALL)
CODE = re.compile(r"</?code>")
TAG = re.compile(r"</?(?:details|div|small|strong|span|summary|p)\b[^>]*>")
BREAK = re.compile(r" *<br>(?=\n)|(?<=\n)( *)<br>")
LINK = re.compile(r"(?<!!)\[([^]]*)\]\((?!https?:|mailto:|#)([^)\s]+)\)")
"""A link to another page of ours; pictures are none."""
BLANK = re.compile(r"\n{3,}")


def plain(text: str, address: Callable[[str], str] | None) -> str:
    """Return a page without what only Sphinx understands.

    `address` turns what links to other pages lead to; without it these links are left out.
    """
    pieces = _pieces(FRONT_MATTER.sub("", text), address)
    return BLANK.sub("\n\n", "".join(pieces)).strip() + "\n"


def _pieces(text: str, address: Callable[[str], str] | None) -> Iterator[str]:
    """Yield prose, code and what directives stand for, in their order."""
    done = 0
    for fence in FENCE.finditer(text):
        yield _prose(text[done : fence.start()], address)
        yield _fence(fence)
        done = fence.end()
    yield _prose(text[done:], address)


def _prose(text: str, address: Callable[[str], str] | None) -> str:
    """Return prose without HTML, its links turned."""
    bare = SUMMARY.sub(lambda match: f"**{TAG.sub('', match[1])}**", COMMENT.sub("", text))
    bare = CODE.sub("`", TAG.sub("", bare))
    bare = BREAK.sub(lambda match: match[1] or "", bare).replace("<br>", " · ")
    if address is None:
        return LINK.sub(r"\1", bare)
    return LINK.sub(lambda match: f"[{match[1]}]({address(match[2])})", bare)


def _fence(fence: re.Match[str]) -> str:
    """Return a block of code as it is, and of a directive what it stands for."""
    if fence["name"] is None:
        return fence[0]
    told = DIRECTIVES.get(fence["name"], _body)(fence["about"].strip(), fence["body"])
    return f"{told.strip()}\n" if told else ""


def _nothing(_about: str, _body: str) -> str:
    return ""


def _body(_about: str, body: str) -> str:
    return body


def _rows(name: str, body: str) -> str:
    found = catalog.load_descriptor(name)
    return (
        f"The page has all {found.rows} rows; so have `ft.load_{name}()` and, on the command line, "
        f"`fintech2021 show {name} --format csv`.\n\n```text\n{body}```"
    )


def _picture(name: str, body: str) -> str:
    said = f": {' '.join(body.split())}" if body.strip() else ""
    return f"(A picture stands here, drawn by `fintech2021.charts.{name}()`{said})"


DIRECTIVE = re.compile(r"^\.\. ([\w:]+):: ?(.*)\n((?:(?: +.*)?\n)*)", re.MULTILINE)
ROLE = re.compile(r":\w+:`([^`<]*?) ?(?:<[^>]*>)?`")


def _reference(_about: str, body: str) -> str:
    """Return a line for each function, class and value of the reference."""
    entries, module = [], "fintech2021"
    for name, argument, below in DIRECTIVE.findall(f"{body}\n"):
        if name == "py:currentmodule":
            module = argument
        else:
            entries.append(_entry(module, argument, below, documented=name.startswith("auto")))
    return "\n".join(entries)


def _entry(module: str, argument: str, below: str, *, documented: bool) -> str:
    said = _of_code(module, argument) if documented else (argument, _first(below))
    called, about = said
    about = ROLE.sub(r"\1", about).replace("``", "`")
    return f"- `{called}`: {about}" if about else f"- `{called}`"


def _first(below: str) -> str:
    """Return the first paragraph under a directive, its options left out."""
    lines = [line.strip() for line in below.splitlines() if not line.strip().startswith(":type")]
    return " ".join("\n".join(lines).strip().split("\n\n")[0].split())


def _of_code(module: str, argument: str) -> tuple[str, str]:
    """Return how something is called, and the first line of what it says of itself."""
    name = argument.partition("(")[0]
    item: Any = import_module(module)
    for part in name.split("."):
        item = getattr(item, part)
    first = next(iter((inspect.getdoc(item) or "").splitlines()), "")
    return f"{name}{_parameters(item)}" if inspect.isroutine(item) else name, first


def _parameters(item: Any) -> str:
    signature = inspect.signature(item)
    bare = [each.replace(annotation=each.empty) for each in signature.parameters.values()]
    return str(signature.replace(parameters=bare, return_annotation=signature.empty))


DIRECTIVES: Mapping[str, Callable[[str, str], str]] = {
    "eval-rst": _reference,
    "picture": _picture,
    "raw": _nothing,
    "rows": _rows,
    "toctree": _nothing,
}
"""What each directive of the pages stands for; of any other its body is told."""
