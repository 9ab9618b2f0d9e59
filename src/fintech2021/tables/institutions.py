"""Organisations that any table names: banks, insurers, companies, authorities.

Source: the names as the report's text prints them; identifiers, kinds and English names are
assigned here.
Limitations: an organisation that only public pages name (an applicant of a sandbox project, say)
stands as text in its own table.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from fintech2021._records.columns import Alpha2, NameEn, Slug, Text, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule, has_no_loops

__all__ = ["RULES", "Institution", "InstitutionKind"]


class InstitutionKind(StrEnum):
    """What an organisation is, as far as the tables need to tell."""

    STATE_OWNED_BANK = "state_owned_bank"
    JOINT_STOCK_BANK = "joint_stock_bank"
    CITY_BANK = "city_bank"
    RURAL_BANK = "rural_bank"
    PRIVATE_BANK = "private_bank"
    DIRECT_BANK = "direct_bank"
    VIRTUAL_BANK = "virtual_bank"
    FOREIGN_BANK = "foreign_bank"
    INSURER = "insurer"
    FUND_MANAGER = "fund_manager"
    FUND_DISTRIBUTOR = "fund_distributor"
    SECURITIES_FIRM = "securities_firm"
    TECHNOLOGY_COMPANY = "technology_company"
    PAYMENT_COMPANY = "payment_company"
    CREDIT_BUREAU = "credit_bureau"
    REGULATOR = "regulator"
    GOVERNMENT = "government"
    EXCHANGE = "exchange"
    INDUSTRY_BODY = "industry_body"
    INVESTOR = "investor"
    OTHER = "other"


class Institution(Record):
    """An organisation named in any table."""

    table: ClassVar = TableInfo(
        name="institutions",
        key=("institution_id",),
        title_en="Institutions",
        title_zh="机构",
        caveats=(
            (
                "English names are editorial: the well-known official name where it is certain, "
                "otherwise a plain translation.",
                "英文名称为编者所加：有把握时用通行的官方名称，否则为直译。",
            ),
        ),
    )

    institution_id: Annotated[Slug, editorial("Institution", "机构标识")]
    """Identifier that other tables refer to."""
    name_en: NameEn
    """English name."""
    name_zh: Annotated[
        Text | None, printed("Chinese name", "中文名称", missing="no Chinese name is printed")
    ] = None
    """Chinese name as the report prints it."""
    kind: Annotated[InstitutionKind, editorial("Kind", "类别")]
    """What the organisation is."""
    jurisdiction: Annotated[Alpha2, editorial("Jurisdiction", "所属法域")]
    """ISO 3166-1 alpha-2 code of its seat (XK … XZ and EU as reserved by the standard)."""
    parent_id: Annotated[Slug | None, editorial("Parent", "母机构", references="institutions")] = (
        None
    )
    """The organisation that owns or runs it, where the tables say so."""


RULES = (
    Rule("no organisation is its own ancestor", lambda institutions, _: has_no_loops(institutions)),
)
