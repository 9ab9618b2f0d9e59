"""Losses, deposits, loans and customers of the virtual banks of Hong Kong, 2019 to 2022.

Source: public pages; every row names the ones that it rests on. What the report prints stands in
`virtual_banks` and `observations`.
Limitations: press pages on annual and interim reports; most rows rest on one page. Pages do not
always say which loss they mean, so the kind of loss is part of the key, and losses of different
kinds are not to be compared. Deposits and customers are rounded as the pages print them.

来源：公开网页，每行均注明所依据的网页。报告所印数字见`virtual_banks`和`observations`。
局限：均为媒体对年报、中期报告的报道，多数行仅有一个网页。网页未必说明亏损口径，因此亏损口径为主键之一，不同口径不可比较。存款、客户数按网页所示取整。
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Annotated, ClassVar

from annotated_types import Ge

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import (
    Note,
    Period,
    Slug,
    Slugs,
    Text,
    derived,
    editorial,
    first_day,
    last_day,
    lookup,
    public,
)
from fintech2021._records.expressions import any_of, col
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, cites_two, in_both_languages
from fintech2021.tables.vocabulary import PageEvidence, Qualifier, TimeBasis, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "VirtualBankMeasure", "VirtualBankResult"]


class VirtualBankMeasure(ClosedList):
    """What a figure measures."""

    LOSS = "loss", "Loss, the page does not say which", "亏损（网页未说明口径）"
    LOSS_BEFORE_TAX = "loss_before_tax", "Loss before tax", "税前亏损"
    NET_LOSS = "net_loss", "Net loss", "净亏损"
    DEPOSITS = "deposits", "Deposits", "存款"
    DEPOSITS_GROWTH = "deposits_growth", "Growth of deposits over a year", "存款同比增速"
    LOANS = "loans", "Loans", "贷款"
    CUSTOMERS = "customers", "Customers", "客户数"
    ACCOUNTS = "accounts", "Accounts", "账户数"


class VirtualBankResult(Record):
    """A figure of a virtual bank, or of the eight together, for a period.

    某家虚拟银行或八家合计在某一时期的一项数字。
    """

    table: ClassVar = TableInfo(
        name="virtual_bank_results",
        key=("bank_id", "period", "measure"),
        title_en="Results of the virtual banks of Hong Kong",
        title_zh="香港虚拟银行经营数据",
    )

    bank_id: Annotated[Slug, editorial("Bank", "银行标识", references="institutions")]
    """Identifier of the bank, or of the eight together.

    银行标识，或八家合计的标识。
    """
    name_en: Annotated[Text, derived("English name", "英文名称", rule=lookup("bank_id/name_en"))]
    """English name of the bank.

    银行的英文名称。
    """
    name_zh: Annotated[
        Text | None,
        derived(
            "Chinese name",
            "中文名称",
            rule=lookup("bank_id/name_zh"),
            missing=("no Chinese name is printed", "原文未印中文名称"),
        ),
    ] = None
    """Chinese name of the bank as the report prints it.

    报告所印的银行中文名称。
    """
    period: Annotated[Period, public("Period", "时期", unit="period")]
    """Year or half-year of a flow, day or month of a stock.

    时期数为年度或半年度，时点数为日或月。
    """
    period_start: Annotated[
        date, derived("First day", "起始日", rule=first_day("period", stock="time_basis"))
    ]
    """First day of the period; of a stock the last.

    时期的首日；时点数为末日。
    """
    period_end: Annotated[date, derived("Last day", "截止日", rule=last_day("period"))]
    """Last day of the period.

    时期的末日。
    """
    measure: Annotated[VirtualBankMeasure, editorial("Measure", "指标")]
    """What the figure measures; for losses, which loss.

    指标；亏损则含口径。
    """
    time_basis: Annotated[TimeBasis, editorial("Stock or flow", "时点或时期")]
    """Whether the figure is of a point in time or of a span of time.

    该数字为时点数还是时期数。
    """
    value: Annotated[Decimal, Ge(0), public("Value", "数值")]
    """The figure in its unit; a loss is a positive number.

    以所列单位计的数值；亏损记为正数。
    """
    unit: Annotated[Unit, editorial("Unit", "单位")]
    """Unit of the value.

    数值的单位。
    """
    qualifier: Annotated[Qualifier, public("Qualifier", "限定词")]
    """How the page hedges the figure.

    网页对数字的限定。
    """
    evidence: Annotated[PageEvidence, editorial("Evidence", "依据")]
    """What the row rests on.

    该行的依据。
    """
    source_ids: Annotated[Slugs, public("Sources", "来源", references="sources")]
    """Pages that the row rests on, those that the note weighs included.

    本行所依据的网页，含备注中比对的网页。
    """
    note: Note | None = None
    """How pages differ, and what else they say.

    网页之间的出入及其他说明。
    """
    note_zh: Annotated[
        Text | None, editorial("Note in Chinese", "中文备注", missing=("nothing to add", "无"))
    ] = None
    """The note in Chinese.

    备注的中文。
    """


GROUP = "hk_virtual_banks"
"""The eight together."""
_LOSSES = ("loss", "loss_before_tax", "net_loss")
_UNITS = {"deposits_growth": "percent", "customers": "count", "accounts": "count"}
"""The unit of each measure that is no amount of money."""


def _only_virtual_banks(results: pd.DataFrame, tables: Tables) -> bool:
    return set(results["bank_id"]) - {GROUP} <= set(tables("virtual_banks")["bank_id"])


def _deposits_are_as_before(results: pd.DataFrame, tables: Tables) -> bool:
    own = results[(results["measure"] == "deposits") & (results["period"] == "2020-12-31")]
    known = tables("virtual_banks").set_index("bank_id")["deposits_end_2020_hkd"].dropna()
    found = own.set_index("bank_id")["value"].drop(GROUP, errors="ignore")
    return bool(found.astype("int64").to_dict() == known.astype("int64").to_dict())


def _halves_are_smaller(results: pd.DataFrame, _tables: Tables) -> bool:
    losses = results[results["measure"] == "loss"].assign(year=results["period"].str[:4])
    years = losses[losses["period"] == losses["year"]]
    both = losses[losses["period"].str.contains("/")].merge(years, on=["bank_id", "year"])
    return bool((both["value_x"] < both["value_y"]).all())


_SIZES: Mapping[tuple[bool, str], tuple[float, float]] = {
    (False, "deposits"): (1e9, 10e9),
    (True, "deposits"): (15e9, 50e9),
    **dict.fromkeys([(False, loss) for loss in _LOSSES], (0.1e9, 0.6e9)),
    (True, "loss"): (2e9, 5e9),
    **dict.fromkeys(product((False, True), ("customers", "accounts")), (1e5, 2e6)),
}
"""The least and the greatest of a measure, of one bank and of the eight together."""
_ANY = (0.0, 1e12)


def _sizes_are_plausible(results: pd.DataFrame, _tables: Tables) -> bool:
    kinds = zip(results["bank_id"] == GROUP, results["measure"], strict=True)
    ends = (_SIZES.get(kind, _ANY) for kind in kinds)
    return all(low <= x <= high for (low, high), x in zip(ends, results["value"], strict=True))


INVARIANTS = (
    Invariant(
        "every measure has its unit",
        any_of(
            (col("measure") == measure) & (col("unit") != unit) for measure, unit in _UNITS.items()
        )
        | (~col("measure").is_in(_UNITS) & (col("unit") != "HKD")),
    ),
    Invariant(
        "losses and growth are flows, all else is a stock",
        (col("time_basis") == "flow") != col("measure").is_in((*_LOSSES, "deposits_growth")),
    ),
    Invariant(
        "banks together have no more than the eight",
        (col("bank_id") == GROUP)
        & col("measure").is_in((*_LOSSES, "deposits", "customers"))
        & (
            col("value").where(col("bank_id") != GROUP).sum_over("period", "measure") > col("value")
        ),
    ),
    in_both_languages("note"),
    cites_two(),
)
FACTS = (
    Fact("every row is of a virtual bank or of the eight together", _only_virtual_banks),
    Fact("deposits at the end of 2020 are those of `virtual_banks`", _deposits_are_as_before),
    Fact("a half-year's loss is smaller than that of its year", _halves_are_smaller),
    Fact(
        "a bank has 1 to 10 billion dollars of deposits and loses 0.1 to 0.6 billion, the eight "
        "have 15 to 50 and lose 2 to 5; customers and accounts are 100,000 to 2 million",
        _sizes_are_plausible,
    ),
)
