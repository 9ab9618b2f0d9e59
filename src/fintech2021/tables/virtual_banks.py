"""Virtual banks of Hong Kong at the end of 2020.

Source: the table of eight virtual banks, lines 1894 to 1959 of the report's text.
Limitations: shareholders as the report lists them, which is not always the direct owner; two
banks are printed without a Chinese name; deposit shares are given for the two largest only.
Owners, licence, names and deposits from public pages stand beside, since version 1.1.0.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.columns import (
    Count,
    NameEn,
    Names,
    Note,
    Percent,
    Slug,
    SourceIds,
    Text,
    editorial,
    printed,
    public,
)
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule, observed

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["RULES", "VirtualBank", "VirtualBankFeature"]


class VirtualBankFeature(StrEnum):
    """Products and services of virtual banks that the report names."""

    REMOTE_ACCOUNT_OPENING = "remote_account_opening"
    ACCOUNT_OPENING = "account_opening"
    DEPOSIT_ACCOUNT = "deposit_account"
    TIME_DEPOSIT = "time_deposit"
    TIERED_INTEREST = "tiered_interest"
    PAYMENT_CARD = "payment_card"
    CUSTOM_CARD_NUMBER = "custom_card_number"
    NUMBERLESS_CARD = "numberless_card"
    VIRTUAL_CARD = "virtual_card"
    ELECTRONIC_PAYMENT = "electronic_payment"
    WALLET_PARTNERSHIP = "wallet_partnership"
    FUND_TRANSFER = "fund_transfer"
    FPS_TRANSFER = "fps_transfer"
    RTGS_SETTLEMENT = "rtgs_settlement"
    ZERO_FEES = "zero_fees"
    INSURANCE_AGENCY = "insurance_agency"
    SME_LENDING = "sme_lending"
    LOAN_SERVICE = "loan_service"
    RETAIL_BANKING = "retail_banking"
    FOREIGN_EXCHANGE = "foreign_exchange"
    CARDLESS_WITHDRAWAL = "cardless_withdrawal"


class VirtualBank(Record):
    """A Hong Kong virtual bank."""

    table: ClassVar = TableInfo(
        name="virtual_banks",
        key=("bank_id",),
        title_en="Virtual banks of Hong Kong",
        title_zh="香港虚拟银行",
    )

    bank_id: Annotated[Slug, editorial("Bank", "银行标识", references="institutions")]
    """Identifier of the bank."""
    name_en: NameEn
    """English name of the bank."""
    name_zh: Annotated[
        Text | None, printed("Chinese name", "中文名称", missing="no Chinese name is printed")
    ] = None
    """Chinese name as printed."""
    opened_on: Annotated[date, printed("Opened on", "开业时间")]
    """Day on which the bank opened to the public."""
    shareholders: Annotated[Names, printed("Shareholders", "主要股东")]
    """Main shareholders as printed, in the report's order."""
    features: Annotated[tuple[VirtualBankFeature, ...], editorial("Features", "特色业务产品")]
    """Products and services that the report names, from a closed list."""
    deposit_share_pct: Annotated[
        Percent | None, printed("Share of virtual banks' deposits", "存款占比", unit="percent")
    ] = None
    """Share of all virtual banks' deposits at the end of 2020."""
    licensed_on: Annotated[date | None, public("Licensed on", "获牌日期")] = None
    """Day on which the licence was granted; since 1.1.0."""
    registered_name_en: Annotated[Text | None, public("Registered name", "注册英文名称")] = None
    """Registered English name; since 1.1.0."""
    former_name_en: Annotated[Text | None, public("Former name", "曾用英文名称")] = None
    """English name under which the licence was granted or asked for; since 1.1.0."""
    owners: Annotated[Names | None, public("Owners", "所有者")] = None
    """Direct owners in English, with stakes where a page gives them; since 1.1.0."""
    deposits_end_2020_hkd: Annotated[
        Count | None, public("Deposits, end of 2020", "2020年末存款", unit="HKD")
    ] = None
    """Customer deposits at the end of 2020 in Hong Kong dollars; since 1.1.0."""
    later_name_en: Annotated[
        Text | None, public("Later name", "后用英文名称", missing="no later name was found")
    ] = None
    """English name that the bank took later; since 1.1.0."""
    source_ids: SourceIds | None = None
    """Pages that the public columns of the row rest on; since 1.1.0."""
    note: Note | None = None
    """A doubt, or how the pages and the report differ; since 1.1.0."""


def _deposits_agree(banks: pd.DataFrame, _tables: Tables) -> bool:
    totals = (banks["deposits_end_2020_hkd"] / banks["deposit_share_pct"]).dropna()
    return bool(totals.max() / totals.min() < 1.02)


RULES = (
    Rule(
        "every licence is older than the opening",
        lambda banks, _: (banks["licensed_on"] < banks["opened_on"]).all(),
        since="1.1.0",
    ),
    Rule(
        "deposits that public pages give are the printed shares of one total within 2 percent",
        _deposits_agree,
        since="1.1.0",
    ),
    Rule(
        "there are as many banks as the prose counts, and every one opened in 2020",
        lambda banks, tables: (
            len(banks) == observed(tables, "hk_virtual_banks_2020_03")
            and (banks["opened_on"].dt.year == 2020).all()
        ),
    ),
    Rule(
        "the deposit shares that are given do not exceed 100 together",
        lambda banks, _: banks["deposit_share_pct"].sum() <= 100,
    ),
)
