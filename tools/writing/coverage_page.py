"""What is generated of the page about coverage, in both languages."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from fintech2021.tables.source_tokens import TokenKind
from tools.writing.audit_page import edition
from tools.writing.languages import Language
from tools.writing.markdown import cell, table
from tools.writing.report import chapters, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tools.writing.report import Chapter

__all__ = ["REASONS", "parts"]


def parts(language: Language) -> dict[str, str]:
    """Return what stands between the marks of the page."""
    return {
        "total": _total(language),
        "kinds": table(
            language.of(
                ("Kind", "Held by a cell", "Explained", "In all"),
                ("类别", "对应单元格", "已作说明", "合计"),
            ),
            _by_kind(language),
        ),
        "explained": table(
            language.of(("What it is", "Numbers", "Lines"), ("说明", "数字", "行号")),
            _by_reason(language),
        ),
        "sections": "\n".join(_by_section(language)),
    }


def _tied() -> int:
    return sum(bool(token["dataset"]) for token in tokens())


def _total(language: Language) -> str:
    every, tied = len(tokens()), _tied()
    return edition(language) + language.of(
        f" Of {every} numbers in the text {tied} are held by a cell and {every - tied} explained: "
        f"{every} of {every}.",
        f"原文共{every}个数字，其中{tied}个对应单元格，{every - tied}个已作说明，合计{every}/{every}。",
    )


def _by_kind(language: Language) -> Iterator[tuple[object, ...]]:
    """Yield how many tokens of each kind are tied and explained, and how many there are of all."""
    counted = Counter((token["kind"], bool(token["dataset"])) for token in tokens())
    for kind in TokenKind:
        tied, explained = counted[kind, True], counted[kind, False]
        if tied + explained:
            label = language.of(kind.label_en, kind.label_zh)
            yield label, tied, explained, tied + explained
    every, tied = len(tokens()), _tied()
    yield language.of("all", "合计"), tied, every - tied, every


def _by_reason(language: Language) -> Iterator[tuple[object, ...]]:
    """Yield every reason why no cell holds a token, the most frequent first."""
    lines: dict[str, list[str]] = defaultdict(list)
    for token in tokens():
        if not token["dataset"]:
            lines[token["reason"]].append(token["line"])
    for reason, found in sorted(lines.items(), key=lambda pair: -len(pair[1])):
        told = language.of(reason, REASONS[reason])
        yield cell(told), len(found), language.of(", ", "、").join(dict.fromkeys(found))


def _by_section(language: Language) -> Iterator[str]:
    """Yield what numbers there are in each section that has some."""
    for chapter in chapters():
        if chapter.tokens:
            yield _entry(chapter, language)


def _entry(chapter: Chapter, language: Language) -> str:
    """Return how many numbers a section has, of each kind, and how many no cell holds."""
    kinds = Counter(token["kind"] for token in chapter.tokens)
    head = chapter.headed(language.of(chapter.section.en, chapter.section.zh), language)
    told = [
        language.of(f"{kinds[kind]} {en}", f"{zh}{kinds[kind]}")
        for kind, en, zh in _KINDS
        if kinds[kind]
    ]
    explained = len(chapter.tokens) - chapter.tied
    said = language.of(f"{head} ({', '.join(told)})", f"{head}（{'、'.join(told)}）")
    rest = language.of(f", of which {explained} explained only", f"，其中{explained}个仅作说明")
    return f"{said}{rest if explained else ''}"


_KINDS = (
    (TokenKind.VALUE, "of values", "数值"),
    (TokenKind.DATE, "of dates", "日期"),
    (TokenKind.NAME, "in names", "名称"),
    (TokenKind.PASSAGE, "of times", "时间"),
)


REASONS: Mapping[str, str] = {
    "years that the paragraph speaks about; they date no cell": "段落所述的年份，不为任何单元格标明时间",
    "5G, name of a mobile network generation": "5G，移动通信网络的代际名称",
    "years that the slide speaks about; they date no cell": "页面所述的年份，不为任何单元格标明时间",
    "1+1+N, name of an ecosystem": "1+1+N，生态体系的名称",
    "4.0, name of an era of fintech": "4.0，金融科技时代的名称",
    "years that the report looks back on; they date no cell": "报告回顾的年份，不为任何单元格标明时间",
    "1+9, name of a framework; what is counted is not said": "1+9，框架名称，未说明所数为何",
    "years that the chapter speaks about; they date no cell": "章节所述的年份，不为任何单元格标明时间",
    "2+3, name of a rolling strategy": "2+3，滚动战略的名称",
    "year from which the report looks ahead; it dates no cell": "报告展望的起始年份，不为任何单元格标明时间",
    "year that the report looks ahead to; it dates no cell": "报告展望的年份，不为任何单元格标明时间",
    "year that sandbox progress is compared with; no figure is stated": "沙箱进展的比较年份，未给出数字",
    "360 DigiTech, name of a company": "360数科，公司名称",
    "year with which the number of AI deals was level; no figure is stated": "人工智能融资笔数与之持平的年份，未给出数字",
    "year whose AI funding is exceeded; the comparison states no figure": "人工智能融资额超过的年份，未给出比较数字",
    "4G, name of a mobile network generation": "4G，移动通信网络的代际名称",
    "year in the title of a white paper on open banking": "开放银行白皮书标题中的年份",
    "a time of which the passage speaks": "段落所述的时间",
    "12306, name of the railway's ticketing platform": "12306，铁路购票平台的名称",
    "year of the pandemic, which the forecast growth of insurers' technology spending only follows": "疫情所在年份，保险业科技投入的预测增长只是在其之后",
    "T+0, settlement on the same day": "T+0，当日结算",
    "house number in an address": "地址中的门牌号",
}
"""The reasons of the ledger in Chinese: the ledger itself has them in English only."""
