"""The server as a client of the SDK sees it, over standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import fintech2021 as ft

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.mcp, pytest.mark.slow]

TOOLS = ["list", "info", "find", "rows", "source", "claim", "cite"]
Question = tuple[str, dict[str, Any]]


def talk(*questions: Question, options: tuple[str, ...] = ()) -> tuple[Any, list[Any]]:
    """Return the tools and the answers of a server that is started for it."""
    import anyio
    from mcp import Client, StdioServerParameters, stdio_client

    strict = ("-Werror::DeprecationWarning", "-Werror::ResourceWarning")
    command = [*strict, "-m", "fintech2021", *options, "mcp"]
    environment = {"PYTHONPATH": str(Path(ft.__file__).parents[1]), "PYTHONUTF8": "0"}
    server = StdioServerParameters(command=sys.executable, args=command, env=environment)

    async def conversation() -> tuple[Any, list[Any]]:
        async with Client(stdio_client(server)) as client:
            tools = (await client.list_tools()).tools
            return tools, [await client.call_tool(*question) for question in questions]

    return anyio.run(conversation)


@pytest.fixture(scope="module")
def answer() -> Callable[[str], Any]:
    """Give the answer to one question; all are asked in one conversation."""
    _, answers = talk(*QUESTIONS.values())
    return dict(zip(QUESTIONS, answers, strict=True)).__getitem__


ICBC = {"dataset": "banks", "key": "icbc"}
QUESTIONS: dict[str, Question] = {
    "list": ("list", {}),
    "info": ("info", {"dataset": "banks"}),
    "find": ("find", {"text": "工商銀行科技投入", "dataset": "banks", "limit": 1}),
    "indicator": ("find", {"text": "e-CNY wallets", "dataset": "observations", "limit": 2}),
    "row": ("rows", ICBC),
    "columns": ("rows", {"dataset": "banks", "columns": ["tech_staff"], "limit": 2, "offset": 3}),
    "source": ("source", {**ICBC, "column": "tech_spend_cny"}),
    "old": ("source", {**ICBC, "column": "tech_spend_cny", "version": "1.0.0"}),
    "claim": ("claim", {"claim_id": "public_cloud_segments"}),
    "cite": ("cite", {**ICBC, "column": "tech_spend_cny", "style": "bibtex"}),
    "no dataset": ("rows", {"dataset": "BANK"}),
    "no key": ("source", {"dataset": "banks", "key": "ICBC", "column": "tech_spend_cny"}),
    "no column": ("rows", {"dataset": "banks", "columns": ["staff"]}),
    "no words": ("find", {}),
    "too many": ("rows", {"dataset": "banks", "limit": 5000}),
    "before the first": ("rows", {"dataset": "banks", "offset": -1}),
    "no number": ("rows", {"dataset": "banks", "limit": "some"}),
    "no style": ("cite", {"style": "mla"}),
}


def test_a_client_is_told_of_seven_tools_that_only_read() -> None:
    tools, _ = talk()
    assert [tool.name for tool in tools] == TOOLS
    assert all(tool.annotations.read_only_hint for tool in tools)
    assert [tool.name for tool in tools if not tool.description] == []


def test_the_figure_of_a_bank_comes_with_its_line(answer: Callable[[str], Any]) -> None:
    found = answer("source").structured_content
    place = {
        "line": 1641,
        "start": 5,
        "printed": "238.19",
        "scale": 100000000,
        "section": "Banking: technology spending",
    }
    assert (found["value"], found["unit"], found["origin"]) == (23819000000, "CNY", "printed")
    assert found["places"] == [place]
    assert (found["version"], found["edition"]) == (
        ft.info("banks").version,
        ft.info("banks").edition,
    )


def test_what_a_client_reads_as_text_is_what_it_gets_as_data(answer: Callable[[str], Any]) -> None:
    for name in ("list", "row", "claim"):
        found = answer(name)
        assert json.loads(found.content[0].text) == found.structured_content


def test_every_dataset_is_listed(answer: Callable[[str], Any]) -> None:
    listed = answer("list").structured_content["datasets"]
    assert [each["name"] for each in listed] == ft.catalog()["name"].tolist()
    assert {"version", "edition", "title_zh"} <= listed[0].keys()


def test_a_dataset_is_described_column_by_column(answer: Callable[[str], Any]) -> None:
    fields = answer("info").structured_content["schema"]["fields"]
    assert [field["name"] for field in fields] == [it.name for it in ft.info("banks").columns]


def test_every_number_of_a_row_has_its_place(answer: Callable[[str], Any]) -> None:
    (row,) = answer("row").structured_content["rows"]
    numbers = [it.name for it in ft.info("banks").columns if it.is_number and row[it.name]]
    assert "tech_staff" in numbers
    for name in numbers:
        assert row[name]["places"][0]["printed"]
        assert {"version", "edition", "unit"} <= row[name].keys()
    assert row["name_zh"] == "工商银行"


def test_rows_can_be_read_in_parts(answer: Callable[[str], Any]) -> None:
    found = answer("columns").structured_content
    banks = ft.load_banks()
    assert found["of"] == len(banks)
    assert [row["key"] for row in found["rows"]] == banks["bank_id"].tolist()[3:5]
    assert [row.keys() for row in found["rows"]] == [{"key", "tech_staff"}] * 2


def test_a_cell_is_found_by_words_with_its_place(answer: Callable[[str], Any]) -> None:
    (found,) = answer("find").structured_content["found"]
    assert (found["key"], found["column"], found["line"]) == ("icbc", "tech_spend_cny", 1641)
    assert found["source"]["places"][0]["printed"] == "238.19"


def test_the_source_of_what_is_found_is_that_of_its_value(answer: Callable[[str], Any]) -> None:
    for found in answer("indicator").structured_content["found"]:
        if found["key"]:
            assert str(found["source"]["value"]) == found["value"]


def test_every_figure_of_a_claim_has_its_place(answer: Callable[[str], Any]) -> None:
    found = answer("claim").structured_content
    cells = [cell for operand in found["operands"] for cell in operand["cells"]]
    assert (found["relation"], found["verdict"]) == ("a + b + c = d", "fails")
    assert [cell["lines"] for cell in cells] == [
        [place["line"] for place in cell["source"]["places"]] for cell in cells
    ]


def test_a_number_is_cited(answer: Callable[[str], Any]) -> None:
    told = answer("cite").structured_content["text"]
    assert told == ft.cite("banks", "icbc", "tech_spend_cny", style="bibtex")


def test_an_old_version_is_read_when_asked_for_and_says_what_became_of_it(
    answer: Callable[[str], Any],
) -> None:
    old, new = (answer(name).structured_content for name in ("old", "source"))
    assert old["version"] == "1.0.0"
    assert old["superseded"] == ft.info("banks", "1.0.0").superseded
    assert "superseded" not in new


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("no dataset", "There is no dataset 'BANK'. Did you mean 'banks'?"),
        ("no key", "Did you mean 'icbc'?"),
        ("no column", "There is no column of banks 'staff'."),
        ("no words", "There is nothing to look for in None."),
        ("too many", "limit is 5000, expected a number from 1 to 200"),
        ("before the first", "offset is -1, expected a number from 0 on"),
        ("no number", "Input should be a valid integer"),
        ("no style", "'mla'"),
    ],
)
def test_an_error_is_a_sentence(answer: Callable[[str], Any], name: str, sentence: str) -> None:
    found = answer(name)
    assert found.is_error
    assert sentence in found.content[0].text
    assert "Traceback" not in found.content[0].text


def test_a_pin_from_the_command_line_holds_in_every_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _write_lock("2026.1")
    _, answers = talk(QUESTIONS["list"], QUESTIONS["row"], options=("--locked",))
    listed, row = (each.structured_content for each in answers)
    assert {each["edition"] for each in listed["datasets"]} == {"2026.1"}
    with ft.pinned("2026.1"):
        assert (row["version"], row["edition"]) == (ft.info("banks").version, "2026.1")


def _write_lock(edition: str) -> None:
    command = [sys.executable, "-m", "fintech2021", "lock", "--edition", edition]
    subprocess.run(command, check=True, capture_output=True)
