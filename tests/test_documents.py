"""The pages that are written by hand: their links, and what they say about the package."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?://)([^)#\s]+)")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    text = re.sub(r"`[^`\n]*`", "", page.read_text("utf-8"))  # What looks like a link in code.
    links = LINK.findall(text)
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_a_readme_names_every_extra_that_users_install(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    extras = PROJECT["optional-dependencies"].keys() - {"bench", "docs"}
    assert [extra for extra in extras if f".[{extra}]" not in text] == []


def test_the_citation_has_the_version_of_the_package() -> None:
    assert f"\nversion: {PROJECT['version']}\n" in (ROOT / "CITATION.cff").read_text("utf-8")


def test_every_public_error_has_a_line_in_the_page_about_errors() -> None:
    from fintech2021 import errors

    text = (ROOT / "docs" / "errors.md").read_text("utf-8")
    assert [name for name in errors.__all__ if f"`{name}" not in text] == []
