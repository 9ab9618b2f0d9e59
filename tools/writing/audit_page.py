"""What is generated of the page about the audit, in both languages."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from fintech2021._audit.verdict import counts, judgements
from fintech2021._core import catalog
from fintech2021._core.rows import by_key
from fintech2021._versions import pins
from fintech2021.tables.claims import Asserter, ClaimKind
from fintech2021.tables.vocabulary import VerdictKind
from tools.writing.languages import Language
from tools.writing.markdown import blocks, cell, disclosed, place, table
from tools.writing.numbers import compact, interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fintech2021._audit.verdict import Judgement

__all__ = ["edition", "parts"]


def parts(language: Language) -> dict[str, str]:
    """Return what stands between the marks of the page."""
    return {
        "summary": blocks(
            edition(language),
            table(
                language.of(
                    ("Claims", "hold", "fail", "cannot fail", "in all"),
                    ("命题", "成立", "不成立", "无法证伪", "合计"),
                ),
                _summary(language),
            ),
        ).strip(),
        "fails": "\n\n".join(_explained(VerdictKind.FAILS, language)),
        "vacuous": "\n\n".join(_explained(VerdictKind.VACUOUS, language)),
        "claims": "\n\n".join(_by_kind(language)),
    }


@cache
def _claims() -> Mapping[str, Mapping[str, str]]:
    return by_key(pins.requested("claims"))


def edition(language: Language) -> str:
    """Return the edition of which a page speaks."""
    newest = catalog.default_edition()
    status = language.of(newest.status, {"draft": "草稿"}.get(newest.status, "已发布"))
    return language.of(f"Edition {newest.name} ({status}).", f"数据版次{newest.name}（{status}）。")


VERDICTS = (VerdictKind.HOLDS, VerdictKind.FAILS, VerdictKind.VACUOUS)
_WHO = {
    Asserter.REPORT: ("that the report asserts", "报告提出的"),
    Asserter.LIBRARY: ("that this library asserts of its own tables", "本库就自身表格提出的"),
}


def _summary(language: Language) -> Iterator[tuple[object, ...]]:
    """Yield how many claims hold, fail and cannot fail, apart by who asserts them."""
    counted = counts(judgements())
    for by in Asserter:
        numbers = [counted[by][verdict] for verdict in VERDICTS]
        yield (language.of(*_WHO[by]), *numbers, sum(numbers))


def _explained(verdict: VerdictKind, language: Language) -> Iterator[str]:
    """Yield the claims of a verdict, those together that one erratum explains."""
    judged = [found for found in judgements() if found.verdict == verdict]
    for errata, group in groupby(judged, lambda found: tuple(_errata(found.claim_id))):
        told = [line for found in group for line in _told(found, language)]
        yield "- " + "<br>\n  ".join([*told, *(_reason(key, language) for key in errata)])


def _told(found: Judgement, language: Language) -> tuple[str, str]:
    """Return a claim in words, and both of its sides."""
    claim = _claims()[found.claim_id]
    printed = interval(found.printed_low, found.printed_high, language)
    computed = interval(found.computed_low, found.computed_high, language)
    return (
        f"**{_statement(claim, language)}** {_linked(found.claim_id)}",
        language.of("printed {}, computed {}, {}; {}", "所印值：{}；计算值：{}；{}；{}").format(
            printed, computed, _outcome(found, language), _lines(claim["lines"], language)
        ),
    )


def _linked(claim_id: str) -> str:
    return f"[`{claim_id}`]({place('claims', claim_id)})"


def _outcome(found: Judgement, language: Language) -> str:
    """Return how far both sides are apart, or what becomes of a claim that cannot fail."""
    if found.verdict is VerdictKind.VACUOUS:
        exact = _label(found.verdict_unhedged, language)
        return language.of(f"taken exactly it {exact}", f"按精确数字计：{exact}")
    distance = compact(found.distance, language)
    return language.of(f"{distance} apart", f"相差：{distance}")


def _label(entry: VerdictKind | ClaimKind, language: Language) -> str:
    return language.of(entry.label_en, entry.label_zh)


def _statement(claim: Mapping[str, str], language: Language) -> str:
    return cell(language.of(claim["statement_en"], claim["statement_zh"]))


MOST_LINES = 3


def _lines(text: str, language: Language) -> str:
    """Return the lines in words."""
    word = language.of("lines " if ";" in text else "line ", "行号：")
    return f"{word}{_few(text, language)}"


def _few(text: str, language: Language) -> str:
    """Return some lines, of many only the first and the last."""
    lines = text.split(";")
    few = language.of(", ", "、").join(lines)
    return few if len(lines) <= MOST_LINES else f"{lines[0]} … {lines[-1]}"


def _errata(claim_id: str) -> Mapping[str, Mapping[str, str]]:
    """Return the errata that rest on a claim."""
    listed = by_key(pins.requested("errata")).items()
    return {key: row for key, row in listed if claim_id in row["claim_ids"].split(";")}


def _reason(key: str, language: Language) -> str:
    erratum = by_key(pins.requested("errata"))[key]
    reason = cell(language.of(erratum["reason_en"], erratum["reason_zh"]))
    return f"{reason} [`{key}`]({place('errata', key)})"


_HEADS = {
    Asserter.REPORT: ("### Asserted by the report", "### 报告提出的命题"),
    Asserter.LIBRARY: ("### Asserted by this library", "### 本库提出的命题"),
}


def _by_kind(language: Language) -> Iterator[str]:
    """Yield all claims by kind, those of each asserter together."""
    for by in Asserter:
        ours = [found for found in judgements() if _claims()[found.claim_id]["asserted_by"] == by]
        yield language.of(*_HEADS[by])
        for kind in ClaimKind:
            group = [found for found in ours if _claims()[found.claim_id]["kind"] == kind]
            if group:
                yield disclosed(_title(kind, group, language), _listed(group, language))


def _title(kind: ClaimKind, group: Sequence[Judgement], language: Language) -> str:
    """Return what a group of claims is about, and how many of them hold and do not."""
    counted = Counter(found.verdict for found in group)
    said = language.of(", ", "，").join(
        language.of(
            f"{counted[verdict]} {_VERBS[verdict]}", f"{counted[verdict]}项{verdict.label_zh}"
        )
        for verdict in VERDICTS
        if counted[verdict]
    )
    label = f"<strong>{_label(kind, language)}</strong>"
    return language.of(f"{label}: {len(group)} ({said})", f"{label}：{len(group)}项（{said}）")


_VERBS = {
    VerdictKind.HOLDS: "hold",
    VerdictKind.FAILS: "fail",
    VerdictKind.VACUOUS: "cannot fail",
}
_FAILING_FIRST = (VerdictKind.FAILS, VerdictKind.VACUOUS, VerdictKind.HOLDS)


def _listed(group: Sequence[Judgement], language: Language) -> str:
    ordered = sorted(group, key=lambda found: _FAILING_FIRST.index(found.verdict))
    headings = language.of(("Claim", "Lines", "Verdict"), ("命题", "行号", "结论"))
    return table(headings, (_entry(found, language) for found in ordered))


def _entry(found: Judgement, language: Language) -> tuple[str, ...]:
    claim = _claims()[found.claim_id]
    statement = f"{_statement(claim, language)} {_linked(found.claim_id)}"
    return statement, _few(claim["lines"], language), _label(found.verdict, language)
