"""A program of a project under release 0.2.0: what its lock names, as digests and figures."""

from __future__ import annotations

import hashlib
import json

import fintech2021 as ft


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def table(name: str) -> dict[str, object]:
    """Return what a table holds, by both engines, and what is known of it."""
    frame, about = ft.load(name), ft.info(name)
    return {
        "version": about.version,
        "csv": digest(frame.to_csv(index=False, lineterminator="\n")),
        "polars": digest(ft.load(name, backend="polars").write_csv()),
        "published": hashlib.sha256(about.content).hexdigest(),
        "valid": len(ft.validate(frame, name, rules=True)),
    }


def report() -> dict[str, object]:
    """Return the figures of the project."""
    banks, audit = ft.load_banks(), ft.audit()
    moved = ft.diff("virtual_banks", "1.0.0", "1.1.0")
    return {
        "tables": {name: table(name) for name in ft.catalog()["name"]},
        "spending": int(banks["tech_spend_cny"].sum()),
        "rates": [str(bank.tech_spend_revenue_pct) for bank in ft.Bank.all()],
        "source": str(ft.source("banks", "icbc", "tech_spend_cny")),
        "verdicts": audit["verdict"].value_counts().to_dict(),
        "distances": digest(audit[["claim_id", "distance"]].to_csv(index=False)),
        "unit": ft.info("banks").field("tech_spend_cny").unit,
        "title": ft.info("banks").as_dict()["title_en"],
        "order": [moved.column_order[0], moved.row_order[0]],
        "month": [ft.YearMonth(2015, 11)[0], ft.YearMonth(2015, 11) == (2015, 11)],
    }


if __name__ == "__main__":
    with ft.pinned("fintech2021.lock"):
        print(json.dumps(report(), indent=1))  # noqa: T201 - That is its result.
