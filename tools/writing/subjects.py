"""What the datasets are about: how the list of them is parted, and which pictures they have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PICTURES", "SUBJECTS", "Subject", "in_order", "records_page"]


class Subject(NamedTuple):
    """A part of the list of datasets."""

    title_en: str
    title_zh: str
    datasets: tuple[str, ...]

    @property
    def records(self) -> str:
        """The name of the page about the record classes of its datasets."""
        return f"records-{re.sub(r'[^a-z]+', '-', self.title_en.lower())}"


SUBJECTS = (
    Subject(
        "Banking",
        "银行",
        (
            "banks",
            "bank_technology",
            "fintech_subsidiaries",
            "open_banking_metrics",
            "direct_banks",
            "private_banks",
            "virtual_banks",
            "virtual_bank_results",
            "shareholdings",
        ),
    ),
    Subject("Insurance", "保险", ("internet_life_insurers", "internet_property_insurers")),
    Subject(
        "Funds, funding and credit",
        "基金、融资与征信",
        ("fund_advisory_pilots", "funding_statistics", "funding_rounds", "credit_bureaus"),
    ),
    Subject(
        "Policies and regulation",
        "政策与监管",
        (
            "policies",
            "sandbox_projects",
            "sandbox_regions",
            "sandbox_batches",
            "sandbox_totals",
            "regtech_practices",
        ),
    ),
    Subject("Places", "地区与园区", ("technology_parks", "digital_rmb_areas", "rankings")),
    Subject(
        "Figures, events and cases across the report",
        "全文的数字、事件与案例",
        ("observations", "indicators", "enumerations", "events", "trends", "case_studies"),
    ),
    Subject(
        "The report itself, examined",
        "对报告本身的检验",
        ("claims", "verdicts", "errata", "erratum_cells", "cross_checks", "source_tokens"),
    ),
    Subject("What other tables refer to", "供其他表引用", ("institutions", "regions", "sources")),
)
"""Every dataset stands in one of them; a test holds it."""


PICTURES: Mapping[str, tuple[str, ...]] = {
    "bank_technology": ("bank_technology_spending",),
    "banks": ("bank_technology_spending_share", "bank_technology_staff"),
    "claims": ("failed_claims",),
    "cross_checks": ("cross_checks",),
    "digital_rmb_areas": ("e_cny",),
    "fintech_subsidiaries": ("fintech_subsidiaries",),
    "funding_statistics": ("funding",),
    "internet_life_insurers": ("internet_life_insurers",),
    "observations": ("market_sizes",),
    "policies": ("policies",),
    "sandbox_projects": ("sandbox_projects",),
    "technology_parks": ("technology_parks",),
    "verdicts": ("failed_claims",),
    "virtual_bank_results": ("virtual_banks",),
    "virtual_banks": ("virtual_banks",),
}
"""The functions of `fintech2021.charts` that draw a dataset, where one says more than its rows."""


def in_order() -> tuple[str, ...]:
    """Return every dataset in the order of the subjects."""
    return tuple(name for subject in SUBJECTS for name in subject.datasets)


def records_page(dataset: str) -> str:
    """Return the name of the page about the record class of a dataset."""
    return next(subject.records for subject in SUBJECTS if dataset in subject.datasets)
