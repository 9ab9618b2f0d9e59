"""Virtual banks of Hong Kong at the end of 2020.

Source: the table of eight virtual banks, lines 1894 to 1959 of the report's text.
Limitations: shareholders as the report lists them, which is not always who holds the bank: what
public pages say stands in `shareholdings`. Two banks are printed without a Chinese name; deposit
shares are given for the two largest only. Licence, names and deposits from public pages stand
beside, since version 1.1.0.

来源：报告文本第1894至1959行的八家虚拟银行表。
局限：股东以报告所列为准，未必是银行的直接股东，公开网页所载见`shareholdings`。两家银行未印中文名称；仅最大两家有存款占比。自1.1.0版起另附公开网页所载的牌照、名称和存款。
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import (
    Count,
    NameEn,
    Names,
    Note,
    Percent,
    Slug,
    Slugs,
    Text,
    editorial,
    printed,
    public,
)
from fintech2021._records.expressions import col
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, called_as, in_both_languages, observed

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "VirtualBank", "VirtualBankFeature"]


class VirtualBankFeature(ClosedList):
    """Products and services of virtual banks that the report names."""

    REMOTE_ACCOUNT_OPENING = "remote_account_opening", "Remote account opening", "远程开户"
    ACCOUNT_OPENING = "account_opening", "Account opening", "开户"
    DEPOSIT_ACCOUNT = "deposit_account", "Deposit account", "活期或储蓄存款"
    TIME_DEPOSIT = "time_deposit", "Time deposit", "定期存款"
    TIERED_INTEREST = "tiered_interest", "Tiered interest", "分层利率"
    PAYMENT_CARD = "payment_card", "Payment card", "支付卡"
    CUSTOM_CARD_NUMBER = "custom_card_number", "Card number of the holder's choice", "自定卡号"
    NUMBERLESS_CARD = "numberless_card", "Card without a number", "无号码卡"
    VIRTUAL_CARD = "virtual_card", "Virtual card", "虚拟卡"
    ELECTRONIC_PAYMENT = "electronic_payment", "Electronic payment", "电子支付"
    WALLET_PARTNERSHIP = "wallet_partnership", "Partnership with a wallet", "电子钱包合作"
    FUND_TRANSFER = "fund_transfer", "Transfer of funds", "转账"
    FPS_TRANSFER = "fps_transfer", "Transfer by the Faster Payment System", "转数快转账"
    RTGS_SETTLEMENT = "rtgs_settlement", "Real-time gross settlement", "即时支付结算"
    ZERO_FEES = "zero_fees", "No fees", "零收费"
    INSURANCE_AGENCY = "insurance_agency", "Insurance agency", "保险代理"
    SME_LENDING = "sme_lending", "Lending to small and medium-sized enterprises", "中小企业贷款"
    LOAN_SERVICE = "loan_service", "Loan service", "借贷服务"
    RETAIL_BANKING = "retail_banking", "Retail banking", "个人银行"
    FOREIGN_EXCHANGE = "foreign_exchange", "Foreign exchange", "外汇买卖"
    CARDLESS_WITHDRAWAL = "cardless_withdrawal", "Cardless withdrawal", "无卡取款"


class VirtualBank(Record):
    """A Hong Kong virtual bank.

    香港的一家虚拟银行。
    """

    table: ClassVar = TableInfo(
        name="virtual_banks",
        key=("bank_id",),
        title_en="Virtual banks of Hong Kong",
        title_zh="香港虚拟银行",
    )

    bank_id: Annotated[Slug, editorial("Bank", "银行标识", references="institutions")]
    """Identifier of the bank.

    银行标识。
    """
    name_en: NameEn
    """English name of the bank.

    银行英文名称。
    """
    name_zh: Annotated[
        Text | None,
        printed(
            "Chinese name", "中文名称", missing=("no Chinese name is printed", "报告未印中文名称")
        ),
    ] = None
    """Chinese name as printed.

    报告所印中文名称。
    """
    opened_on: Annotated[date, printed("Opened on", "开业时间")]
    """Day on which the bank opened to the public.

    正式开业之日。
    """
    shareholders: Annotated[Names, printed("Shareholders", "主要股东")]
    """Main shareholders as printed, in the report's order.

    报告所列主要股东，按原文顺序。
    """
    shareholder_ids: Annotated[
        Slugs, editorial("Shareholders as institutions", "股东标识", references="institutions")
    ]
    """The printed shareholders as institutions, in the same order.

    所印股东对应的机构标识，顺序相同。
    """
    features: Annotated[tuple[VirtualBankFeature, ...], editorial("Features", "特色业务产品")]
    """Products and services that the report names, from a closed list.

    报告所列特色业务产品，取自封闭列表。
    """
    deposit_share_pct: Annotated[
        Percent | None,
        printed(
            "Share of virtual banks' deposits",
            "存款占比",
            unit="percent",
            missing=("given for the two largest only", "仅列最大两家"),
        ),
    ] = None
    """Share of all virtual banks' deposits. The sentence has no date, the one before it a month.

    占全部虚拟银行存款的比重；该句未注明时间，前一句注明为2020年12月。
    """
    licensed_on: Annotated[date, public("Licensed on", "获牌日期")]
    """Day on which the licence was granted.

    获发牌照之日。
    """
    registered_name_en: Annotated[Text, public("Registered name", "注册英文名称")]
    """Registered English name.

    注册英文名称。
    """
    former_name_en: Annotated[
        Text | None,
        public("Former name", "曾用英文名称", missing=("licensed under its name", "以现名获牌")),
    ] = None
    """English name under which the licence was granted or asked for.

    申请或获发牌照时的英文名称。
    """
    former_name_zh: Annotated[Text | None, public("Former Chinese name", "曾用中文名称")] = None
    """Chinese name under which the licence was granted or asked for; since 2.0.0.

    申请或获发牌照时的中文名称；自2.0.0版起。
    """
    later_name_en: Annotated[
        Text | None,
        public("Later name", "后用英文名称", missing=("no later name was found", "未查到后用名称")),
    ] = None
    """English name that the bank took later.

    银行后来采用的英文名称。
    """
    later_name_zh: Annotated[
        Text | None,
        public(
            "Later Chinese name",
            "后用中文名称",
            missing=("no later name was found", "未查到后用名称"),
        ),
    ] = None
    """Chinese name that a later page gives; since 2.0.0.

    后来网页所用的中文名称；自2.0.0版起。
    """
    deposits_end_2020_hkd: Annotated[
        Count | None, public("Deposits, end of 2020", "2020年末存款", unit="HKD")
    ] = None
    """Customer deposits at the end of 2020 in Hong Kong dollars.

    2020年末客户存款（港元）。
    """
    source_ids: Annotated[Slugs, public("Sources", "来源", references="sources")]
    """Pages that the public columns of the row rest on.

    本行公开信息所依据的网页。
    """
    note: Note | None = None
    """A doubt, or how the pages and the report differ.

    疑点，或网页与报告的出入。
    """
    note_zh: Annotated[
        Text | None, editorial("Note in Chinese", "中文备注", missing=("nothing to add", "无"))
    ] = None
    """The note in Chinese.

    备注的中文。
    """


def _deposits_agree(banks: pd.DataFrame, _tables: Tables) -> bool:
    totals = (banks["deposits_end_2020_hkd"] / banks["deposit_share_pct"]).dropna()
    return bool(totals.max() / totals.min() < 1.02)


def _shareholders_are_institutions(banks: pd.DataFrame, tables: Tables) -> bool:
    printed_names = banks["shareholders"].str.split(";").explode()
    holders = banks["shareholder_ids"].str.split(";").explode()
    known = holders.isin(tables("institutions")["institution_id"])
    return bool(printed_names.index.equals(holders.index) and known.all())


def _licences_have_pages(banks: pd.DataFrame, tables: Tables) -> bool:
    days = tables("sources").set_index("source_id")["published_on"].to_dict()
    pairs = zip(banks["licensed_on"], banks["source_ids"], strict=True)
    return sum(day in {days[page] for page in pages.split(";")} for day, pages in pairs) == 7


INVARIANTS = (
    Invariant(
        "every licence is older than the opening",
        col("licensed_on") >= col("opened_on"),
        since="1.1.0",
    ),
    Invariant(
        "the deposit shares that are given do not exceed 100 together",
        col("deposit_share_pct").total() > 100,
    ),
    in_both_languages("note", since="2.0.0"),
)
FACTS = (
    Fact(
        "deposits that public pages give are the printed shares of one total within 2 percent",
        _deposits_agree,
        since="1.1.0",
    ),
    Fact(
        "every printed shareholder is an institution",
        _shareholders_are_institutions,
        since="2.0.0",
    ),
    Fact(
        "there are as many banks as the prose counts, and every one opened in 2020",
        lambda banks, tables: (
            len(banks) == observed(tables, "hk_virtual_banks_2020_03")
            and (banks["opened_on"].dt.year == 2020).all()
        ),
    ),
    called_as("bank_id", "institutions"),
    Fact("all licences but one rest on a page of their day", _licences_have_pages, since="2.0.0"),
)
