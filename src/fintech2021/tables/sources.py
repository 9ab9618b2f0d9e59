"""Documents and pages that the data rest on.

Source: the report's own text (its digest stands in its row) and the public pages that other
tables cite.
Limitations: titles are descriptions of ours; a page that was only seen as a copy on an unrelated
address is named by its outlet and not linked.

来源：报告文本（本行载有其摘要值），以及其他各表引用的公开网页。
局限：标题为本库所拟；仅见于无关网址转载的网页，只写原载媒体，不附链接。
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import StringConstraints

from fintech2021._core import catalog
from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import Count, Note, Slug, Text, editorial, public
from fintech2021._records.expressions import col
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, in_both_languages

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "DateBasis", "Source", "SourceForm", "SourceKind"]


class SourceKind(ClosedList):
    """Who stands behind a document."""

    REPORT = "report", "The report", "报告"
    PRESS = "press", "Press", "媒体"
    OFFICIAL = "official", "Authority", "官方"
    COMPANY = "company", "Company", "公司"
    ACADEMIC = "academic", "Academic", "学术"


class SourceForm(ClosedList):
    """Where a document was seen."""

    ORIGINAL = "original", "On the outlet's own site", "原载网站"
    REPOST = "repost", "Carried by another site", "他站转载"
    COPY = "copy", "Copy on an unrelated address, not linked", "无关网址转载，不附链接"
    FILE = "file", "A file", "文件"


class DateBasis(ClosedList):
    """What the day of publication rests on."""

    PAGE = "page", "Stated on the page", "页面写明"
    ADDRESS = "address", "In the page's address", "见于网址"
    COPY = "copy", "Day of the repost or copy, not of the outlet", "转载日期，非原载日期"


class Source(Record):
    """A document or page that is cited.

    被引用的文件或网页。
    """

    table: ClassVar = TableInfo(
        name="sources", key=("source_id",), title_en="Sources", title_zh="来源"
    )

    source_id: Annotated[Slug, editorial("Source", "来源标识")]
    """Identifier that other tables refer to.

    供其他各表引用的标识。
    """
    title_en: Annotated[Text, editorial("Title", "英文标题")]
    """What the document is, described here.

    文件内容，由本库描述。
    """
    title_zh: Annotated[Text, editorial("Chinese title", "中文标题")]
    """What the document is, described here in Chinese; since 2.0.0.

    文件内容的中文描述；自2.0.0版起。
    """
    publisher_en: Annotated[
        Text | None,
        public(
            "Publisher", "发布者", missing=("the outlet is not established", "原载媒体未能确定")
        ),
    ] = None
    """Outlet or organisation that published it.

    发布该文件的媒体或机构。
    """
    publisher_zh: Annotated[
        Text | None,
        public(
            "Publisher in Chinese",
            "发布者中文名称",
            missing=("not established, or without a Chinese name", "未能确定，或无中文名称"),
        ),
    ] = None
    """Chinese name of the outlet or organisation; since 2.0.0.

    媒体或机构的中文名称；自2.0.0版起。
    """
    kind: Annotated[SourceKind, editorial("Kind", "类别")]
    """Who stands behind it.

    发布方类别。
    """
    form: Annotated[SourceForm, editorial("Form", "形式")]
    """Where it was seen; since 2.0.0.

    所见形式；自2.0.0版起。
    """
    carrier: Annotated[
        Text | None,
        public("Carried by", "转载网站", missing=("seen on the outlet's own site", "见于原载网站")),
    ] = None
    """Site that carries a repost; since 2.0.0.

    转载该文件的网站；自2.0.0版起。
    """
    url: Annotated[
        Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None,
        public(
            "Address",
            "网址",
            missing=("not linked: seen only as a copy elsewhere", "不附链接：仅见于他处转载"),
        ),
    ] = None
    """Address of the page.

    网页地址。
    """
    published_on: Annotated[
        date | None,
        public("Published on", "发布日期", missing=("no date is given", "未注明日期")),
    ] = None
    """Day of publication, or of the repost: `date_basis` says which.

    发布日期或转载日期，见`date_basis`。
    """
    date_basis: Annotated[
        DateBasis | None,
        editorial("Basis of the date", "日期依据", missing=("no date is given", "未注明日期")),
    ] = None
    """What the day rests on; since 2.0.0.

    日期的依据；自2.0.0版起。
    """
    accessed_on: Annotated[
        date | None,
        editorial("Accessed on", "查阅日期", missing=("not a page", "非网页")),
    ] = None
    """Day by which a stored copy of the page had been read for this library; since 2.0.0.

    本库查阅该网页存档的截止日期；自2.0.0版起。
    """
    sha256: Annotated[
        Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None,
        editorial("SHA-256", "SHA-256 摘要", missing=("not a file that was read", "非所读文件")),
    ] = None
    """Digest of the file that was read.

    所读文件的摘要值。
    """
    lines: Annotated[
        Count | None,
        editorial("Lines", "行数", missing=("not a file that was read", "非所读文件")),
    ] = None
    """Number of line ends in the file that was read.

    所读文件的换行符数量。
    """
    note: Note | None = None
    """What a reader should know about the page.

    关于该网页的说明。
    """
    note_zh: Annotated[
        Text | None, editorial("Note in Chinese", "中文备注", missing=("nothing to add", "无"))
    ] = None
    """The note in Chinese.

    备注的中文。
    """


def _are_cited(sources: pd.DataFrame, tables: Tables) -> bool:
    cited = set().union(*(_pages_of(tables(name), name) for name in catalog.datasets()))
    return set(sources.loc[sources["kind"] != "report", "source_id"]) <= cited


def _pages_of(frame: pd.DataFrame, dataset: str) -> set[str]:
    """Return the pages that a table cites."""
    columns = catalog.load_descriptor(dataset).columns
    lists = (frame[c.name].dropna() for c in columns if c.references == "sources")
    return {page for cells in lists for cell in cells for page in cell.split(";")}


def _days_stand_in_addresses(sources: pd.DataFrame, _tables: Tables) -> bool:
    told = sources[sources["date_basis"] == "address"]
    digits = told["url"].str.replace(r"[^0-9]", "", regex=True)
    return all(
        any(day.strftime(form) in address for form in ("%Y%m%d", "%m%d%y"))
        for day, address in zip(told["published_on"], digits, strict=True)
    )


def _keys_name_days(sources: pd.DataFrame, _tables: Tables) -> bool:
    days = sources["source_id"].str.extract(r"([0-9]{4}_[0-9]{2}_[0-9]{2})$")[0].dropna()
    published = sources.loc[days.index, "published_on"].dt.strftime("%Y_%m_%d")
    return bool((days == published).all())


INVARIANTS = (
    Invariant(
        "originals and reposts are linked, copies on unrelated addresses are not",
        col("url").is_given() != col("form").or_else("").is_in(("original", "repost")),
        since="2.0.0",
    ),
    Invariant(
        "every day of publication says what it rests on",
        col("published_on").is_given() != col("date_basis").is_given(),
        since="2.0.0",
    ),
    Invariant(
        "only a repost names the site that carries it",
        col("carrier").is_given() != (col("form").or_else("") == "repost"),
        since="2.0.0",
    ),
    in_both_languages("note", since="2.0.0"),
    Invariant(
        "no page was read before it was published",
        col("accessed_on") < col("published_on"),
        since="2.0.0",
    ),
    Invariant(
        "the report has a digest and a number of lines, and no page has",
        (col("sha256").is_given() != (col("kind") == "report"))
        | (col("lines").is_given() != (col("kind") == "report")),
        since="2.0.0",
    ),
)
FACTS = (
    Fact(
        "exactly one source is the report, and it carries its digest and its number of lines",
        lambda sources, _: (
            sources.loc[sources["kind"] == "report", ["sha256", "lines"]].notna().all(axis=1).sum()
            == (sources["kind"] == "report").sum()
            == 1
        ),
    ),
    Fact("every page is cited", _are_cited, since="2.0.0"),
    Fact("a day that rests on an address stands in it", _days_stand_in_addresses, since="2.0.0"),
    Fact("a key that ends in a day names that of publication", _keys_name_days, since="2.0.0"),
)
