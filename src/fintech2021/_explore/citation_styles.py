"""A work in the style of a bibliography: BibTeX, CSL-JSON, APA, GB/T 7714, or plain words."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from fintech2021._explore.cited import AUTHOR, TITLE_EN, TITLE_ZH, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["STYLES", "csl"]


def _plain(work: Work) -> str:
    year = work.year if work.published_on else f"{work.year}, in preparation"
    return f"{AUTHOR} ({year}): {work.title_en}. {_within(work)}. {work.note}"


def _within(work: Work) -> str:
    """Say which table of which edition, or which edition."""
    if not work.part:
        return f"Edition {work.edition}"
    dataset, *cell = work.part
    said = ", ".join((f"Dataset {dataset} {work.version}", *cell))
    return f"{said}; fintech2021, edition {work.edition}"


def _bibtex(work: Work) -> str:
    """Return an entry of a type that every style of BibTeX knows; it is UTF-8."""
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{_tex(work.title_en)}}}",
        "year": work.year,
        "version": work.version,
        "howpublished": _tex(_within(work)),
        **({} if work.published_on else {"pubstate": "inpreparation"}),
        "note": _tex(work.note),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{work.key},\n{lines}}}"


def _tex(text: str) -> str:
    r"""Return a text that TeX prints as it is.

    >>> print(_tex("a_b & 5 %"))
    a\_b \& 5 \%
    """
    return re.sub(r"[\\{}$&#%_^~]", lambda found: _TEX.get(found[0], rf"\{found[0]}"), text)


_TEX = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


def _csl_json(work: Work) -> str:
    return json.dumps([csl(work)], ensure_ascii=False, indent=2)


def csl(work: Work) -> dict[str, Any]:
    """Return an item of CSL, which Zotero, pandoc and word processors read."""
    days = [int(part) for part in (work.published_on or work.year).split("-")]
    item = {
        "id": work.key,
        "type": "dataset",
        "author": [{"literal": AUTHOR}],
        "title": work.title_en,
        "container-title": f"fintech2021, edition {work.edition}" if work.part else "",
        "version": work.version,
        "number": ", ".join(work.part),
        "issued": {"date-parts": [days]},
        "status": "" if work.published_on else "in preparation",
        "note": work.note,
    }
    return {name: value for name, value in item.items() if value}


def _apa(work: Work) -> str:
    """Return a reference of APA, 7th edition, for a data set."""
    whole = f" In {TITLE_EN} (Version {work.edition})." if work.part else ""
    part = f"{', '.join(work.part)}; " if work.part else ""
    number = f"{part}Version {work.version}"
    return f"{AUTHOR}. ({work.year}). {work.title_en} ({number}) [Data set].{whole}"


def _gbt7714(work: Work) -> str:
    """Return a reference of GB/T 7714, numeric system; ``DS`` stands for a data set."""
    edition = f"{TITLE_ZH}. {work.edition}版. {work.year}."
    if not work.part:
        return f"{AUTHOR}. {edition.replace('. ', '[DS]. ', 1)}"
    dataset, *cell = work.part
    part = "，".join((f"{dataset} {work.version}", *cell))
    return f"{AUTHOR}. {work.title_zh}：{part}[DS]//{AUTHOR}. {edition}"


STYLES: Mapping[str, Callable[[Work], str]] = {
    "plain": _plain,
    "bibtex": _bibtex,
    "csl": _csl_json,
    "apa": _apa,
    "gbt7714": _gbt7714,
}
"""What writes each style."""
