"""How many small corruptions of the packaged tables our own checks notice, and that it stays so."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from tools.checking.mutations import __main__ as command
from tools.checking.mutations import audit, provenance, rules
from tools.checking.mutations.kept import PATH, kept, renewed, written
from tools.checking.mutations.operators import OPERATORS, mutants
from tools.checking.mutations.reasons import Reason, reason
from tools.checking.mutations.score import ROWS, Result, Tally, measured
from tools.checking.mutations.table import Mutant, is_well_formed, table
from tools.writing.mutation_page import page

from fintech2021._audit import operand
from fintech2021._core import catalog
from fintech2021._versions import pins

if TYPE_CHECKING:
    from collections.abc import Callable

DATASETS = catalog.datasets()
_USUAL = {"banks", "direct_banks", "trends"}
EVERY = pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in _USUAL else pytest.mark.thorough) for name in DATASETS],
)
"""Every dataset, of which a usual run takes some; `nox -s thorough` takes them all."""
NEAR = 0.02
"""So far the page may be from what is measured: other libraries may choose otherwise."""


def mutant(name: str, key: str, **cells: str) -> Mutant:
    """Return a table with other cells in one row."""
    whole = table(name)
    return Mutant(table=whole, operator="made", number=[*whole.by_key].index(key), cells=cells)


# What is kept


@cache
def found(name: str) -> Result:
    return measured(name)


@EVERY
def test_no_table_falls_below_its_floor(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    results, floors = kept()
    score = found(name).score()
    record_property("summary", command.line(name, found(name)))
    assert score >= floors[name], found(name).survivors
    assert abs(score - results[name].score()) <= NEAR, (
        "the page is not current: python -m tools.checking.mutations, then tools.writing.generate"
    )


def test_every_table_has_a_floor_and_it_is_near_its_score() -> None:
    results, floors = kept()
    assert [*floors] == [*results] == [*DATASETS]
    assert [n for n in floors if not 0 <= results[n].score() - floors[n] < NEAR] == []


def test_all_but_one_in_a_hundred_corruptions_of_printed_figures_are_noticed() -> None:
    figures = [result.figures for result in kept()[0].values()]
    assert sum(each.killed for each in figures) >= 0.99 * sum(each.mutants for each in figures)
    assert sum(each.mutants for each in figures) > 800


MISSED = {("rekeyed", "erratum_cells"): 1}
"""Where another key can be as good a one: an erratum of several lines may be of the cell."""


@pytest.mark.parametrize("operator", ROWS)
def test_no_row_is_doubled_dropped_or_rekeyed_unnoticed(operator: str) -> None:
    tallies = {n: r.tallies[operator] for n, r in kept()[0].items() if operator in r.tallies}
    missed = {name: each.mutants - each.killed for name, each in tallies.items()}
    assert {
        name: few for name, few in missed.items() if few > MISSED.get((operator, name), 0)
    } == {}
    assert len(tallies) == len(DATASETS)


def test_a_floor_rises_with_the_score_and_never_falls() -> None:
    tallies = {"digit": Tally(1000, 0, 0, 0, 987), "sign": Tally(10, 0, 0, 0, 10)}
    results = {"banks": Result(tallies, Tally(0, 0, 0, 0, 0), {})}
    assert results["banks"].score() == pytest.approx(0.9935)
    assert renewed({}, results) == {"banks": 0.99}
    assert renewed({"banks": 0.5}, results) == {"banks": 0.99}
    assert renewed({"banks": 1.0}, results) == {"banks": 1.0}


def test_what_is_kept_is_read_as_it_was_written() -> None:
    assert written(*kept()) == PATH.read_text("utf-8")


# Operators


def made(operator: str, name: str, key: str, column: str) -> str | None:
    """Return what an operator makes of a cell."""
    whole = table(name)
    number = [*whole.by_key].index(key)
    (found_operator,) = (each for each in OPERATORS if each.name == operator)
    cells = [m.cells for m in found_operator.mutate(whole, number) if column in m.cells]
    return cells[0][column] if cells else None


@pytest.mark.parametrize(
    ("operator", "cell", "expected"),
    [
        ("sign", ("banks", "icbc", "tech_spend_cny"), "-23819000000"),
        ("times_ten", ("banks", "icbc", "tech_spend_revenue_pct"), "27.0"),
        ("times_10_4", ("banks", "icbc", "tech_staff"), "354000000"),
        ("times_10_8", ("banks", "icbc", "tech_staff"), "3540000000000"),
        ("point_moved", ("banks", "icbc", "tech_spend_revenue_pct"), "0.270"),
        ("point_moved", ("banks", "icbc", "tech_staff"), "3540"),
        ("emptied", ("banks", "icbc", "tech_staff"), ""),
        ("category", ("banks", "icbc", "bank_type"), "joint_stock"),
        ("day_and_month", ("virtual_banks", "za_bank", "licensed_on"), None),
        ("day_and_month", ("virtual_banks", "welab_bank", "licensed_on"), "2019-10-04"),
        ("filled", ("banks", "icbc", "tech_staff"), None),
        ("traditional", ("banks", "icbc", "name_en"), None),
        ("dash", ("banks", "icbc", "name_en"), None),
    ],
)
def test_an_operator_makes_what_it_says(
    operator: str, cell: tuple[str, str, str], expected: str | None
) -> None:
    assert made(operator, *cell) == expected


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.name)
def test_an_operator_changes_one_row_and_always_alike(operator: object) -> None:
    (known,) = (each for each in OPERATORS if each is operator)
    for name in ("observations", "virtual_banks"):
        first, again = (mutants(table(name), known, 5) for _ in range(2))
        assert list(map(str, first)) == list(map(str, again))
        assert first
        for each in first:
            assert each.is_of_rows or each.after != each.before
            assert len(each.rows) == len(each.table.rows) + each.copies - 1


def test_what_can_stay_well_formed_does() -> None:
    digits = next(each for each in OPERATORS if each.name == "digit")
    made_of = mutants(table("observations"), digits, None)
    columns = table("observations").columns
    assert all(is_well_formed(t, columns[c]) for m in made_of for c, t in m.cells.items())


def test_a_traditional_character_stands_for_a_simplified_one() -> None:
    assert made("traditional", "banks", "icbc", "name_zh") == "工商銀行"


def test_a_rekeyed_row_has_a_key_that_no_row_has() -> None:
    operator = next(each for each in OPERATORS if each.name == "rekeyed")
    for name in DATASETS:
        whole = table(name)
        for each in mutants(whole, operator, 3):
            assert whole.key(each.after) not in whole.by_key


# Checks


@EVERY
def test_no_check_refuses_a_table_as_it_was_published(name: str) -> None:
    whole = table(name)
    numbers = {0, len(whole.rows) // 2, len(whole.rows) - 1}
    for number in numbers:
        same = Mutant(table=whole, operator="none", number=number, cells=dict(whole.rows[number]))
        assert not rules.kills(same), same.key
        assert not audit.kills(same), same.key
        assert not provenance.kills(same), same.key


def test_the_operands_of_claims_are_those_of_the_audit() -> None:
    for row in table("claims").rows:
        for text in row["operands"].split(";"):
            known = operand.cells_of(text, pins.requested)
            assert tuple(audit.cells_of(audit.Operand.of(text), None)) == known


@pytest.mark.parametrize(
    ("check", "name", "key", "cells"),
    [
        (rules, "banks", "icbc", {"tech_spend_cny": "2381900000"}),  # A sum of the prose.
        (rules, "banks", "icbc", {"tech_spend_cny": "238.19"}),
        (rules, "banks", "icbc", {"fiscal_year": ""}),
        (rules, "banks", "icbc", {"bank_id": "no_such_bank"}),
        (rules, "institutions", "icbc", {"institution_id": "no_such_bank"}),  # Of its children.
        (rules, "observations", "cn_personal_credit_bureaus", {"value": "5"}),  # Of another table.
        (audit, "observations", "ant_group_scale_2021", {"value": "1"}),
        (audit, "verdicts", "public_cloud_segments", {"distance": "1"}),
        (audit, "claims", "public_cloud_segments", {"relation": "a + b = d"}),
        (audit, "claims", "public_cloud_segments", {"lines": "1"}),
        (audit, "cross_checks", "banks|boc|tech_spend_cny", {"scale": "1000"}),
        (provenance, "banks", "icbc", {"tech_spend_cny": "23819000001"}),
        (provenance, "banks", "icbc", {"bank_id": "no_such_bank"}),
        (provenance, "bank_technology", "abc|2019", {"name_en": "Farmers' Bank"}),  # Derived.
        (provenance, "institutions", "abc", {"name_en": "Farmers' Bank"}),  # Derived elsewhere.
        (provenance, "errata", "clustar_latency", {"line": "1548"}),
    ],
)
def test_a_check_refuses_what_it_is_there_for(
    check: object, name: str, key: str, cells: dict[str, str]
) -> None:
    (kills,) = (each.kills for each in (rules, audit, provenance) if each is check)
    assert kills(mutant(name, key, **cells))


# Reasons and reports


@pytest.mark.parametrize(
    ("name", "key", "cells", "expected"),
    [
        ("claims", "trends_rows", {"statement_en": "x"}, Reason.WORDS),
        ("claims", "trends_rows", {"kind": "sum"}, Reason.JUDGEMENT),
        ("events", "", {"region_id": "x"}, Reason.ATTRIBUTION),
        ("sources", "", {"accessed_on": "2026-01-01"}, Reason.FIGURE),
        ("virtual_banks", "za_bank", {"licensed_on": "2019-03-28"}, Reason.PAGE),
        ("banks", "icbc", {"name_zh": "工商 银行"}, Reason.ALIKE),
    ],
)
def test_a_survivor_has_its_reason(
    name: str, key: str, cells: dict[str, str], expected: Reason
) -> None:
    assert reason(mutant(name, key or next(iter(table(name).by_key)), **cells)) is expected


def test_rows_and_keys_and_repairs_have_reasons_of_their_own() -> None:
    whole = table("observations")
    assert reason(Mutant(table=whole, operator="dropped", number=0, copies=0)) is Reason.ROW
    keyed = Mutant(table=whole, operator="rekeyed", number=0, cells={"observation_id": "x"})
    assert reason(keyed) is Reason.KEY
    repaired = mutant("observations", "dajia_smart_badges_in_use", period="2021-10")
    assert reason(repaired) is Reason.REPAIRED


def test_the_command_lists_survivors_of_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["trends"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(line.startswith("trends | ") and line.endswith(")") for line in lines)


def test_the_command_measures_what_is_kept(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    results, _ = kept()
    monkeypatch.setattr(command, "measured", lambda name, _most: results[name])
    assert command.main(["--full"]) == 0
    out = capsys.readouterr().out
    assert len(out.splitlines()) == len(DATASETS) + 8
    assert "doubled: " in out


def test_the_page_lists_what_survives_in_a_table() -> None:
    tallies = {each.name: Tally(10, 9, 0, 5, 9) for each in OPERATORS}
    result = Result(tallies, Tally(4, 4, 0, 4, 4), {"words name_en+name_zh neighbour": 2})
    text = page({"banks": result}, {"banks": 0.9})
    assert "| [`banks`](datasets/banks.md) | 200 | 90.0 | 0.0 | 50.0 | 90.0 | 90 |" in text
    assert "| words | `name_en` and `name_zh` | neighbour 2 |" in text
    assert f"| **words**: {Reason.WORDS.said} | 2 |" in text
    assert "<summary><strong><code>banks</code></strong>: 2 survive</summary>" in text
    assert (
        "Of 200 mutants of 1 tables 180 are noticed; the mean score of the tables is 90.0 %" in text
    )
