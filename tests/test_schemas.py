from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import jsonschema
import pandas as pd
import pandera.pandas as pa
import pandera.polars as pap
import polars as pl
import pytest

import fintech2021 as ft
from fintech2021._core import catalog
from fintech2021._core.rows import read_rows

if TYPE_CHECKING:
    from fintech2021._core.names import DatasetName

DATASETS = catalog.datasets()


@pytest.mark.parametrize("name", DATASETS)
def test_a_schema_has_the_columns_titles_and_key_of_the_descriptor(name: DatasetName) -> None:
    descriptor, schema = ft.info(name), ft.schema(name)
    assert list(schema.columns) == [field.name for field in descriptor.columns]
    assert schema.unique == list(descriptor.primary_key)
    assert schema.title == descriptor.title_en
    for field in descriptor.columns:
        column = schema.columns[field.name]
        assert column.dtype is not None
        assert column.nullable is not field.required
        assert (column.title, column.description) == (field.title_en, field.description)


@pytest.mark.parametrize("name", DATASETS)
def test_a_schema_takes_the_published_frame(name: DatasetName) -> None:
    frame = ft.load(name)
    pd.testing.assert_frame_equal(ft.schema(name).validate(frame, lazy=True), ft.load(name))


@pytest.mark.parametrize("name", DATASETS)
def test_a_schema_for_polars_takes_the_published_frame(name: DatasetName) -> None:
    frame = ft.load(name, backend="polars")
    assert ft.schema(name, engine="polars").validate(frame, lazy=True).equals(frame)


BAD = {
    "bank_type": "foreign",
    "tech_staff_pct": 101.0,
    "name_zh": "工商银行\u3000",
    "bank_id": "x\n",
}


@pytest.mark.parametrize(("column", "cell"), BAD.items(), ids=BAD)
def test_both_schemas_refuse_what_validate_refuses(column: str, cell: Any) -> None:
    frame = ft.load_banks()
    frame.loc[0, column] = cell
    with pytest.raises(pa.errors.SchemaError):
        ft.schema("banks").validate(frame)
    height = pl.int_range(pl.len())
    changed = pl.when(height == 0).then(pl.lit(cell)).otherwise(pl.col(column)).alias(column)
    with pytest.raises(pap.errors.SchemaError):
        ft.schema("banks", engine="polars").validate(
            ft.load_banks(backend="polars").with_columns(changed)
        )
    with pytest.raises(ft.ValidationError):
        ft.validate(frame, "banks", references=False)


def test_every_check_is_one_of_panderas_own() -> None:
    for name in DATASETS:
        checks = [check for column in ft.schema(name).columns.values() for check in column.checks]
        own = {"isin", "str_matches", "greater_than_or_equal_to", "less_than_or_equal_to"}
        assert {check.name for check in checks} <= own


def test_a_schema_is_pickled_and_validates_in_another_process() -> None:
    code = """
import pickle, sys, fintech2021 as ft
schema = pickle.loads(sys.stdin.buffer.read())
assert schema.validate(ft.load_banks()).shape == (18, 10)
bad = ft.load_banks().assign(bank_type="foreign")
try:
    schema.validate(bad)
except Exception as error:
    print(type(error).__name__)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=pickle.dumps(ft.schema("banks")),
        capture_output=True,
        check=True,
    )
    assert done.stdout == b"SchemaError\n"


def test_a_schema_is_written_as_yaml_and_read_back() -> None:
    schema = ft.schema("banks")
    again = pa.DataFrameSchema.from_yaml(schema.to_yaml())
    assert list(again.columns) == list(schema.columns)
    assert [c.checks for c in again.columns.values()] == [c.checks for c in schema.columns.values()]


def test_a_schema_can_be_changed_and_drawn_from() -> None:
    staff = ft.schema("banks").select_columns(["bank_type", "tech_staff_pct"])
    staff.unique = None
    loose = staff.update_column("bank_type", checks=pa.Check.isin(["state_owned", "foreign"]))
    drawn = loose.example(size=3)
    assert set(drawn["bank_type"]) <= {"state_owned", "foreign"}
    assert len(loose.validate(drawn)) == 3


def test_a_schema_coerces_as_pandera_does() -> None:
    schema = ft.schema("banks")
    schema.coerce = True
    read = schema.validate(ft.load_banks().astype({"fiscal_year": "int32"}))
    assert read["fiscal_year"].dtype == "int64"


@pytest.mark.parametrize("engine", ["spark", "", None, []])
def test_an_unknown_engine_names_the_known_ones(engine: Any) -> None:
    with pytest.raises(ft.UnknownBackendError, match="Known: pandas"):
        ft.schema("banks", engine=engine)


def test_rules_of_a_schema_are_deprecated() -> None:
    with pytest.warns(DeprecationWarning, match="`validate` checks the rules across rows"):
        ft.schema("banks", rules=False)


def test_the_environment_is_as_it_was_after_pandera_is_imported() -> None:
    code = """
