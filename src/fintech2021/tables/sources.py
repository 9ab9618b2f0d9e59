"""Documents and pages that the data rest on.

Source: the report's own text (its digest stands in its row) and the public pages that other
tables cite.
Limitations: titles are descriptions of ours; a page that was only seen as a copy on an unrelated
address is named by its outlet and not linked.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import StringConstraints

from fintech2021._records.columns import Count, Note, Slug, Text, editorial, public
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Rule

__all__ = ["RULES", "Source", "SourceKind"]


class SourceKind(StrEnum):
    """Who stands behind a document."""

    REPORT = "report"
    PRESS = "press"
    OFFICIAL = "official"
    COMPANY = "company"
    ACADEMIC = "academic"


class Source(Record):
    """A document or page that is cited."""

    table: ClassVar = TableInfo(
        name="sources", key=("source_id",), title_en="Sources", title_zh="来源"
    )

    source_id: Annotated[Slug, editorial("Source", "来源标识")]
    """Identifier that other tables refer to."""
    title: Annotated[Text, editorial("Title", "标题")]
    """What the document is, described here."""
    publisher: Annotated[Text | None, public("Publisher", "发布者")] = None
    """Outlet or organisation that published it."""
    kind: Annotated[SourceKind, editorial("Kind", "类别")]
    """Who stands behind it."""
    url: Annotated[
        str | None,
        StringConstraints(pattern=r"^https?://\S+$"),
        public("Address", "网址", missing="not linked: seen only as a copy elsewhere"),
    ] = None
    """Address of the page."""
    published_on: Annotated[
        date | None, public("Published on", "发布日期", missing="no date is given")
    ] = None
    """Day of publication."""
    sha256: Annotated[
        str | None,
        StringConstraints(pattern=r"^[0-9a-f]{64}$"),
        editorial("SHA-256", "SHA-256 摘要", missing="not a file that was read"),
    ] = None
    """Digest of the file that was read."""
    lines: Annotated[
        Count | None, editorial("Lines", "行数", missing="not a file that was read")
    ] = None
    """Number of line ends in the file that was read."""
    note: Note | None = None
    """What a reader should know about the page."""


RULES = (
    Rule(
        "exactly one source is the report, and it carries its digest and its number of lines",
        lambda sources, _: (
            sources.loc[sources["kind"] == "report", ["sha256", "lines"]].notna().all(axis=1).sum()
            == (sources["kind"] == "report").sum()
            == 1
        ),
    ),
)
