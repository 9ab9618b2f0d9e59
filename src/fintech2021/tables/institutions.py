"""Organisations that any table names: banks, insurers, companies, authorities.

Source: the names as the report's text prints them, and those of cited pages; identifiers, kinds
and English names are assigned here.
Limitations: of the organisations that only public pages name, those are listed to which another
table refers; a parent is recorded only where a table of this library or a cited page has one.

来源：报告文本所印的名称和所引网页的名称；标识、类别和英文名称由本库编定。
局限：仅见于公开网页的机构，只收录其他表所引用者；母机构仅在本库各表或所引网页载明时记录。
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import (
    Alpha2,
    NameEn,
    Slug,
    Slugs,
    Text,
    editorial,
    printed,
    public,
)
from fintech2021._records.expressions import col
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, Traced, distinct, in_loops

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "Institution", "InstitutionKind"]


class InstitutionKind(ClosedList):
    """What an organisation is, as far as the tables need to tell.

    机构的类别，细分程度以各表所需为限。
    """

    STATE_OWNED_BANK = "state_owned_bank", "State-owned large bank", "国有大型银行"
    JOINT_STOCK_BANK = "joint_stock_bank", "Joint-stock bank", "股份制银行"
    CITY_BANK = "city_bank", "City commercial bank", "城市商业银行"
    RURAL_BANK = "rural_bank", "Rural bank or credit union", "农村金融机构"
    PRIVATE_BANK = "private_bank", "Private bank", "民营银行"
    DIRECT_BANK = "direct_bank", "Direct bank", "直销银行"
    VIRTUAL_BANK = "virtual_bank", "Virtual bank", "虚拟银行"
    FOREIGN_BANK = "foreign_bank", "Bank based outside the mainland", "境外银行"
    INSURER = "insurer", "Insurer", "保险公司"
    FUND_MANAGER = "fund_manager", "Fund manager", "基金管理公司"
    FUND_DISTRIBUTOR = "fund_distributor", "Fund distributor", "基金销售机构"
    SECURITIES_FIRM = "securities_firm", "Securities firm", "证券公司"
    TECHNOLOGY_COMPANY = "technology_company", "Technology company", "科技公司"
    PAYMENT_COMPANY = "payment_company", "Payment company", "支付公司"
    CREDIT_BUREAU = "credit_bureau", "Credit bureau", "征信机构"
    REGULATOR = "regulator", "Regulator", "监管机构"
    GOVERNMENT = "government", "Government body", "政府部门"
    EXCHANGE = "exchange", "Exchange", "交易所"
    INDUSTRY_BODY = "industry_body", "Industry body", "行业组织"
    INVESTOR = "investor", "Investor", "投资机构"
    GROUP = "group", "Several organisations counted together", "合并统计的多家机构"
    OTHER = "other", "Other", "其他"


class Institution(Record):
    """An organisation named in any table.

    各表提及的机构。
    """

    table: ClassVar = TableInfo(
        name="institutions",
        key=("institution_id",),
        title_en="Institutions",
        title_zh="机构",
        caveats=(
            (
                "English names are editorial: the well-known official name where it is certain, "
                "otherwise a plain translation.",
                "英文名称由本库编定：官方英文名确定的用官方名，否则直译。",
            ),
            (
                "An empty parent says nothing about ownership: many organisations have owners "
                "that no table or cited page here names.",
                "母机构为空不代表没有股东或上级，仅表示各表和所引网页未载。",
            ),
        ),
    )

    institution_id: Annotated[Slug, editorial("Institution", "机构标识")]
    """Identifier that other tables refer to.

    供其他表引用的标识。
    """
    name_en: NameEn
    """English name.

    英文名称。
    """
    name_zh: Annotated[
        Text | None,
        printed(
            "Chinese name",
            "中文名称",
            missing=("no Chinese name is printed", "原文未印中文名称"),
        ),
    ] = None
    """Chinese name as the report prints it.

    报告所印的中文名称。
    """
    public_name_zh: Annotated[
        Text | None,
        public(
            "Chinese name on a page",
            "网页中文名称",
            missing=(
                "the report prints the name, or no page was found",
                "报告已印名称，或未找到网页",
            ),
        ),
    ] = None
    """Chinese name that a cited page gives where the report prints none.

    报告未印名称时，所引网页给出的中文名称。
    """
    kind: Annotated[InstitutionKind, editorial("Kind", "类别")]
    """What the organisation is.

    机构类别。
    """
    jurisdiction: Annotated[Alpha2, editorial("Jurisdiction", "所属法域")]
    """ISO 3166-1 alpha-2 code of its seat; EU, as the standard reserves it, for the Union.

    总部所在地的 ISO 3166-1 两位代码；欧盟用标准保留的 EU。
    """
    parent_id: Annotated[
        Slug | None,
        editorial(
            "Parent",
            "母机构",
            references="institutions",
            missing=("no table or cited page names one", "各表和所引网页均未载"),
        ),
    ] = None
    """The one organisation that founded, owns or directs it, as a table or a page has it.

    设立、拥有或领导该机构的单一机构，以本库各表或所引网页所载为限。
    """
    source_ids: Annotated[
        Slugs | None,
        public(
            "Sources",
            "来源",
            references="sources",
            missing=("the report itself names it", "报告本身已提及"),
        ),
    ] = None
    """Pages that name the organisation where the report does not.

    报告未提及该机构时，记载该机构的网页。
    """


_KINDS: Mapping[tuple[str, str], set[str]] = {
    ("banks", "bank_id"): {"state_owned_bank", "joint_stock_bank"},
    ("open_banking_metrics", "bank_id"): {"state_owned_bank", "joint_stock_bank"},
    ("private_banks", "bank_id"): {"private_bank"},
    ("virtual_banks", "bank_id"): {"virtual_bank"},
    ("direct_banks", "bank_id"): {"direct_bank"},
    ("internet_life_insurers", "insurer_id"): {"insurer"},
    ("internet_property_insurers", "insurer_id"): {"insurer"},
    ("credit_bureaus", "bureau_id"): {"credit_bureau"},
    ("fintech_subsidiaries", "subsidiary_id"): {"technology_company"},
    ("funding_rounds", "company_id"): {"technology_company"},
    ("policies", "issuers"): {"regulator", "government"},
}
"""The kinds of organisation in columns of other tables."""


def _kinds_agree(institutions: pd.DataFrame, tables: Tables) -> bool:
    kinds = institutions.set_index("institution_id")["kind"]
    return all(
        set(kinds.reindex(tables(dataset)[column].dropna().str.split(";").explode())) <= known
        for (dataset, column), known in _KINDS.items()
    )


INVARIANTS: tuple[Invariant | Traced, ...] = (
    Invariant(
        "a Chinese name from a page stands only where the report prints none, and cites the page",
        col("public_name_zh").is_given()
        & (col("name_zh").is_given() | col("source_ids").is_missing()),
        since="2.0.0",
    ),
    Traced(
        "no organisation is its own ancestor",
        ("institution_id", "parent_id"),
        in_loops,
    ),
    distinct("the names", "name_en", "name_zh"),
)
FACTS = (Fact("the organisations of other tables are of their kind", _kinds_agree, since="2.0.0"),)