import os, fintech2021 as ft
os.environ["PYARROW_IGNORE_TIMEZONE"] = "mine"
ft.schema("banks")
print(os.environ.get("SPARK_LOCAL_IP"), os.environ["PYARROW_IGNORE_TIMEZONE"])
"""
    env = {name: value for name, value in os.environ.items() if name != "SPARK_LOCAL_IP"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout == "None mine\n"


@pytest.mark.parametrize("name", DATASETS)
def test_a_json_schema_takes_every_published_row(name: DatasetName) -> None:
    schema, descriptor = ft.json_schema(name), ft.info(name)
    validator = jsonschema.Draft202012Validator(schema)
    kinds = {column.name: column.type for column in descriptor.columns}
    for row in read_rows(descriptor.content):
        validator.validate({key: _json(cell, kinds[key]) for key, cell in row.items()})


def _json(cell: str, kind: str) -> Any:
    from fintech2021._core.kinds import KINDS, parse

    value = parse(cell, kind)
    return None if value is None else KINDS[kind].json(value)


@pytest.mark.parametrize("name", DATASETS)
def test_an_arrow_schema_is_that_of_the_published_table(name: DatasetName) -> None:
    schema = ft.arrow_schema(name)
    assert ft.load(name, backend="pyarrow").cast(schema).schema.equals(schema)
    assert schema.metadata[b"dataset"] == name.encode()


@pytest.mark.parametrize("name", DATASETS)
def test_the_tables_of_the_statements_take_the_published_rows(name: DatasetName) -> None:
    import sqlite3

    import duckdb

    frame = ft.load(name, backend="pyarrow")
    database = duckdb.connect()
    database.execute(ft.sql_ddl(name)).fetchall()
    database.execute(f'INSERT INTO "{name}" SELECT * FROM frame').fetchall()
    with closing(sqlite3.connect(":memory:")) as other:
        other.execute(ft.sql_ddl(name, dialect="sqlite"))
        rows = [
            tuple(str(c) if hasattr(c, "isoformat") else c for c in row.values())
            for row in frame.to_pylist()
        ]
        marks = ", ".join("?" * frame.num_columns)
        other.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)


def test_the_table_of_a_statement_refuses_what_breaks_the_contract() -> None:
    import sqlite3

    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(ft.sql_ddl("trends", dialect="sqlite"))
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("INSERT INTO trends (number) VALUES (NULL)")


def test_spark_and_postgres_have_types_of_their_own() -> None:
    assert "`tech_staff_pct` DOUBLE COMMENT" in ft.sql_ddl("banks", dialect="spark")
    assert '"tech_staff_pct" DOUBLE PRECISION' in ft.sql_ddl("banks", dialect="postgres")


def test_an_unknown_dialect_names_the_known_ones() -> None:
    with pytest.raises(ft.UnknownBackendError, match="Known: duckdb, sqlite, postgres, spark"):
        ft.sql_ddl("banks", dialect="mysql")


@pytest.mark.parametrize("name", DATASETS)
def test_a_model_says_what_the_schema_says(name: DatasetName) -> None:
    from fintech2021 import schemas

    model = getattr(schemas, f"{ft.info(name).record}Frame")
    made, schema = model.to_schema(), ft.schema(name)
    assert list(made.columns) == list(schema.columns)
    assert (made.unique, made.strict, made.ordered) == (schema.unique, True, True)
    for column in schema.columns:
        mine, other = made.columns[column], schema.columns[column]
        assert (mine.checks, mine.nullable) == (other.checks, other.nullable)
        # Before pandas 3 texts are objects, and pandera takes these for `str`.
        assert str(mine.dtype) == str(other.dtype).replace("object", "str")
    assert model.validate(ft.load(name)).shape == ft.load(name).shape
