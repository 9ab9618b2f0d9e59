"""Technology companies that the report lists beside banks.

Source: the table of 16 technology companies of banks, lines 1835 to 1867 of the report's text;
founders from published pages.
Limitations: the report counts companies founded up to November 2021; the table prints a bank and
a company side by side, under the heads institution and fintech subsidiary, and does not say who
founded the company; registered capital as printed, without a day.

来源：报告文本第 1835 至 1867 行的 16 家银行系金融科技公司表；发起方取自公开网页。
局限：报告统计截至 2021 年 11 月；表中只并列银行与公司，未说明由谁设立；注册资本未注明时点。
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._core.yearmonth import YearMonth
from fintech2021._records.columns import (
    Count,
    NameEn,
    NameZh,
    Slug,
    SourceIds,
    Text,
    editorial,
    printed,
    public,
)
from fintech2021._records.expressions import col
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, called_as, observed

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "FintechSubsidiary"]


class FintechSubsidiary(Record):
    """A technology company that the report lists beside a bank.

    报告中与某家银行并列的金融科技公司。
    """

    table: ClassVar = TableInfo(
        name="fintech_subsidiaries",
        key=("subsidiary_id",),
        title_en="Technology companies of banks",
        title_zh="银行系金融科技公司",
        caveats=(
            (
                "A published page of 2018 names Ping An Insurance as founder of OneConnect and "
                "China Everbright Group as founder of Everbright Technology; the report prints "
                "Ping An Bank and China Everbright Bank beside them and counts both companies "
                "with the joint-stock banks.",
                "2018 年的公开网页称金融壹账通由中国平安设立、光大科技由光大集团设立；"
                "报告则分别列在平安银行和光大银行之旁，并计入股份制银行。",
            ),
            (
                "Months of foundation are the report's; the cited pages date CIB Fintech to "
                "December 2015, Minsheng Technology to May 2018 and ICBC Technology to May 2019, "
                "one to two months later.",
                "成立时间以报告为准；所引网页记载的兴业数金（2015 年 12 月）、民生科技"
                "（2018 年 5 月）和工银科技（2019 年 5 月）的时间晚一至两个月。",
            ),
            (
                "Registered capital bears no day in the table; the same slide tells of new "
                "capital for CCB Fintech in June 2021 and does not say whether it is included.",
                "表中注册资本未注明时点；同页提到建信金科 2021 年 6 月增资，未说明是否已计入。",
            ),
        ),
    )

    subsidiary_id: Annotated[Slug, editorial("Company", "公司标识", references="institutions")]
    """Identifier of the company.

    公司的标识。
    """
    name_en: NameEn
    """English name of the company.

    公司的英文名称。
    """
    name_zh: NameZh
    """Chinese name as printed.

    报告所印的中文名称。
    """
    bank_id: Annotated[Slug, editorial("Bank beside it", "并列银行标识", references="institutions")]
    """Bank beside which the table prints the company.

    表中列在该公司之旁的银行。
    """
    bank_zh: Annotated[Text, printed("Bank as printed", "金融机构")]
    """Name of that bank as printed.

    该银行在报告中的名称。
    """
    founder_id: Annotated[
        Slug | None, public("Founder", "发起方标识", references="institutions")
    ] = None
    """Organisation that founded the company, as a published page names it.

    公开网页所称设立该公司的机构。
    """
    founded_month: Annotated[YearMonth, printed("Founded", "成立时间")]
    """Month of foundation.

    成立的年月。
    """
    region_id: Annotated[Slug, editorial("Place of registration", "注册地", references="regions")]
    """Place where the company is registered.

    公司的注册地。
    """
    registered_capital_cny: Annotated[Count, printed("Registered capital", "注册资本", unit="CNY")]
    """Registered capital in yuan.

    注册资本，单位为元。
    """
    source_ids: SourceIds | None = None
    """Pages that name the founder.

    记载发起方的网页。
    """


_COUNTS = {
    "state_owned_bank": "cn_bank_fintech_subsidiaries_state_owned_2021_11",
    "joint_stock_bank": "cn_bank_fintech_subsidiaries_joint_stock_2021_11",
    "city_bank": "cn_bank_fintech_subsidiaries_city_banks_2021_11",
    "rural_bank": "cn_bank_fintech_subsidiaries_rural_unions_2021_11",
}


def _banks_by_kind(subsidiaries: pd.DataFrame, tables: Tables) -> bool:
    kinds = tables("institutions").set_index("institution_id")["kind"]
    banks = subsidiaries["bank_id" if "bank_id" in subsidiaries else "parent_id"]
    found = banks.map(kinds).value_counts().to_dict()
    return found == {kind: observed(tables, count) for kind, count in _COUNTS.items()}


def _banks_have_their_printed_names(subsidiaries: pd.DataFrame, tables: Tables) -> bool:
    names = tables("institutions").set_index("institution_id")["name_zh"]
    return bool((subsidiaries["bank_id"].map(names) == subsidiaries["bank_zh"]).all())


def _parents_agree(subsidiaries: pd.DataFrame, tables: Tables) -> bool:
    parents = tables("institutions").set_index("institution_id")["parent_id"]
    named = subsidiaries["founder_id"].fillna(subsidiaries["bank_id"])
    return bool((subsidiaries["subsidiary_id"].map(parents) == named).all())


INVARIANTS = (
    Invariant(
        "exactly the rows with a founder cite a page",
        col("founder_id").is_given() != col("source_ids").is_given(),
        since="2.0.0",
    ),
)
FACTS = (
    Fact(
        "the banks beside the companies are as many state-owned, joint-stock, city and rural "
        "banks as printed",
        _banks_by_kind,
    ),
    Fact(
        "every bank is called as in the table of institutions",
        _banks_have_their_printed_names,
        since="2.0.0",
    ),
    called_as("subsidiary_id", "institutions"),
    Fact(
        "the founder, or else the bank, is the parent in `institutions`",
        _parents_agree,
        since="2.0.0",
    ),
)
