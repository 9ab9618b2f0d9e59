"""The pages for programs that read: ``llms.txt``, ``llms-full.txt``, and each page as Markdown.

The first is the index that https://llmstxt.org describes, the second the pages themselves, in the
order of the menu. Beside every page of the site stands its Markdown, at its address and ``.md``.
"""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, NamedTuple

from fintech2021._core import catalog
from tools.site.plain import FENCE, plain
from tools.site.twins import english_of, language_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Entry", "full", "index", "menu", "write"]

HEAD = """\
# fintech2021

> A 2021 report on fintech and digital inclusive finance in China (text of early 2022) as tidy,
> typed, versioned tables for Python that work offline and say where every printed number stands.

- `import fintech2021 as ft`, Python 3.11 or later; `ft.catalog()` lists all datasets.
- The figures are those of the report, misprints included. Before you quote one, ask
  `ft.source(dataset, key, column)`: it gives the line, the printed characters, the scale, the
  errata and what public pages say of the same thing.
- Name the version of what you read: `ft.load_banks(version="1.0.1")`; `ft.cite(...)` writes the
  reference.
- Money is in yuan, other base units likewise; an empty cell has its reason in `ft.info(dataset)`.
"""
LEFT_OUT = frozenset(
    {
        "api/closed-lists", "api/loaders", "api/records", "charts", "differences",
        "from-0.2-to-0.3", "from-2026.2-to-2026.3", "mutation-score", "scale", "size",
        "ten-questions", "try-it",
    }
)  # fmt: skip
"""Pages that are long and seldom asked for."""
OPTIONAL = "Optional"
KEPT = ("All ", "Columns", "Before ")
"""What the whole text has of a dataset: the rest follows from the tables themselves."""
DROPPED = {
    "audit": ("All claims",),
    "beside-the-world": ("What agrees",),
    "coverage": ("By section",),
}
"""What it has not of other pages: rows of tables, told in words."""


class Entry(NamedTuple):
    """A page in the menu: the heading it stands under, its name in the menu if any, and its own."""

    caption: str
    title: str | None
    page: str


def write(docs: Path, out: Path, base: str | None) -> None:
    """Write what programs read into the folder of the site; `base` is its address if known."""
    entries, base = menu(docs), f"{base.rstrip('/')}/" if base else None
    (out / "llms.txt").write_text(index(docs, entries, base), "utf-8")
    (out / "llms-full.txt").write_text(full(docs, entries, base), "utf-8")
    for entry in entries:
        path = out / f"{entry.page}.html.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_page(docs, entry.page, base), "utf-8")


ROOTS = (Entry("Start", None, "index"), Entry(OPTIONAL, "中文", "zh/index"))
"""The first page of each language."""


def menu(docs: Path) -> list[Entry]:
    """Return every page of the site once, in the order of the menus, English before Chinese."""
    roots = [root for root in ROOTS if (docs / f"{root.page}.md").exists()]
    every = [entry for root in roots for entry in (root, *_below(docs, root.page))]
    found: dict[str, Entry] = {}
    for entry in every:
        found.setdefault(entry.page, entry)
    return list(found.values())


def _below(docs: Path, page: str, caption: str = "") -> Iterator[Entry]:
    """Yield the pages that the menus of a page list, each with those below it."""
    for heading, title, child in _listed(_read(docs, page)):
        name = normpath(join(dirname(page), child)).lstrip("/")  # "/x" counts from the top.
        entry = Entry(_heading(name, caption or heading), title, name)
        yield entry
        yield from _below(docs, name, entry.caption)


def _heading(page: str, caption: str) -> str:
    is_optional = page in LEFT_OUT or page.startswith(("zh/", "api/records-"))
    return OPTIONAL if is_optional else caption or "Pages"


ENTRY = re.compile(r"^(?:(.+?) <(.+)>|([^:\s]\S*))$", re.MULTILINE)
CAPTION = re.compile(r"^:caption: (.+)$", re.MULTILINE)


