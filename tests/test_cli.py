from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import pytest
from click.testing import CliRunner, Result

from fintech2021._cli import output as terminal
from fintech2021._cli.app import cli
from fintech2021._core import catalog, store
from fintech2021._core.rows import read_table
from fintech2021._frames import pandas as pandas_frames
from fintech2021.errors import IntegrityError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DATASETS = catalog.datasets()
PLAIN = {"FORCE_COLOR": None, "COLUMNS": None, "TTY_COMPATIBLE": None}
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in PLAIN}


def invoke(*arguments: str) -> Result:
    return CliRunner(env=PLAIN).invoke(cli, arguments, prog_name="fintech2021")


def output(*arguments: str) -> str:
    result = invoke(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "fintech2021", *arguments]
    options = {"env": ENVIRONMENT, "stdout": subprocess.PIPE, **options}
    return subprocess.run(command, stderr=subprocess.PIPE, check=False, **options)


def edges(line: str) -> list[int]:
    """The terminal cells in which a line has an edge of a column."""
    width, found = 0, []
    for character in line:
        if character in "│┌┬┐├┼┤└┴┘":
            found.append(width)
        width += 2 if east_asian_width(character) in "WF" else 1
    return found


def table_cells(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("│")]
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


DAMAGED = catalog.load_descriptor("banks").path


@pytest.fixture
def damaged_banks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    read = store.read

    def read_damaged(path: str, sha256: str) -> bytes:
        if path == DAMAGED:
            raise IntegrityError(f"The packaged file {path} is damaged")
        return read(path, sha256)

    pandas_frames._cached_frame.cache_clear()
    monkeypatch.setattr(store, "read", read_damaged)
    yield
    pandas_frames._cached_frame.cache_clear()


def test_list_has_one_line_per_dataset_with_version_rows_and_title() -> None:
    _, *found = table_cells(output("list"))
    expected = (catalog.load_descriptor(name) for name in DATASETS)
    assert found == [
        [it.name, it.version, str(it.rows), f"{it.title_en} ({it.title_zh})"] for it in expected
    ]


def test_list_runs_as_a_module() -> None:
    result = run("list", env=ENVIRONMENT | {"PYTHONIOENCODING": "utf-8"})
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode().splitlines() == output("list").splitlines()


def test_version_is_that_of_the_package() -> None:
    assert output("--version") == f"fintech2021 {version('fintech2021')}\n"


@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_edges_of_a_table_stand_under_each_other(name: str, language: str) -> None:
    lines = output("show", name, "--lang", language).splitlines()
    assert len(edges(lines[0])) > 2
    assert {tuple(edges(line)) for line in lines} == {tuple(edges(lines[0]))}


@pytest.mark.parametrize("name", DATASETS)
def test_a_table_that_is_piped_has_every_cell_whole_and_on_one_line(name: str) -> None:
    descriptor = catalog.load_descriptor(name)
    _, rows = read_table(descriptor.content)
    _, expected = terminal.spoken(descriptor, rows, "zh")
    _, *found = table_cells(output("show", name, "--lang", "zh"))
    assert found == expected


@pytest.mark.parametrize("more", [(), ("--columns", "bank_id,tech_spend_cny")])
def test_numbers_have_commas_for_people_and_none_for_programs(more: tuple[str, ...]) -> None:
    assert "23,819,000,000" in output("show", "banks", *more)
    assert "| 23,819,000,000 |" in output("show", "banks", *more, "--format", "md")
    assert "23819000000" in output("show", "banks", *more, "--format", "csv")
    assert "23819000000" in output("show", "banks", *more, "--format", "json")


def test_english_titles_come_without_the_chinese_names() -> None:
    heading, first, *_ = table_cells(output("show", "banks"))
    assert heading[:3] == ["Bank", "English name", "Bank type"]
    assert first[:3] == ["abc", "Agricultural Bank of China", "state_owned"]


def test_chinese_titles_come_without_the_english_names() -> None:
    heading, first, *_ = table_cells(output("show", "banks", "--lang", "zh"))
    assert heading[:3] == ["银行标识", "中文名称", "银行类型"]
    assert first[:3] == ["abc", "农业银行", "国有大型银行"]


