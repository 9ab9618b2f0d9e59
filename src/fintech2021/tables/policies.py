"""Laws, plans, standards and programmes that the report names.

Source: every title in 《》 and every law, plan or programme named without them, throughout the
report's text.
Limitations: issuers, dates and status only as far as the report gives them; a month without a year
is read as 2021, the report's year, and "since 2021" as 2021; a year in a title is taken for no
date; an issuer is read from the sentence, also where its subject is left out, or from the title.

来源：报告全文中书名号内的名称，以及未加书名号提及的法律、规划和计划。
局限：发布机构、日期和状态均以报告所述为限；只写月份的日期按报告所属的2021年理解，“2021年以来”按2021年理解；
标题中的年份不作日期；发布机构依句意（含承前省略的主语）或标题认定。
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import (
    Alpha2,
    Period,
    Slug,
    Slugs,
    Text,
    derived,
    editorial,
    first_day,
    last_day,
    printed,
)
from fintech2021._records.expressions import col, duplicated
from fintech2021._records.record import Record, TableInfo
from fintech2021._records.rules import Fact, Invariant
from fintech2021.tables.vocabulary import Topic

if TYPE_CHECKING:
    import pandas as pd

    from fintech2021._records.rules import Tables

__all__ = ["FACTS", "INVARIANTS", "DocumentType", "Policy", "PolicyStatus"]


class DocumentType(ClosedList):
    """What kind of document, or of policy without a document, is named."""

    LAW = "law", "Law", "法律"
    REGULATION = "regulation", "Regulations", "条例"
    MEASURES = "measures", "Measures", "办法与措施"
    GUIDELINES = "guidelines", "Guidelines", "指南"
    OPINIONS = "opinions", "Opinions", "意见"
    NOTICE = "notice", "Notice", "通知"
    STANDARD = "standard", "Standard, specification or classification", "标准、规范与分类"
    PLAN = "plan", "Plan or roadmap", "规划、方案与路线图"
    STRATEGY = "strategy", "Strategy", "战略"
    PROGRAMME = "programme", "Programme or project", "计划与工程"
    WHITE_PAPER = "white_paper", "White paper", "白皮书"
    REPORT = "report", "Report", "报告"
    MEMORANDUM = "memorandum", "Memorandum of understanding", "谅解备忘录"
    SANDBOX = "sandbox", "Regulatory sandbox or pilot", "监管沙盒与试点"
    FUNDING = "funding", "Grant, fund or lending facility", "资助、基金与货币政策工具"
    POLICY = "policy", "Line of policy without a document of its own", "无专门文件的政策举措"
    DOCUMENT = "document", "Document whose kind the report does not say", "未说明类别的文件"


class PolicyStatus(ClosedList):
    """How far a policy has come, as the report words it."""

    NAMED = "named", "Named, no more", "仅提及"
    PLANNED = "planned", "Still to be made", "拟制定"
    DRAFT = "draft", "Draft", "草案或征求意见稿"
    ISSUED = "issued", "Issued, announced, signed or launched", "已发布、签署或启动"
    IN_FORCE = "in_force", "In force or being carried out", "已生效或实施中"
    COMPLETED = "completed", "Its term is over", "期满收官"


class Policy(Record):
    """A law, plan, standard, programme or other policy named in the report.

    报告提到的一项法律、规划、标准、计划或其他政策。
    """

    table: ClassVar = TableInfo(
        name="policies",
        key=("policy_id",),
        title_en="Laws, plans, standards and programmes named in the report",
        title_zh="政策法规、标准与计划",
    )

    policy_id: Annotated[Slug, editorial("Policy", "政策标识")]
    """Identifier of the policy.

    政策的标识。
    """
    title_en: Annotated[Text, editorial("English title", "英文标题")]
    """English title, translated here unless a well-known one exists.

    英文标题；无通行译名的由本库翻译。
    """
    title_zh: Annotated[Text, editorial("Chinese title", "中文标题")]
    """Title that can be understood alone: as printed where that is enough, else with what the
    report says around it.

    可独立理解的标题：原文足以达意的照录，否则据上下文补足。
    """
    printed_title_zh: Annotated[Text, printed("Title as printed", "原文标题")]
    """Title as printed, without 《》.

    原文所印标题，不含书名号。
    """
    document_type: Annotated[DocumentType, editorial("Kind", "类别")]
    """What kind of document it is, by its title and by what the report says of it.

    文件类别，据其标题及报告的说法认定。
    """
    issuers: Annotated[
        Slugs | None,
        editorial(
            "Issuers",
            "发布机构",
            references="institutions",
            missing=("the report names none", "报告未提及"),
        ),
    ] = None
    """Who issued it, or runs it where it is no document.

    发布机构；并非文件的，为主管机构。
    """
    issuers_complete: Annotated[
        bool | None,
        editorial(
            "Issuers complete",
            "发布机构是否齐全",
            missing=("the report names no issuer", "报告未提及发布机构"),
        ),
    ] = None
    """False where the report says that there are issuers which it does not name.

    报告表明另有未列名的发布机构的，为否。
    """
    jurisdictions: Annotated[tuple[Alpha2, ...], editorial("Jurisdictions", "法域")]
    """ISO 3166-1 alpha-2 codes of the economies concerned; EU for the European Union.

    所涉经济体的ISO 3166-1二位代码；欧盟为EU。
    """
    region_ids: Annotated[Slugs, editorial("Places", "适用地区", references="regions")]
    """The places where it applies, as narrow as the report says.

    适用的地区，范围以报告所述为准。
    """
    issued_on: Annotated[
        Period | None,
        printed(
            "Issued",
            "发布日期",
            unit="period",
            missing=("the report gives no date for it", "报告未注明"),
        ),
    ] = None
    """ISO 8601 year, month or day on which it was issued, published, announced, signed or
    launched, as precise as printed.

    发布、公布、签署或启动的年、月或日，精度与原文一致。
    """
    issued_on_start: Annotated[
        date | None,
        derived(
            "Issued, first day",
            "发布起始日",
            rule=first_day("issued_on"),
            missing=("no date of issue is printed", "报告未注明发布日期"),
        ),
    ] = None
    """First day on which it can have been issued.

    可能发布的最早一日。
    """
    issued_on_end: Annotated[
        date | None,
        derived(
            "Issued, last day",
            "发布截止日",
            rule=last_day("issued_on"),
            missing=("no date of issue is printed", "报告未注明发布日期"),
        ),
    ] = None
    """Last day on which it can have been issued.

    可能发布的最晚一日。
    """
    effective_on: Annotated[
        Period | None,
        printed(
            "In force from",
            "生效日期",
            unit="period",
            missing=("the report gives no date for it", "报告未注明"),
        ),
    ] = None
    """ISO 8601 year, month or day from which it is in force, as precise as printed.

    生效或施行的年、月或日，精度与原文一致。
    """
    effective_on_start: Annotated[
        date | None,
        derived(
            "In force, first day",
            "生效起始日",
            rule=first_day("effective_on"),
            missing=("no date of coming into force is printed", "报告未注明生效日期"),
        ),
    ] = None
    """First day on which it can have come into force.

    可能生效的最早一日。
    """
    effective_on_end: Annotated[
        date | None,
        derived(
            "In force, last day",
            "生效截止日",
            rule=last_day("effective_on"),
            missing=("no date of coming into force is printed", "报告未注明生效日期"),
        ),
    ] = None
    """Last day on which it can have come into force.

    可能生效的最晚一日。
    """
    status: Annotated[PolicyStatus, editorial("Status", "状态")]
    """How far it has come, by the report's words.

    `planned`: no text of it exists yet. `draft`: published, not adopted. `issued`: issued,
    published, announced, signed or launched, and no word of its force. `in_force`: in force,
    applied or being carried out. `completed`: its term is over. `named`: the report says none of
    this.

    据报告措辞认定的进展。“拟制定”：尚无文本；“草案或征求意见稿”：已公布而未通过；
    “已发布、签署或启动”：已出台，未提是否生效；“已生效或实施中”：已生效、适用或正在实施；
    “期满收官”：期限届满；“仅提及”：报告未作上述任何说明。
    """
    topics: Annotated[tuple[Topic, ...], editorial("Topics", "主题")]
    """What it is about, the main subject first.

    所涉主题，主要主题在前。
    """


def _places_agree(policies: pd.DataFrame, tables: Tables) -> bool:
    regions = tables("regions").set_index("region_id")
    parents = regions["parent_id"].to_dict()
    codes = regions.query("level == 'economy'")["iso_3166"].to_dict() | {"eu": "EU"}

    def economy(place: str) -> str:
        return codes[place] if place in codes else economy(parents[place])

    return all(
        set(map(economy, places.split(";"))) <= set(named.split(";"))
        for places, named in zip(policies["region_ids"], policies["jurisdictions"], strict=True)
    )


INVARIANTS = (
    Invariant(
        "no title stands twice",
        duplicated("title_en") | duplicated("title_zh"),
    ),
    Invariant(
        "nothing comes into force before it is issued",
        col("effective_on_end") < col("issued_on_start"),
        since="2.0.0",
    ),
    Invariant(
        "what has a day of coming into force is in force",
        col("effective_on").is_given() & (col("status") != "in_force"),
        since="2.0.0",
    ),
    Invariant(
        "what is merely named or planned has no date",
        col("status").is_in(("named", "planned"))
        & (col("issued_on").is_given() | col("effective_on").is_given()),
        since="2.0.0",
    ),
    Invariant(
        "issuers are said to be complete or not exactly where there are any",
        col("issuers").is_given() != col("issuers_complete").is_given(),
        since="2.0.0",
    ),
)
FACTS = (
    Fact(
        "no date lies after the report",
        lambda policies, _: (
            policies[["issued_on_end", "effective_on_end"]].max().dt.year.max() <= 2022
        ),
        since="2.0.0",
    ),
    Fact(
        "a policy applies where its jurisdictions are",
        _places_agree,
        since="2.0.0",
    ),
)
