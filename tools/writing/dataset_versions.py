"""What the page of a dataset says of its versions and how each differs from the one before."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from fintech2021._core import catalog
from fintech2021._core.words import word
from fintech2021._versions.difference import diff
from tools.writing.markdown import prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fintech2021._core.descriptor import Descriptor
    from fintech2021._versions.difference import Difference
    from tools.writing.languages import Language

__all__ = ["versions"]

MOST = 8
"""How many names are said."""


def versions(found: Descriptor, language: Language) -> str:
    """Return a list of the versions, the newest first."""
    steps = [("", found.versions[0]), *pairwise(found.versions)]
    return "\n".join(
        line for old, new in reversed(steps) for line in _version(found.name, old, new, language)
    )


def _version(name: str, old: str, new: str, language: Language) -> Iterator[str]:
    it = catalog.load_descriptor(name, {"this page": new})
    rows = language.of(f"{it.rows} rows", f"{it.rows}行")
    named = language.of(", ", "、").join(_editions(name, new))
    edition = language.of(f"edition {named}", f"版次{named}")
    yield f"- **{new}** · {edition} · {rows}"
    if old:
        yield from (f"    - {line}" for line in _changes(diff(name, old, new), language))
    if it.superseded and language.code == "en":
        yield f"    - superseded: {prose(it.superseded)}"
    yield f"    - SHA-256 `{it.sha256}`"


def _editions(name: str, version: str) -> Iterator[str]:
    """Yield the editions that name a version."""
    for edition in catalog.editions().values():
        if edition.datasets.get(name) == version:
            yield edition.name


def _changes(found: Difference, language: Language) -> Iterator[str]:
    """Yield what is new since the version before."""
    sign = language.of(": ", "：")
    said = [f"{what}{sign}{which}" for what, which in _parts(found, language)]
    step = word(found.step.name.lower(), language.code)
    since = language.of(f"{step} step from {found.old}", f"相对{found.old}为{step}变动")
    nothing = word("descriptions or provenance only", language.code)
    yield f"{since}{sign}{language.of('; ', '；').join(said or [nothing])}"


def _parts(found: Difference, language: Language) -> Iterator[tuple[str, str]]:
    kinds = {
        ("columns added", "新增列"): found.columns_added,
        ("columns removed", "删除列"): found.columns_removed,
        ("columns with another meaning", "含义改变的列"): found.columns_changed,
        ("rows added", "新增行"): found.rows_added,
        ("rows removed", "删除行"): found.rows_removed,
    }
    for what, names in kinds.items():
        if names:
            yield language.of(*what), f"{len(names)} ({_some(names, language)})"
    if found.changed:
        by_column = Counter(change.column for change in found.changed).most_common()
        said = ", ".join(f"`{column}` {number}" for column, number in by_column)
        yield language.of("cells changed", "修改的单元格"), f"{len(found.changed)} ({said})"


def _some(names: Iterable[str], language: Language) -> str:
    """Return the first few names, and how many more there are."""
    every = [f"`{prose(name)}`" for name in names]
    more = len(every) - MOST
    rest = language.of(f" and {more} more", f"等，另有{more}个") if more > 0 else ""
    return ", ".join(every[:MOST]) + rest
