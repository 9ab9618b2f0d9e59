"""One claim in full: what it says, its operands, and what became of it."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal

import pytest

import fintech2021 as ft
from fintech2021._audit import verdict as auditing
from fintech2021._core.rows import by_key

CLAIMS = by_key(auditing.claims_in_force())
JUDGED = {found.claim_id: found for found in auditing.judgements()}


def test_a_claim_has_both_languages_its_relation_and_its_verdict() -> None:
    found = ft.claim("public_cloud_segments")
    assert found.statement_en == "SaaS, PaaS and IaaS add up to China's public cloud market"
    assert found.statement_zh == "SaaS、PaaS、IaaS三部分之和等于公有云市场规模"
    assert (found.relation, found.kind, found.asserted_by) == ("a + b + c = d", "sum", "report")
    assert (found.verdict, int(found.distance)) == ("fails", 200_000_000)
    assert found.lines == (1146, 1148)
    assert found.errata == ("public_cloud_segments",)
    assert (found.version, found.reading_rule) == ("2.0.0", 2)


def test_an_operand_has_its_value_characters_lines_and_interval() -> None:
    operand = ft.claim("public_cloud_segments").operands[3]
    assert (operand.letter, operand.name) == (
        "d",
        "observations/cn_public_cloud_market_size_2020/value",
    )
    (cell,) = operand.cells
    assert (cell.value, cell.printed, cell.lines) == (127_700_000_000, "1277", (1146,))
    assert (cell.low, cell.high) == (Decimal(127_650_000_000), Decimal(127_750_000_000))


def test_a_hedge_is_told_and_an_open_end_is_missing() -> None:
    (cell,) = ft.claim("fund_advisory_pilot_two_years").operands[2].cells
    assert (cell.value, cell.qualifier, cell.low, cell.high) == (2, "over", Decimal(2), None)
    assert str(cell) == (
        "cn_fund_advisory_pilot_duration = 2 (over), printed '两' in line 2350: 2 …"
    )


def test_the_printed_characters_of_a_repaired_cell_are_what_is_claimed_about() -> None:
    (cell,) = ft.claim("dajia_badges_within_report").operands[0].cells
    assert (cell.value, cell.printed, cell.lines) == ("2121-09", "2121年9月", (3265,))
    assert (cell.low, cell.high) == (None, None)


def test_a_cell_that_is_not_printed_says_so() -> None:
    cell = ft.claim("large_state_banks_rows").operands[0].cells[0]
    assert "not printed" not in str(cell)
    distinct = ft.claim("blockchain_parks_table_provinces").operands[0].cells[0]
    assert "not printed" in str(distinct)


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_every_claim_can_be_read_and_has_the_verdict_of_the_audit(claim_id: str) -> None:
    found = ft.claim(claim_id)
    judged = JUDGED[claim_id]
    assert {name: getattr(found, name) for name in judged._fields} == judged._asdict()
    text = str(found)
    assert text.startswith(f"{claim_id}: {judged.verdict}")
    assert all(f"  {operand.letter}  {operand.name}" in text for operand in found.operands)
    assert found.assumption_en is None or f"Assumed: {found.assumption_en}" in text


def test_of_many_cells_a_few_are_printed() -> None:
    text = str(ft.claim("blockchain_parks_table_rows").operands[0])
    assert len(text.splitlines()) == 5
    assert text.endswith("… and 43 more cells")


def test_an_unknown_claim_names_the_close_match() -> None:
    with pytest.raises(ft.UnknownKeyError, match="Did you mean 'public_cloud_segments'"):
        ft.claim("public_cloud_segment")


def test_a_claim_of_an_old_edition_is_read_by_its_own_rule() -> None:
    with ft.pinned("2026.2"):
        old = ft.claim("e_cny_olympic_scenarios")
    new = ft.claim("e_cny_olympic_scenarios")
    assert (old.reading_rule, old.printed_low) == (1, Decimal(354_500))
    assert (new.reading_rule, new.printed_low) == (2, Decimal(360_000))
    assert (old.asserted_by, old.statement_zh) == (None, None)
    assert "asserted" not in str(old)
    assert old.assumption_en == new.assumption_en


def test_a_claim_survives_copying_and_pickling() -> None:
    found = ft.claim("public_cloud_segments")
    assert copy.deepcopy(found) == pickle.loads(pickle.dumps(found)) == found  # noqa: S301
