"""Every format, read back by the format's own library and compared cell by cell."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import json
import os
import sqlite3
import stat
import subprocess
import sys
import warnings
import zipfile
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import frictionless
import mlcroissant
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import rdflib

import fintech2021 as ft
from fintech2021._core import catalog
from fintech2021._core.kinds import KINDS, parse
from fintech2021._core.rows import read_rows
from fintech2021._export import choice, export, xlsx
from fintech2021._export.formats import FORMATS
from fintech2021._export.request import Request
from fintech2021._versions import pins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fintech2021._core.descriptor import Column, Descriptor

EDITIONS = [*catalog.editions()]
NEWEST = catalog.default_edition().name
TARGETS = {
    "csv": "tables",
    "json": "tables",
    "jsonl": "tables",
    "parquet": "tables",
    "arrow": "tables",
    "xlsx": "book.xlsx",
    "sqlite": "base.sqlite",
    "duckdb": "base.duckdb",
    "datapackage": "package.zip",
    "croissant": "croissant",
    "schemaorg": "dataset.jsonld",
}
"""A target for each format."""
EQUAL_BYTES = [to for to in TARGETS if to != "duckdb"]
"""The formats that admit equal bytes; DuckDB writes identifiers of its own."""


def descriptors(edition: str) -> list[Descriptor]:
    named = catalog.editions()[edition].datasets
    return [catalog.load_descriptor(name, {"a test": named[name]}) for name in sorted(named)]


def cells(it: Descriptor) -> Iterator[tuple[Column, str, Any]]:
    """Yield every cell row by row: its column, its text, and its value as records hold it."""
    for row in read_rows(it.content):
        for column in it.columns:
            yield column, row[column.name], parse(row[column.name], column.type)


def values(it: Descriptor, spell: Callable[[Column, Any], Any]) -> list[list[Any]]:
    """Return the rows with each value as a format spells it, a missing one ``None``."""
    flat = [None if value is None else spell(column, value) for column, _, value in cells(it)]
    width = len(it.columns)
    return [flat[start : start + width] for start in range(0, len(flat), width)]


def plain(column: Column, value: Any) -> Any:
    return KINDS[column.type].plain(value)


def as_text(column: Column, value: Any) -> Any:
    found = plain(column, value)
    if isinstance(found, dt.date):
        return str(found)
    return int(found) if isinstance(found, bool) else found


def as_json(column: Column, value: Any) -> Any:
    return KINDS[column.type].json(value)


def by_key(it: Descriptor, rows: Iterable[Iterable[Any]]) -> list[tuple[Any, ...]]:
    """Return the rows in the order of their keys."""
    places = [[column.name for column in it.columns].index(part) for part in it.primary_key]
    listed = [tuple(row) for row in rows]
    return sorted(listed, key=lambda row: [str(row[place]) for place in places])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Give an export of an edition, made once."""
    folder, there = tmp_path_factory.mktemp("exports"), dict[tuple[str, str], Path]()

    def make(to: str, edition: str = NEWEST) -> Path:
        if (to, edition) not in there:
            (folder / to / edition).mkdir(parents=True)
            target = folder / to / edition / TARGETS[to]
            there[to, edition] = ft.export(target, to=to, pins=edition)
        return there[to, edition]

    return make


def of_edition(test: Callable[..., None]) -> Any:
    *older, newest = EDITIONS
    each = [*(pytest.param(edition, marks=pytest.mark.thorough) for edition in older), newest]
    return pytest.mark.parametrize("edition", each)(test)


Made = Any
LINKED_DATA = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
"""What rdflib says to itself when it reads JSON-LD."""


@of_edition
def test_csv_is_the_published_bytes(made: Made, edition: str) -> None:
    folder = made("csv", edition)
    tables = descriptors(edition)
    assert {path.name for path in folder.iterdir()} == {f"{it.name}.csv" for it in tables}
    for it in tables:
        assert (folder / f"{it.name}.csv").read_bytes() == it.content


@of_edition
def test_json_has_every_cell(made: Made, edition: str) -> None:
    for it in descriptors(edition):
        rows = json.loads((made("json", edition) / f"{it.name}.json").read_text("utf-8"))
        assert [[*row.values()] for row in rows] == values(it, as_json)
        assert {tuple(row) for row in rows} <= {tuple(column.name for column in it.columns)}


@of_edition
def test_json_lines_have_every_cell(made: Made, edition: str) -> None:
    for it in descriptors(edition):
        text = (made("jsonl", edition) / f"{it.name}.jsonl").read_text("utf-8")
        rows = [json.loads(line) for line in text.splitlines()]
        assert [[*row.values()] for row in rows] == values(it, as_json)


def read_ipc(path: Path) -> pa.Table:
    with pa.ipc.open_file(path) as file:
        return file.read_all()


