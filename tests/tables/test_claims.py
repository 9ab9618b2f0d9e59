from __future__ import annotations

import pytest

import fintech2021 as ft
from rule_breaking import Change, broken, put, statements


def test_a_claim_names_its_operands_and_their_relation() -> None:
    found = ft.Claim.get("public_cloud_segments")
    assert (found.kind, found.relation) == (ft.ClaimKind.SUM, "a + b + c = d")
    assert [operand.split("/")[0] for operand in found.operands] == ["observations"] * 4
    assert found.versions == ("observations 2.0.0",)


def test_a_claim_can_take_something_for_granted() -> None:
    assert ft.Claim.get("unicorns_world_total").assumption is not None


BREAKS: dict[str, Change] = {
    "there are at least 150 claims": lambda claims: claims.head(149),
    "no claim is stated twice": lambda claims: claims.assign(relation="a = b", operands="a/b/c"),
    "the operands' versions are those that were judged": put(
        "public_cloud_segments", "versions", "observations 1.0.0"
    ),
}


def test_every_rule_has_a_table_that_breaks_it() -> None:
    assert BREAKS.keys() == statements("claims")


@pytest.mark.parametrize("statement", BREAKS)
def test_a_table_that_breaks_a_rule_is_noticed(statement: str) -> None:
    assert statement in broken("claims", BREAKS[statement])
