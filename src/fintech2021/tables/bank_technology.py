"""Technology spending of national banks by fiscal year, 2018 to 2022.

Source: for 2020 the report's table of 18 national banks (lines 1632 to 1677), as in `banks`; for
the other years public pages, which every row names.
Limitations: press pages copy annual reports, so two pages on one bank are two transcriptions of
one document, not two measurements. Banks do not count alike, and some changed what they count:
`scope` says where a page tells. Staff is left out: the measures of different years and banks are
not comparable. Where neither the report nor a page has a figure, the cell or the row is missing;
nothing is filled in.

来源：2020年数据取自报告的18家全国性银行表格（第1632至1677行），与`banks`一致；其他年份取自公开网页，每行均注明。
局限：媒体网页转载年报数据，同一银行的两个网页只是同一文件的两次转录，并非两次独立统计。各行统计口径不一，部分银行变更过口径，网页有说明的见`scope`。各年、各行科技人员口径不可比，未收录。报告和网页均无数据的单元格或行留空，不作填补。
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import (
    Count,
    Note,
    Percent,
    Slug,
    Slugs,
    Text,
    Year,
    by_row,
    derived,
    editorial,
    lookup,
    public,
)
from fintech2021._records.expressions import col, is_above
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, cites_two, in_both_languages
from fintech2021.tables.vocabulary import RowEvidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from fintech2021._records.rules import Tables

    Cell = tuple[str, int]
    """A bank and a year."""

__all__ = ["FACTS", "INVARIANTS", "BankTechnology", "SpendingScope"]

_NO_FIGURE = ("neither the report nor a page has it", "报告和网页均未载")


class SpendingScope(ClosedList):
    """What the amount counts, where a page says that it is not what one would think."""

    NEW_MEASURE = (
        "new_measure",
        "A new measure, from 2021 on",
        "2021年起的新口径",
    )
    IT_CAPITAL_AND_EXPENSES = (
        "it_capital_and_expenses",
        "Capital expenditure and expenses on information technology",
        "IT资本性支出及费用",
    )


class BankTechnology(Record):
    """Technology spending of a national bank in a fiscal year.

    一家全国性银行某一财年的科技投入。
    """

    table: ClassVar = TableInfo(
        name="bank_technology",
        key=("bank_id", "fiscal_year"),
        title_en="Technology spending of national banks, 2018 to 2022",
        title_zh="全国性银行科技投入（2018至2022年）",
        caveats=(
            (
                "Some figures of 2020 are doubted: what public pages have for the report's cells "
                "stands in `cross_checks`, and the notes here name it.",
                "2020年部分数字存疑：公开网页对报告各单元格的数据见`cross_checks`，本表备注亦有说明。",
            ),
        ),
    )

    bank_id: Annotated[Slug, editorial("Bank", "银行标识", references="institutions")]
    """Identifier of the bank.

    银行的标识。
    """
    name_en: Annotated[Text, derived("English name", "英文名称", rule=lookup("bank_id/name_en"))]
    """English name of the bank.

    银行的英文名称。
    """
    name_zh: Annotated[Text, derived("Chinese name", "中文名称", rule=lookup("bank_id/name_zh"))]
    """Chinese name of the bank as the report prints it.

    报告所印的银行中文名称。
    """
    fiscal_year: Annotated[Year, by_row("Fiscal year", "财年", unit="year")]
    """Year that the figures of the row describe.

    该行数字所属的年份。
    """
    tech_spend_cny: Annotated[
        Count | None, by_row("Technology spending", "科技投入", unit="CNY", missing=_NO_FIGURE)
    ] = None
    """Spending on technology in yuan.

    科技投入，单位为元。
    """
    tech_spend_revenue_pct: Annotated[
        Percent | None,
        by_row(
            "Spending as share of revenue",
            "科技投入占营收比重",
            unit="percent",
            missing=_NO_FIGURE,
        ),
    ] = None
    """Technology spending as a percentage of operating revenue.

    科技投入占营业收入的百分比。
    """
    tech_spend_growth_pct: Annotated[
        Decimal | None,
        by_row("Growth of spending", "科技投入增速", unit="percent", missing=_NO_FIGURE),
    ] = None
    """Growth over the year before in percent, as the report or a page states it; where the scope
    changed, on the new scope.

    报告或网页所述的同比增速（百分比）；口径变更之年为新口径增速。
    """
    scope: Annotated[
        SpendingScope | None,
        public(
            "Scope",
            "口径",
            missing=("no page restricts what is counted", "网页未说明特殊口径"),
        ),
    ] = None
    """What the amount counts, where a page says so.

    金额的统计口径，以网页有说明者为限。
    """
    evidence: Annotated[RowEvidence, editorial("Evidence", "依据")]
    """What the row rests on: the weakest evidence of any of its figures.

    该行的依据，以各数字中依据最弱者为准。
    """
    spend_evidence: Annotated[
        RowEvidence | None,
        editorial(
            "Evidence of the amount",
            "金额依据",
            missing=("there is no amount", "没有金额"),
        ),
    ] = None
    """What the amount alone rests on.

    仅就金额而言的依据。
    """
    source_ids: Annotated[
        Slugs | None,
        public(
            "Sources",
            "来源",
            references="sources",
            missing=("the report prints the row", "该行为报告所印"),
        ),
    ] = None
    """Pages that the row rests on, those that the note weighs included.

    该行所依据的网页，含备注中比对的网页。
    """
    note: Note | None = None
    """How pages differ, and which figure was taken.

    网页之间的出入及取舍。
    """
    note_zh: Annotated[
        Text | None, editorial("Note in Chinese", "中文备注", missing=("nothing to add", "无"))
    ] = None
    """The note in Chinese.

    备注的中文。
    """


SIX = ("abc", "boc", "bocom", "ccb", "icbc", "psbc")
"""The large state-owned banks."""
TOTALS = {
    2019: 71_676_000_000,  # beertha_copy_2023
    2020: 95_686_000_000,  # the report; beijing_business_today_copy_2021_04_11
    2021: 107_493_000_000,  # yinshi_finance_copy_2022_05_05, cebnet_copy_2022_05
    2022: 116_549_000_000,  # finance01_334951, gplp_114135
}
"""What pages print for the six together, in yuan; the page on each year's row of `bocom`."""