def test_values_of_closed_lists_are_shown_in_chinese_by_their_labels() -> None:
    for name in ("banks", "policies", "virtual_banks"):
        descriptor = catalog.load_descriptor(name)
        header, rows = read_table(descriptor.content)
        heading, *found = table_cells(output("show", name, "--lang", "zh"))
        for column in (each for each in descriptor.columns if each.enum):
            shown = {row[heading.index(column.title_zh)] for row in found}
            written = {row[header.index(column.name)] for row in rows}
            assert {item for text in shown for item in text.split("；")} - {""} == {
                column.labels[item] for text in written for item in text.split(";") if item
            }


def test_values_of_closed_lists_are_shown_in_english_as_they_are_written() -> None:
    for name in ("banks", "virtual_banks"):
        descriptor = catalog.load_descriptor(name)
        header, rows = read_table(descriptor.content)
        heading, *found = table_cells(output("show", name))
        for column in (each for each in descriptor.columns if each.enum):
            place = heading.index(column.title_en)
            assert [row[place] for row in found] == [row[header.index(column.name)] for row in rows]


def test_a_list_without_labels_is_shown_by_its_values() -> None:
    column = catalog.load_descriptor("policies", {"test": "1.0.0"}).column("status")
    assert not column.labels
    found = table_cells(output("show", "policies", "--version", "1.0.0", "--lang", "zh"))
    place = found[0].index(column.title_zh)
    assert {row[place] for row in found[1:]} <= set(column.enum)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_programs_read_has_no_language(form: str) -> None:
    arguments = ("show", "virtual_banks", "--format", form)
    assert output(*arguments, "--lang", "zh") == output(*arguments)


def test_a_note_is_shown_in_one_language() -> None:
    descriptor = catalog.load_descriptor("virtual_banks")
    english, chinese = (descriptor.column(name) for name in ("note", "note_zh"))
    for language, shown, hidden in (
        ("en", english.title_en, chinese.title_en),
        ("zh", chinese.title_zh, english.title_zh),
    ):
        heading, *_ = table_cells(output("show", "virtual_banks", "--lang", language))
        assert shown in heading
        assert hidden not in heading


def test_a_printed_word_and_the_slug_of_it_are_no_halves() -> None:
    descriptor = catalog.load_descriptor("funding_rounds")
    heading, *_ = table_cells(output("show", "funding_rounds", "--lang", "zh"))
    assert {descriptor.column(name).title_zh for name in ("stage", "stage_zh")} <= set(heading)


def test_titles_of_statistics_are_hidden_in_the_other_language_too() -> None:
    heading, *_ = table_cells(output("show", "funding_statistics", "--lang", "zh"))
    descriptor = catalog.load_descriptor("funding_statistics")
    assert descriptor.column("title_zh").title_zh in heading
    assert descriptor.column("title_en").title_zh not in heading


def test_a_name_that_has_no_other_half_is_never_hidden() -> None:
    heading, *_ = table_cells(output("show", "virtual_banks", "--lang", "zh"))
    descriptor = catalog.load_descriptor("virtual_banks")
    assert "registered_name_zh" not in {field.name for field in descriptor.columns}
    assert descriptor.column("registered_name_en").title_zh in heading


def test_numbers_stand_at_the_right_of_their_column() -> None:
    lines = output("show", "banks").splitlines()
    column = [line.split("│")[5] for line in lines if line.startswith("│")]
    assert column[1] == "      18,300,000,000 "


def test_a_pipe_is_wide_enough_for_every_table_whatever_the_terminal_is_called() -> None:
    environment = ENVIRONMENT | {"TERM": "dumb", "FORCE_COLOR": "1", "COLUMNS": "40"}
    result = run("show", "banks", env=environment | {"PYTHONIOENCODING": "utf-8"})
    lines = result.stdout.decode().splitlines()
    assert len(lines) == 18 + 4


@pytest.fixture
def narrow(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., list[str]]:
    """The lines that a terminal of 40 cells gets for a table."""
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")

    def lines(titles: list[str], rows: list[list[str]]) -> list[str]:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        terminal.print_table([terminal.Heading(title) for title in titles], rows)
        return re.sub(r"\x1b\[\d+m", "", capsys.readouterr().out).splitlines()

    return lines


def test_brackets_and_colons_in_a_cell_are_no_markup(narrow: Callable[..., list[str]]) -> None:
    lines = narrow(["[b]"], [["[red]a[/red] :smile:"]])
    assert table_cells("\n".join(lines)) == [["[b]"], ["[red]a[/red] :smile:"]]


def test_a_terminal_folds_cells_between_words(narrow: Callable[..., list[str]]) -> None:
    lines = narrow(["Key", "Text"], [["a", "twelve letters " * 4]])
    assert table_cells("\n".join(lines)) == [
        ["Key", "Text"],
        ["a", "twelve letters twelve letters"],
        ["", "twelve letters twelve letters"],
    ]


