from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_a_claim_names_its_operands_and_their_relation() -> None:
    found = ft.Claim.get("public_cloud_segments")
    assert (found.kind, found.relation) == (ft.ClaimKind.SUM, "a + b + c = d")
    assert [operand.split("/")[0] for operand in found.operands] == ["observations"] * 4
    assert found.versions == ("observations 3.0.0",)
    assert (found.asserted_by, found.reading_rule) == (ft.Asserter.REPORT, 2)


def test_a_claim_can_take_something_for_granted() -> None:
    found = ft.Claim.get("unicorns_world_total")
    assert found.assumption_en == "one list and one date behind both counts"
    assert found.assumption_zh == "两个家数出自同一榜单、同一时点"


def test_a_claim_of_the_library_says_so() -> None:
    assert ft.Claim.get("trends_rows").asserted_by is ft.Asserter.LIBRARY


def test_a_claim_before_the_new_columns_is_loaded_with_the_old_ones() -> None:
    old = ft.load("claims", "1.0.0")
    assert "asserted_by" not in old
    assert old["assumption"].notna().any()


BREAKS: dict[str, Change] = {
    "there are at least 150 claims": lambda claims: claims.head(149),
    "no claim is stated twice": lambda claims: claims.assign(relation="a = b", operands="a/b/c"),
    "the operands' versions are those that were judged": put(
        "public_cloud_segments", "versions", "observations 1.0.0"
    ),
    "one reading rule serves all claims": put("public_cloud_segments", "reading_rule", 1),
    "what is assumed is told in both languages": put(
        "public_cloud_segments", "assumption_zh", None
    ),
    "the statements are distinct": lambda rows: rows.assign(statement_en="x"),
    "the Chinese statements are distinct": lambda rows: rows.assign(statement_zh="x"),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("claims")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("claims", BREAKS[statement])