@pytest.mark.parametrize(("to", "read"), [("parquet", pq.read_table), ("arrow", read_ipc)])
@of_edition
def test_arrow_has_every_cell_and_says_what_it_is(
    made: Made, edition: str, to: str, read: Callable[[Path], Any]
) -> None:
    for it in descriptors(edition):
        found = read(made(to, edition) / f"{it.name}.{to}")
        assert [[*row.values()] for row in found.to_pylist()] == values(it, plain)
        told = json.loads(found.schema.metadata[b"descriptor"])
        assert told == it.to_resource()
        assert found.schema.field(0).metadata[b"title_zh"].decode() == it.columns[0].title_zh
        assert [field.nullable for field in found.schema] == [not c.required for c in it.columns]


def test_pandas_reads_the_types_of_our_frames_from_parquet(made: Made) -> None:
    for it in descriptors("2026.3"):
        days = [column.name for column in it.columns if column.type in {"date", "yearmonth"}]
        frame = pd.read_parquet(made("parquet") / f"{it.name}.parquet").drop(columns=days)
        ours = ft.load(it.name, version=it.version).drop(columns=days)
        pd.testing.assert_frame_equal(frame, ours)  # Days of Arrow are objects there.


def test_pandas_and_polars_read_parquet(made: Made) -> None:
    path = made("parquet") / "banks.parquet"
    frame = pd.read_parquet(path)
    told = ft.load_banks().attrs["fintech2021"]
    assert frame.attrs["fintech2021"] == {k: v for k, v in told.items() if k != "pin"}
    assert pl.read_parquet(path).equals(ft.load_banks(backend="polars"))


@of_edition
def test_excel_has_every_cell_with_its_type(made: Made, edition: str) -> None:
    book = workbook(made("xlsx", edition))
    tables = descriptors(edition)
    about = ["columns", "labels", "provenance", "licence"]
    assert book.sheetnames == ["contents", *(it.name for it in tables), *about]
    for it in tables:
        head, *rows = book[it.name].iter_rows()
        assert [cell.value for cell in head] == [column.name for column in it.columns]
        found = [[_of_excel(cell.value) for cell in row] for row in rows]
        assert found == values(it, plain)
        types = {cell.data_type for row in rows for cell in row}
        assert types <= {"s", "n", "b", "d"}


def _of_excel(value: Any) -> Any:
    return value.date() if isinstance(value, dt.datetime) else value


@of_edition
def test_excel_shows_days_and_money_as_such_and_keeps_heads_in_sight(
    made: Made, edition: str
) -> None:
    book = workbook(made("xlsx", edition))
    for it in descriptors(edition):
        sheet = book[it.name]
        assert sheet.freeze_panes[1:] == "2"
        for place, column in enumerate(it.columns, 1):
            for cell in (sheet.cell(line, place) for line in range(2, it.rows + 2)):
                if cell.value is not None:
                    assert cell.number_format == _format_of(column)


def _format_of(column: Column) -> str:
    if column.type in {"date", "yearmonth"}:
        return {"date": "yyyy-mm-dd", "yearmonth": "yyyy-mm"}[column.type]
    money = {"CNY", "USD", "HKD", "count", "currency of the row"}
    return "#,##0" if column.unit in money else "General"


def test_excel_says_in_two_languages_what_columns_are(made: Made) -> None:
    book = workbook(made("xlsx"))
    head, *rows = book["columns"].iter_rows(values_only=True)
    told = {(row[0], row[1]): dict(zip(head, row, strict=True)) for row in rows}
    for it in descriptors(NEWEST):
        for column in it.columns:
            found = told[it.name, column.name]
            assert (found["title_en"], found["title_zh"]) == (column.title_en, column.title_zh)
            assert found["description_zh"] == column.description_zh
            assert found["empty_means_zh"] == column.missing_zh


def test_excel_says_where_values_stand_and_how_to_cite(made: Made) -> None:
    book = workbook(made("xlsx"))
    places = {row[:5]: row for row in book["provenance"].iter_rows(min_row=2, values_only=True)}
    key = ("banks", "icbc", "tech_spend_cny", 1, 1641)
    assert places[key][5:8] == (5, "238.19", 100000000)
    assert len(places) == sum(it.provenance_rows for it in descriptors(NEWEST))
    licence = dict(book["licence"].iter_rows(min_row=2, values_only=True))
    assert licence["BibTeX"] == ft.cite(style="bibtex")
    assert "MIT" in licence["licence MIT"]


def test_excel_leads_from_its_contents_to_each_sheet(made: Made) -> None:
    book = workbook(made("xlsx"))
    links = [row[0].hyperlink for row in book["contents"].iter_rows(min_row=2)]
    assert [link.location for link in links] == [f"'{it.name}'!A1" for it in descriptors(NEWEST)]
    assert {link.target for link in links} == {None}


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "https://example.org", "12", "=cmd|' /C'!A0"]


