"""A Chinese page leads on in Chinese, wherever there is a page to lead to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parent.parent / "docs"
CHINESE = DOCS / "zh"
PAGES = sorted(CHINESE.glob("**/*.md"))
LINK = re.compile(r"\]\((?!https?://)([^)#\s]+\.md)")


def english_though_chinese_is_there(page: Path) -> list[str]:
    """Return the links of a page to English pages that have a Chinese twin."""
    links = {link: (page.parent / link).resolve() for link in LINK.findall(page.read_text("utf-8"))}
    return [link for link, target in links.items() if _has_twin(target)]


def _has_twin(target: Path) -> bool:
    if not target.is_relative_to(DOCS) or target.is_relative_to(CHINESE):
        return False
    return (CHINESE / target.relative_to(DOCS)).exists()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHINESE)))
def test_no_link_leads_to_english_where_there_is_chinese(page: Path) -> None:
    assert english_though_chinese_is_there(page) == []


def test_such_a_link_is_seen() -> None:
    assert _has_twin(DOCS / "validation.md")
    assert not _has_twin(CHINESE / "validation.md")
    assert not _has_twin(DOCS / "api" / "index.md")
