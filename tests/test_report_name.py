"""The report is called by the same name wherever it is called by one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import fintech2021

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = "2021 report on fintech and digital inclusive finance in China"
CHINESE = "2021年中国金融科技与数字普惠金融报告"
WHOLE_ENGLISH = f"{ENGLISH} (text of early 2022)"
WHOLE_CHINESE = f"「{CHINESE}（2022年初的文本）」"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "CITATION.cff"])
MODULES = sorted(ROOT.glob("src/fintech2021/**/*.py"))


def _words(text: str) -> str:
    """Return a text in one line, as what is broken in two lines is one name all the same."""
    return re.sub(r"""["\s]+""", " ", text)


def _read(path: Path) -> str:
    return _words(path.read_text("utf-8"))


def _introduction(page: str) -> str:
    """Return the first 400 characters below the title of a page."""
    return _words((ROOT / page).read_text("utf-8").partition("\n# ")[2] or _read(ROOT / page))[:400]


@pytest.mark.parametrize("page", ["README.md", "docs/index.md", "DATA-LICENSE.md"])
def test_a_page_that_introduces_the_library_begins_with_the_name(page: str) -> None:
    assert WHOLE_ENGLISH in _introduction(page)


@pytest.mark.parametrize("page", ["README.zh.md", "docs/zh/index.md"])
def test_a_chinese_page_that_introduces_the_library_begins_with_the_name(page: str) -> None:
    assert WHOLE_CHINESE in _introduction(page)


def test_the_package_describes_itself_by_the_name() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert WHOLE_ENGLISH in project["description"]
    assert WHOLE_ENGLISH in (fintech2021.__doc__ or "")


def test_the_command_line_describes_itself_by_the_name() -> None:
    from fintech2021._cli.app import cli

    assert WHOLE_ENGLISH in _words(cli.help or "")


OTHER = re.compile(
    r"2021 report on .{40}|report of (?:early )?20\d\d on .{40}"
    r"|20\d\d ?年[^，。；|]{0,12}金融科技[^，。；|]{0,12}报告"
)


def other_names(text: str) -> list[str]:
    """Return by which other names a text calls the report."""
    return OTHER.findall(text.replace(ENGLISH, "").replace(CHINESE, ""))


@pytest.mark.parametrize("files", [PAGES, MODULES], ids=["pages", "modules"])
def test_no_other_name_is_given(files: list[Path]) -> None:
    found = {str(path.relative_to(ROOT)): other_names(_read(path)) for path in files}
    assert {path: names for path, names in found.items() if names} == {}


def test_another_name_is_seen() -> None:
    assert other_names("a report of early 2022 on fintech and digital inclusive finance in China")
    assert other_names(
        "Figures of a 2021 report on fintech in China, as versioned, validated tables"
    )
    assert other_names("一份2021年的中国金融科技报告")
    assert not other_names(f"of a {WHOLE_ENGLISH}, 即{WHOLE_CHINESE}")