def test_excel_keeps_text_as_text_whatever_it_begins_with(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "a.xlsx", xlsx._TEXT_AS_IT_IS) as book:
        xlsx._sheet(xlsx._opened(book), "a", [xlsx._Cells("head", "General", FORMULAS)], 1)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["a"]
    found = [sheet.cell(line, 1) for line in range(2, len(FORMULAS) + 2)]
    assert [cell.value for cell in found] == FORMULAS
    assert {cell.data_type for cell in found} == {"s"}
    assert {cell.hyperlink for cell in found} == {None}


def test_excel_refuses_a_text_that_a_cell_cannot_hold(tmp_path: Path) -> None:
    import xlsxwriter

    cells = xlsx._Cells("note", "General", ["short", "x" * 40_000])
    with (
        xlsxwriter.Workbook(tmp_path / "a.xlsx", xlsx._TEXT_AS_IT_IS) as book,
        pytest.raises(ft.ExportError, match="cannot hold a, note, row 2"),
    ):
        xlsx._sheet(xlsx._opened(book), "a", [cells], 1)


@of_edition
def test_sqlite_has_every_cell(made: Made, edition: str) -> None:
    with closing(sqlite3.connect(made("sqlite", edition))) as base:
        for it in descriptors(edition):
            rows = base.execute(f'SELECT * FROM "{it.name}"').fetchall()
            assert [list(row) for row in rows] == values(it, as_text)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@of_edition
def test_sqlite_has_the_keys_of_the_descriptors(made: Made, edition: str) -> None:
    with closing(sqlite3.connect(made("sqlite", edition))) as base:
        for it in descriptors(edition):
            info = base.execute(f'PRAGMA table_info("{it.name}")').fetchall()
            keys = sorted((row[5], row[1]) for row in info if row[5])
            assert tuple(name for _, name in keys) == it.primary_key
            found = base.execute(f'PRAGMA foreign_key_list("{it.name}")').fetchall()
            assert {(row[3], row[2], row[4]) for row in found} == references(it)


def references(it: Descriptor) -> set[tuple[str, str | None, str | None]]:
    return {(c.name, c.references, c.referenced_key) for c in it.columns if c.referenced_key}


@of_edition
def test_duckdb_has_every_cell(made: Made, edition: str) -> None:
    with duckdb.connect(made("duckdb", edition), read_only=True) as base:
        for it in descriptors(edition):
            rows = base.execute(f'FROM "{it.name}"').fetchall()
            assert by_key(it, rows) == by_key(it, values(it, plain))


@of_edition
def test_duckdb_has_the_keys_and_comments_of_the_descriptors(made: Made, edition: str) -> None:
    with duckdb.connect(made("duckdb", edition), read_only=True) as base:
        told = base.execute(
            "SELECT table_name, constraint_type, constraint_column_names, referenced_table, "
            "referenced_column_names FROM duckdb_constraints()"
        ).fetchall()
        commented = base.execute("SELECT table_name, column_name, comment FROM duckdb_columns()")
        comments = {row[:2]: row[2] for row in commented.fetchall()}
        whole = "SELECT table_name, comment FROM duckdb_tables() UNION ALL "
        whole += "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"
        titles = dict(base.execute(whole).fetchall())
    for it in descriptors(edition):
        assert titles[it.name] == titles[f"{it.name}_en"] == it.title_en
        assert titles[f"{it.name}_zh"] == it.title_zh
        mine = [row[1:] for row in told if row[0] == it.name]
        assert [row[1] for row in mine if row[0] == "PRIMARY KEY"] == [[*it.primary_key]]
        found = {(*row[1], row[2], *row[3]) for row in mine if row[0] == "FOREIGN KEY"}
        assert found == references(it)
        for column in it.columns:
            assert comments[it.name, column.name] == f"{column.title_en} ({column.title_zh})"


def connected(to: str, path: Path) -> Any:
    return sqlite3.connect(path) if to == "sqlite" else duckdb.connect(path, read_only=True)


@pytest.mark.parametrize("to", ["sqlite", "duckdb"])
def test_a_database_refuses_what_breaks_a_check_or_a_key(
    made: Made, to: str, tmp_path: Path
) -> None:
    path = tmp_path / made(to).name
    path.write_bytes(made(to).read_bytes())
    base: Any = sqlite3.connect(path) if to == "sqlite" else duckdb.connect(path)
    if to == "sqlite":
        base.execute("PRAGMA foreign_keys = ON")
        base.execute("PRAGMA defer_foreign_keys = OFF")
    for statement in BREACHES:
        with pytest.raises((sqlite3.IntegrityError, duckdb.ConstraintException)):
            _run(base, statement)
    base.close()


BREACHES = (
    "UPDATE banks SET tech_staff_pct = 120 WHERE bank_id = 'icbc'",
    "UPDATE banks SET bank_type = 'rural' WHERE bank_id = 'icbc'",
    "UPDATE banks SET name_zh = NULL WHERE bank_id = 'icbc'",
    "INSERT INTO banks SELECT * FROM banks WHERE bank_id = 'icbc'",
    "INSERT INTO digital_rmb_areas (region_id, name_en, name_zh, evidence) "
    "VALUES ('nowhere', 'Nowhere', '无', 'two_pages')",
)


