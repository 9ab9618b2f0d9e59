"""What the project does: figures and sentences about what banks spend on technology."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

import fintech2021 as ft


def per_head(banks: pd.DataFrame) -> pd.DataFrame:
    """Return the spending for each of the technology staff, of the banks that state both."""
    stated = banks.dropna(subset=["tech_spend_cny", "tech_staff"])
    stated = stated[stated["tech_staff"] > 0]
    cny = stated["tech_spend_cny"] / stated["tech_staff"]
    return pd.DataFrame({"bank_id": stated["bank_id"], "cny": cny.astype("float64")})


def headline(bank: ft.Bank) -> str:
    """Return a sentence about a bank."""
    if bank.tech_spend_cny is None:
        return f"{bank.name_en} does not say what it spends."
    return f"{bank.name_en} spends {Decimal(bank.tech_spend_cny) / 10**8:.2f} hundred million yuan."


def is_sound(banks: pd.DataFrame) -> bool:
    """Tell whether a table of banks has one row for each, and shares that are shares."""
    shares = banks["tech_spend_revenue_pct"].dropna()
    return not banks["bank_id"].duplicated().any() and bool(shares.between(0, 100).all())