def _six_add_up(banks: pd.DataFrame, _tables: Tables) -> bool:
    six = banks[banks["bank_id"].isin(SIX) & banks["fiscal_year"].isin(TOTALS)]
    years = six.dropna(subset="tech_spend_cny").groupby("fiscal_year")["tech_spend_cny"]
    return bool(years.count().eq(len(SIX)).all()) and years.sum().to_dict() == TOTALS


_HALF = 500_000
"""Half a unit of the last digit of the amounts: a hundredth of a hundred million yuan."""


def _growths(banks: pd.DataFrame) -> Mapping[Cell, bool]:
    """Tell of every growth between two known amounts whether it follows from them."""
    spent = _by_cell(banks.dropna(subset="tech_spend_cny"), "tech_spend_cny")
    grown = _by_cell(banks.dropna(subset="tech_spend_growth_pct"), "tech_spend_growth_pct")
    return {
        (bank, year): _follows(growth, spent[bank, year - 1], spent[bank, year])
        for (bank, year), growth in grown.items()
        if {(bank, year), (bank, year - 1)} <= spent.keys()
    }


def _by_cell(banks: pd.DataFrame, column: str) -> dict[Cell, Any]:
    """Return a column by bank and year."""
    cells = zip(banks["bank_id"], map(int, banks["fiscal_year"]), strict=True)
    return dict(zip(cells, banks[column], strict=True))


def _follows(growth: float, before: int, after: int) -> bool:
    """Tell whether some amounts that round to these grow by some rate that rounds to this one."""
    digits = str(float(growth))
    slack = Fraction(1, 2 * 10 ** len(digits.removesuffix(".0").partition(".")[2]))
    least = Fraction(int(after) - _HALF, int(before) + _HALF)
    most = Fraction(int(after) + _HALF, int(before) - _HALF)
    rate = Fraction(digits)
    return least <= 1 + (rate + slack) / 100 and 1 + (rate - slack) / 100 <= most