def _run(base: Any, statement: str) -> None:
    """Run a statement to its end: references of SQLite are looked at when it commits."""
    try:
        base.execute(statement).fetchall()
        base.commit()
    except sqlite3.IntegrityError:
        base.rollback()
        raise


JOIN = """
SELECT banks.bank_id, banks.name_zh, company.name_zh, founder.name_en, banks.tech_staff
FROM banks
JOIN fintech_subsidiaries AS company ON company.bank_id = banks.bank_id
JOIN institutions AS founder ON founder.institution_id = company.founder_id
ORDER BY banks.bank_id, company.subsidiary_id
"""


@pytest.mark.parametrize("to", ["sqlite", "duckdb"])
def test_banks_subsidiaries_and_institutions_are_joined_in_sql(made: Made, to: str) -> None:
    base = connected(to, made(to))
    found = base.execute(JOIN).fetchall()
    base.close()
    banks = {bank.bank_id: bank for bank in ft.Bank.all()}
    names = {it.institution_id: it.name_en for it in ft.Institution.all()}
    expected = [
        (
            it.bank_id,
            banks[it.bank_id].name_zh,
            it.name_zh,
            names[it.founder_id],
            banks[it.bank_id].tech_staff,
        )
        for it in sorted(ft.FintechSubsidiary.all(), key=lambda it: (it.bank_id, it.subsidiary_id))
        if it.bank_id in banks and it.founder_id is not None
    ]
    assert found == expected
    assert ("icbc", "工商银行", "工银科技", names["icbc"], 35400) in found
    assert len(found) == 7


@pytest.mark.parametrize("to", ["sqlite", "duckdb"])
@pytest.mark.parametrize("language", ["en", "zh"])
@of_edition
def test_views_have_titles_and_labels(made: Made, edition: str, language: str, to: str) -> None:
    base = connected(to, made(to, edition))
    for it in descriptors(edition):
        cursor = base.execute(f'SELECT * FROM "{it.name}_{language}"')
        titles = [column[0] for column in cursor.description]
        assert titles == [getattr(column, f"title_{language}") for column in it.columns]
        found = by_key(it, cursor.fetchall())
        rows = values(it, as_text if to == "sqlite" else plain)
        for row in rows:
            for place, column in enumerate(it.columns):
                row[place] = labelled(column, row[place], language)
        assert sorted(map(str, found)) == sorted(str(tuple(row)) for row in rows)
    base.close()


def labelled(column: Column, value: Any, language: str) -> Any:
    labels = column.labels if language == "zh" else column.labels_en
    if value is None or not column.enum:
        return value
    return ";".join(labels.get(item, item) for item in value.split(";"))


@pytest.mark.parametrize("to", ["sqlite", "duckdb"])
def test_a_database_says_what_its_tables_are(made: Made, to: str) -> None:
    base = connected(to, made(to))
    titles = base.execute('SELECT dataset, version, title_zh, citation FROM "_datasets"').fetchall()
    columns = base.execute('SELECT "dataset", "column" FROM "_columns"').fetchall()
    places = base.execute(
        'SELECT line, printed FROM "_provenance" '
        "WHERE dataset = 'banks' AND key = 'icbc' AND \"column\" = 'tech_spend_cny'"
    ).fetchall()
    label = base.execute(
        "SELECT label_zh FROM \"_labels\" WHERE dataset = 'banks' AND \"value\" = 'state_owned'"
    ).fetchall()
    base.close()
    tables = descriptors(NEWEST)
    expected = [(it.name, it.version, it.title_zh, ft.cite(it.name)) for it in tables]
    assert sorted(titles) == expected
    assert {*columns} == {(it.name, column.name) for it in tables for column in it.columns}
    assert places == [(1641, "238.19")]
    assert label == [("国有大型银行",)]


@of_edition
def test_a_data_package_is_valid_and_has_the_published_files(made: Made, edition: str) -> None:
    path = made("datapackage", edition)
    report = frictionless.Package(str(path)).validate()
    assert report.flatten(["type", "note"]) == []
    assert report.stats["tasks"] == len(descriptors(edition))
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        document = json.loads(package.read("datapackage.json"))
        for it, resource in zip(descriptors(edition), document["resources"], strict=True):
            assert package.read(resource["path"]) == it.content
            assert resource["schema"]["fields"] == it.to_resource()["schema"]["fields"]
            assert len(package.read(resource["provenance"]["path"])) == it.provenance_size


def test_frictionless_reads_the_cells_of_a_data_package(made: Made) -> None:
    package = frictionless.Package(str(made("datapackage")))
    banks: Any = package.get_resource("banks")
    rows = banks.read_rows()
    assert [row["name_zh"] for row in rows] == [bank.name_zh for bank in ft.Bank.all()]
    assert [row["tech_spend_cny"] for row in rows] == [it.tech_spend_cny for it in ft.Bank.all()]


