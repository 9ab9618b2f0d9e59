"""Licensed personal credit bureaus of China: when their licences were asked for and given.

Source: public pages; every row names the ones that it rests on. The report counts two personal
credit bureaus and names them (lines 2909 and 2910); the third was licensed later.
Limitations: the day on which the first one's application was accepted was not seen.

来源：公开网页，每行均注明所依据的网页。报告列有两家个人征信机构并写明名称（第2909、2910行），第三家其后才获牌。
局限：未查到首家机构申请获受理的日期。
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.columns import (
    Count,
    Note,
    Slug,
    Slugs,
    Text,
    derived,
    editorial,
    lookup,
    public,
)
from fintech2021._records.expressions import col, is_above
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, cites_two, in_both_languages, observed
from fintech2021.tables.vocabulary import PageEvidence

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "CreditBureau"]


class CreditBureau(Record):
    """A company that is licensed to keep credit files on persons.

    一家持牌个人征信机构。
    """

    table: ClassVar = TableInfo(
        name="credit_bureaus",
        key=("bureau_id",),
        title_en="Personal credit bureaus",
        title_zh="个人征信机构",
    )

    bureau_id: Annotated[Slug, editorial("Credit bureau", "机构标识", references="institutions")]
    """Identifier of the company.

    机构标识。
    """
    name_en: Annotated[Text, derived("English name", "英文名称", rule=lookup("bureau_id/name_en"))]
    """English name.

    英文名称。
    """
    name_zh: Annotated[Text, editorial("Chinese name", "中文名称")]
    """Chinese name: of the first two as the report prints it, of the third given here.

    中文名称：前两家与报告所印一致，第三家由本库给出。
    """
    application_accepted_on: Annotated[
        date | None, public("Application accepted on", "申请受理日期")
    ] = None
    """Day on which the central bank said that it had accepted the application.

    人民银行公布受理申请之日。
    """
    accepted_evidence: Annotated[
        PageEvidence | None,
        editorial(
            "Evidence of the acceptance", "受理日期依据", missing=("no day is known", "日期未知")
        ),
    ] = None
    """What the day of acceptance rests on.

    受理日期的依据。
    """
    licensed_on: Annotated[date, public("Licensed on", "获牌日期")]
    """Day on which the licence was given.

    获发牌照之日。
    """
    licence_evidence: Annotated[PageEvidence, editorial("Evidence of the licence", "获牌日期依据")]
    """What the day of the licence rests on.

    获牌日期的依据。
    """
    registered_capital_cny: Annotated[Count, public("Registered capital", "注册资本", unit="CNY")]
    """Registered capital in yuan.

    注册资本，单位为元。
    """
    evidence: Annotated[PageEvidence, editorial("Evidence", "依据")]
    """What the row rests on: the weakest evidence of any of its cells.

    该行的依据，以各单元格中依据最弱者为准。
    """
    source_ids: Annotated[Slugs, public("Sources", "来源", references="sources")]
    """Pages that the row rests on, those that the note weighs included.

    本行所依据的网页，含备注中比对的网页。
    """
    note: Note | None = None
    """Shareholders, and how pages differ.

    股东及网页之间的出入。
    """
    note_zh: Annotated[
        Text | None, editorial("Note in Chinese", "中文备注", missing=("nothing to add", "无"))
    ] = None
    """The note in Chinese.

    备注的中文。
    """


_STRENGTH = {"official": 1, "official_copy": 2, "two_pages": 3, "one_page": 4}


def _as_many_as_the_report_counts(bureaus: pd.DataFrame, tables: Tables) -> bool:
    by_2021 = (bureaus["licensed_on"].dt.year <= 2021).sum()
    return bool(by_2021 == observed(tables, "cn_personal_credit_bureaus"))


INVARIANTS = (
    Invariant(
        "no licence was given before its application was accepted",
        col("application_accepted_on") > col("licensed_on"),
    ),
    Invariant(
        "a row rests on no more than the weakest of its days",
        (col("application_accepted_on").is_given() != col("accepted_evidence").is_given())
        | is_above(col("accepted_evidence"), col("evidence"), _STRENGTH)
        | is_above(col("licence_evidence"), col("evidence"), _STRENGTH),
    ),
    in_both_languages("note"),
    cites_two(),
)
FACTS = (
    Fact("by 2021 as many are licensed as the report counts", _as_many_as_the_report_counts),
    Fact(
        "all have the same registered capital",
        lambda bureaus, _: len(set(bureaus["registered_capital_cny"])) == 1,
    ),
)
