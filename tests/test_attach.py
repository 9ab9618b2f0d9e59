"""All datasets as tables with keys in a database of the caller's."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

import fintech2021 as ft
from fintech2021._core import catalog
from test_export import JOIN, as_text, by_key, connected, descriptors, plain, references, values

if TYPE_CHECKING:
    from pathlib import Path

DATASETS = catalog.datasets()
OPEN: dict[str, Any] = {"sqlite": sqlite3.connect, "duckdb": duckdb.connect}
ENGINES = pytest.mark.parametrize("engine", OPEN)


def tables(base: Any, engine: str) -> set[str]:
    query = {
        "sqlite": "SELECT name FROM sqlite_master",
        "duckdb": "SELECT table_name FROM duckdb_tables()",
    }
    found = {name for (name,) in base.execute(query[engine]).fetchall()}
    return {name for name in found if not name.startswith("sqlite_")}


@ENGINES
def test_every_table_has_every_cell(engine: str) -> None:
    base = OPEN[engine](":memory:")
    assert {*ft.attach(base)} == {*DATASETS} == tables(base, engine)
    for it in descriptors(catalog.default_edition().name):
        rows = base.execute(f'SELECT * FROM "{it.name}"').fetchall()
        expected = values(it, as_text if engine == "sqlite" else plain)
        assert by_key(it, rows) == by_key(it, expected)
    assert base.execute(JOIN).fetchall()[3][0] in {"cmb", "cmbc", "icbc"}
    base.close()


def test_the_tables_have_their_keys() -> None:
    base = sqlite3.connect(":memory:")
    ft.attach(base)
    for it in descriptors(catalog.default_edition().name):
        found = base.execute(f'PRAGMA foreign_key_list("{it.name}")').fetchall()
        assert {(row[3], row[2], row[4]) for row in found} == references(it)
    base.close()


@ENGINES
def test_what_is_attached_is_kept(engine: str, tmp_path: Path) -> None:
    base = OPEN[engine](tmp_path / "mine")
    assert ft.attach(base, ["banks", "institutions"]) == ("institutions", "banks")
    base.close()
    again = connected(engine, tmp_path / "mine")
    assert again.execute("SELECT count(*) FROM banks").fetchone() == (18,)
    again.close()


@ENGINES
def test_a_table_that_is_in_the_way_stays_and_nothing_is_made(engine: str) -> None:
    base = OPEN[engine](":memory:")
    base.execute("CREATE TABLE regions (mine INTEGER)")
    base.execute("INSERT INTO regions VALUES (1)").fetchall()
    base.commit()
    with pytest.raises(ft.ExportError, match=r"regions.* already exists"):
        ft.attach(base)
    assert tables(base, engine) == {"regions"}
    assert base.execute("SELECT * FROM regions").fetchall() == [(1,)]
    ft.attach(base, "banks")
    base.close()


def test_inside_a_transaction_of_sqlite_it_ends_with_that() -> None:
    base = sqlite3.connect(":memory:")
    base.execute("BEGIN")
    ft.attach(base, ["banks", "institutions"])
    base.execute("ROLLBACK")
    assert tables(base, "sqlite") == set()
    base.close()


def test_a_transaction_of_duckdb_is_refused_and_goes_on() -> None:
    base = duckdb.connect()
    base.begin()
    base.execute("CREATE TABLE mine (x INTEGER)").fetchall()
    with pytest.raises(ft.ExportError, match="A transaction is open"):
        ft.attach(base, ["banks", "institutions"])
    base.commit()
    assert tables(base, "duckdb") == {"mine"}
    base.close()


def test_a_transaction_of_the_callers_outlives_a_refusal_by_sqlite() -> None:
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.execute("BEGIN")
    base.execute("CREATE TABLE banks (mine)")
    with pytest.raises(ft.ExportError, match="banks"):
        ft.attach(base)
    assert base.in_transaction
    base.execute("COMMIT")
    assert tables(base, "sqlite") == {"banks"}
    base.close()


def test_references_are_held_where_the_caller_has_them_held() -> None:
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.execute("PRAGMA foreign_keys = ON")
    ft.attach(base)
    with pytest.raises(sqlite3.IntegrityError):
        base.execute("DELETE FROM institutions WHERE institution_id = 'icbc'")
    base.close()


def test_an_open_result_of_duckdb_is_no_hindrance() -> None:
    base = duckdb.connect()
    base.execute("FROM range(1_000_000)").fetchone()
    assert ft.attach(base, "banks") == ("banks",)
    base.close()


@ENGINES
def test_a_connection_that_is_closed_is_said(engine: str) -> None:
    base = OPEN[engine](":memory:")
    base.close()
    with pytest.raises(ft.ExportError, match="The database refuses"):
        ft.attach(base)


def test_a_database_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    duckdb.connect(tmp_path / "a.duckdb").close()
    with (
        duckdb.connect(tmp_path / "a.duckdb", read_only=True) as base,
        pytest.raises(ft.ExportError, match="read-only"),
    ):
        ft.attach(base, "banks")


@pytest.mark.parametrize("given", [3, None, "a.db", duckdb, object()])
def test_what_is_no_connection_is_said(given: Any) -> None:
    with pytest.raises(ft.ExportError, match="no connection of DuckDB or of sqlite3"):
        ft.attach(given)


@ENGINES
def test_an_unknown_dataset_is_said_before_anything_is_made(engine: str) -> None:
    base = OPEN[engine](":memory:")
    with pytest.raises(ft.UnknownDatasetError, match="banks"):
        ft.attach(base, ["institutions", "bank"])
    assert tables(base, engine) == set()
    base.close()


@ENGINES
@pytest.mark.parametrize("edition", catalog.editions())
def test_the_pin_around_the_call_chooses(engine: str, edition: str) -> None:
    base = OPEN[engine](":memory:")
    with ft.pinned(edition):
        assert {*ft.attach(base)} == {*catalog.editions()[edition].datasets}
    for it in descriptors(edition):
        assert base.execute(f'SELECT count(*) FROM "{it.name}"').fetchone() == (it.rows,)
    base.close()
