"""The pieces of which generated pages are made, and the marks between which they stand."""

from __future__ import annotations

import re
from itertools import chain, zip_longest
from typing import TYPE_CHECKING
from urllib.parse import quote

from tools.writing.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tools.writing.languages import Language


def blocks(*texts: str) -> str:
    """Return a page of the texts that are not empty."""
    return "\n\n".join(text for text in texts if text) + "\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table of Markdown."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def cell(text: str) -> str:
    """Return a text that a table of Markdown shows as it is."""
    return text.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;")


def prose(text: str) -> str:
    r"""Return a text that Markdown shows as it is; what stands in backticks is code already.

    >>> print(prose("a*b `c*d` <e>"))
    a\*b `c*d` &lt;e>
    >>> print(prose("``[0-9]*`` a*b"))
    ``[0-9]*`` a\*b
    """
    parts = re.split(r"((`+)[^`]+\2)", text)
    words = (part.replace("*", "\\*").replace("<", "&lt;") for part in parts[::3])
    return "".join(chain.from_iterable(zip_longest(words, parts[1::3], fillvalue="")))


def first_entries(entries: Sequence[str], language: Language, most: int = 6) -> str:
    """Return the first entries of a list, and the rest behind a line that opens."""
    shown, rest = entries[:most], entries[most:]
    if len(rest) < 2:
        return "\n".join(entries)
    more = language.of(f"{len(rest)} more", f"其余{len(rest)}条")
    fold = ("<details>", f"<summary>{more}</summary>", "", *rest, "", "</details>")
    return "\n".join((*shown, "", *fold))


def renewed(text: str, start: str, end: str, content: str) -> str:
    """Return a text whose lines between two marks are replaced; each mark stands once."""
    head, rest = text.split(f"{start}\n")
    _, tail = rest.split(end)
    return f"{head}{start}\n{content}\n{end}{tail}"


def filled(text: str, parts: Mapping[str, str]) -> str:
    """Return a page whose parts, each between marks of its name, are what they must be."""
    for name, content in parts.items():
        text = renewed(text, f"<!-- {name} -->", f"<!-- /{name} -->", f"\n{content}\n")
    return text


def in_each_language(
    root: Path, name: str, parts: Callable[[Language], Mapping[str, str]]
) -> Iterator[tuple[Path, str]]:
    """Yield a page in each language, and what it must hold with its parts renewed."""
    for language in LANGUAGES:
        page = root / language.pages / name
        yield page, filled(page.read_text("utf-8"), parts(language))


def place(dataset: str, *names: str) -> str:
    """Return the address of a row of a dataset, or of a cell, from a page beside the datasets."""
    return f"datasets/{dataset}.md#{'/'.join(quote(name, safe='') for name in names)}"


def disclosed(title: str, content: str) -> str:
    """Return a part that a reader opens by its title; pages of a repository show it too."""
    return f"<details>\n<summary>{title}</summary>\n\n{content}\n\n</details>"
