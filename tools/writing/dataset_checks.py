"""What the page of a dataset says of its faults: errata, claims and cross-checks that touch it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fintech2021._core import catalog
from fintech2021._core.rows import by_key
from fintech2021._core.words import word
from fintech2021._explore.units import unit_in_words
from tools.site.shown import grouped
from tools.writing.markdown import blocks, disclosed, first_entries, prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fintech2021._core.descriptor import Column, Descriptor
    from tools.writing.languages import Language

__all__ = ["claims", "cross_checks", "errata"]

MOST = 25
"""How many errata, or claims that hold, are told one by one; of more the page has the names."""


def errata(found: Descriptor, language: Language) -> str:
    """Return the errata that concern cells of a dataset, or nothing."""
    listed = catalog.load_descriptor("errata")
    links = by_key(catalog.load_descriptor("erratum_cells")).values()
    concerned = {link["erratum_id"] for link in links if link["dataset"] == found.name}
    rows = [row for name, row in by_key(listed).items() if name in concerned]
    if not rows:
        return ""
    head = language.of(f"## Errata that touch it: {len(rows)}", f"## 相关勘误：{len(rows)}条")
    kinds = listed.column("kind")
    if len(rows) > MOST:
        return blocks(head, _read_there(language), _by_kind(rows, kinds, language)).rstrip()
    entries = [_erratum(row, kinds, language) for row in rows]
    return blocks(head, first_entries(entries, language)).rstrip()


def _read_there(language: Language) -> str:
    return language.of(
        "By kind; what each says, and in which line: [all errata](errata.md).",
        "按类别列出；各条内容与行号见[勘误](errata.md)。",
    )


def _by_kind(rows: list[Mapping[str, str]], kinds: Column, language: Language) -> str:
    """Return the names of many errata, the most frequent kind first."""
    frequent = Counter(row["kind"] for row in rows).most_common()
    return "\n".join(
        f"- {_label(kinds, kind, language)}{language.of(f' ({count}): ', f'（{count}）：')}"
        + _names("errata", [row["erratum_id"] for row in rows if row["kind"] == kind], language)
        for kind, count in frequent
    )


def _names(dataset: str, names: list[str], language: Language) -> str:
    """Return links to rows of a dataset in one line."""
    return language.of(", ", "、").join(f"[{name}]({dataset}.md#{name})" for name in names)


def _erratum(row: Mapping[str, str], kinds: Column, language: Language) -> str:
    kind = _label(kinds, row["kind"], language)
    line = language.of(f"line {row['line']}", f"第{row['line']}行")
    said = prose(language.of(row["reading_en"], row["reading_zh"]))
    name = row["erratum_id"]
    start = f"- [`{name}`](errata.md#{name})"
    return language.of(f"{start} ({line}, {kind}): {said}", f"{start}（{line}，{kind}）：{said}")


def _label(column: Column, value: str, language: Language) -> str:
    return language.of(column.labels_en[value], column.labels[value])


def claims(found: Descriptor, language: Language) -> str:
    """Return the claims of the audit that use cells of a dataset, those that fail first."""
    listed = by_key(catalog.load_descriptor("claims"))
    rows = [row for row in listed.values() if found.name in _used(row)]
    if not rows:
        return ""
    verdicts = _verdicts()
    failing = sum(verdicts[row["claim_id"]] == "fails" for row in rows)
    failed = "fails" if failing == 1 else "fail"
    head = language.of(
        f"## Claims of the audit that use it: {len(rows)}, of which {failing} {failed}",
        f"## 审计中用到它的命题：{len(rows)}条，其中{failing}条不成立",
    )
    return blocks(head, *_claims(rows, failing, language)).rstrip()


def _claims(rows: list[Mapping[str, str]], failing: int, language: Language) -> Iterator[str]:
    """Yield the claims, of those that hold only the names where they are many."""
    verdicts = _verdicts()
    order = sorted(rows, key=lambda row: verdicts[row["claim_id"]] != "fails")
    told = {row["claim_id"]: _claim(row, verdicts[row["claim_id"]], language) for row in order}
    holding = [name for name in told if verdicts[name] == "holds"]
    if len(holding) <= MOST:
        yield first_entries([*told.values()], language, max(failing, 4))
        return
    yield "\n".join(told[name] for name in told if verdicts[name] != "holds")
    yield _holding(holding, language)


def _holding(names: list[str], language: Language) -> str:
    """Return the names of many claims that hold; what they say stands in the table of claims."""
    count = len(names)
    title = language.of(f"{count} hold", f"{count}条成立")
    return disclosed(title, _names("claims", names, language))


def _used(row: Mapping[str, str]) -> set[str]:
    """Return the datasets whose cells a claim uses."""
    return {each.split()[0] for each in row["versions"].split(";")}


def _verdicts() -> dict[str, str]:
    rows = by_key(catalog.load_descriptor("verdicts"))
    return {name: row["verdict"] for name, row in rows.items()}


def _claim(row: Mapping[str, str], verdict: str, language: Language) -> str:
    column = catalog.load_descriptor("verdicts").column("verdict")
    label = _label(column, verdict, language)
    said = prose(language.of(row["statement_en"], row["statement_zh"]))
    name, sign = row["claim_id"], language.of(": ", "：")
    link = f"[`{name}`](claims.md#{name})"
    return f"- **{label}**{sign}{said}{language.of(f' ({link})', f'（{link}）')}"


def cross_checks(found: Descriptor, language: Language) -> str:
    """Return how many cells were held against public pages, and those that differ."""
    listed = catalog.load_descriptor("cross_checks")
    rows = [row for row in by_key(listed).values() if row["dataset"] == found.name]
    if not rows:
        return ""
    head = language.of("## Held against public pages", "## 与公开网页核对")
    unlike = [row for row in rows if row["verdict"] != "agrees"]
    entries = [_check(row, language) for row in unlike]
    return blocks(head, _counted(rows, language), first_entries(entries, language, 12)).rstrip()


SAID = {
    "agrees": ("agrees", "agree"),
    "differs": ("differs", "differ"),
    "other_scope": ("means something else", "mean something else"),
}
"""What one cell does, and what several do."""


def _counted(rows: list[Mapping[str, str]], language: Language) -> str:
    counts = Counter(row["verdict"] for row in rows).most_common()
    said = language.of(
        ", ".join(f"{count} {SAID[verdict][count > 1]}" for verdict, count in counts),
        "，".join(f"{word(verdict, 'zh')} {count}" for verdict, count in counts),
    )
    return language.of(
        f"{_cells(len(rows))}: {said}. See [Beside the world](../beside-the-world.md).",
        f"{len(rows)}个报告所载单元格：{said}。全部结果见[外部核对](../beside-the-world.md)。",
    )


def _cells(count: int) -> str:
    return f"{count} printed cell{'s' * (count > 1)}"


def _check(row: Mapping[str, str], language: Language) -> str:
    key, column = row["key"], row["column"]
    verdict = word(row["verdict"], language.code).replace("_", " ")
    both = [_figure(row[name], row["unit"], language) for name in ("printed_value", "public_value")]
    reading = prose(language.of(row["reading"], row["reading_zh"]))
    place = f"- [`{key}` `{column}`]({row['dataset']}.md#{key}/{column})"
    return language.of(
        f"{place}, {verdict}: the report has {both[0]}, public pages {both[1]}. {reading}",
        f"{place}，{verdict}：报告为{both[0]}，公开网页为{both[1]}。{reading}",
    )


def _figure(value: str, unit: str, language: Language) -> str:
    """Return a value with its unit, its thousands parted."""
    words = unit_in_words(unit, language.code) or unit
    joint = "" if words == "%" else " "
    items = value.replace(";", language.of("; ", "、"))
    return prose(f"{grouped(value)}{joint}{words}" if unit else items)
