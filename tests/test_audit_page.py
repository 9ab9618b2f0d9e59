"""What is generated of the page about the audit, and numbers as its readers see them."""

import re
from decimal import Decimal

import pytest
from tools.writing import audit_page
from tools.writing.languages import CHINESE, ENGLISH, LANGUAGES, Language
from tools.writing.numbers import amount, compact, interval

import fintech2021 as ft
from fintech2021._core.rows import by_key
from fintech2021._versions import pins

VERDICTS = ft.audit()
PARTS = {language: audit_page.parts(language) for language in LANGUAGES}
EACH = pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
ERRATA = by_key(pins.requested("errata"))
D = Decimal


def having(verdict: str) -> set[str]:
    return set(VERDICTS.loc[VERDICTS["verdict"] == verdict, "claim_id"])


@EACH
def test_every_claim_is_listed_once_with_its_verdict(language: Language) -> None:
    rows = [line for line in PARTS[language]["claims"].splitlines() if line.endswith(" |")]
    words = {language.of(v.label_en, v.label_zh): v for v in audit_page.VERDICTS}
    listed = {
        row.split("`")[1]: words[row.rsplit(" | ", 1)[1].removesuffix(" |")].value
        for row in rows
        if "`" in row
    }
    assert listed == dict(zip(VERDICTS["claim_id"], VERDICTS["verdict"], strict=True))
    assert len([row for row in rows if "`" in row]) == len(VERDICTS)


@EACH
def test_in_each_kind_what_fails_comes_first(language: Language) -> None:
    order = [language.of(v.label_en, v.label_zh) for v in audit_page._FAILING_FIRST]
    groups = PARTS[language]["claims"].split("<details>")[1:]
    for group in groups:
        ends = [
            row.rsplit(" | ", 1)[1].removesuffix(" |") for row in group.splitlines() if "`" in row
        ]
        assert ends == sorted(ends, key=order.index)


@EACH
@pytest.mark.parametrize(("part", "verdict"), [("fails", "fails"), ("vacuous", "vacuous")])
def test_what_fails_and_what_cannot_is_told_with_its_numbers(
    language: Language, part: str, verdict: str
) -> None:
    text = PARTS[language][part]
    assert set(re.findall(r"\*\* \[`(\w+)`\]\(.+?\)<br>", text)) == having(verdict)
    assert text.count(language.of("computed ", "计算值：")) == len(having(verdict))


@EACH
def test_every_failure_has_the_reason_of_its_erratum_in_the_language(language: Language) -> None:
    for group in PARTS[language]["fails"].split("\n\n"):
        claims = set(re.findall(r"\*\* \[`(\w+)`\]\(.+?\)<br>", group))
        errata = re.findall(r"\]\(datasets/errata\.md#(\w+)\)", group)
        assert errata
        for key in errata:
            assert ERRATA[key][f"reason_{language.code}"].replace("*", r"\*") in group
            assert claims <= set(ERRATA[key]["claim_ids"].split(";"))


def test_the_chinese_page_says_nothing_in_english_but_names() -> None:
    statements = set(VERDICTS["statement_en"])
    text = "".join(PARTS[CHINESE].values())
    assert [said for said in statements if said in text] == []


@EACH
def test_the_counts_are_those_of_the_audit(language: Language) -> None:
    counts = VERDICTS.attrs["fintech2021"]["counts"]
    rows = PARTS[language]["summary"].splitlines()[-2:]
    for row, by in zip(rows, ("report", "library"), strict=True):
        numbers = [counts[by][verdict] for verdict in ("holds", "fails", "vacuous")]
        assert [int(cell) for cell in row.split(" | ")[1:4]] == numbers
        assert int(row.split(" | ")[4].removesuffix(" |")) == sum(numbers)


@EACH
def test_the_titles_of_the_groups_count_their_rows(language: Language) -> None:
    for group in PARTS[language]["claims"].split("<details>")[1:]:
        title = re.sub(r"<.*?>", "", group.split("</summary>")[0])
        first, *rest = map(int, re.findall(r"\d+", title))
        assert first == sum(rest) == group.count("`](datasets/claims.md#")


def test_of_many_lines_the_first_and_the_last_are_shown() -> None:
    assert audit_page._lines("1", ENGLISH) == "line 1"
    assert audit_page._lines("1;2;3", ENGLISH) == "lines 1, 2, 3"
    assert audit_page._lines("1;2;3;4", CHINESE) == "行号：1 … 4"


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (D("127650000000"), "127.65 bn", "1276.5亿"),
        (D(3495000), "3.495 m", "349.5万"),
        (D("0.00490171"), "0.00490171", "0.00490171"),
        (D("-200.5"), "\N{MINUS SIGN}200.5", "\N{MINUS SIGN}200.5"),
        (D(300), "300", "300"),
        (D(125000), "125,000", "12.5万"),
        (D(45000), "45000", "45000"),
        (D("46.1907661969"), "46.1908", "46.1908"),
    ],
)
def test_a_number_is_shown_in_six_digits(number: Decimal, english: str, chinese: str) -> None:
    assert compact(number, ENGLISH) == english
    assert compact(number, CHINESE) == chinese


@pytest.mark.parametrize(
    ("ends", "english", "chinese"),
    [
        ((D(1), D(2)), "1 … 2", "1 … 2"),
        ((D(1), D(1)), "1", "1"),
        ((D(1), None), "at least 1", "不小于1"),
        ((None, D(1)), "at most 1", "不大于1"),
        ((None, None), "anything", "任意值"),
    ],
)
def test_an_end_without_a_bound_is_told(
    ends: tuple[Decimal | None, Decimal | None], english: str, chinese: str
) -> None:
    assert interval(*ends, ENGLISH) == english
    assert interval(*ends, CHINESE) == chinese


@pytest.mark.parametrize(
    ("text", "unit", "english", "chinese"),
    [
        ("6926000000", "CNY", "6.926 billion yuan", "69.26亿元"),
        ("230000000", "USD", "230 million US dollars", "2.3亿美元"),
        ("500", "CNY", "500 yuan", "500元"),
        ("3.56", "percent", "3.56 %", "3.56%"),
        ("35400", "count", "35,400", "35,400"),
        ("2018-04", "", "2018-04", "2018-04"),
        ("JD Digits;Jardine", "", "JD Digits, Jardine", "JD Digits、Jardine"),
    ],
)
def test_an_amount_is_told_in_a_unit_that_people_read(
    text: str, unit: str, english: str, chinese: str
) -> None:
    assert amount(text, unit, ENGLISH) == english
    assert amount(text, unit, CHINESE) == chinese
