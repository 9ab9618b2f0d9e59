"""What holds of every command: help, languages, formats, narrow terminals, pagers, completion."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.testing import CliRunner, Result
from packaging.version import Version
from tools.writing import snapshots

import fintech2021 as ft
from fintech2021._cli import output as terminal
from fintech2021._cli import view
from fintech2021._cli.app import cli
from fintech2021._cli.output import readable
from fintech2021._cli.view import Field, Table, View
from fintech2021._core import catalog
from fintech2021._core.card import width
from fintech2021._evidence import source_text

if TYPE_CHECKING:
    from collections.abc import Callable

TECH_SPEND = {c.name for c in ft.info("banks").columns if c.name.startswith("tech_sp")}
PLAIN = {"FORCE_COLOR": None, "COLUMNS": None, "TTY_COMPATIBLE": None, "NO_COLOR": None}
EVERY = pytest.mark.parametrize("name", cli.commands)
CHINESE = re.compile("[\u4e00-\u9fff]")
SHOWN = {
    *("list", "show", "info", "schema", "source", "find", "diff", "audit", "claim", "cross-check"),
    *("series", "lock", "outdated", "update", "editions", "coverage", "verify", "validate"),
}


def invoke(*arguments: str) -> Result:
    return CliRunner(env=PLAIN).invoke(cli, arguments, prog_name="fintech2021")


def output(*arguments: str) -> str:
    result = invoke(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


def parameters(name: str) -> set[str]:
    return {str(each.name) for each in cli.commands[name].params}


@EVERY
def test_every_command_says_what_it_does_and_has_an_example_that_runs(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = output(name, "--help")
    example = re.search(r"Example: (.*)", " ".join(told.split()))
    assert example is not None, "no example"
    words = shlex.split(example[1].removeprefix('eval "$(').removesuffix(')"'))
    assert words[:2] == ["fintech2021", name]
    if name == "mcp":  # It answers a client and nobody else: tests/test_mcp.py is one.
        return
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(source_text, "coverage", lambda _: snapshots._COVERED)
    monkeypatch.setattr(source_text, "verify", lambda _: snapshots._VERIFIED)
    if name in {"outdated", "update"}:
        output("lock")
    result = invoke(*words[1:])
    assert result.exit_code == (1 if name in {"coverage", "verify"} else 0), result.output
    assert result.stdout.strip()


@pytest.mark.parametrize("name", snapshots.LINES)
def test_a_command_prints_what_is_kept_of_it_in_both_languages(name: str) -> None:
    kept = (Path(__file__).parent / "snapshots" / f"{name}.txt").read_text("utf-8")
    assert snapshots.snapshot(name) == kept, "python -m tools.writing.generate renews it"
    assert CHINESE.search(kept) or name in snapshots.WITHOUT_LANGUAGE


def test_what_is_kept_shows_every_command_that_prints_for_people() -> None:
    shown = {line[0] for lines in snapshots.LINES.values() for line in lines}
    assert shown == SHOWN
    assert set(cli.commands) - shown <= {"cite", "completion", "export", "mcp"}


@EVERY
def test_every_command_that_prints_for_people_has_a_language(name: str) -> None:
    for_programs = {"schema", "completion", "cite", "export", "mcp"}
    assert ("lang" in parameters(name)) or name in for_programs


TABLES = {
    "list": (),
    "show": ("banks",),
    "find": ("icbc",),
    "audit": ("banks",),
    "cross-check": ("banks",),
    "series": ("bank_it_market_size",),
    "editions": (),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_the_same_for_programs_in_every_language_and_format(name: str) -> None:
    line = (name, *TABLES[name])
    text = output(*line, "--format", "csv")
    assert text == output(*line, "--format", "csv", "--lang", "zh")
    rows = list(csv.DictReader(io.StringIO(text)))
    told = json.loads(output(*line, "--format", "json"))
    assert rows
    assert [list(row) for row in told] == [list(row) for row in rows]


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_markdown_has_a_line_per_row_and_as_many_cells_in_each(name: str, lang: str) -> None:
    lines = output(name, *TABLES[name], "--format", "md", "--lang", lang).splitlines()
    cells = {len(re.split(r"(?<!\\)\|", line)) for line in lines}
    assert len(cells) == 1
    assert set(lines[1]) <= set("|-: ")
    assert len(lines) > 2


def test_columns_are_chosen_and_ordered_by_their_names() -> None:
    line = ("show", "banks", "--columns", "tech_staff, bank_id", "--limit", "1", "--format")
    assert output(*line, "csv") == "tech_staff,bank_id\n8056,abc\n"
    assert json.loads(output(*line, "json")) == [{"tech_staff": 8056, "bank_id": "abc"}]
    assert output(*line, "md").splitlines()[0] == "| Technology staff | Bank |"


@pytest.mark.parametrize("column", ["科技投入", "Tech spend CNY"])
def test_a_column_that_is_not_there_is_refused_with_the_one_that_is_meant(column: str) -> None:
    result = invoke("show", "banks", "--columns", column)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Did you mean 'tech_spend_cny'" in result.stderr
    assert "Did you mean 'dataset'" in invoke("find", "icbc", "--columns", "Dataset").stderr


def test_nothing_to_look_for_is_wrong_usage_and_nothing_found_is_status_1() -> None:
    assert invoke("find").exit_code == 2
    nothing = invoke("find", "qqqzzz")
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert nothing.stderr == "Nothing was found.\n"
    assert invoke("find", "qqqzzz", "--format", "json").stdout == "[]\n"


def test_strict_fails_where_public_pages_differ() -> None:
    assert invoke("cross-check", "banks", "--strict").exit_code == 1
    assert invoke("cross-check", "virtual_banks", "--strict").exit_code in {0, 1}
    shown = json.loads(output("cross-check", "banks", "--differs", "--format", "json"))
    assert {row["verdict"] for row in shown} == {"differs"}


def test_what_fails_is_told_in_words_and_in_numbers_that_people_read() -> None:
    told = output("audit", "--failed")
    claim = ft.claim("public_cloud_segments")
    (line,) = (line for line in told.splitlines() if " public_cloud_segments " in line)
    assert claim.statement_en in line
    assert "127,650,000,000 … 127,750,000,000" in line
    assert "200,000,000" in line
    chinese = output("audit", "--failed", "--lang", "zh")
    assert str(claim.statement_zh) in chinese
    assert not re.search(r"\.\d{7}", told)


def test_a_claim_as_json_has_its_figures_with_their_places() -> None:
    found = json.loads(output("claim", "public_cloud_segments", "--format", "json"))
    cell = found["operands"][0]["cells"][0]
    assert (cell["printed"], cell["lines"], cell["value"]) == ("278", [1148], 27800000000)


def test_a_place_as_json_has_its_line_and_the_value_as_a_number() -> None:
    found = json.loads(output("source", "banks", "icbc", "tech_spend_cny", "--format", "json"))
    assert found["value"] == 23819000000
    assert found["places"][0]["line"] == 1641
    assert found["cross_check"]["verdict"] == "agrees"


@pytest.mark.parametrize("to", ["json", "duckdb", "sqlite", "postgres", "spark"])
def test_a_schema_is_that_of_the_library(to: str) -> None:
    told = output("schema", "banks", "--to", to)
    if to == "json":
        assert json.loads(told) == json.loads(json.dumps(ft.json_schema("banks")))
    else:
        assert told == f"{ft.sql_ddl('banks', dialect=to)}\n"


def test_an_unknown_command_names_the_one_that_is_meant() -> None:
    result = invoke("cross_check")
    assert result.exit_code == 2
    assert "cross_check" in result.stderr
    if Version(metadata.version("click")) >= Version("8.3"):  # It knows what is near since then.
        assert "cross-check" in result.stderr


# Terminals


@pytest.fixture
def a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[str, str]]:
    """Return what a terminal of so many cells gets of a table, and what is said beside it."""

    def shown(columns: int, table: Table, **asked: Any) -> tuple[str, str]:
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("LINES", "1000")
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        view.emit(View(**asked), table)
        told = capsys.readouterr()
        return re.sub(r"\x1b\[\d+m", "", told.out), told.err

    return shown


def banks(lang: str = "en") -> Table:
    from fintech2021._cli.data import _spoken
    from fintech2021._core.rows import read_table

    descriptor = catalog.load_descriptor("banks")
    rows = read_table(descriptor.content)[1]
    return _spoken(descriptor, rows, View(lang=lang))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [60, 80, 100, 120])
def test_a_narrow_terminal_gets_the_columns_that_matter_and_none_is_too_wide(
    a_terminal: Callable[..., tuple[str, str]], columns: int, lang: str
) -> None:
    table = banks(lang)
    text, said = a_terminal(columns, table, lang=lang)
    assert max(map(width, text.splitlines())) <= columns
    assert table.fields[0].title[:2] in text
    assert "icbc" in text
    left = [field.name for field in table.fields if field.name in said]
    assert ("--wide" in said) is bool(left) is (columns < 120)
    assert "bank_id" not in left


def test_a_wide_terminal_gets_all_columns_and_no_remark(
    a_terminal: Callable[..., tuple[str, str]],
) -> None:
    table = banks()
    text, said = a_terminal(400, table)
    assert all(field.title in text for field in table.fields)
    assert said == ""


def test_wide_shows_all_columns_as_wide_as_they_are(
    a_terminal: Callable[..., tuple[str, str]],
) -> None:
    table = banks()
    text, said = a_terminal(40, table, wide=True)
    assert all(field.title in text.splitlines()[1] for field in table.fields)
    assert len(text.splitlines()) == len(table.rows) + 4
    assert said == ""


def test_a_terminal_too_narrow_for_the_key_shows_rows_upright(
    a_terminal: Callable[..., tuple[str, str]],
) -> None:
    table = Table([Field("a", "Key", weight=0), Field("b", "Text")], [["k" * 30, "t"]])
    text, _ = a_terminal(20, table)
    assert [line.split("│")[1].strip() for line in text.splitlines() if "│" in line] == [
        "Key",
        *[""] * (text.count("│\n") - 2),
        "Text",
    ]


def test_a_long_table_is_paged_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paged: list[str] = []
    monkeypatch.setattr(click, "echo_via_pager", paged.append)
    monkeypatch.setenv("LINES", "10")
    monkeypatch.setenv("TERM", "xterm")
    terminal.page("x\n" * 50)
    assert (paged, capsys.readouterr().out) == ([], "x\n" * 50)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    terminal.page("x\n" * 50)
    assert paged == ["x\n" * 50]
    terminal.page("x\n" * 50, pager=False)
    terminal.page("x\n" * 5)
    assert len(paged) == 1


def test_only_a_terminal_gets_colours() -> None:
    assert "\x1b" not in output("list")
    assert "\x1b" not in output("audit", "--failed")


# Completion


def completed(*words: str, begun: str = "") -> set[str]:
    from click.shell_completion import BashComplete

    found = BashComplete(cli, {}, "fintech2021", "_FINTECH2021_COMPLETE")
    return {item.value for item in found.get_completions(list(words), begun)}


@pytest.mark.parametrize(
    ("words", "begun", "expected"),
    [
        (("show",), "virtual", {"virtual_bank_results", "virtual_banks"}),
        (("source", "banks"), "ic", {"icbc"}),
        (
            ("source", "banks", "icbc"),
            "tech_sp",
            TECH_SPEND,
        ),
        (("claim",), "public_cloud_seg", {"public_cloud_segments"}),
        (("series",), "bank_it_market_s", {"bank_it_market_size"}),
        (("lock", "--edition"), "2026", set(catalog.editions())),
        (("show", "banks", "--version"), "1.0.0", {"1.0.0"}),
        (("find", "--region"), "shenz", {"shenzhen"}),
        (("source", "no_such_dataset"), "", set()),
        ((), "cross", {"cross-check"}),
    ],
)
def test_a_shell_completes_names(words: tuple[str, ...], begun: str, expected: set[str]) -> None:
    assert completed(*words, begun=begun) == expected


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_each_shell(shell: str) -> None:
    assert "_FINTECH2021_COMPLETE" in output("completion", shell)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12345", "12,345"), ("2020", "2020"), ("-12345.5", "-12,345.5"), ("x1234567", "x1234567")],
)
def test_long_numbers_get_commas(text: str, expected: str) -> None:
    assert readable(text) == expected