def test_a_row_whose_words_a_terminal_would_break_stands_upright(
    narrow: Callable[..., list[str]],
) -> None:
    lines = narrow(["Key", "名称"], [["a" * 20, "银" * 20], ["b", "行"]])
    assert table_cells("\n".join(lines)) == [
        ["Key", "a" * 20],
        ["名称", "银" * 14],
        ["", "银" * 6],
        ["Key", "b"],
        ["名称", "行"],
    ]
    assert len({tuple(edges(line)) for line in lines}) == 1


@pytest.mark.parametrize("name", DATASETS)
def test_csv_is_the_published_file_byte_for_byte(name: str) -> None:
    result = invoke("show", name, "--format", "csv")
    assert result.stdout_bytes == catalog.load_descriptor(name).content


def test_csv_keeps_its_bytes_in_a_pipe_of_another_encoding() -> None:
    environment = ENVIRONMENT | {"PYTHONIOENCODING": "gbk"}
    result = run("show", "banks", "--format", "csv", env=environment)
    assert result.stdout == catalog.load_descriptor("banks").content


@pytest.mark.parametrize("rows", [0, 3])
def test_a_limit_keeps_the_first_rows_of_csv(rows: int) -> None:
    lines = catalog.load_descriptor("banks").content.splitlines(keepends=True)
    result = invoke("show", "banks", "--format", "csv", "--limit", str(rows))
    assert result.stdout_bytes == b"".join(lines[: rows + 1])


def test_a_limit_keeps_the_first_rows_of_json() -> None:
    whole = json.loads(output("show", "banks", "--format", "json"))
    assert json.loads(output("show", "banks", "--format", "json", "--limit", "2")) == whole[:2]


def test_a_limit_keeps_the_first_rows_of_a_table() -> None:
    whole = table_cells(output("show", "banks"))
    assert table_cells(output("show", "banks", "--limit", "2")) == whole[:3]


def test_a_negative_limit_is_a_usage_error() -> None:
    assert invoke("show", "banks", "--limit", "-1").exit_code == 2


@pytest.mark.parametrize("name", DATASETS)
def test_json_has_every_row_and_column(name: str) -> None:
    descriptor = catalog.load_descriptor(name)
    rows = json.loads(output("show", name, "--format", "json"))
    assert len(rows) == descriptor.rows
    assert {tuple(row) for row in rows} == {tuple(field.name for field in descriptor.columns)}


def test_json_numbers_are_numbers() -> None:
    rows = json.loads(output("show", "banks", "--format", "json"))
    icbc = next(row for row in rows if row["bank_id"] == "icbc")
    assert repr(icbc["tech_spend_cny"]) == "23819000000"
    assert repr(icbc["tech_spend_revenue_pct"]) == "2.7"


def test_json_lists_are_lists_and_a_missing_value_is_null() -> None:
    airstar, *_ = json.loads(output("show", "virtual_banks", "--format", "json"))
    assert airstar["shareholders"] == ["小米金融", "尚乘集团"]
    assert airstar["deposit_share_pct"] is None


def test_json_flags_are_flags_and_days_are_iso_text() -> None:
    first, *_ = json.loads(output("show", "sandbox_projects", "--format", "json"))
    assert first["in_report_count"] is True
    assert first["announced_on"] == "2020-01-14"


def test_json_months_are_iso_text() -> None:
    first, *_ = json.loads(output("show", "fintech_subsidiaries", "--format", "json"))
    assert first["founded_month"] == "2020-07"


def test_json_spells_chinese_in_utf_8_under_any_encoding() -> None:
    environment = ENVIRONMENT | {"PYTHONIOENCODING": "ascii"}
    result = run("show", "banks", "--format", "json", env=environment)
    assert "农业银行" in result.stdout.decode("utf-8")


def test_a_table_escapes_what_the_encoding_of_the_output_lacks() -> None:
    environment = ENVIRONMENT | {"PYTHONIOENCODING": "ascii"}
    result = run("show", "banks", "--lang", "zh", env=environment)
    assert (result.returncode, result.stderr) == (0, b"")
    assert "农业银行".encode("ascii", "backslashreplace") in result.stdout


def test_info_prints_the_data_dictionary() -> None:
    assert output("info", "banks") == f"{catalog.load_descriptor('banks')}\n"