@LINKED_DATA
@of_edition
def test_croissant_is_loaded_without_a_complaint(
    made: Made, edition: str, caplog: pytest.LogCaptureFixture
) -> None:
    found = mlcroissant.Dataset(made("croissant", edition) / "croissant.json")
    assert found.metadata.ctx.issues.errors == set()
    assert found.metadata.ctx.issues.warnings == set()
    assert caplog.text == ""
    assert [each.name for each in found.metadata.record_sets] == [
        it.name for it in descriptors(edition)
    ]


@LINKED_DATA
@pytest.mark.filterwarnings("ignore:The inplace keyword")  # mlcroissant says it to pandas.
@of_edition
def test_croissant_gives_every_cell(made: Made, edition: str) -> None:
    data = mlcroissant.Dataset(made("croissant", edition) / "croissant.json")
    for it in descriptors(edition):
        records = data.records(it.name)
        found = [
            [_decoded(record[f"{it.name}/{c.name}"]) for c in it.columns] for record in records
        ]
        assert found == values(it, _of_croissant), it.name


def _decoded(value: Any) -> Any:
    if isinstance(value, list):
        return [item.decode() for item in value]
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value.decode() if isinstance(value, bytes) else value


def _of_croissant(column: Column, value: Any) -> Any:
    return [*value] if column.type == "list" else plain(column, value)


