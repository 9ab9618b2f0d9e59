"""Use the installed package as its readers do, with nothing of the checkout in reach."""

from __future__ import annotations

import sys
from pathlib import Path

import fintech2021 as ft

assert Path(ft.__file__).is_relative_to(sys.prefix), f"not the installed package: {ft.__file__}"
assert len(ft.load_banks()) == 18
assert ft.Bank.get("icbc").tech_spend_cny == 23_819_000_000
assert ft.source("banks", "icbc", "tech_spend_cny").line == 1641
print(f"fintech2021 {ft.__version__} works")