def _doubted(tables: Tables) -> set[Cell]:
    """Return the growths that a public figure contradicts, or that rest on a contradicted one."""
    checks = tables("cross_checks")
    found = checks[(checks["dataset"] == "banks") & (checks["verdict"] == "differs")]
    banks = tables("banks")
    year = dict(zip(banks["bank_id"], map(int, banks["fiscal_year"]), strict=True))
    grown = found.loc[found["column"] == "tech_spend_growth_pct", "key"]
    spent = found.loc[found["column"] == "tech_spend_cny", "key"]
    own = {(bank, year[bank]) for bank in (*grown, *spent)}
    return own | {(bank, year[bank] + 1) for bank in spent}


def _scope_changes(banks: pd.DataFrame) -> set[Cell]:
    """Return the years in which a bank counts otherwise than in the year before."""
    scopes = _by_cell(banks.fillna({"scope": ""}), "scope")
    return {
        (bank, year)
        for (bank, year), scope in scopes.items()
        if scopes.get((bank, year - 1), scope) != scope
    }


def _growths_follow(banks: pd.DataFrame, tables: Tables) -> bool:
    failing = {cell for cell, follows in _growths(banks).items() if not follows}
    return failing <= _doubted(tables) | _scope_changes(banks)


def _exceptions_are_needed(banks: pd.DataFrame, tables: Tables) -> bool:
    growths = _growths(banks)
    return not any(growths.get(cell, False) for cell in _doubted(tables))


def _none_across_a_change(banks: pd.DataFrame, _tables: Tables) -> bool:
    growths = _growths(banks)
    return not any(growths.get(cell, False) for cell in _scope_changes(banks))


_FIGURES = ["tech_spend_cny", "tech_spend_revenue_pct", "tech_spend_growth_pct"]


def _report_is_banks(banks: pd.DataFrame, tables: Tables) -> bool:
    said = banks.loc[banks["evidence"] == "report", ["bank_id", "fiscal_year", *_FIGURES]]
    own = tables("banks").dropna(subset=_FIGURES, how="all")[said.columns]
    one, other = (
        frame.set_index("bank_id").sort_index().astype("float64") for frame in (said, own)
    )
    return bool(one.equals(other))


_STRENGTH = {"report": 0, "official": 1, "official_copy": 2, "two_pages": 3, "one_page": 4}


def _implied_revenue_is_steady(banks: pd.DataFrame, _tables: Tables) -> bool:
    known = banks.dropna(subset=["tech_spend_cny", "tech_spend_revenue_pct"])
    revenue = _by_cell(known, "tech_spend_cny")
    shares = _by_cell(known, "tech_spend_revenue_pct")
    implied = {cell: float(revenue[cell]) / shares[cell] for cell in revenue}
    years = ((implied.get((bank, year - 1)), now) for (bank, year), now in implied.items())
    return all(0.8 < now / before < 1.2 for before, now in years if before is not None)


def _years_are_near(banks: pd.DataFrame, _tables: Tables) -> bool:
    return bool(banks["fiscal_year"].between(2018, 2022).all())


INVARIANTS = (
    Invariant(
        "every row has a figure",
        col(_FIGURES[0]).is_missing()
        & col(_FIGURES[1]).is_missing()
        & col(_FIGURES[2]).is_missing(),
    ),
    Invariant(
        "an amount says what it rests on, which is no weaker than what its row rests on",
        (col("spend_evidence").is_given() != col("tech_spend_cny").is_given())
        | is_above(col("spend_evidence"), col("evidence"), _STRENGTH)
        | (
            (col("evidence") == "report")
            != (col("spend_evidence").or_else(col("evidence")) == "report")
        ),
    ),
    in_both_languages("note"),
    cites_two(),
)
FACTS = (
    Fact(
        "the six large banks add up to the published totals: 716.76, 956.86, 1074.93 and 1165.49 "
        "hundred million yuan for 2019 to 2022",
        _six_add_up,
    ),
    Fact(
        "each growth follows from the two amounts within rounding, unless a cross-check "
        "contradicts it or an amount that it rests on, or the scope changed",
        _growths_follow,
    ),
    Fact(
        "no growth that a cross-check excuses follows from the two amounts after all",
        _exceptions_are_needed,
    ),
    Fact("no growth is measured across a change of scope", _none_across_a_change),
    Fact("what rests on the report is what `banks` has", _report_is_banks),
    Fact(
        "the revenue that spending and its share imply changes by less than a fifth a year",
        _implied_revenue_is_steady,
    ),
    Fact(
        "all years are those around the report, 2018 to 2022",
        _years_are_near,
    ),
)
