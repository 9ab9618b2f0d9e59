"""What is generated of the page about the world beside the report, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fintech2021._core import catalog
from fintech2021._core.naming import called
from fintech2021._core.rows import by_key
from fintech2021._evidence.places import places
from fintech2021.tables.cross_checks import CheckVerdict
from tools.writing.languages import ENGLISH, Language
from tools.writing.markdown import cell, disclosed, place
from tools.writing.numbers import amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fintech2021._core.descriptor import Descriptor

__all__ = ["parts"]

ORDER = (CheckVerdict.DIFFERS, CheckVerdict.OTHER_SCOPE, CheckVerdict.AGREES)


def parts(language: Language) -> dict[str, str]:
    """Return what stands between the marks of the page."""
    return {
        "counts": _counts(language),
        "differs": "\n\n".join(_blocks(CheckVerdict.DIFFERS, language)),
        "other-scope": "\n\n".join(_blocks(CheckVerdict.OTHER_SCOPE, language)),
        "agrees": "\n\n".join(_by_dataset(language)),
    }


def _having(verdict: CheckVerdict) -> list[Mapping[str, str]]:
    checks = by_key(catalog.load_descriptor("cross_checks")).values()
    return [check for check in checks if check["verdict"] == verdict]


def _counts(language: Language) -> str:
    """Return how many cells there are of each verdict."""
    numbers = {verdict: len(_having(verdict)) for verdict in ORDER}
    said = language.of(", ", "，").join(
        language.of(
            f"{number} `{verdict}` ({verdict.label_en[0].lower()}{verdict.label_en[1:]})",
            f"{number}个`{verdict}`（{verdict.label_zh}）",
        )
        for verdict, number in numbers.items()
    )
    every = sum(numbers.values())
    return language.of(f"{every} printed cells: {said}.", f"共{every}个单元格：{said}。")


def _blocks(verdict: CheckVerdict, language: Language) -> Iterator[str]:
    """Yield a cell and what pages say of it, with the reason and the pages."""
    for check in _having(verdict):
        yield "- " + "<br>\n  ".join(_told(check, language))


def _told(check: Mapping[str, str], language: Language) -> Iterator[str]:
    printed, public = _both(check, language)
    said = language.of(
        f"the report prints {printed}, public pages say {public}",
        f"报告印作{printed}，公开网页为{public}",
    )
    colon = language.of(": ", "：")
    yield f"**{_name(check, language)}**{colon}{said}"
    yield cell(language.of(check["reading"], check["reading_zh"]))
    pages = language.of("; ", "；").join(_pages(check, language))
    yield f"{language.of('Pages', '网页')}{colon}{pages}"
    yield f"{language.of('Cell', '单元格')}{colon}{_place(check, language)}"


def _both(check: Mapping[str, str], language: Language) -> tuple[str, str]:
    """Return the printed and the public value with their unit."""
    printed, public = (
        cell(amount(check[column], check["unit"], language))
        for column in ("printed_value", "public_value")
    )
    return printed, public


def _place(check: Mapping[str, str], language: Language) -> str:
    """Return which cell it is, and the line where it is printed."""
    dataset, key, column = (check[part] for part in ("dataset", "key", "column"))
    line = places(catalog.load_descriptor(dataset))[key, column][0].line
    where = language.of(f", line {line}", f"，第{line}行")
    return f"[`{dataset}` `{cell(key)}` `{column}`]({place(dataset, key, column)}){where}"


def _name(check: Mapping[str, str], language: Language) -> str:
    """Return what a cell is called: its row and its column, unless the row says both."""
    key, column = check["key"], check["column"]
    descriptor = catalog.load_descriptor(check["dataset"])
    names = {**called(descriptor, "en"), **called(descriptor, language.code)}
    about = descriptor.column(column)
    title = language.of(about.title_en, about.title_zh)
    row = cell(names.get(key, key)) + _apart(descriptor, key, language)
    told = language.of(f"{row}, {title[0].lower()}{title[1:]}", f"{row}，{title}")
    return row if column == "value" else told


def _apart(descriptor: Descriptor, key: str, language: Language) -> str:
    """Return what tells a row from others of its name: of which place, which part and when."""
    row = by_key(descriptor)[key]
    told = [row[column] for column in ("region_id", "segment", "period") if row.get(column)]
    if "value" not in row or not told:
        return ""
    words = {**_words(ENGLISH), **_words(language)}
    said = language.of(", ", "，").join(words.get(each, each) for each in told)
    return language.of(f" ({said})", f"（{said}）")


def _words(language: Language) -> Mapping[str, str]:
    """Return the names of regions and the labels of parts."""
    segments = catalog.load_descriptor("observations").column("segment")
    labels = language.of(segments.labels_en, segments.labels)
    return {**labels, **called(catalog.load_descriptor("regions"), language.code)}


def _pages(check: Mapping[str, str], language: Language) -> Iterator[str]:
    """Yield the pages on which a public figure rests, linked where they can be."""
    listed = by_key(catalog.load_descriptor("sources"))
    for source_id in check["source_ids"].split(";"):
        page = listed[source_id]
        publisher = language.of(page["publisher_en"], page["publisher_zh"] or page["publisher_en"])
        told = cell(" ".join(filter(None, (publisher or source_id, page["published_on"]))))
        copied = language.of(" (a copy)", "（转载件）")
        shown = f"[{told}]({page['url']})" if page["url"] else f"{told}{copied}"
        yield f"{shown} `{source_id}`" if source_id in check["reading"] else shown


def _by_dataset(language: Language) -> Iterator[str]:
    """Yield the cells that agree, those of each dataset together."""
    agreeing = _having(CheckVerdict.AGREES)
    for dataset in dict.fromkeys(check["dataset"] for check in agreeing):
        group = [check for check in agreeing if check["dataset"] == dataset]
        found = catalog.load_descriptor(dataset)
        title = f"<strong>{language.of(found.title_en, found.title_zh)}</strong>"
        number = language.of(f"{title}: {len(group)}", f"{title}：{len(group)}个")
        yield disclosed(number, "\n".join(_short(check, language) for check in group))


def _short(check: Mapping[str, str], language: Language) -> str:
    """Return a cell that agrees, with what was weighed, if anything was, and the pages."""
    printed, public = _both(check, language)
    said = language.of(f": printed {printed}, pages {public}", f"：报告{printed}，网页{public}")
    weighed = cell(language.of(check["reading"], check["reading_zh"]))
    pages = language.of("; ", "；").join(_pages(check, language))
    return "<br>\n  ".join(filter(None, (f"- **{_name(check, language)}**{said}", weighed, pages)))
