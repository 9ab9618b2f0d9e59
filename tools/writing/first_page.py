"""What the first pages say of the datasets: their names by subject."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fintech2021._core import catalog
from tools.writing.languages import LANGUAGES
from tools.writing.markdown import renewed
from tools.writing.subjects import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fintech2021._core.descriptor import Descriptor
    from tools.writing.languages import Language
    from tools.writing.subjects import Subject

__all__ = ["first_pages", "with_subjects"]

MARKS = ("<!-- subjects -->", "<!-- /subjects -->")


def first_pages() -> Mapping[str, Callable[[str], str]]:
    """Return what renews the first page of each language, by its path."""
    return {f"{each.pages}/index.md": _renewing(each) for each in LANGUAGES}


def _renewing(language: Language) -> Callable[[str], str]:
    return lambda text: with_subjects(text, language)


def with_subjects(text: str, language: Language) -> str:
    """Return a page with its list of subjects renewed."""
    return renewed(text, *MARKS, "\n".join(_entry(subject, language) for subject in SUBJECTS))


def _entry(subject: Subject, language: Language) -> str:
    found = map(catalog.load_descriptor, subject.datasets)
    links = (f"[{_called(each, language)}](datasets/{each.name}.md)" for each in found)
    title = language.of(subject.title_en, subject.title_zh)
    return f"- **{title}**  \n  {' · '.join(links)}"


def _called(found: Descriptor, language: Language) -> str:
    """Return what a dataset is called in a list: English names speak for themselves."""
    return language.of(f"`{found.name}`", re.sub("（[^（]*）$", "", found.title_zh))
