from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fintech2021 as ft
from fintech2021._evidence import reading

if TYPE_CHECKING:
    from datetime import date

    from fintech2021._core.descriptor import Column
    from fintech2021._core.names import DatasetName

DIGITS = "零一二三四五六七八九"
DECIMALS = st.decimals(0, 10**13, allow_nan=False, allow_infinity=False, places=2)


def numeral(n: int) -> str:
    """Spell a number below ten billion billion as Chinese text does."""
    for power, word in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
        if n >= power:
            return numeral(n // power) + word + _rest(n % power, power)
    for power, word in ((1000, "千"), (100, "百"), (10, "十")):
        if n >= power:
            return DIGITS[n // power] + word + _rest(n % power, power)
    return DIGITS[n]


def _rest(n: int, power: int) -> str:
    if n == 0:
        return ""
    return ("零" if n < power // 10 else "") + numeral(n)


@given(st.integers(0, 10**13))
def test_a_whole_number_reads_back_with_and_without_thousands_commas(n: int) -> None:
    assert reading.read_number(str(n)) == reading.read_number(f"{n:,}") == n


@given(DECIMALS)
def test_a_decimal_number_reads_back_with_and_without_thousands_commas(n: Decimal) -> None:
    assert reading.read_number(f"{n:f}") == reading.read_number(f"{n:,f}") == n


@given(st.integers(0, 10**12 - 1))
def test_a_chinese_numeral_reads_back(n: int) -> None:
    assert reading.read_number(numeral(n)) == n


@given(st.integers(10, 19))
def test_a_chinese_numeral_of_ten_to_nineteen_may_leave_out_the_one(n: int) -> None:
    assert reading.read_number(numeral(n).removeprefix("一")) == n


@pytest.mark.parametrize(
    ("characters", "number"),
    [
        ("238.19", "238.19"),
        ("1,400", "1400"),
        (" 23 8.1\n9", "238.19"),
        ("零", "0"),
        ("十", "10"),
        ("二十一", "21"),
        ("两百", "200"),
        ("两千零三", "2003"),
        ("万", "10000"),
        ("十万", "100000"),
        ("一亿二千万", "120000000"),
        ("一万二千亿", "1200000000000"),
        ("三万亿零五千万", "3000050000000"),
        ("双", "2"),
        ("首", "1"),
        ("半", "0.5"),
        ("一半", "0.5"),
        ("翻倍", "2"),
        ("倍", "2"),
        ("百分之五", "0.05"),
        ("四分之三", "0.75"),
    ],
)
def test_a_printed_number_is_its_value(characters: str, number: str) -> None:
    assert reading.read_number(characters) == Decimal(number)


def test_a_printed_dash_is_no_number() -> None:
    assert reading.read_number(" - ") is None


@pytest.mark.parametrize(
    "characters",
    [
        "",
        "银行",
        "1,40",
        "1.",
        ".5",
        "-5",
        "2.70%",
        "1 亿",
        "5万",
        "二零二零",
        "三五",
        "两三",
        "--",
    ],
)
def test_characters_that_are_no_number_are_refused(characters: str) -> None:
    with pytest.raises(ValueError, match="is not a printed number"):
        reading.read_number(characters)


@given(st.text("0123456789,.-一二十百千万亿零两半倍分之 年", max_size=8))
def test_any_characters_are_a_number_a_dash_or_a_value_error(characters: str) -> None:
    try:
        number = reading.read_number(characters)
    except (ValueError, ZeroDivisionError):
        return
    assert number is None or number >= 0


@pytest.mark.parametrize(
    ("characters", "period"),
    [
        ("2020", "2020"),
        ("2020年", "2020"),
        ("2020年全年", "2020"),
        ("2020 年\n全年", "2020"),
        ("今年", "2021"),
        ("去年", "2020"),
        ("2020年底", "2020-12"),
        ("2020年末", "2020-12"),
        ("2020年年底", "2020-12"),
        ("2021年6月", "2021-06"),
        ("2021年12月底", "2021-12"),
        ("2016.2", "2016-02"),
        ("2015.11", "2015-11"),
        ("7月", "2021-07"),
        ("2020.3.24", "2020-03-24"),
        ("2021年9月1日", "2021-09-01"),
        ("2021/9/1", "2021-09-01"),
        ("2016-2020", "2016/2020"),
        ("2016-2020年期间", "2016/2020"),
        ("2019年2020年", "2019/2020"),
        ("十三五", "2016/2020"),
        ("十三五期间", "2016/2020"),
        ("2020年3月2021年4月", "2020-03/2021-04"),
        ("2021年1-7月", "2021-01/2021-07"),
        ("2021年前三季度", "2021-01/2021-09"),
        ("前三季度", "2021-01/2021-09"),
        ("上半年", "2021-01/2021-06"),
        ("2020年头两个季度", "2020-01/2020-06"),
        ("2020年第三季度", "2020-07/2020-09"),
        ("第三季度", "2021-07/2021-09"),
        ("前10月", "2021-01/2021-10"),
    ],
)
def test_a_printed_period_is_its_iso_spelling(characters: str, period: str) -> None:
    assert reading.read_period(characters) == period


@pytest.mark.parametrize("characters", ["", "年", "20", "昨天", "2020-03-24-05"])
def test_characters_that_are_no_period_are_refused(characters: str) -> None:
    with pytest.raises(ValueError, match="is not a printed date or period"):
        reading.read_period(characters)


@given(st.dates())
def test_a_day_reads_back_from_all_its_printed_forms(day: date) -> None:
    year, month = f"{day.year:04}", day.month
    for form in (f"{year}年{month}月{day.day}日", f"{year}.{month}.{day.day}"):
        assert reading.read_period(form) == day.isoformat()
    assert reading.read_period(f"{year}年{month}月") == day.isoformat()[:7]


@pytest.mark.parametrize(
    ("characters", "cell"),
    [
        ("小米金融、尚乘集团", "小米金融;尚乘集团"),
        ("腾讯，工银亚洲,港交\n所；高瓴", "腾讯;工银亚洲;港交所;高瓴"),
        ("蚂蚁集团", "蚂蚁集团"),
        ("、甲、、乙、", "甲;乙"),
    ],
)
def test_a_printed_enumeration_is_a_list(characters: str, cell: str) -> None:
    assert reading.read_list(characters) == cell


def test_text_is_read_without_the_white_space_of_the_layout() -> None:
    assert reading.read_text(" 汇立\u3000银\n行 ") == "汇立银行"


def field(name: str, dataset: DatasetName) -> Column:
    return ft.info(dataset, "1.0.0").column(name)


@pytest.mark.parametrize(
    ("dataset", "column", "cell", "characters", "scale"),
    [
        ("banks", "tech_spend_cny", "23819000000", "238.19", 10**8),
        ("banks", "tech_spend_revenue_pct", "2.70", "2.70", 1),
        ("banks", "tech_spend_revenue_pct", "2.70", "2.7", 1),
        ("banks", "tech_staff", "", "-", 1),
        ("banks", "fiscal_year", "2020", "2020年", 1),
        ("banks", "name_zh", "工商银行", "工商\n银行", 1),
        ("virtual_banks", "opened_on", "2020-03-24", "2020.3.24", 1),
        ("virtual_banks", "shareholders", "甲;乙", "甲、乙", 1),
        ("fintech_subsidiaries", "founded_month", "2015-11", "2015.11", 1),
        ("funding_statistics", "period", "2021-01/2021-09", "2021年前三季度", 1),
        ("funding_statistics", "qualifier", "about", "约", 1),
    ],
)
def test_a_cell_agrees_with_what_is_printed(
    dataset: DatasetName, column: str, cell: str, characters: str, scale: int
) -> None:
    assert reading.agrees(cell, field(column, dataset), characters, Decimal(scale))


@pytest.mark.parametrize(
    ("dataset", "column", "cell", "characters", "scale"),
    [
        ("banks", "tech_spend_cny", "23819000000", "238.19", 10**7),
        ("banks", "tech_spend_cny", "23819000001", "238.19", 10**8),
        ("banks", "tech_spend_cny", "0", "-", 1),
        ("banks", "tech_staff", "", "5", 1),
        ("banks", "fiscal_year", "2021", "2020年", 1),
        ("banks", "name_zh", "工商银行", "建设银行", 1),
        ("virtual_banks", "opened_on", "2020-03-25", "2020.3.24", 1),
        ("virtual_banks", "shareholders", "乙;甲", "甲、乙", 1),
        ("fintech_subsidiaries", "founded_month", "2015-12", "2015.11", 1),
        ("funding_statistics", "period", "2021-01/2021-06", "2021年前三季度", 1),
        ("funding_statistics", "qualifier", "exact", "约", 1),
        ("banks", "bank_type", "state_owned", "state_owned", 1),
    ],
)
def test_a_cell_that_says_something_else_does_not_agree(
    dataset: DatasetName, column: str, cell: str, characters: str, scale: int
) -> None:
    assert not reading.agrees(cell, field(column, dataset), characters, Decimal(scale))


@given(DECIMALS, st.integers(0, 12))
def test_scaling_is_exact_however_large_the_number(n: Decimal, zeros: int) -> None:
    scale = Decimal(10) ** zeros
    amount = field("tech_spend_cny", "banks")
    assert reading.agrees(f"{n * scale:f}", amount, f"{n:,f}", scale)
    assert not reading.agrees(f"{n * scale + Decimal('0.01'):f}", amount, f"{n:,f}", scale)