@LINKED_DATA
@of_edition
def test_schema_org_is_read_as_linked_data(made: Made, edition: str) -> None:
    graph = rdflib.Graph().parse(made("schemaorg", edition), format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    titles = {str(title) for title in graph.objects(None, schema.alternateName)}
    tables = descriptors(edition)
    assert {it.title_zh for it in tables} <= titles
    measured = [*graph.objects(None, schema.variableMeasured)]
    assert len(measured) == sum(len(it.columns) for it in tables)
    assert {str(it) for it in graph.objects(None, schema.version)} >= {edition}


@pytest.mark.parametrize("to", EQUAL_BYTES)
def test_the_same_data_give_the_same_bytes(made: Made, to: str, tmp_path: Path) -> None:
    again = ft.export(tmp_path / TARGETS[to], to=to, pins=NEWEST)
    assert content(again) == content(made(to))


def content(path: Path) -> dict[str, bytes]:
    files = [each for each in path.rglob("*") if each.is_file()] if path.is_dir() else [path]
    return {each.name: each.read_bytes() for each in files}


# Where it goes.


@pytest.mark.parametrize("to", TARGETS)
def test_what_is_there_is_replaced(to: str, tmp_path: Path) -> None:
    target = tmp_path / TARGETS[to]
    ft.export(target, to=to, datasets=["banks", "institutions"], pins="2026.1")
    before = content(target)
    ft.export(target, to=to, datasets=["banks", "institutions"])
    assert content(target).keys() == before.keys()
    if to != "csv":
        assert content(target) != before
    assert [each.name for each in tmp_path.iterdir()] == [target.name]


@pytest.mark.parametrize("to", TARGETS)
def test_a_failure_midway_leaves_what_was_there(
    to: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / TARGETS[to]
    ft.export(target, to=to, datasets=["banks", "institutions", "regions"], pins="2026.1")
    before = content(target)
    broken = broken_at_the_second(FORMATS[to].write)
    monkeypatch.setitem(FORMATS, to, FORMATS[to]._replace(write=broken))
    with pytest.raises(RuntimeError, match="no more"):
        ft.export(target, to=to, datasets=["banks", "institutions", "regions"])
    assert content(target) == before
    assert [each.name for each in tmp_path.iterdir()] == [target.name]


def broken_at_the_second(write: Any) -> Any:
    def broken(tables: Any, place: Path) -> Iterator[str]:
        for done, name in enumerate(write(tables, place)):
            if done == 1 or len(tables.tables) == 1 or place.suffix == ".jsonld":
                raise RuntimeError("no more")
            yield name

    return broken


@pytest.mark.parametrize("to", ["xlsx", "sqlite", "duckdb", "datapackage", "parquet", "croissant"])
def test_a_full_disk_is_an_error_of_ours(
    to: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Iterator[str]:
        yield "banks"
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(FORMATS, to, FORMATS[to]._replace(write=full))
    with pytest.raises(ft.ExportError, match="cannot be written: No space left"):
        ft.export(tmp_path / TARGETS[to], to=to)
    assert [*tmp_path.iterdir()] == []


ANOTHER = [
    ("csv", b"\x00\x01binary"),
    ("csv", "银行".encode("gbk")),
    ("csv", b"\n"),
    ("json", b"{}"),
    ("json", b"[\n]]"),
    ("json", b"[\n[1]\n]"),
    ("jsonl", b"[]"),
    ("parquet", b"PK\x03\x04"),
    ("arrow", b"PAR1"),
    ("xlsx", b"no workbook"),
    ("sqlite", b"SQLite format 3\0" + b"\0" * 200),
    ("duckdb", b"\0" * 8 + b"no"),
    ("datapackage", b"no zip"),
    ("schemaorg", b'{"name": "mine"}'),
    ("schemaorg", b"no document"),
]


@pytest.mark.parametrize(("to", "there"), ANOTHER)
def test_a_file_of_another_kind_stays(to: str, there: bytes, tmp_path: Path) -> None:
    target = tmp_path / (f"banks.{to}" if TARGETS[to] == "tables" else TARGETS[to])
    target.write_bytes(there)
    with pytest.raises(ft.ExportError, match="it stays"):
        ft.export(target, to=to, datasets="banks")
    assert content(target) == {target.name: there}


def test_a_file_of_the_callers_stays_in_every_format(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "a.xlsx")
    with closing(sqlite3.connect(tmp_path / "a.db")) as base:
        base.execute("CREATE TABLE mine (x)")
    base.close()
    duckdb.connect(tmp_path / "a.duckdb").close()
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr("datapackage.json", '{"name": "mine"}')
    (tmp_path / "croissant").mkdir()
    (tmp_path / "croissant" / "croissant.json").write_text('{"name": "mine"}')
    (tmp_path / "a.csv").write_text("bank_id,mine\nicbc,1\n")
    (tmp_path / "a.json").write_text('[\n{"bank_id": "icbc", "mine": 1}\n]\n')
    (tmp_path / "a.jsonl").write_text('{"mine": 1}\n')
    pl.DataFrame({"bank_id": ["icbc"]}).write_parquet(tmp_path / "a.parquet")
    pl.DataFrame({"bank_id": ["icbc"]}).write_ipc(tmp_path / "a.arrow")
    mine = [each.name for each in tmp_path.iterdir() if each.is_file()]
    assert len(mine) == 9
    for name in mine:
        before = (tmp_path / name).read_bytes()
        with pytest.raises(ft.ExportError, match="it stays"):
            ft.export(tmp_path / name, datasets="banks")
        assert (tmp_path / name).read_bytes() == before
    with pytest.raises(ft.ExportError, match="it stays"):
        ft.export(tmp_path / "croissant", to="croissant", datasets="banks")
    assert [each.name for each in (tmp_path / "croissant").iterdir()] == ["croissant.json"]


def test_an_empty_file_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").touch()
    ft.export(tmp_path / "a.xlsx", datasets="banks")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["banks"].max_row == 19


def test_what_else_is_in_a_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    ft.export(tmp_path, to="csv", datasets=["banks", "regions"])
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "banks.csv",
        "mine.txt",
        "regions.csv",
    ]


@pytest.mark.skipif(os.name != "posix", reason="rights are others elsewhere")
def test_a_file_has_the_rights_of_the_one_before_it_or_the_usual_ones(tmp_path: Path) -> None:
    umask = os.umask(0o022)
    try:
        target = ft.export(tmp_path / "banks.csv", datasets="banks")
        assert stat.S_IMODE(target.stat().st_mode) == 0o644
        target.chmod(0o600)
        ft.export(target, datasets="banks", bom=True)
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        folder = ft.export(tmp_path / "folder", to="csv", datasets="banks")
        assert stat.S_IMODE(folder.stat().st_mode) == 0o755
    finally:
        os.umask(umask)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links")
def test_a_link_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    ft.export(tmp_path / "other.csv", datasets="regions")
    before = (tmp_path / "other.csv").read_bytes()
    (tmp_path / "banks.csv").symlink_to(tmp_path / "other.csv")
    ft.export(tmp_path / "banks.csv", datasets="banks")
    assert (tmp_path / "other.csv").read_bytes() == before
    assert not (tmp_path / "banks.csv").is_symlink()


# What is asked for.


@pytest.mark.parametrize(
    ("ending", "to"),
    [
        ("csv", "csv"),
        ("json", "json"),
        ("jsonl", "jsonl"),
        ("ndjson", "jsonl"),
        ("parquet", "parquet"),
        ("arrow", "arrow"),
        ("feather", "arrow"),
        ("xlsx", "xlsx"),
        ("sqlite", "sqlite"),
        ("db", "sqlite"),
        ("duckdb", "duckdb"),
        ("zip", "datapackage"),
        ("jsonld", "schemaorg"),
    ],
)
def test_the_ending_says_the_format(ending: str, to: str, tmp_path: Path) -> None:
    target = ft.export(tmp_path / f"banks.{ending}", datasets="banks")
    assert target.is_file()
    assert FORMATS[to].is_one(target)


def test_a_mark_lets_spreadsheets_read_chinese(tmp_path: Path) -> None:
    target = ft.export(tmp_path / "banks.csv", datasets="banks", bom=True)
    assert target.read_bytes() == codecs.BOM_UTF8 + ft.info("banks").content
    assert next(csv.reader(io.StringIO(target.read_text("utf-8-sig"))))[0] == "bank_id"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("to", ["csv", "json", "jsonl", "parquet", "arrow", "xlsx"])
def test_titles_and_labels_stand_in_the_language(to: str, lang: str, tmp_path: Path) -> None:
    folder = ft.export(tmp_path / TARGETS[to], to=to, lang=lang)
    for it in descriptors(NEWEST):
        head, found = READ[to](folder, it)
        assert head == [getattr(column, f"title_{lang}") for column in it.columns]
        for place, column in enumerate(it.columns):
            if column.enum:
                texts = [
                    ";".join(cell) if isinstance(cell, list) else cell for cell in found[place]
                ]
                expected = [
                    labelled(column, row[column.name] or None, lang)
                    for row in read_rows(it.content)
                ]
                assert [text or None for text in texts] == expected


def _of_records(rows: list[dict[str, Any]]) -> tuple[list[str], list[Any]]:
    return [*rows[0]], [*zip(*(row.values() for row in rows), strict=True)]


def _of_rows(rows: Iterable[Any]) -> tuple[list[str], list[Any]]:
    head, *rest = rows
    return [*head], [*zip(*rest, strict=True)]


def _of_jsonl(folder: Path, it: Descriptor) -> tuple[list[str], list[Any]]:
    lines = (folder / f"{it.name}.jsonl").read_text("utf-8").splitlines()
    return _of_records([json.loads(line) for line in lines])


@cache
def workbook(path: Path) -> Any:
    return openpyxl.load_workbook(path)


READ: dict[str, Callable[[Path, Descriptor], tuple[list[str], list[Any]]]] = {
    "csv": lambda folder, it: _of_rows(
        csv.reader(io.StringIO((folder / f"{it.name}.csv").read_text("utf-8")))
    ),
    "json": lambda folder, it: _of_records(
        json.loads((folder / f"{it.name}.json").read_text("utf-8"))
    ),
    "jsonl": _of_jsonl,
    "parquet": lambda folder, it: _of_records(
        pq.read_table(folder / f"{it.name}.parquet").to_pylist()
    ),
    "arrow": lambda folder, it: _of_records(read_ipc(folder / f"{it.name}.arrow").to_pylist()),
    "xlsx": lambda path, it: _of_rows(workbook(path)[it.name].values),
}


def test_some_datasets_in_the_order_in_which_they_are_named(tmp_path: Path) -> None:
    target = ft.export(tmp_path / "a.xlsx", datasets=["regions", "banks", "regions"])
    assert openpyxl.load_workbook(target).sheetnames[1:3] == ["regions", "banks"]


def test_a_reference_to_what_is_left_out_is_left_out(tmp_path: Path) -> None:
    with closing(sqlite3.connect(ft.export(tmp_path / "a.sqlite", datasets=["banks"]))) as base:
        assert base.execute("PRAGMA foreign_key_list(banks)").fetchall() == []
    package = ft.export(tmp_path / "a.zip", datasets=["banks", "fintech_subsidiaries"])
    assert frictionless.Package(str(package)).validate().valid


@pytest.mark.parametrize("to", ["sqlite", "duckdb", "datapackage"])
def test_versions_that_were_never_beside_one_another_are_handed_on_too(
    to: str, tmp_path: Path
) -> None:
    target = ft.export(tmp_path / TARGETS[to], to=to, pins={"institutions": "1.0.0"})
    if to == "datapackage":
        assert frictionless.Package(str(target)).validate().valid
        return
    base = connected(to, target)
    assert base.execute("SELECT count(*) FROM institutions").fetchone() == (
        ft.info("institutions", "1.0.0").rows,
    )
    base.close()


def test_an_old_version_is_asked_for_by_its_number(tmp_path: Path) -> None:
    old = catalog.load_descriptor("observations", {"a test": "1.0.0"})
    target = ft.export(tmp_path / "o.csv", datasets="observations", version="1.0.0")
    assert target.read_bytes() == old.content


def test_the_pin_around_the_call_chooses(tmp_path: Path) -> None:
    with ft.pinned("2026.1"):
        target = ft.export(tmp_path / "a.sqlite")
        assert ft.export(tmp_path / "o.csv", datasets="observations").is_file()
    with closing(sqlite3.connect(target)) as base:
        found = base.execute('SELECT dataset, version, edition FROM "_datasets"').fetchall()
    named = catalog.editions()["2026.1"].datasets
    assert found == [(name, named[name], "2026.1") for name in sorted(named)]


@pytest.mark.parametrize(
    ("target", "options", "error", "says"),
    [
        ("a.xls", {}, ft.UnknownNameError, r"ending of a\.xls means none"),
        ("a", {}, ft.UnknownNameError, "say to="),
        ("a", {"to": "excel"}, ft.UnknownNameError, "Known: csv, json"),
        ("a", {"to": 3}, ft.UnknownNameError, "no format 3"),
        ("a.csv", {"to": "xlsx"}, ft.ExportError, "is the name of a csv"),
        ("a.csv", {}, ft.ExportError, "is one file, and 39 datasets"),
        ("no/a.xlsx", {}, ft.ExportError, "make it first"),
        ("a.xlsx", {"datasets": "bank"}, ft.UnknownDatasetError, "banks"),
        ("a.xlsx", {"datasets": ["banks", 3]}, ft.UnknownDatasetError, "no dataset 3"),
        ("a.xlsx", {"datasets": 3}, ft.ExportError, "no names of datasets"),
        ("a.xlsx", {"datasets": []}, ft.ExportError, "is empty"),
        ("a.xlsx", {"version": "1.0.0"}, ft.ExportError, "is of one dataset, and 39"),
        ("a.csv", {"datasets": "banks", "version": "9"}, ft.UnknownVersionError, "1.0.0"),
        ("a.xlsx", {"pins": "2025.1"}, ft.UnknownEditionError, "2026.1"),
        ("a.xlsx", {"pins": "no.lock"}, ft.LockError, "cannot be read"),
        ("a.xlsx", {"pins": 3}, ft.PinError, "pins nothing"),
        ("a.xlsx", {"lang": "de"}, ft.UnknownNameError, "Known: en, zh"),
        ("a.zip", {"lang": "zh"}, ft.ExportError, "both languages"),
        ("a.db", {"lang": "zh"}, ft.ExportError, "both languages"),
        ("a.xlsx", {"bom": True}, ft.ExportError, "bom= is of csv"),
        ("a.csv", {"datasets": "banks", "bom": "no"}, ft.ExportError, "bom= is True or False"),
        ("a\0b.xlsx", {}, ft.ExportError, "is no path"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    target: str, options: dict[str, Any], error: type[Exception], says: str, tmp_path: Path
) -> None:
    with pytest.raises(error, match=says):
        ft.export(tmp_path / target, **options)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("target", [3, None, b"\xff\0", object()])
def test_what_is_no_path_is_said(target: Any) -> None:
    with pytest.raises(ft.ExportError, match="is no path"):
        ft.export(target, to="csv")


def test_a_folder_where_a_file_and_a_file_where_a_folder_is_to_be(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(ft.ExportError, match="is a folder"):
        ft.export(tmp_path / "a.xlsx")
    (tmp_path / "tables").touch()
    with pytest.raises(ft.ExportError, match="is a file, and csv is a folder"):
        ft.export(tmp_path / "tables", to="csv")
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "banks.csv").mkdir()
    with pytest.raises(ft.ExportError, match="is a folder"):
        ft.export(tmp_path / "there", to="csv", datasets="banks")


@pytest.mark.skipif(os.name != "posix", reason="no such device elsewhere")
def test_a_device_is_no_target() -> None:
    with pytest.raises(ft.ExportError):
        ft.export("/dev/null", to="xlsx")


@pytest.mark.parametrize(
    ("module", "to", "extra"),
    [
        ("xlsxwriter", "xlsx", "xlsx"),
        ("pyarrow", "parquet", "pyarrow"),
        ("pyarrow", "arrow", "pyarrow"),
        ("duckdb", "duckdb", "duckdb"),
    ],
)
def test_without_its_library_a_format_says_what_to_install(
    module: str, to: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ft.MissingDependencyError, match=rf"fintech2021\[{extra}\]"):
        ft.export(tmp_path / TARGETS[to], to=to, datasets="banks")
    assert [*tmp_path.iterdir()] == []


def test_nobody_is_warned_who_asked_for_no_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pins, "_TOLD", set())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ft.export(tmp_path / "a.sqlite")
        for name in catalog.datasets():
            ft.cite(name)
        with ft.pinned("2026.1"):
            ft.export(tmp_path / "b.sqlite")


@pytest.mark.slow
def test_what_needs_no_extra_imports_none(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "for library in ('pyarrow', 'duckdb', 'xlsxwriter', 'polars', 'pandas', 'pydantic'):\n"
        "    sys.modules[library] = None\n"
        "import fintech2021 as ft\n"
        "for to in ('csv', 'json', 'jsonl', 'sqlite', 'datapackage', 'schemaorg'):\n"
        "    ft.export(f'{sys.argv[1]}/{to}', to=to)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True)
    assert len([*tmp_path.iterdir()]) == 6


def test_each_part_is_told_of(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    request = Request("sqlite", ["banks", "institutions"])
    export.exported(tmp_path / "a.sqlite", request, lambda *parts: told.append(parts))
    assert told == [(1, 2, "institutions"), (2, 2, "banks")]


def test_no_dataset_ends_like_a_view_or_begins_like_a_table_about_tables() -> None:
    for name in catalog.datasets():
        assert not name.startswith("_")
        assert not name.endswith(choice.LANGUAGES)
        assert name not in {"contents", "columns", "labels", "provenance", "licence"}
        assert len(name) <= 31
