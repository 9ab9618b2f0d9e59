"""The gallery of `fintech2021.charts` on its pages, and the picture of the two READMEs.

``python -m tools.writing.generate`` renews the gallery. The picture stands in files, because a
README is shown where nothing of ours runs: ``python -m tools.writing.gallery`` draws it after a
change of data or of its function, and a test says when.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from fintech2021 import charts
from fintech2021.charts.saving import carrying, drawn
from tools.writing.languages import LANGUAGES
from tools.writing.markdown import renewed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tools.writing.languages import Language

__all__ = ["NAMES", "README", "ROOM", "files", "galleries", "main", "pictures"]

ROOM = Path(__file__).resolve().parents[2] / "docs" / "charts"
NAMES = tuple(name for name in charts.__all__ if name != "save")
"""The functions that draw."""
README = "bank_technology_spending_share"
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
START = "<!-- gallery -->"
END = "<!-- /gallery -->"

_CHINESE = {
    "bank_technology_spending": "各银行历年科技投入，报告所印与公开网页的数字分开",
    "bank_technology_spending_share": "各银行科技投入及其占营业收入的比重",
    "bank_technology_staff": "各银行科技人员人数及其占全行员工的比重",
    "cell_provenance": "一个数字从报告的一行到表中一个单元格的来历",
    "cross_checks": "报告数字与公开网页是否一致，不一致者相差多少",
    "e_cny": "报告所载数字人民币的规模，以及试点地区",
    "failed_claims": "报告中与自身其他数字不符的命题",
    "fintech_subsidiaries": "银行系金融科技子公司的成立时间与注册资本",
    "funding": "中国金融科技按领域与轮次的融资，以及各行业合计",
    "internet_life_insurers": "人身险公司在互联网保费中的份额",
    "market_sizes": "中国各科技细分市场的规模，预测与实际分开",
    "policies": "报告所列法律与政策的发布时间，按主题",
    "sandbox_projects": "监管沙箱（监管沙盒）项目，按地区与批次，具名与所计并列",
    "technology_parks": "产业园：大数据按大区，区块链按成立年份与所在地",
    "virtual_banks": "香港虚拟银行：牌照与开业、存款、股东",
}


def pictures(language: Language) -> Iterator[tuple[str, str]]:
    """Yield the name of each function that draws, and what its picture shows."""
    for name in NAMES:
        lines = (getattr(charts, name).__doc__ or "").splitlines()
        shows = lines[0].removeprefix("Draw ").rstrip(".")
        yield name, language.of(shows[0].upper() + shows[1:], _CHINESE[name])


def galleries() -> dict[str, Callable[[str], str]]:
    """Return by path what renews the gallery of each language."""
    return {f"{language.pages}/charts.md": _renewer(language) for language in LANGUAGES}


def _renewer(language: Language) -> Callable[[str], str]:
    told = language.of("", '"zh"')
    entries = "".join(_entry(name, shows, told) for name, shows in pictures(language))
    return lambda text: renewed(text, START, END, entries)


def _entry(name: str, shows: str, told: str) -> str:
    return f"\n### {name}\n\n{shows}\n\n```{{picture}} {name}\ncharts.{name}({told})\n```\n"


def files(folder: Path) -> Iterator[Path]:
    """Draw the picture of the READMEs into a folder, and yield its files."""
    for language in LANGUAGES:
        chart = getattr(charts, README)(language.code)
        for scheme in SCHEMES:
            path = folder / f"{README}.{language.code}.{scheme}.svg"
            path.write_text(carrying(drawn(chart, scheme)), "utf-8")
            yield path


def main() -> None:
    """Write the picture of the READMEs."""
    ROOM.mkdir(exist_ok=True)
    for path in files(ROOM):
        sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
