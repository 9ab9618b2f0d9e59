"""The table of all cross-checks on the page about the world beside the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fintech2021._core import catalog
from fintech2021._core.rows import by_key
from fintech2021.tables.cross_checks import CheckVerdict
from tools.writing.markdown import cell, renewed, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["with_cross_checks"]

MARKS = ("<!-- cross-checks -->", "<!-- /cross-checks -->")
HEADINGS = ("Verdict", "Cell", "Report", "Public pages", "Unit", "Reading", "Pages")
ORDER = (CheckVerdict.DIFFERS, CheckVerdict.OTHER_SCOPE, CheckVerdict.AGREES)


def with_cross_checks(text: str) -> str:
    """Return the page with its table renewed: what differs first."""
    checks = by_key(catalog.load_descriptor("cross_checks")).values()
    ordered = sorted(checks, key=lambda check: ORDER.index(CheckVerdict(check["verdict"])))
    return renewed(text, *MARKS, "\n\n".join((_summary(ordered), table(HEADINGS, _rows(ordered)))))


def _summary(checks: list[Mapping[str, str]]) -> str:
    counts = ((verdict, sum(check["verdict"] == verdict for check in checks)) for verdict in ORDER)
    said = ", ".join(f"{count} `{verdict}` ({verdict.label_zh})" for verdict, count in counts)
    return f"{len(checks)} printed cells: {said}."


def _rows(checks: list[Mapping[str, str]]) -> Iterator[tuple[str, ...]]:
    for check in checks:
        yield (
            CheckVerdict(check["verdict"]).label_en,
            f"[`{check['dataset']}`](datasets/{check['dataset']}.md) `{cell(check['key'])}` "
            f"`{check['column']}`",
            cell(check["printed_value"]),
            cell(check["public_value"]),
            check["unit"],
            f"{cell(check['reading'])} {cell(check['reading_zh'])}",
            ", ".join(f"`{page}`" for page in check["source_ids"].split(";")),
        )
