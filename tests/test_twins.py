"""Every Chinese page says what its English twin says: the same headings, code, tables and links."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tools.writing.languages import CHINESE, ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
TOLD_TWICE = (
    "index", "tutorial", "versions", "pin-a-project", "provenance", "agreement", "validation",
    "for-test-authors", "find-and-label", "cite", "export", "from-2026.2-to-2026.3", "audit",
    "beside-the-world", "for-teachers", "report-map", "coverage", "charts", "policy",
    "datasets/index",
)  # fmt: skip
"""The pages that are there in both languages, beside those of the datasets."""


class Twins(NamedTuple):
    """Two files that say the same, by their paths in the repository."""

    english: str
    chinese: str

    def texts(self) -> tuple[str, str]:
        """Return what they say."""
        one, other = ((ROOT / path).read_text("utf-8") for path in self)
        return one, other


def _pairs() -> Iterator[Twins]:
    yield Twins(ENGLISH.readme, CHINESE.readme)
    folder = ROOT / CHINESE.pages
    for page in sorted(folder.glob("**/*.md")):
        name = page.relative_to(folder).as_posix()
        yield Twins(f"{ENGLISH.pages}/{name}", f"{CHINESE.pages}/{name}")


PAIRS = list(_pairs())
EVERY = pytest.mark.parametrize("twins", PAIRS, ids=lambda twins: twins.chinese)
# Those of the datasets are generated, and in Chinese show a frame with Chinese labels besides.
BY_HAND = pytest.mark.parametrize(
    "twins",
    [twins for twins in PAIRS if "/datasets/" not in twins.chinese],
    ids=lambda twins: twins.chinese,
)

FENCE = re.compile(r"^```([^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
HAN = re.compile("[\u4e00-\u9fff]")
TOKEN = re.compile(r""""[^"\n]*"|'[^'\n]*'|\w+|[^\w\s]""")
OF_A_LANGUAGE = re.compile(
    r""", (?:lang=|style=)?"(?:en|zh|gbt7714|apa|plain)"|(?<=\()"(?:en|zh)"(?=\))"""
    r"""| --(?:lang|style) [\w-]+|_(?:en|zh)\b"""
)


def headings(text: str) -> list[int]:
    """Return the level of each heading."""
    return [len(marks) for marks in re.findall(r"^(#+) ", FENCE.sub("", text), re.MULTILINE)]


def tables(text: str) -> list[int]:
    """Return the number of cells in each row of each table."""
    rows = re.findall(r"^\|.*\|$", FENCE.sub("", text), re.MULTILINE)
    return [row.replace(r"\|", "").count("|") for row in rows]


def blocks(text: str) -> list[tuple[str, str]]:
    """Return each block of code: its language and what is run of it.

    The menu is no code, and what stands in other directives is for readers of the repository.
    """
    found = ((kind, body) for kind, body in FENCE.findall(text) if kind != "{toctree}")
    return [(kind, "" if kind.startswith("{") else run(body)) for kind, body in found]


def run(body: str) -> str:
    """Return a block without what it prints, says beside the code, or says in one language."""
    lines = re.findall(r"^(?:>>>|\.\.\.(?= )|\$) ?(.*)$", body, re.MULTILINE) or body.splitlines()
    return OF_A_LANGUAGE.sub("", "\n".join(re.sub(r"(?:^|\s+)# .*$", "", line) for line in lines))


def alike(one: str, other: str) -> bool:
    """Tell whether two programs are the same but for texts in Chinese."""
    these, those = TOKEN.findall(one), TOKEN.findall(other)
    return len(these) == len(those) and all(map(_same, these, those))


def _same(one: str, other: str) -> bool:
    return one == other or bool(HAN.search(one + other))


def leading_astray(path: str) -> list[str]:
    """Return the links of a Chinese page to English ones that have a twin."""
    here = (ROOT / path).parent
    targets = {
        link: (here / link).resolve() for link in LINK.findall((ROOT / path).read_text("utf-8"))
    }
    english = {link: to for link, to in targets.items() if to.is_relative_to(ROOT / ENGLISH.pages)}
    return [link for link, to in english.items() if _twin(to).exists() and to.suffix == ".md"]


def unannounced(path: str) -> list[str]:
    """Return the links of a Chinese page to English ones behind which it does not say so."""
    outside = re.compile(r"\]\(((?:\.\./|docs/(?!zh/))[^)]*\.md[^)]*)\)(.*)")
    found = map(outside.search, (ROOT / path).read_text("utf-8").splitlines())
    return [each[1] for each in found if each and "英文" not in each[2]]


def _twin(page: Path) -> Path:
    name = page.relative_to(ROOT / ENGLISH.pages)
    return ROOT / CHINESE.pages / (name if name.parts[0] != "zh" else "no twin of a twin")


@pytest.mark.parametrize("name", TOLD_TWICE)
def test_a_page_for_everybody_is_there_in_both_languages(name: str) -> None:
    for language in (ENGLISH, CHINESE):
        assert (ROOT / language.pages / f"{name}.md").is_file()


def test_every_page_of_a_dataset_is_there_in_both_languages() -> None:
    english, chinese = (
        {page.name for page in (ROOT / language.pages / "datasets").glob("*.md")}
        for language in (ENGLISH, CHINESE)
    )
    assert english == chinese


@EVERY
def test_a_chinese_page_has_a_twin(twins: Twins) -> None:
    assert (ROOT / twins.english).is_file()


@EVERY
def test_twins_have_the_same_headings(twins: Twins) -> None:
    english, chinese = map(headings, twins.texts())
    assert english == chinese


@EVERY
def test_twins_have_the_same_tables(twins: Twins) -> None:
    english, chinese = map(tables, twins.texts())
    assert english == chinese


@BY_HAND
def test_twins_run_the_same_code(twins: Twins) -> None:
    english, chinese = map(blocks, twins.texts())
    assert [kind for kind, _ in english] == [kind for kind, _ in chinese]
    both = zip(english, chinese, strict=True)
    assert [(one, other) for (_, one), (_, other) in both if not alike(one, other)] == []


@EVERY
def test_chinese_pages_lead_to_chinese_pages(twins: Twins) -> None:
    assert leading_astray(twins.chinese) == []


@BY_HAND
def test_a_chinese_page_says_which_pages_are_in_english(twins: Twins) -> None:
    assert unannounced(twins.chinese) == []


def test_a_program_in_another_language_is_the_same_program() -> None:
    english = '>>> ft.labelled(banks, "en").head()\n  Bank\n>>> bank.name_en  # A name.\n'
    chinese = '>>> ft.labelled(banks, "zh").head()\n  银行\n>>> bank.name_zh  # 名称\n'
    assert run(english) == run(chinese)
    assert alike('ft.find("spending", limit=1)', 'ft.find("投入", limit=1)')
    assert run("$ fintech2021 lock --lang zh\nprinted\n") == "fintech2021 lock"


def test_another_program_is_not() -> None:
    assert not alike('ft.find("spending", limit=1)', 'ft.find("投入", limit=2)')
    assert not alike("banks.head()", "banks.head().T")
    assert headings("# One\n## Two\n") != headings("# 一\n# 二\n")
    assert tables("| a | b |\n") != tables("| 甲 |\n")
