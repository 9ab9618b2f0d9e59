"""Holders of the virtual banks of Hong Kong, as public pages give them.

Source: public pages; every row names the ones that it rests on. What the report lists stands in
`virtual_banks.shareholders`.
Limitations: pages of 2019 and 2020 for the time from the licence to the opening, and what later
pages say of three stakes. A page that calls a bank wholly owned does not name companies between.

来源：公开网页，每行均注明所依据的网页。报告所列股东见`virtual_banks.shareholders`。
局限：获牌至开业期间以2019年、2020年网页为准，另有后来网页所载的持股。称某行为全资拥有的网页并未列出中间公司。
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import Note, Percent, Slug, Slugs, Text, editorial, public
from fintech2021._records.expressions import col
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, in_both_languages

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "Holding", "HoldingTime", "Shareholding"]


class HoldingTime(ClosedList):
    """The time of which pages speak."""

    FOUNDING = "founding", "From licence to opening, 2019 and 2020", "获牌至开业（2019至2020年）"
    LATER = "later", "Later than the report", "报告之后"


class Holding(ClosedList):
    """How close a holder stands to the bank by what pages say."""

    DIRECT = "direct", "Owner, or holder of a stated stake", "所有者，或写明持股比例的股东"
    ULTIMATE = "ultimate", "Stands behind a holder", "位于股东之上"
    PARTNER = "partner", "Named as a partner without a stake", "列为合作方，未写明持股比例"


class Shareholding(Record):
    """A holder of a virtual bank at a time.

    某一时期虚拟银行的一个股东。
    """

    table: ClassVar = TableInfo(
        name="shareholdings",
        key=("bank_id", "holder_id", "time"),
        title_en="Holders of the virtual banks of Hong Kong",
        title_zh="香港虚拟银行股东",
    )

    bank_id: Annotated[Slug, editorial("Bank", "银行标识", references="institutions")]
    """Identifier of the bank.

    银行标识。
    """
    holder_id: Annotated[Slug, editorial("Holder", "股东标识", references="institutions")]
    """Identifier of the holder.

    股东标识。
    """
    time: Annotated[HoldingTime, editorial("Time", "时期")]
    """The time of which the pages speak.

    网页所述时期。
    """
    holder_en: Annotated[Text, public("Holder, English name", "股东英文名称")]
    """English name that the pages give, with a later one in brackets.

    网页所用英文名称，后用名称置于括号内。
    """
    holder_zh: Annotated[
        Text | None,
        editorial("Holder, Chinese name", "股东中文名称", missing=("none is known", "无中文名称")),
    ] = None
    """Chinese name, given here.

    中文名称，由本库给出。
    """
    holding: Annotated[Holding, editorial("Holding", "持股关系")]
    """How close the holder stands to the bank by what the pages say.

    据网页所述，股东与银行的关系。
    """
    stake_pct: Annotated[Percent | None, public("Stake", "持股比例", unit="percent")] = None
    """Stake in the bank; 100 where a page calls it wholly owned.

    持股比例；网页称全资拥有的记为100。
    """
    source_ids: Annotated[Slugs, public("Sources", "来源", references="sources")]
    """Pages that the row rests on, those that the note weighs included.

    本行所依据的网页，含备注中比对的网页。
    """
    note: Note | None = None
    """How pages differ, from one another or from the report.

    网页之间、网页与报告之间的出入。
    """
    note_zh: Annotated[
        Text | None, editorial("Note in Chinese", "中文备注", missing=("nothing to add", "无"))
    ] = None
    """The note in Chinese.

    备注的中文。
    """


def _every_bank(holders: pd.DataFrame, tables: Tables) -> bool:
    banks = holders.loc[holders["time"] == "founding", "bank_id"]
    return set(banks) == set(tables("virtual_banks")["bank_id"])


def _founders_have_the_whole(holders: pd.DataFrame, _tables: Tables) -> bool:
    founders = holders[holders["time"] == "founding"]
    partnered = set(founders.loc[founders["holding"] == "partner", "bank_id"])
    known = founders[~founders["bank_id"].isin(partnered)]
    return bool((known.groupby("bank_id")["stake_pct"].sum() - 100).abs().lt(1e-6).all())


def _others_are_printed(holders: pd.DataFrame, tables: Tables) -> bool:
    printed = tables("virtual_banks").set_index("bank_id")["shareholder_ids"]
    others = holders[(holders["holding"] != "direct") & (holders["holder_id"] != "perfect_ridge")]
    pairs = zip(others["bank_id"], others["holder_id"], strict=True)
    return all(holder in printed[bank].split(";") for bank, holder in pairs)


def _later_holders_held_before(holders: pd.DataFrame, _tables: Tables) -> bool:
    founders = _pairs(holders[holders["time"] == "founding"])
    later = _pairs(holders[holders["time"] == "later"])
    return later - founders == {("ping_an_oneconnect_bank", "lufax")}


def _pairs(holders: pd.DataFrame) -> set[tuple[str, str]]:
    """Return banks with their holders."""
    return {*zip(holders["bank_id"], holders["holder_id"], strict=True)}


def _printed_are_founders(holders: pd.DataFrame, tables: Tables) -> bool:
    founders = _pairs(holders[holders["time"] == "founding"])
    banks = tables("virtual_banks").set_index("bank_id")["shareholder_ids"]
    known = banks.drop(["airstar_bank", "mox_bank", "welab_bank"], errors="ignore")
    printed = known.str.split(";").explode()
    return set(printed.items()) <= founders


INVARIANTS = (
    Invariant(
        "the stakes in a bank at one time are no more than the whole",
        col("stake_pct").sum_over("bank_id", "time") > 100.000001,
    ),
    Invariant(
        "a direct holder has a stake, and no other has",
        col("stake_pct").is_given() != (col("holding") == "direct"),
    ),
    in_both_languages("note"),
)
FACTS = (
    Fact("every virtual bank has holders, and no other bank has", _every_bank),
    Fact(
        "the founders' stakes make up the whole where no partner without one is named",
        _founders_have_the_whole,
    ),
    Fact(
        "who is no direct holder is one whom the report prints, Perfect Ridge apart",
        _others_are_printed,
    ),
    Fact(
        "what is told of later times is told of direct holders",
        lambda holders, _: (holders.loc[holders["time"] == "later", "holding"] == "direct").all(),
    ),
    Fact(
        "who is told of later held at the founding, Lufax apart",
        _later_holders_held_before,
    ),
    Fact(
        "the shareholders that the report prints are founders, but for Airstar, Mox and WeLab",
        _printed_are_founders,
    ),
)
