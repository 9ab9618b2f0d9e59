"""No printed period is borrowed: nothing parts it from its figure, unless a head dates both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import fintech2021 as ft
from fintech2021._core import catalog
from fintech2021._core.rows import by_key
from fintech2021._evidence.places import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._core.names import DatasetName
    from fintech2021._evidence.places import Place

BULLET = "\n "
"""The characters of the bullets were lost with the PDF: a line that begins with a space is one."""

SLIDE = "\n\n\n"
"""Two empty lines or more part slides."""

HEADS = {
    ("internet_life_insurers", "period"): (
        "the title of the table, which the text has after the bullets beside it (line 2067)"
    ),
}
"""Why the periods of a whole column may stand behind a bullet: ten such columns at most."""

FIGURES = {
    "observations": 220,
    "enumerations": 10,
    "funding_statistics": 30,
    "open_banking_metrics": 12,
    "sandbox_regions": 18,
}
"""Datasets that have many figures with a period, and how many at least."""


def printed(descriptor: Descriptor, *, dates: bool) -> list[Column]:
    """Return the printed columns of periods and years, or else those of figures."""
    return [
        column
        for column in descriptor.columns
        if column.origin == "printed"
        and (column.unit in {"period", "year"}) is dates
        and (dates or column.type in {"integer", "number"})
    ]


def pairs(name: DatasetName) -> Iterator[tuple[str, str, Place, Place]]:
    """Yield the key and the column of each printed period, its place and that of a figure."""
    descriptor = ft.info(name)
    cited = places(descriptor)
    for key, row in by_key(descriptor).items():
        for date in printed(descriptor, dates=True):
            for figure in printed(descriptor, dates=False):
                if row[date.name] and row[figure.name]:
                    for one in cited[key, date.name]:
                        for other in cited[key, figure.name]:
                            yield key, date.name, one, other


def between(lines: list[str], one: Place, other: Place) -> str:
    """Return the text from one place to another, whichever stands first."""
    first, last = sorted(((one.line, one.start), (other.line, other.start)))
    if first[0] == last[0]:
        return lines[first[0] - 1][first[1] : last[1]]
    middle = lines[first[0] : last[0] - 1]
    return "\n".join([lines[first[0] - 1][first[1] :], *middle, lines[last[0] - 1][: last[1]]])


def parted(text: str) -> bool:
    return SLIDE in text or BULLET in text


def test_the_text_has_the_marks_that_part_it(source_lines: list[str]) -> None:
    text = "\n".join(source_lines)
    assert text.count(BULLET) == 232
    assert text.count(SLIDE) == 68


@pytest.mark.parametrize("name", catalog.datasets())
def test_no_printed_period_is_borrowed(name: DatasetName, source_lines: list[str]) -> None:
    found = list(pairs(name))
    borrowed = {
        (key, column, one.line, other.line)
        for key, column, one, other in found
        if parted(between(source_lines, one, other))
    }
    assert {each for each in borrowed if (name, each[1]) not in HEADS} == set()
    assert {(name, column) for _, column, _, _ in borrowed} == {
        head for head in HEADS if head[0] == name
    }
    assert len(found) >= FIGURES.get(name, 0)


def test_the_exceptions_are_few_and_have_reasons() -> None:
    assert len(HEADS) <= 10
    assert all(HEADS.values())


def test_a_period_that_heads_a_table_is_one_for_all_its_rows() -> None:
    for name, column in HEADS:
        assert len({places(ft.info(name))[key, column] for key in by_key(ft.info(name))}) == 1


@pytest.mark.parametrize(
    ("line", "start", "said"),
    [
        (2051, 0, "another bullet"),
        (2001, 0, "another slide"),
    ],
)
def test_a_borrowed_period_is_noticed(
    line: int, start: int, said: str, source_lines: list[str]
) -> None:
    key = "cn_internet_health_insurance_premiums_2020"
    (own,) = ft.source("observations", key, "period").places
    (figure,) = ft.source("observations", key, "value").places
    assert not parted(between(source_lines, own, figure))
    assert parted(between(source_lines, own._replace(line=line, start=start), figure)), said


@pytest.mark.parametrize("name", catalog.datasets())
def test_a_period_is_printed_or_assumed_never_both(name: DatasetName) -> None:
    columns = {column.name: column for column in ft.info(name).columns}
    if "assumed_period" not in columns:
        return
    assert columns["assumed_period"].origin == columns["period_basis"].origin == "editorial"
    for row in by_key(ft.info(name)).values():
        assert not (row["period"] and row["assumed_period"])
        assert bool(row["assumed_period"]) is bool(row["period_basis"])
