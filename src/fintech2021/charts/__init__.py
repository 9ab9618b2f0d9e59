"""Pictures of the data, each a chart of altair, in English or Chinese, and `save` for files.

They need the extra: ``pip install 'fintech2021[charts]'``. Every picture says under it from which
tables it is drawn, in which version: the one that holds where it is asked for.
"""

from fintech2021.charts.banking import (
    bank_technology_spending,
    bank_technology_spending_share,
    bank_technology_staff,
    fintech_subsidiaries,
    virtual_banks,
)
from fintech2021.charts.checks import cell_provenance, cross_checks, failed_claims
from fintech2021.charts.markets import e_cny, funding, internet_life_insurers, market_sizes
from fintech2021.charts.places import policies, sandbox_projects, technology_parks
from fintech2021.charts.saving import save

__all__ = [
    "bank_technology_spending",
    "bank_technology_spending_share",
    "bank_technology_staff",
    "cell_provenance",
    "cross_checks",
    "e_cny",
    "failed_claims",
    "fintech_subsidiaries",
    "funding",
    "internet_life_insurers",
    "market_sizes",
    "policies",
    "sandbox_projects",
    "save",
    "technology_parks",
    "virtual_banks",
]
