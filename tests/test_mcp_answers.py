"""What the tools for agents answer, without their SDK: tests/test_mcp.py asks by it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import fintech2021 as ft
from fintech2021._mcp.answers import TOOLS
from fintech2021.errors import ArgumentError, Fintech2021Error


@pytest.mark.parametrize("name", ft.catalog()["name"])
def test_every_number_of_every_dataset_comes_with_its_origin_as_json(name: str) -> None:
    told = TOOLS["rows"](name, limit=3)
    numbers = [column.name for column in ft.info(name).columns if column.is_number]
    found = [row[number] for row in told["rows"] for number in numbers if row[number] is not None]
    assert [each for each in found if not each.keys() >= {"value", "version", "origin"}] == []
    printed = [each for each in found if each["origin"] == "printed"]
    assert [each for each in printed if not each.get("places")] == []
    json.dumps(told, allow_nan=False)


def test_what_is_found_shows_the_source_of_that_value() -> None:
    told = TOOLS["find"](topic="digital_currency", dataset="observations", limit=30)["found"]
    assert len(told) > 5
    assert [each["key"] for each in told if str(each["source"]["value"]) != each["value"]] == []


def test_a_column_that_is_found_has_no_source() -> None:
    (told,) = TOOLS["find"]("registered capital", limit=1)["found"]
    assert (told["key"], told["source"]) == (None, None)


def test_every_failing_claim_can_be_told_as_json() -> None:
    failing = ft.audit().query("verdict == 'fails'")["claim_id"]
    for claim_id in failing:
        told = TOOLS["claim"](claim_id)
        assert told["verdict"] == "fails"
        json.dumps(told, allow_nan=False)


def test_a_pin_chooses_what_is_answered() -> None:
    with ft.pinned("2026.1"):
        assert {each["edition"] for each in TOOLS["list"]()["datasets"]} == {"2026.1"}


@pytest.mark.parametrize("limit", [0, -1, 201])
def test_a_limit_is_within_bounds(limit: int) -> None:
    with pytest.raises(ArgumentError, match="from 1 to 200"):
        TOOLS["rows"]("banks", limit=limit)


def test_a_row_that_is_not_there_is_an_error_of_ours() -> None:
    with pytest.raises(Fintech2021Error, match="Did you mean 'icbc'"):
        TOOLS["rows"]("banks", key="icbcc")


def test_a_claim_a_source_a_descriptor_and_a_citation_are_told() -> None:
    assert TOOLS["source"]("banks", "icbc", "tech_spend_cny")["places"][0]["line"] == 1641
    assert TOOLS["info"]("banks")["edition"] == ft.info("banks").edition
    assert TOOLS["cite"]("banks")["text"] == ft.cite("banks")


def test_the_package_and_its_answers_do_not_import_the_sdk() -> None:
    code = "import fintech2021._mcp.server, fintech2021._cli.app, sys; print('mcp' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert told.stdout.split() == [b"False"]


def test_without_the_sdk_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from fintech2021._cli import mcp

    monkeypatch.setattr(mcp, "find_spec", lambda _: None)
    from fintech2021._cli.app import cli

    told = CliRunner().invoke(cli, ["mcp"])
    assert told.exit_code == 1
    assert "pip install 'fintech2021[mcp]'" in told.output
