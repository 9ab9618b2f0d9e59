"""Relations that the report's figures must have to one another, and that can be tested.

Source: totals with their parts, shares with their wholes, growth with both ends, the same
quantity printed twice, counts of what can be counted: throughout the report's text.
Limitations: a claim is about the report's figures, not about the world; an assumption that a
claim needs stands with it. Who asserts a claim was judged here: the report where its words or
figures entail it, else this library.

来源：报告全文中的合计与分项、占比与总量、增速与期初期末数、前后重复的数字，以及可以清点的个数。
局限：各项命题只核对报告的数字，不涉及现实；所需的假设随命题列出。由谁提出系本库判定：
报告的文字或数字蕴含的归报告，其余归本库。
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from annotated_types import Ge
from pydantic import StringConstraints

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import Names, Slug, Text, editorial
from fintech2021._records.expressions import col, duplicated
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant, distinct

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "Asserter", "Claim", "ClaimKind"]

_OPERAND = r"^[a-z_]+/[^/;]+/[a-z_]+(@printed)?$"


class ClaimKind(ClosedList):
    """What sort of relation a claim states."""

    SUM = "sum", "a total and its parts", "分项与合计"
    SHARE = "share", "a share and its whole", "占比与总量"
    GROWTH = "growth", "growth and both ends", "增速与期初期末数"
    COMPOUND_GROWTH = "compound_growth", "compound growth and both ends", "复合增速与期初期末数"
    RATIO = "ratio", "a ratio", "比率"
    DIFFERENCE = "difference", "a difference", "差额"
    ORDER = "order", "an order by size or time", "大小或先后次序"
    BOUND = "bound", "a limit", "上下限"
    ROW_COUNT = "row_count", "a count of what is listed", "个数清点"
    REPEATED = "repeated", "one figure in several places", "前后一致"


class Asserter(ClosedList):
    """Who says that a claim is true."""

    REPORT = "report", "the report", "报告"
    LIBRARY = "library", "this library, of its own tables or readings", "本库"


class Claim(Record):
    """A relation between figures of the report that can be tested.

    报告数字之间可以核对的一项勾稽关系。
    """

    table: ClassVar = TableInfo(
        name="claims",
        key=("claim_id",),
        title_en="Arithmetic claims of the report",
        title_zh="勾稽关系",
        caveats=(
            (
                "A claim fails if no numbers that its figures can stand for make it true; what a "
                "figure can stand for is told on the page about the audit.",
                "命题所涉数字在其可能取值的范围内无论怎样取值都不能成立的，判为不成立；"
                "取值范围的规则见勾稽核对页。",
            ),
        ),
    )

    claim_id: Annotated[Slug, editorial("Claim", "命题标识")]
    """Identifier of the claim.

    命题的标识。
    """
    kind: Annotated[ClaimKind, editorial("Kind", "类别")]
    """What sort of relation it is.

    勾稽关系的类别。
    """
    asserted_by: Annotated[Asserter, editorial("Asserted by", "提出者")]
    """The report, where its words or figures entail the claim; or this library, where it says that
    a table of its own is whole, without doubles and in order, or how a fault came about.

    报告的文字或数字蕴含该命题的为报告；本库称其表格完整、无重复、次序无误，
    或解释某处错误成因的为本库。
    """
    statement_en: Annotated[Text, editorial("Statement", "表述（英文）")]
    """The claim in words of ours.

    命题的英文表述。
    """
    statement_zh: Annotated[Text, editorial("Statement in Chinese", "表述")]
    """The claim in words of ours, in Chinese.

    命题的中文表述。
    """
    relation: Annotated[Text, editorial("Relation", "关系式")]
    """The claim as a formula over the operands, a b c in their order: computed = printed.

    以运算项写成的关系式，a、b、c依次为各运算项：左边为计算值，右边为所印值。
    """
    operands: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=_OPERAND)], ...],
        editorial("Operands", "运算项"),
    ]
    """Cells as dataset/key/column; a key ``*`` is every row, ``*[column=text]`` some of them;
    ``@printed`` after the column means the printed characters of a cell that is repaired.

    以“数据集/主键/列”表示的单元格；主键为 ``*`` 指所有行，``*[列=文本]`` 指其中一部分；
    列后加 ``@printed`` 指经修正的单元格的所印原文。
    """
    versions: Annotated[Names, editorial("Versions", "版本")]
    """The version of every dataset among the operands for which the claim was judged.

    判定时各运算项所在数据集的版本。
    """
    lines: Annotated[Names, editorial("Lines", "行号")]
    """Lines of the source text where the figures stand.

    各数字在源文本中的行号。
    """
    assumption_en: Annotated[
        Text | None,
        editorial("Assumption", "假设（英文）", missing=("nothing is assumed", "无假设")),
    ] = None
    """What the claim takes for granted.

    命题所依据的假设，英文。
    """
    assumption_zh: Annotated[
        Text | None,
        editorial("Assumption in Chinese", "假设", missing=("nothing is assumed", "无假设")),
    ] = None
    """What the claim takes for granted, in Chinese.

    命题所依据的假设。
    """
    reading_rule: Annotated[int, Ge(1), editorial("Reading rule", "取值规则版次")]
    """Revision of the rule by which printed figures are read when the claim is judged; one for all
    claims of a version, and 1 for versions that do not name it.

    判定时所用取值规则的版次；同一版本各命题相同，未注明的版本为第1版。
    """


def _versions_agree(claims: pd.DataFrame, tables: Tables) -> bool:
    judged = {pair for pairs in claims["versions"].str.split(";") for pair in pairs}
    named = (pair.split() for pair in judged)
    return all(tables(name).attrs["fintech2021"]["version"] == version for name, version in named)


INVARIANTS = (
    Invariant(
        "no claim is stated twice",
        duplicated("relation", "operands"),
    ),
    Invariant(
        "what is assumed is told in both languages",
        col("assumption_en").is_given() != col("assumption_zh").is_given(),
        since="2.0.0",
    ),
    distinct("the statements", "statement_en"),
    distinct("the Chinese statements", "statement_zh", since="2.0.0"),
)
FACTS = (
    Fact("there are at least 150 claims", lambda claims, _: len(claims) >= 150),
    Fact("the operands' versions are those that were judged", _versions_agree),
    Fact(
        "one reading rule serves all claims",
        lambda claims, _: len(set(claims["reading_rule"])) == 1,
        since="2.0.0",
    ),
)
