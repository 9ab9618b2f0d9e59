"""What authorities and companies in China do with regulatory technology.

Source: the table of practice in regulatory technology, lines 2652 to 2708 of the report's text.
Limitations: measures are described here; actors as printed, including two "exchanges" that probably
are the stock exchanges.

来源：报告的“中国监管科技实践”表，原文第2652行至第2708行。
局限：举措由本库概述；主体照录原文，其中两家“金融交易所”可能是指证券交易所。
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import Names, Position, Slug, Slugs, Text, editorial, printed
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, distinct
from fintech2021.tables.vocabulary import Topic

__all__ = ["FACTS", "INVARIANTS", "RegtechActorGroup", "RegtechPractice"]


class RegtechActorGroup(ClosedList):
    """The table's groups of actors."""

    GOVERNMENT_AND_REGULATORS = (
        "government_and_regulators",
        "Government and supervisory authorities",
        "政府部门与监管当局",
    )
    LOCAL_FINANCIAL_AUTHORITIES = (
        "local_financial_authorities",
        "Local financial authorities",
        "地方政府金融管理部门",
    )
    INTERNET_FINANCE_GIANTS = (
        "internet_finance_giants",
        "Internet finance giants",
        "互联网金融巨头",
    )
    FINTECH_COMPANIES = "fintech_companies", "Fintech companies", "金融科技公司"


class RegtechPractice(Record):
    """A row of the table on regulatory technology.

    监管科技实践表的一行。
    """

    table: ClassVar = TableInfo(
        name="regtech_practices",
        key=("practice_id",),
        order=("position",),
        title_en="Practice in regulatory technology",
        title_zh="监管科技实践",
    )

    practice_id: Annotated[Slug, editorial("Practice", "实践标识")]
    """Identifier of the row.

    条目的标识。
    """
    actor_group: Annotated[RegtechActorGroup, editorial("Group of actors", "主体类别")]
    """Group under which the table lists the actor.

    表中所归的主体类别。
    """
    actor_en: Annotated[Text, editorial("Actor", "主体英文名称")]
    """Who acts, in English.

    实施主体的英文名称。
    """
    actor_zh: Annotated[Text, printed("Actor, Chinese", "主体")]
    """Who acts, as printed.

    原文所印的实施主体。
    """
    institution_ids: Annotated[
        Slugs, editorial("Institutions", "机构标识", references="institutions")
    ]
    """Identifiers of the actors.

    实施主体的机构标识。
    """
    technologies: Annotated[
        Names | None,
        printed(
            "Technologies",
            "技术",
            missing=('printed as "-" or not at all', "原文为“-”或空白"),
        ),
    ] = None
    """Technologies as printed.

    原文所印的技术。
    """
    measure_en: Annotated[Text, editorial("Measure", "举措（英文）")]
    """What is done, described here in English.

    举措的英文概述。
    """
    position: Position
    """Order in the table.

    在表中的次序。
    """
    measure_zh: Annotated[Text, editorial("Measure, Chinese", "举措")]
    """What is done, described here in Chinese; since 1.1.0.

    举措的中文概述；自1.1.0版起。
    """
    topics: Annotated[tuple[Topic, ...], editorial("Topics", "主题")]
    """What it is about, the main subject first; since 1.1.0.

    所涉主题，主要主题在前；自1.1.0版起。
    """


INVARIANTS = (
    distinct("the measures", "measure_en"),
    distinct("the Chinese measures", "measure_zh", since="1.1.0"),
)
FACTS = (
    Fact(
        "positions count from 1 without a gap",
        lambda rows, _: rows["position"].tolist() == list(range(1, len(rows) + 1)),
    ),
    Fact("all four groups of actors occur", lambda rows, _: rows["actor_group"].nunique() == 4),
)