def test_info_as_json_says_what_the_descriptor_says() -> None:
    found = json.loads(output("info", "banks", "--format", "json"))
    descriptor = catalog.load_descriptor("banks")
    assert found["hash"] == f"sha256:{descriptor.sha256}"
    assert found == descriptor.to_resource()
    assert [column["name"] for column in found["schema"]["fields"]] == [
        column.name for column in descriptor.columns
    ]


def test_source_says_line_and_printed_characters() -> None:
    found = output("source", "banks", "icbc", "tech_spend_cny")
    assert "tech_spend_cny = 23819000000" in found
    assert "line 1641, character 5: '238.19'" in found


def test_validate_prints_one_line_per_dataset_that_is_named() -> None:
    private, banks = (catalog.load_descriptor(name).version for name in ("private_banks", "banks"))
    assert output("validate", "private_banks", "banks") == (
        f"private_banks {private}: valid, 5 rows\nbanks {banks}: valid, 18 rows\n"
    )


def test_validate_takes_every_dataset_when_none_is_named() -> None:
    found = output("validate").splitlines()
    assert [line.split()[0] for line in found] == list(DATASETS)


@pytest.mark.usefixtures("damaged_banks")
def test_validate_goes_on_after_a_failure_and_exits_with_1() -> None:
    result = invoke("validate", "banks", "private_banks")
    assert result.exit_code == 1
    private, banks = (catalog.load_descriptor(name).version for name in ("private_banks", "banks"))
    assert result.stdout == f"banks {banks}: INVALID\nprivate_banks {private}: valid, 5 rows\n"
    assert result.stderr == f"The packaged file {DAMAGED} is damaged\n"


def test_validate_checks_every_name_before_it_starts() -> None:
    result = invoke("validate", "banks", "nope")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "There is no dataset 'nope'" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "bank"),
        ("show", "banks", "--version", "9.0.0"),
        ("info", "bank"),
        ("info", "banks", "--version", "9.0.0"),
        ("source", "banks", "nope", "name_zh"),
        ("source", "banks", "icbc", "nope"),
        ("source", "banks", "icbc", "name_zh", "--version", "9.0.0"),
    ],
)
def test_what_does_not_exist_is_a_message_and_status_1(arguments: tuple[str, ...]) -> None:
    result = invoke(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: There is no ")


def test_an_error_has_no_traceback_and_names_the_close_match() -> None:
    result = run("show", "bank")
    assert (result.returncode, result.stdout) == (1, b"")
    assert b"Did you mean 'banks'" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize(
    "arguments", [("nope",), ("show",), ("show", "banks", "--format", "xml"), ("source", "banks")]
)
def test_wrong_usage_is_status_2(arguments: tuple[str, ...]) -> None:
    assert invoke(*arguments).exit_code == 2


@pytest.mark.parametrize("command", ["list", "show", "info", "source", "validate"])
def test_every_command_says_what_it_does(command: str) -> None:
    summary = cli.commands[command].get_short_help_str(limit=200)
    assert summary in " ".join(output("--help").split())


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("show", "banks"),
        ("show", "virtual_banks", "--format", "json"),
        ("info", "banks"),
        ("source", "banks", "icbc", "tech_spend_cny"),
    ],
)
def test_reading_commands_import_neither_pandas_nor_pydantic(arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "fintech2021", *arguments]
    result = subprocess.run(command, capture_output=True, check=True, env=ENVIRONMENT)
    modules = {line.rsplit(b"|")[-1].strip() for line in result.stderr.splitlines()}
    assert b"fintech2021._core.catalog" in modules
    assert not modules & {b"pandas", b"pydantic", b"pandera", b"numpy"}


@pytest.mark.skipif(sys.platform == "win32", reason="a closed pipe is another error there")
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_broken_pipe_is_quiet(form: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    result = run("show", "institutions", "--format", form, stdout=writing)
    os.close(writing)
    assert (result.returncode, result.stderr) == (1, b"")


@pytest.mark.parametrize("module", ["click", "rich"])
def test_without_its_libraries_the_command_line_says_what_to_install(module: str) -> None:
    script = (
        f"import sys; sys.modules[{module!r}] = None; from fintech2021.__main__ import main; main()"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (result.returncode, result.stdout) == (1, b"")
    (line,) = result.stderr.decode().splitlines()
    assert line.startswith(f"The command line needs {module}, ")
    assert line.endswith("pip install 'fintech2021[cli]'")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only some systems have a full device")
def test_a_full_disk_is_said_in_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "fintech2021", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