def _listed(text: str) -> Iterator[tuple[str, str | None, str]]:
    """Yield the caption, the name and the address of what the menus of a page list."""
    for fence in FENCE.finditer(text):
        if fence["name"] == "toctree":
            caption = CAPTION.search(fence["body"])
            for title, named, bare in ENTRY.findall(fence["body"]):
                yield caption[1] if caption else "", title or None, named or bare


def _read(docs: Path, page: str) -> str:
    return (docs / f"{page}.md").read_text("utf-8")


def index(docs: Path, entries: list[Entry], base: str | None) -> str:
    """Return the list of all pages, each with what it is about, the optional ones last."""
    captions = [*dict.fromkeys(entry.caption for entry in entries if entry.caption != OPTIONAL)]
    sections = [
        "\n".join(
            (f"## {caption}\n", *(_line(docs, e, base) for e in entries if e.caption == caption))
        )
        for caption in (*captions, OPTIONAL)
    ]
    return "\n\n".join((HEAD.rstrip(), *sections)) + "\n"


def _line(docs: Path, entry: Entry, base: str | None) -> str:
    text = plain(_read(docs, entry.page), None)
    title = entry.title or _title(text)
    return f"- [{title}]({base or ''}{entry.page}.html.md): {_about(entry.page, text)}"


def _title(text: str) -> str:
    return text.partition("\n")[0].removeprefix("# ")


SENTENCES = re.compile(r".{30,}?(?:[.?](?= |$)|[。？])")
"""One, or as many as are needed to say something."""
MARKUP = re.compile(r"\[([^]]*)\]\([^)]*\)|\*\*")
"""Links and bold."""


def _about(page: str, text: str) -> str:
    """Return in a sentence what a page is about."""
    folder, _, name = english_of(page).rpartition("/")
    if folder == "datasets" and name != "index":
        found = catalog.load_descriptor(name)
        return language_of(page).of(
            f"{found.title_en} ({found.title_zh}), {found.rows} rows, version {found.version}",
            f"{found.title_zh}，{found.rows}行，版本{found.version}",
        )
    said = next(filter(_is_prose, text.split("\n\n")[1:]), _title(text))
    line = MARKUP.sub(r"\1", " ".join(said.split()))
    first = SENTENCES.match(line)
    return first[0] if first else line.rstrip(":：")


def _is_prose(paragraph: str) -> bool:
    return not paragraph.lstrip().startswith(("#", "|", "-", "```", ">", "(A picture", "[!", "!["))


def full(docs: Path, entries: list[Entry], base: str | None) -> str:
    """Return the text of the pages that are not optional."""
    pages = (entry.page for entry in entries if entry.caption != OPTIONAL)
    return "\n\n".join((HEAD.rstrip(), *(_shortened(docs, page, base) for page in pages))) + "\n"


def _shortened(docs: Path, page: str, base: str | None) -> str:
    """Return a page under its address, without what other pages and tables say too."""
    title, *rest = plain(_read(docs, page), None).rstrip().split("\n## ")
    text = "\n## ".join((title, *(part for part in rest if _is_kept(page, part)))).rstrip()
    head, _, body = text.partition("\n")
    return f"{head}\n\n<{base or ''}{page}.html>\n{body}"


def _is_kept(page: str, section: str) -> bool:
    if page.startswith("datasets/") and page != "datasets/index":
        return section.startswith(KEPT)
    return not section.startswith(DROPPED.get(page, ("\n",)))


def _page(docs: Path, page: str, base: str | None) -> str:
    return plain(_read(docs, page), _addresses(page, base))


def _addresses(page: str, base: str | None) -> Callable[[str], str]:
    """Return what turns the links of a page into addresses of the site."""

    def turned(target: str) -> str:
        path, hash_, place = target.partition("#")
        whole = normpath(join(dirname(page), path))
        if whole.startswith(".."):  # A file of the repository that is no page.
            return target
        found = f"{whole.removesuffix('.md')}.html" if whole.endswith(".md") else whole
        start = base or "../" * page.count("/")
        return f"{start}{found}{hash_}{place}"

    return turned
